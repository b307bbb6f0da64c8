"""Pages of examples and answers, reviews and their records, the team, cycles. Rules stand beside this package."""
