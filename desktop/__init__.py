"""The workroom desk: registers, judges, funds and prints innovation workrooms for union offices."""
