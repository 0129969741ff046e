"""Tests of the allocation view."""
