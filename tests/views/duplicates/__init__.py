"""Tests of uniting duplicates."""
