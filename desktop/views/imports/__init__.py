"""Taking lists from workbooks into the register, step by step."""
