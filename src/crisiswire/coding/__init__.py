"""What was done, whether, according to whom and how many: from syntax to coded events."""
