"""A question's text to one frozen record of what it asks."""
