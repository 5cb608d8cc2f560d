"""Who gave, what they meant it for, and what became of it."""
