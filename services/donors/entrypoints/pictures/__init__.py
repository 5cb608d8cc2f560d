"""A gift's way and the programme's needs, drawn."""
