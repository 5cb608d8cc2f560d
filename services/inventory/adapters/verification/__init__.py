"""The invariants of docs/invariants.md, asked of the database."""
