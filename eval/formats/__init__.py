"""What comes from elsewhere and goes there: BEIR folders, TREC files, articles of law."""
