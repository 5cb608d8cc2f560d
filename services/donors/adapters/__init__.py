"""Donors' tables, what is read from them, and its metrics."""
