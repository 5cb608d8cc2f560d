"""What donors can be asked to do and what it does when it hears a fact."""
