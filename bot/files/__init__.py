"""Fact bases as files: the curated one, uploads and exports."""
