"""Loaders of the official research files, read from the user's own download.

Every loader is keyed by Correlates of War numbers and years, knows its coverage, and answers None
outside it: unknown is never zero. Files are found by `folder`, described by `catalogue.toml`.
"""
