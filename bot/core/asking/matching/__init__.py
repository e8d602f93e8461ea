"""Which claims meet a question: names in their roles, then words by rarity."""
