"""What is asked to evidence: candidates of two indexes, put in order, and whether they answer."""
