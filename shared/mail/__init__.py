"""Letters: queued with what caused them, sent once, never twice."""
