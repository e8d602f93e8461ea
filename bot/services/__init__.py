"""Use cases: each takes domain objects and ports, and gives domain objects back."""
