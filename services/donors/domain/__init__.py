"""The rules of giving and of what a donor may see: no database, no clock."""
