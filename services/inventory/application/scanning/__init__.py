"""From a raw scan to what it means and what was done about it."""
