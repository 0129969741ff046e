"""Seals: their locked images, their keepers, their use on papers and the register of it (用印登记)."""
