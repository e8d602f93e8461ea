"""What changed, what was shown, and what follows a change."""
