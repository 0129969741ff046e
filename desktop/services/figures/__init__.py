"""The statistics: what is counted, the counting, and the lists and reports of it."""
