"""What people read: names of things, letters, what was told to whom."""
