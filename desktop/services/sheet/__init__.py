"""How lists are read from workbooks and written to them, beneath `services.spreadsheet`."""
