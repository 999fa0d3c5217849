"""Adding and removing documents on the page: with a token only, one change at a time, and nothing is left of what was not confirmed."""
