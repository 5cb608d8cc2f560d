"""Inventory for programs: ``/inventory/api/v1`` (API.md, inventory)."""
