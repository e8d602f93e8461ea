"""From typed words to what is asked: tokens, spelling, names, numbers, dates, roles."""
