"""Regulations as data, read and evaluated; pure, knows no database and no window."""
