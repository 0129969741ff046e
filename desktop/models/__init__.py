"""The records and their store."""
