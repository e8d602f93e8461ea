"""Every table of the database, in one metadata."""

from __future__ import annotations

from bot.store import briefing_tables, moderation_tables
from bot.store.tables import METADATA

__all__ = ["METADATA", "MODULES"]

MODULES = (briefing_tables, moderation_tables)
"""Importing them puts their tables into the metadata."""
