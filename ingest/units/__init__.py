"""责任主体: the organisations that a clause charges."""
