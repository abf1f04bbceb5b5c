"""Decisions about many at once: which they are about, and what they would do."""
