"""The ports made real on SQLAlchemy Core."""
