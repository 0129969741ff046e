"""The kinds of single purposes: forms, tables and registers, one module each."""

from desktop.documents.kind import Kind

FORM_KINDS: tuple[Kind, ...] = ()
