"""Translate, delegate, translate back."""
