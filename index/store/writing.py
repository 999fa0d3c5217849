"""Entries to a generation: what is not yet indexed goes into segments of its own, and what is stays where it lies."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np

from index.search.arrays import Chunks, Vectors
from index.search.embedder import Embedder, EmbedderSettings
from index.search.passages import passages_of
from index.search.vectors import sentence_vectors
from index.store import generations as stores
from index.store import pending
from index.store.codec import encode_all, layout
from index.store.corpus import office_lists
from index.store.entries import ENTRIES, SEARCHED, Entry, Reading
from index.store.facts import ReadBy, facts_of, recipe_with
from index.store.held import Held
from index.store.identity import Placed, place
from index.store.notes import write_notes
from index.store.readings import named
from index.store.sealed import unwritten
from index.store.segment_writing import Material, write_segment
from ingest.records import Document

Progress = Callable[[float, str], None]
"""Told the share of the work that is done, 0 to 1, and what comes next, in Chinese."""

LISTS = "list_"
"""Before the name of a list of the office, in a generation."""

READING, _ENCODING = 0.8, 0.95  # shares of the work done when reading, and encoding, end
_AT_ONCE = 1000
"""Documents of a segment at most; it bounds the memory of a build."""
_TOLD = 20
"""Documents after which it is told how far the vectors are."""
_SEGMENTS = 10
"""Segments of a base at most that are less than half full: beyond, as many of the smallest become one."""


@dataclass(frozen=True, slots=True)
class Work:
    """What a base is written with: its folders, what has read its files, and the model that makes the vectors."""

    corpus: Path
    store: Path
    by: ReadBy
    settings: EmbedderSettings
    embedder: Embedder
    tell: Progress

    @property
    def segment_facts(self) -> dict[str, Any]:
        """What makes a segment fit for this base."""
        return {"records": layout(Reading), "recipe": recipe_with(self.embedder)}


def write_base(
    work: Work, held: Held, entries: Iterable[Entry], state: Mapping[str, Mapping[str, Any]], compact: bool
) -> tuple[Placed, str]:
    """Index what is not yet indexed and make all entries the generation in use; the caller holds the lock of the store.

    :param work: what it is written with.
    :param held: what the store holds.
    :param entries: everything that the base is to hold.
    :param state: what :func:`state_of` gives.
    :param compact: as for :func:`build`.
    :return: the entries as they stand, and the digest of the generation.
    :raises StoreError: when the store cannot be written.
    """
    placed = place(entries, held.entries, held.texts)
    stand, todo = _parted(placed.entries, held, work, compact)
    sentences = sum(entry.sentences for entry in todo if entry.standing == SEARCHED)
    if sentences:
        work.tell(READING, f"计算 {sentences} 个句子的向量")
    try:
        written = [entry for chunk in _chunks(todo) for entry in _written(chunk, work, held)]
        work.tell(_ENCODING, "写入知识库")
        final = tuple(sorted([*stand, *written], key=lambda entry: entry.order))
        facts = facts_of(final, work.by, work.settings, work.embedder, state)

        def files() -> Iterator[tuple[str, Chunks]]:
            yield ENTRIES, encode_all(final)
            yield from ((f"{LISTS}{name}", [text.encode()]) for name, text in office_lists(work.corpus).items())

        generation = stores.write(work.store, work.corpus, facts, files())
    except OSError as error:
        raise unwritten(work.store, error.strerror) from error
    pending.clear(work.store)
    write_notes(work.store, held.notes(facts["segments"], {entry.segment for entry in written}))
    return Placed(final, placed.notes), generation


def _parted(entries: Sequence[Entry], held: Held, work: Work, compact: bool) -> tuple[list[Entry], list[Entry]]:
    """Part entries into those that can stay in their segments and those that must be written."""
    keys, wanted = {(entry.segment, entry.row): entry.key for entry in held.entries}, work.segment_facts
    stand, todo = list[Entry](), list[Entry]()
    for entry in entries:
        made_by = held.made_by(entry.segment) if entry.segment else None
        fits = made_by is not None and all(made_by[name] == value for name, value in wanted.items())
        indexed = made_by is not None and (entry.row < len(made_by["sentences"]) or entry.standing != SEARCHED)
        same = keys.get((entry.segment, entry.row)) == entry.key
        (stand if fits and indexed and same else todo).append(entry)
    if compact:
        return (stand, todo) if not todo and _is_compact(stand) else ([], list(entries))
    return _merged(stand, todo)


def _is_compact(entries: Sequence[Entry]) -> bool:
    """Tell whether entries lie in segments as a first build would have put them."""
    chunks = list(_chunks(entries))
    in_order = all(entry.row == row for chunk in chunks for row, entry in enumerate(chunk))
    each = [{entry.segment for entry in chunk} for chunk in chunks]
    return in_order and all(len(one) == 1 for one in each) and len(set().union(*each)) == len(chunks)


def _merged(stand: list[Entry], todo: list[Entry]) -> tuple[list[Entry], list[Entry]]:
    """Write the smallest segments anew where there are too many that are not full."""
    sizes: dict[str, int] = {}
    for entry in stand:
        sizes[entry.segment] = sizes.get(entry.segment, 0) + 1
    light = [digest for digest, size in sizes.items() if 2 * size < _AT_ONCE]
    if len(light) + bool(todo) <= _SEGMENTS:
        return stand, todo
    small = set(sorted(light, key=lambda digest: (sizes[digest], digest))[:_SEGMENTS])
    return (
        [entry for entry in stand if entry.segment not in small],
        [*todo, *(entry for entry in stand if entry.segment in small)],
    )


def _chunks(entries: Sequence[Entry]) -> Iterator[list[Entry]]:
    """Part entries into segments: those that are searched first, in order of key."""
    ordered = sorted(entries, key=lambda entry: (entry.standing != SEARCHED, entry.order))
    for start in range(0, len(ordered), _AT_ONCE):
        yield ordered[start : start + _AT_ONCE]


def _written(entries: Sequence[Entry], work: Work, held: Held) -> Iterator[Entry]:
    """Write a segment of entries, and give them with their places."""
    digest = write_segment(
        work.store, work.segment_facts, entries, _materials(entries, work, held), work.embedder.dimension
    )
    yield from (replace(entry, segment=digest, row=row) for row, entry in enumerate(entries))


def _materials(entries: Sequence[Entry], work: Work, held: Held) -> Iterator[Material]:
    for done, entry in enumerate(entries):
        document = named(held.document(entry), entry.name, entry.key)
        if done and done % _TOLD == 0:
            share = READING + (_ENCODING - READING) * done / len(entries)
            work.tell(share, f"计算向量（已完成 {done} 份，本批共 {len(entries)} 份）")
        vectors = _vectors(entry, document, work, held) if entry.standing == SEARCHED else None
        yield Material(Reading(entry.name, document), vectors)


def _vectors(entry: Entry, document: Document, work: Work, held: Held) -> Vectors:
    """Give the vectors of a document's sentences: those that it had, those of equal sentences of its text before, or new ones."""
    recipe = work.segment_facts["recipe"]
    own = held.vectors(entry, recipe)
    if own is not None:
        return own
    passages = passages_of([document])
    texts = [passage.context for passage in passages]
    target = pending.piece(work.store, "npy", [work.embedder.fingerprint, *texts])
    found = pending.get(target)
    if found is not None:
        return np.frombuffer(found, dtype=np.float32).reshape(len(texts), work.embedder.dimension)
    known: dict[str, Any] = {}
    for before in (held.current.get(entry.name), held.searched.get(entry.key)):
        vectors = held.vectors(before, recipe) if before else None
        if before and vectors is not None:
            known.update(zip((one.context for one in passages_of([held.document(before)])), vectors, strict=True))
    made = sentence_vectors(passages, work.embedder, known)
    pending.put(target, made.tobytes())
    return made
