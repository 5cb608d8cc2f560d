"""Goods received notes and the gifts they belong to."""
