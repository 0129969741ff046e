"""The review of records by experts: who is drawn, what they find, and the order that comes of it."""
