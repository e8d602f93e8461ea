"""Everything that `check` says of a fact base."""
