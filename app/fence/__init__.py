"""The fence round the application: which paths there are, how much and how often, what is said of a bad request."""
