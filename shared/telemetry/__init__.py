"""What a running suite says about itself: logs, metrics, correlation."""
