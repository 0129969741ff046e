"""The one place that joins models, rules, documents, spreadsheets and sync."""
