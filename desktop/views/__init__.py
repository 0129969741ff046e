"""The window: one view per noun over the services."""
