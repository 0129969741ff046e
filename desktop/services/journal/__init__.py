"""The log of changes: capture, sealing, application, merge and history."""
