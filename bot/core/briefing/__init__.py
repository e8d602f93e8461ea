"""What a briefing says, and when it is due."""
