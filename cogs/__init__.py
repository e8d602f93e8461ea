"""Commands: parse, call one service, show."""
