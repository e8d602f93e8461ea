"""From an article's text to proposed claims. Nothing here enters a base: a moderator accepts each proposal."""
