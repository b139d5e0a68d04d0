"""One folder for each outside company: everything about it, and nothing of any other."""
