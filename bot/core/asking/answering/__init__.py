"""The question back: which claims may be meant where none may answer. It orders and offers; it never answers."""
