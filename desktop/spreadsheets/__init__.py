"""Workbooks to and from rows; pure."""
