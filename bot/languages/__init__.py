"""Language as data: one file a language for the words of asking, and what is known of English words."""
