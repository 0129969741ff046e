"""People and units that may be in the register twice."""
