"""A segment once more under other numbers and with other vectors: a large base in a fraction of the time that its texts would take.

Its texts are those of the segment that it is a copy of: it costs memory and time as any other when it is opened and asked.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np

from eval.scale.drawing import Drawn
from index.search.arrays import Chunks, array_chunks
from index.search.dense import MANY, lists_chunks
from index.store import sealed
from index.store.entries import Entry
from index.store.generations import SEGMENTS
from index.store.segments import CLAUSES, DOCUMENTS, HEADS, LISTS, VECTORS, Segment, read_segment

_YEAR = "政发〔20"
"""By which the numbers of a copy are told: of one length, so that every place in a file stays true."""
_APART = 1_000_000


def copied(folder: Path, entries: Sequence[Entry], target: Path, number: int, drawn: Drawn) -> list[Entry]:
    """Write a copy of a segment.

    :param folder: of the segment.
    :param entries: of its readings.
    :param target: folder to write into.
    :param number: of the copy, from 1.
    :param drawn: draws its vectors.
    :return: the entries of the copy.
    :raises OSError: when the disk refuses.
    """
    segment = read_segment(folder, entries[0].segment)
    digest = sealed.seal(target / SEGMENTS, segment.facts, _files(segment, number, drawn))
    return [_copied(entry, digest, number) for entry in entries]


def _copied(entry: Entry, digest: str, number: int) -> Entry:
    def other(text: str) -> str:
        return text.replace(_YEAR, _year(number))

    metadata = replace(entry.metadata, number=other(entry.metadata.number or ""))
    return replace(entry, name=other(entry.name), key=other(entry.key), metadata=metadata, segment=digest)


def _year(number: int) -> str:
    return f"政发〔{20 - number:02d}"


def _files(segment: Segment, number: int, drawn: Drawn) -> Iterator[tuple[str, Chunks]]:
    sizes = segment.facts["sentences"]
    vectors = np.concatenate(
        [drawn.of(number * _APART + int(segment.digest[:6], 16) + row, size) for row, size in enumerate(sizes)]
    )
    for name, data in segment.files.items():
        if name in (CLAUSES, DOCUMENTS, HEADS):
            yield name, [bytes(data).replace(_YEAR.encode(), _year(number).encode())]
        elif name not in (VECTORS, LISTS):
            yield name, [bytes(data)]
    yield VECTORS, array_chunks(vectors)
    if len(vectors) >= MANY:
        yield LISTS, lists_chunks(vectors)
