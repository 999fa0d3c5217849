"""Where clauses and their sentences stand: the one table between ids, the order of the indexes, and documents."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from index.search.passages import HeldOutline, Outline

_HELD = 1 << 14
"""Ids whose places are held when they were looked up or given out."""


class Places:
    """The clauses of a base in the order of its indexes, and which sentences and documents are theirs.

    :param outline: the clauses that have sentences.
    """

    def __init__(self, outline: Outline | HeldOutline) -> None:
        outline = outline.held if isinstance(outline, Outline) else outline
        self._outline = outline
        self._starts = outline.starts.data  # gives plain numbers
        self._keys = tuple(outline.documents)
        self._firsts = [part.start for part in outline.documents.values()]
        self._place = lru_cache(maxsize=_HELD)(outline.find)

    def __contains__(self, clause_id: object) -> bool:
        return isinstance(clause_id, str) and self._place(clause_id) is not None

    @property
    def names(self) -> Sequence[str]:
        """Ids of the clauses."""
        return self._outline.names

    @property
    def sentences(self) -> int:
        """Number of sentences."""
        return int(self._starts[-1])

    @property
    def documents(self) -> Mapping[str, range]:
        """The places of the clauses of each document, by its key, in order."""
        return self._outline.documents

    def place(self, clause_id: str) -> int:
        """Give the place of a clause of the base.

        :raises KeyError: when the base has no sentences of it.
        """
        found = self._place(clause_id)
        if found is None:
            raise KeyError(clause_id)
        return found

    def key_of(self, clause_id: str) -> str:
        """Give the key of a clause's document."""
        return self._keys[bisect_right(self._firsts, self.place(clause_id)) - 1]

    def rows(self, clause_id: str) -> range:
        """Give the sentences of a clause of the base, by their rows."""
        place = self.place(clause_id)
        return range(self._starts[place], self._starts[place + 1])

    def clauses_of(self, rows: Sequence[int] | NDArray[np.int64]) -> NDArray[np.int64]:
        """Give the place of the clause of each of some sentences."""
        return np.searchsorted(self._outline.starts, np.asarray(rows, dtype=np.int64), side="right") - 1

    def parts(self, keys: Iterable[str] | None) -> list[range]:
        """List the places of the clauses of documents, as few ranges as hold them.

        :param keys: of documents, in order, those that the base does not hold passed over; None for all.
        :return: ranges of places.
        """
        if keys is None:
            return [range(len(self.names))] if len(self.names) else []
        return _joined(self.documents[key] for key in keys if key in self.documents)

    def rows_of(self, places: range) -> range:
        """Give the sentences of clauses that lie together."""
        return range(self._starts[places.start], self._starts[places.stop])


def _joined(parts: Iterable[range]) -> list[range]:
    """Join ranges that follow on one another: a base of many documents is then looked through at once."""
    whole: list[range] = []
    for part in parts:
        if whole and whole[-1].stop == part.start:
            whole[-1] = range(whole[-1].start, part.stop)
        else:
            whole.append(part)
    return whole
