"""The records and their store; importing `desktop.models.tables` makes every table known."""
