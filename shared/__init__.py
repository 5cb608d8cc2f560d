"""The ground all three services stand on; it knows none of their words."""
