"""Clauses to a lexical and a dense index, and questions to evidence; :class:`index.knowledge_base.KnowledgeBase`."""
