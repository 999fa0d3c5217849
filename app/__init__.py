"""The web page over :class:`index.knowledge_base.KnowledgeBase`, and the same for programs: presentation only, no retrieval logic."""

VERSION = "0.2.0"
"""Version of the project, as ``pyproject.toml`` has it; every reply to a program names it."""
