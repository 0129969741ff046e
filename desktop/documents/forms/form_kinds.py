"""The kinds of single purposes: forms, tables and registers, one module each."""

from desktop.documents.forms import application_form, reward_table, signature_sheet
from desktop.documents.kind import Kind

FORM_KINDS: tuple[Kind, ...] = (application_form.KIND, reward_table.KIND, signature_sheet.KIND)
