"""Distribution for people: asking, sharing out, sending, handing over."""
