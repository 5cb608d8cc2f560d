"""Reservations, pick lists and consignments."""
