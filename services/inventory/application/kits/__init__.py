"""Kits: recipe, assembly, taking apart, recall marks."""
