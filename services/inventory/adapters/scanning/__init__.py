"""Scans that need a person, and what a scan leaves behind."""
