"""What members see of answers."""
