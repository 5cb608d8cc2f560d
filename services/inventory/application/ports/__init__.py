"""What the use cases need from outside, as protocols; ``work`` holds them together."""
