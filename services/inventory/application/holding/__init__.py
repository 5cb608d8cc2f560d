"""Stock promised to a unit, or kept back from everyone."""
