"""What reading an article takes from outside: a parser of English, or a model behind an address."""
