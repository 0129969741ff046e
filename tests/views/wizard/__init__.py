"""Tests of the wizard view."""
