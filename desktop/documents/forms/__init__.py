"""The forms, registers and records of single purposes, one module a kind over shared blocks."""
