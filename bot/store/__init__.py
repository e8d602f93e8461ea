"""The only SQL, and the only reader of the fact base's file."""
