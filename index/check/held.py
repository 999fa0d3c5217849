"""The words of a base in one stream, and where those of a draft stand in it: found by seeds of a few characters."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from index.answer.library import Library
from index.check.words import plain, words_of
from index.references.spelling import spelt
from ingest.records import Clause

SEED = 6
"""Characters of a seed; no stretch shorter than that is looked for in the whole base."""

_BASE = np.uint64(0x9E3779B97F4A7C15)
_BITS = 22
_CHUNK = 1 << 20
_END = "\0"
"""What parts two documents and the rows of a table, over which no quotation reaches; no form of words holds it."""

Range = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Piece:
    """Words of a clause, or a heading above it that no clause holds, at ``start`` to ``end`` of the stream."""

    key: str
    clause_id: str
    source: str
    start: int
    end: int


class Held:
    """The words of all documents of a base, one behind the other.

    :param library: the documents.
    """

    def __init__(self, library: Library) -> None:
        self._library = library
        self.pieces: list[Piece] = []
        self.documents: dict[str, Range] = {}
        self._clauses: dict[str, Range] = {}
        texts: list[str] = []
        at = 0
        for key, document in library.documents.items():
            first = at
            for clause_id, source, is_row in _pieces_of(document.clauses):
                text = plain(source) + (_END if is_row else "")
                piece = Piece(key, clause_id, source, at, at + len(text) - is_row)
                known = self._clauses.get(clause_id)
                self._clauses[clause_id] = (known[0] if known else at, piece.end)
                self.pieces.append(piece)
                texts.append(text)
                at += len(text)
            self.documents[key] = (first, at)
            texts.append(_END)
            at += 1
        self.stream = "".join(texts)
        self._starts = [one.start for one in self.pieces]

    def clause(self, clause_id: str) -> Clause:
        """Give a clause of the base."""
        return self._library.clauses[clause_id][1]

    def piece_at(self, position: int) -> Piece:
        """Give the piece that holds a position of the stream."""
        return self.pieces[bisect_right(self._starts, position) - 1]

    def ranges_of(self, clause_ids: Iterable[str]) -> list[Range]:
        """Give where clauses stand, those that follow on as one."""
        found: list[Range] = []
        for start, end in sorted(self._clauses[one] for one in dict.fromkeys(clause_ids)):
            if found and not self.stream[found[-1][1] : start].strip(_END):
                found[-1] = (found[-1][0], max(end, found[-1][1]))
            else:
                found.append((start, end))
        return found

    def verbatim(self, start: int, end: int) -> str:
        """Give a stretch of the stream as its documents have it."""
        said: list[str] = []
        while start < end:
            piece = self.piece_at(start)
            if start < piece.end:
                last = min(end, piece.end)
                said.append(words_of(piece.source).verbatim(start - piece.start, last - piece.start))
            start = max(piece.end, start + 1)
        return "".join(said)


def _pieces_of(clauses: Sequence[Clause]) -> Iterator[tuple[str, str, bool]]:
    """Give the words of clauses in order, each heading that stands in none of them before the first clause below it."""
    seen: set[tuple[str, ...]] = set()
    for clause in clauses:
        for depth in range(1, len(clause.heading_path) + 1):
            path = clause.heading_path[:depth]
            if path not in seen:
                seen.add(path)
                if not spelt(clause.text).startswith(spelt(path[-1])):
                    yield clause.clause_id, path[-1], bool(clause.cells)
        yield clause.clause_id, clause.text, bool(clause.cells)


class Seeds:
    """Where the seeds of a draft stand in the base.

    :param draft: the form of the draft's words.
    :param held: the words of the base.
    :param without: ranges of the stream that are left out.
    """

    def __init__(self, draft: str, held: Held, without: Sequence[Range] = ()) -> None:
        wanted = _hashes(draft)
        hits, places = _common(wanted, held.stream)
        for start, end in without:
            kept = (places < start) | (places >= end)
            hits, places = hits[kept], places[kept]
        order = np.argsort(hits, kind="stable")
        self._places = places[order]
        self._first = np.searchsorted(hits[order], wanted, "left")
        self.counts = np.searchsorted(hits[order], wanted, "right") - self._first

    def at(self, position: int, most: int) -> list[int]:
        """List places of the stream at which the seed at a position of the draft may stand, the first ones."""
        first = int(self._first[position])
        found: list[int] = self._places[first : first + min(most, int(self.counts[position]))].tolist()
        return found

    def rarest(self, start: int, end: int) -> int | None:
        """Give the position in a stretch of the draft whose seed is rarest in the base; None where some seed is not in it."""
        if end - start < SEED:
            return None
        counts = self.counts[start : end - SEED + 1]
        best = int(np.argmin(counts))
        return start + best if counts[best] else None


def _codes(text: str) -> NDArray[np.uint64]:
    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32).astype(np.uint64)


def _hashes(text: str) -> NDArray[np.uint64]:
    """Digest each run of :data:`SEED` characters of a text; runs that are alike have the same."""
    codes = _codes(text)
    count = max(0, len(codes) - SEED + 1)
    digest = np.zeros(count, np.uint64)
    for at in range(SEED):
        digest = digest * _BASE + codes[at : at + count]
    return digest ^ (digest >> np.uint64(29))


def _common(wanted: NDArray[np.uint64], stream: str) -> tuple[NDArray[np.uint64], NDArray[np.int64]]:
    """Find the seeds of a stream that are among those wanted, chunk by chunk, so that it takes little memory."""
    known = np.unique(wanted)
    table, mask = np.zeros(1 << _BITS, bool), np.uint64((1 << _BITS) - 1)
    table[known & mask] = True
    hits: list[NDArray[np.uint64]] = [np.zeros(0, np.uint64)]
    places: list[NDArray[np.int64]] = [np.zeros(0, np.int64)]
    for first in range(0, len(stream), _CHUNK):
        digests = _hashes(stream[first : first + _CHUNK + SEED - 1])
        likely = np.flatnonzero(table[digests & mask])
        likely = likely[np.isin(digests[likely], known)]
        hits.append(digests[likely])
        places.append(likely + first)
    return np.concatenate(hits), np.concatenate(places)
