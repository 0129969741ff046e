"""A person and a unit, each on one page across workrooms."""
