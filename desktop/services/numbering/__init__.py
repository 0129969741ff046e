"""Document numbers: the next of a sequence, ranges kept for other PCs, and the register of every serial."""
