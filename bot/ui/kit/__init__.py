"""What every page and button is made of: Discord's limits, escaping, permissions, pages."""
