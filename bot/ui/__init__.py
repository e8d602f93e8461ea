"""Discord objects out of domain objects."""
