"""发文字号登记: every serial of a year, ranges kept for other PCs, gaps explained."""
