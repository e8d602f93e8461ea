"""What was shown where, and what became of it."""
