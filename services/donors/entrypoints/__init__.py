"""Donors over HTTP: programs, pages and live dashboards."""
