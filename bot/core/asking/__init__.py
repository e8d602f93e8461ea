"""Questions: from typed words to the claims that answer, a question back, or an honest no."""
