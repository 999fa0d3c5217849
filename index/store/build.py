"""Folder of documents to store: read what is new, index all sentences, write a new generation.

Documents are taken one at a time: each is kept as a line of JSON from its reading on, and of all of them together only
the vectors are held, then what BM25 is made of.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from index.answer.forms import forms_chunks
from index.errors import CorpusError
from index.question import lists, words
from index.search import embedder as embedders
from index.search.arrays import Chunks, array_chunks
from index.search.counts import count_tokens
from index.search.dense import checked
from index.search.embedder import Embedder, EmbedderSettings
from index.search.lexical import LexicalSettings, lexical_files, weigh
from index.search.passages import clause_contexts, passages_of
from index.search.vectors import sentence_vectors
from index.store import generations as stores
from index.store.corpus import Entry, list_corpus, lists_of, office_lists
from index.store.facts import ReadBy, facts_of, read_by
from index.store.lock import locked
from index.store.readings import DOCUMENTS, RENDITIONS, document_of, earlier_entries, read_all
from index.store.renditions import choose_renditions
from ingest.records import Metadata

Progress = Callable[[float, str], None]
"""Told the share of the work that is done, 0 to 1, and what comes next, in Chinese."""

VECTORS, FORMS, LISTS = "vectors.npy", "forms.txt", "list_"
"""Files of the store: vectors, search forms of all clauses, and before its name a list of the office."""

_READING, _ENCODING = 0.8, 0.95  # shares of the work done when reading, and encoding, end


@dataclass(frozen=True, slots=True)
class BuildReport:
    """What a build did; names are those of files within the corpus, ``faults`` are messages for the user.

    ``reused`` were read by an earlier build and have not changed; ``kept`` are at fault now and stand in the store
    as an earlier build read them; ``renditions`` are other files of a document that is searched already.
    """

    generation: str
    documents: tuple[Metadata, ...]
    clauses: int
    sentences: int
    renditions: tuple[str, ...]
    reused: tuple[str, ...]
    kept: tuple[str, ...]
    unsupported: tuple[str, ...]
    faults: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Written:
    """A generation that was written: the entries that are searched, those of other renditions, and how many sentences."""

    generation: str
    chosen: tuple[Entry, ...]
    others: tuple[Entry, ...]
    sentences: int


def build(corpus: Path, store: Path, settings: EmbedderSettings, progress: Progress) -> BuildReport:
    """Build the store, or bring it up to date.

    :param corpus: folder of documents.
    :param store: folder of the store.
    :param settings: which model makes the vectors.
    :param progress: told how far it is.
    :return: what was done.
    :raises CorpusError: when there is nothing to read; the store stays as it was.
    :raises StoreError: when the store is in use or cannot be written.
    :raises EmbedderError: when the model cannot be loaded.
    """
    with locked(store):
        listing, by = list_corpus(corpus, store), read_by(corpus)
        earlier = earlier_entries(store, corpus, by.reader)
        read = read_all(
            listing, earlier, lists_of(corpus), lambda done, of, name: progress(_READING * done / of, f"读取 {name}")
        )
        del earlier
        if not read.entries:
            raise CorpusError(
                f"{corpus} 里没有一个文件能读：{'；'.join(read.faults)}", "原有知识库未动，请更换文件后重试"
            )
        written = write_store(read.entries, by, corpus, store, settings, progress)
    progress(1.0, "完成")
    return BuildReport(
        generation=written.generation,
        documents=tuple(entry.metadata for entry in written.chosen),
        clauses=sum(entry.clauses for entry in written.chosen),
        sentences=written.sentences,
        renditions=tuple(entry.name for entry in written.others),
        reused=read.reused,
        kept=read.kept,
        unsupported=listing.unsupported,
        faults=read.faults,
    )


def write_store(
    entries: Iterable[Entry], by: ReadBy, corpus: Path, store: Path, settings: EmbedderSettings, progress: Progress
) -> Written:
    """Index what was read and make it the generation in use; the caller holds the lock of the store.

    :param entries: what was read of the corpus, at least one.
    :param by: what has read it.
    :param corpus: folder of the documents.
    :param store: folder of the store.
    :param settings: which model makes the vectors.
    :param progress: told how far it is.
    :return: what was written.
    :raises StoreError: when the store cannot be written.
    :raises EmbedderError: when the model cannot be loaded.
    """
    chosen, others = choose_renditions(entries)
    lists.use(office_lists(corpus))
    sentences = sum(entry.sentences for entry in chosen)
    progress(_READING, f"计算 {sentences} 个句子的向量")
    embedder = embedders.load(settings)

    def files() -> Iterator[tuple[str, Chunks]]:
        yield DOCUMENTS, [entry.line for entry in chosen]
        yield RENDITIONS, [entry.line for entry in others]
        yield VECTORS, _vector_chunks(chosen, embedder)
        yield FORMS, [b"".join(forms_chunks(clause.text for entry in chosen for clause in document_of(entry).clauses))]
        yield from ((f"{LISTS}{name}", [text.encode()]) for name, text in office_lists(corpus).items())
        progress(_ENCODING, "写入知识库")
        texts = (text for entry in chosen for text in clause_contexts(document_of(entry)))
        yield from lexical_files(weigh(count_tokens(texts, words.tokens), LexicalSettings())).items()

    facts = facts_of([*chosen, *others], by, settings, embedder, sentences)
    return Written(stores.write(store, corpus, facts, files()), chosen, others, sentences)


def _vector_chunks(entries: Iterable[Entry], embedder: Embedder) -> Chunks:
    each = (sentence_vectors(passages_of([document_of(entry)]), embedder) for entry in entries)
    return array_chunks(checked(np.concatenate([np.zeros((0, embedder.dimension), np.float32), *each])))
