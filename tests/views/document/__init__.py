"""Tests of the document view."""
