"""Commits, packages, signing and merge; pure."""
