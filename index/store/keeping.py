"""What is done to a store from outside: built, brought up to date, changed by one document, checked, kept and put back."""

from __future__ import annotations

from pathlib import Path

from index.search.embedder import EmbedderSettings
from index.store import archive, changing, previewing, publishing, upkeep
from index.store import verify as verifying
from index.store.build import BuildReport, build
from index.store.publishing import Published
from index.store.writing import Progress


class Keeping:
    """The part of a knowledge base that needs no open one; none of it touches a base that is open."""

    @staticmethod
    def build(
        corpus: str | Path,
        store: str | Path,
        settings: EmbedderSettings | None = None,
        progress: Progress | None = None,
        cluster: str | None = None,
    ) -> BuildReport:
        """Build the store from a folder of documents, or bring it up to date; a failed build leaves it as it was.

        :param corpus: folder of documents.
        :param store: folder of the store.
        :param settings: the model that makes the vectors; None for the one that comes with the project.
        :param progress: told the share that is done and what comes next.
        :param cluster: of ray, on whose workers files are read: ``local``, ``auto`` or an address; None for this machine alone.
        :return: what was done, and which files were at fault.
        :raises KnowledgeBaseError: when nothing could be built.
        """
        tell: Progress = progress or (lambda share, step: None)
        return build(Path(corpus), Path(store), settings or EmbedderSettings(), tell, cluster=cluster)

    is_current = staticmethod(upkeep.is_current)
    update = staticmethod(upkeep.update)
    corpus_of = staticmethod(upkeep.corpus_of)
    generation_of = staticmethod(upkeep.generation_of)
    preview = staticmethod(previewing.preview)
    files_of = staticmethod(previewing.files_of)
    add = staticmethod(changing.add)
    remove = staticmethod(changing.remove)
    verify = staticmethod(verifying.verify)
    backup = staticmethod(archive.backup)
    restore = staticmethod(archive.restore)

    @staticmethod
    def publish(store: str | Path, vectors: str, progress: Progress | None = None) -> Published:
        """Write the store's generation to Milvus, and let the base there lead to it; questions are then put to it by :meth:`open`.

        :param store: folder of the store.
        :param vectors: address of the base in Milvus.
        :param progress: told the share that is done and what comes next.
        :return: what was done.
        :raises KnowledgeBaseError: when it could not be written as a whole; the base goes on leading where it led.
        """
        return publishing.publish(Path(store), publishing.client_of(vectors), progress)

    @staticmethod
    def is_published(store: str | Path, vectors: str) -> bool:
        """Tell whether a base in Milvus leads to the generation in use of a store.

        :param store: folder of the store.
        :param vectors: address of the base in Milvus.
        :return: whether it does.
        :raises KnowledgeBaseError: when there is no store, or Milvus does not answer.
        """
        return publishing.is_published(publishing.client_of(vectors), Path(store))

    @staticmethod
    def verify_published(store: str | Path, vectors: str) -> int:
        """Count what a base in Milvus holds of the generation in use of a store.

        :param store: folder of the store.
        :param vectors: address of the base in Milvus.
        :return: number of sentences.
        :raises KnowledgeBaseError: when it holds another generation, or not all of it.
        """
        return publishing.verify_published(Path(store), publishing.client_of(vectors))
