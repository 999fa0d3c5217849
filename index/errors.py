"""Errors of building, opening and searching, each saying what, where and how to mend it (in Chinese, for the user)."""

from __future__ import annotations


class KnowledgeBaseError(Exception):
    """Base of what the user can mend.

    :param problem: what is wrong and where, in Chinese.
    :param remedy: what the user can do, in Chinese.
    :param near: where something was not found, the id or key of what the base holds that is spelt most like it; else empty.
    """

    def __init__(self, problem: str, remedy: str, near: str = "") -> None:
        super().__init__(f"{problem}；{remedy}")
        self.problem = problem
        self.remedy = remedy
        self.near = near

    def __reduce__(self) -> tuple[type[KnowledgeBaseError], tuple[str, str, str]]:
        """Say how it is made again in another process."""
        return type(self), (self.problem, self.remedy, self.near)


class CorpusError(KnowledgeBaseError):
    """The folder of documents cannot be used as a whole."""


class TextDiffers(CorpusError):
    """A file holds another text of a document than the base, and nobody said what is to become of the two."""


class StoreError(KnowledgeBaseError):
    """The store on disk is missing, damaged, of another version, of another model, or in use."""


class ClusterError(KnowledgeBaseError):
    """The ray cluster that was to read files is not there, or its machines are at fault."""


class VectorStoreError(KnowledgeBaseError):
    """What clauses are found in beside the store on disk is gone, slow, or does not hold the generation that is asked for."""


class VectorStoreAway(VectorStoreError):
    """It does not answer now, and may a moment later: it is gone, slow, or held by another process."""


class EmbedderError(KnowledgeBaseError):
    """The embedding model cannot be loaded or does not fit."""


class QueryError(KnowledgeBaseError):
    """The question, the number of hits or the document filter is at fault."""


class DocumentNotFound(QueryError):
    """No document of that number or title stands in the store, or it is not clear which."""


class ClauseNotFound(KnowledgeBaseError):
    """No clause or document of that name stands in the store."""


class PictureError(KnowledgeBaseError):
    """A source file cannot be given, or the picture of a page of it cannot be drawn."""
