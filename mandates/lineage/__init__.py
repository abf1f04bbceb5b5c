"""Lineage: which mandate repeats which, and which say the same in one session."""
