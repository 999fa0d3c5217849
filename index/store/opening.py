"""A store to everything that questions are put to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from index.answer.library import Library
from index.errors import StoreError
from index.question import lists
from index.references.reader import ReferenceReader, reader_of
from index.search import embedder as embedders
from index.search.dense import dense_from_bytes
from index.search.embedder import EmbedderSettings, Reranker, settings_of
from index.search.lexical import lexical_from_files
from index.search.passages import passages_of
from index.search.searcher import Searcher
from index.store import generations as stores
from index.store.build import FORMS, LISTS, VECTORS
from index.store.codec import decode_all
from index.store.collector import without_collector
from index.store.corpus import Reading
from index.store.facts import check
from index.store.readings import DOCUMENTS, RENDITIONS
from ingest.records import Document


@dataclass(frozen=True, slots=True)
class Opened:
    """A store in memory: documents, what questions are put to, what reads references, where the files lay, and its lists."""

    library: Library
    searcher: Searcher
    reader: ReferenceReader
    corpus: Path
    sha: str
    office: Mapping[str, str]


@without_collector()
def open_store(store: Path, settings: EmbedderSettings | None = None, reranker: Reranker | None = None) -> Opened:
    """Open a store, read-only and verified, and take up the lists of its office.

    :param store: folder of the store.
    :param settings: the model for questions; None for the one that the store was built with.
    :param reranker: a cross-encoder for the first clauses; None for none.
    :return: all that it holds.
    :raises StoreError: when there is no store, or it is damaged, of another version, or of another model.
    :raises EmbedderError: when the model cannot be loaded.
    """
    generation = stores.read(store)
    facts, files = generation.facts, generation.files
    office = {name.removeprefix(LISTS): data.decode() for name, data in files.items() if name.startswith(LISTS)}
    lists.use(office)
    check(facts, store)
    model = facts["embedder"]
    embedder = embedders.load(settings or settings_of(model))
    if embedder.fingerprint != model["fingerprint"]:
        raise StoreError(
            f"知识库 {store} 是用另一个向量模型（{model['name'] or '自带模型'}）建立的，与现在的模型不符",
            "请换回原来的模型，或运行 python -m index build 重建",
        )
    documents = {reading.document.key: reading.document for reading in decode_all(Reading, files[DOCUMENTS])}
    renditions: dict[str, tuple[Document, ...]] = {}
    for reading in decode_all(Reading, files[RENDITIONS]):
        renditions[reading.document.key] = (*renditions.get(reading.document.key, ()), reading.document)
    passages = passages_of(documents.values())
    lexical = lexical_from_files(files)
    searcher = Searcher(passages, lexical, dense_from_bytes(files[VECTORS]), embedder, reranker=reranker)
    library = Library(documents, renditions, files[FORMS])
    return Opened(library, searcher, reader_of(documents.values()), generation.corpus, generation.digest, office)
