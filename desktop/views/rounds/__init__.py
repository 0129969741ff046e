"""Assessment rounds: opening one, its progress, and each workroom's result."""
