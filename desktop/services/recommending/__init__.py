"""Recommending upward: the quota an office was given, and its applications in their order."""
