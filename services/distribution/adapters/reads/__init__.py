"""What pages, programs and runs ask; nothing here writes."""
