"""Three services that know each other only by message."""
