"""What moderators see and press while they keep the base true."""
