"""Goods come in, are refused, set aside and put away."""
