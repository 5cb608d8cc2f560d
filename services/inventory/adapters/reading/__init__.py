"""What pages, exports and phones ask; nothing here writes."""
