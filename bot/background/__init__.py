"""What runs without anybody asking: scheduler, sender, live briefings."""
