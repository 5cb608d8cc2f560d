"""Products, places and opening stock: entered, imported, exported."""
