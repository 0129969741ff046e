"""Alliances of workrooms: founding, members, grant and plan."""
