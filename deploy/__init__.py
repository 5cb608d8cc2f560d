"""The composition root: the only place that sees all services at once."""
