"""Floor 5: plain functions from the tidy tables to tidy results. Every result says n of N, what was left out and why,
and the ids of the rows behind it."""
