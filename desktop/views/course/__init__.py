"""办理: what waits, and one record's road."""
