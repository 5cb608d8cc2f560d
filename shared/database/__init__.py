"""One way to talk to SQLite and PostgreSQL, the same guarantees on both."""
