"""The register of workrooms: the windowed list, and one workroom's record edited in place."""
