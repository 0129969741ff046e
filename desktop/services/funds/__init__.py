"""The money of grants: its way, its account entries, its balance by source, the yearly plan, the audit pack."""
