"""Proofs about writes that take minutes: programs that try hard to lose one, and count. `make prove` runs them."""
