"""Forecasts, alerts and files that were read in."""
