"""What a store of donated goods must never do; pure rules."""
