"""Losses, incidents and destructions."""
