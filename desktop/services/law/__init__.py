"""Versions of regulations: texts, packs, keeping, and what a change would do."""
