"""Caveat: a Discord bot that answers from a curated base of attributed claims."""

__version__ = "0.1.0"
