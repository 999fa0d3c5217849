"""What a run becomes: one object, and its text, page and pictures."""
