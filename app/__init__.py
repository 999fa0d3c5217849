"""The web page over :class:`index.knowledge_base.KnowledgeBase`: presentation only, no retrieval logic."""
