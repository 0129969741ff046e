"""What a workroom does year by year: publishing its outcomes, its plans and summaries."""
