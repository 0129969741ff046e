"""Tests of the import of lists."""
