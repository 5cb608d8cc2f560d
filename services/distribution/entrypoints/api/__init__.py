"""Distribution for programs: ``/distribution/api/v1`` (API.md, distribution)."""
