"""What commands load, lock and write: one module a kind of thing."""
