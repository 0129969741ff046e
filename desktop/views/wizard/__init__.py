"""申报向导: criteria pages filled from the register and judged as one types."""
