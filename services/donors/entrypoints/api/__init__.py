"""Donors for programs: ``/donors/api/v1`` (API.md, donors)."""
