"""Pages without a tab that keep an office's own books: plaques, days worked."""
