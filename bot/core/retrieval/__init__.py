"""Ranked retrieval over any number of short texts; docs/search.md explains the pipeline and how it was fitted."""

from bot.core.retrieval._index import Document, Hit, TextIndex

__all__ = ["Document", "Hit", "TextIndex"]
