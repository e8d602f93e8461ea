"""What a claim is, what was asked, what changed: pure, no I/O, no clock, no Discord, no SQL."""
