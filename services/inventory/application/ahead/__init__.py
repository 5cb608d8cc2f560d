"""What runs out when, and who is told."""
