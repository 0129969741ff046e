"""The keys by which workrooms are found."""
