"""Inventory for people: pages that work without script and better with it."""
