"""Goods written off, and destroyed by two roles."""
