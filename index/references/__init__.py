"""References in a question: found with their spans, then resolved against a base."""
