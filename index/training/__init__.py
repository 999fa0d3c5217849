"""Makes the embedding model in ``index/model``; never imported when serving."""
