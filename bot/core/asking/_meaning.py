"""Fitted by benchmarks/fit_meaning.py; change that, not this."""

MEANING = 60.0
