"""Pure building blocks: standard library only."""
