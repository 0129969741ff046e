"""The workroom desk: registers, judges, funds and prints innovation workrooms for union offices."""

VERSION = "0.1.0"
