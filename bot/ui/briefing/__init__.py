"""Briefings as pages, files and posts."""
