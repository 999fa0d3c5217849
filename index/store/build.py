"""Folder of documents to store: read what is new, index all sentences, write a new generation."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from index.errors import CorpusError, StoreError
from index.question import words
from index.search import embedder as embedders
from index.search.counts import count_tokens
from index.search.dense import HEADING_SHARE, DenseIndex, blend, build_dense
from index.search.embedder import Embedder, EmbedderSettings
from index.search.lexical import LexicalSettings, lexical_files, weigh
from index.search.passages import Passage, fields_of, passages_of
from index.store import generations as stores
from index.store.codec import from_plain, to_plain
from index.store.corpus import CorpusListing, Reading, choose_renditions, list_corpus
from index.store.lock import locked
from ingest import VERSION, read_document
from ingest.errors import IngestError, UnreadableFile
from ingest.records import Metadata

Progress = Callable[[float, str], None]
"""Told the share of the work that is done, 0 to 1, and what comes next, in Chinese."""

DOCUMENTS, RENDITIONS, VECTORS = "documents.jsonl", "renditions.jsonl", "vectors.faiss"
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
    """A generation that was written: the readings that are searched, those of other renditions, and how many sentences."""

    generation: str
    chosen: tuple[Reading, ...]
    others: tuple[Reading, ...]
    sentences: int


@dataclass(frozen=True, slots=True)
class _Readings:
    """What came of reading the corpus."""

    readings: tuple[Reading, ...]
    reused: tuple[str, ...]
    kept: tuple[str, ...]
    faults: tuple[str, ...]


def recipe() -> dict[str, Any]:
    """Say how indexes are made; a store that was made otherwise is refused.

    :return: segmenter and settings, as JSON holds them.
    """
    lexical: dict[str, Any] = json.loads(stores.json_bytes(asdict(LexicalSettings())))
    return {"segmenter": words.segmenter_name(), "lexical": lexical, "heading_share": HEADING_SHARE}


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
        listing = list_corpus(corpus, store)
        read = _read_all(listing, _earlier(store, corpus), progress)
        if not read.readings:
            raise CorpusError(
                f"{corpus} 里没有一个文件能读：{'；'.join(read.faults)}", "原有知识库未动，请更换文件后重试"
            )
        written = write_store(read.readings, corpus, store, settings, progress)
    progress(1.0, "完成")
    chosen, others = written.chosen, written.others
    return BuildReport(
        generation=written.generation,
        documents=tuple(reading.document.metadata for reading in chosen),
        clauses=sum(len(reading.document.clauses) for reading in chosen),
        sentences=written.sentences,
        renditions=tuple(reading.name for reading in others),
        reused=read.reused,
        kept=read.kept,
        unsupported=listing.unsupported,
        faults=read.faults,
    )


def write_store(
    readings: Iterable[Reading], corpus: Path, store: Path, settings: EmbedderSettings, progress: Progress
) -> Written:
    """Index what was read and make it the generation in use; the caller holds the lock of the store.

    :param readings: what was read of the corpus, at least one.
    :param corpus: folder of the documents.
    :param store: folder of the store.
    :param settings: which model makes the vectors.
    :param progress: told how far it is.
    :return: what was written.
    :raises StoreError: when the store cannot be written.
    :raises EmbedderError: when the model cannot be loaded.
    """
    chosen, others = choose_renditions(readings)
    passages = passages_of(reading.document for reading in chosen)
    progress(_READING, f"计算 {len(passages)} 个句子的向量")
    embedder = embedders.load(settings)
    vectors = vectors_of(passages, embedder)
    progress(_ENCODING, "写入知识库")
    files = {
        DOCUMENTS: _lines(chosen),
        RENDITIONS: _lines(others),
        VECTORS: vectors.to_bytes(),
        **lexical_files(weigh(count_tokens(fields_of(passages), words.tokens), LexicalSettings())),
    }
    generation = stores.write(store, corpus, _facts(settings, embedder, len(passages)), files)
    return Written(generation, chosen, others, len(passages))


def vectors_of(passages: Sequence[Passage], embedder: Embedder, heading_share: float = HEADING_SHARE) -> DenseIndex:
    """Make the vectors of passages and index them.

    :param passages: sentences.
    :param embedder: makes the vectors.
    :param heading_share: weight of the headings in each.
    :return: the index, in the order of the passages.
    """
    headings = sorted({passage.headings or passage.title for passage in passages})
    rows = {heading: row for row, heading in enumerate(headings)}
    context = embedder.encode_passages(headings)[[rows[passage.headings or passage.title] for passage in passages]]
    return build_dense(blend(embedder.encode_passages([passage.text for passage in passages]), context, heading_share))


def readings_from(data: bytes) -> tuple[Reading, ...]:
    """Read documents back from a file of the store.

    :param data: lines of JSON.
    :return: the readings, in their order.
    :raises StoreError: when the records are of another version.
    """
    try:
        return tuple(from_plain(Reading, json.loads(line)) for line in data.splitlines())
    except (KeyError, TypeError) as error:
        raise StoreError("知识库里的文件记录属于另一版程序", "请运行 python -m index build 重建") from error


def _lines(readings: Iterable[Reading]) -> bytes:
    return b"".join(stores.json_bytes(to_plain(reading)) for reading in readings)


def _earlier(store: Path, corpus: Path) -> Mapping[str, Reading]:
    """What the last build of the same corpus read, by file name; nothing when it cannot be relied on."""
    try:
        generation = stores.read(store)
        if generation.facts["reader"] != VERSION or generation.corpus.resolve() != corpus.resolve():
            return {}
        both = generation.files[DOCUMENTS] + generation.files[RENDITIONS]
        return {reading.name: reading for reading in readings_from(both)}
    except (StoreError, KeyError):
        return {}


def _read_all(listing: CorpusListing, earlier: Mapping[str, Reading], progress: Progress) -> _Readings:
    """Read every file that has changed; a file at fault leaves what an earlier build read of it."""
    faults = {fault.file: fault for fault in listing.faults}
    readings: dict[str, Reading] = {}
    reused: list[str] = []
    for done, file in enumerate(listing.files):
        progress(_READING * done / len(listing.files), f"读取 {file.name}")
        before = earlier.get(file.name)
        if before and before.document.source.sha256 == file.sha256:
            readings[file.name] = before
            reused.append(file.name)
            continue
        try:
            readings[file.name] = _read(file.name, file.path)
        except IngestError as fault:
            faults[file.name] = fault
    kept = {name: earlier[name] for name in sorted(faults) if name in earlier}
    every = {**readings, **kept}
    return _Readings(
        tuple(every[name] for name in sorted(every)),
        tuple(reused),
        tuple(kept),
        tuple(str(faults[name]) for name in sorted(faults)),
    )


def _read(name: str, path: Path) -> Reading:
    document = read_document(path)
    if not document.key or not any(clause.sentences for clause in document.clauses):
        raise UnreadableFile(name, "没有读出标题或条款", "请确认它是一份政策文件")
    return Reading(name, replace(document, source=replace(document.source, path=name)))


def _facts(settings: EmbedderSettings, embedder: Embedder, sentences: int) -> dict[str, Any]:
    model = {
        "name": settings.name,
        "query_prompt": settings.query_prompt,
        "passage_prompt": settings.passage_prompt,
        "truncate": settings.truncate,
        "fingerprint": embedder.fingerprint,
        "dimension": embedder.dimension,
    }
    return {"reader": VERSION, "recipe": recipe(), "embedder": model, "sentences": sentences}
