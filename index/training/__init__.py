"""Makes embedding models, the one in ``index/model`` among them; never imported when serving."""
