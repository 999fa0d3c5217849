"""Where clauses and their sentences stand: the one table between ids, the order of the indexes, and documents."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import accumulate

import numpy as np
from numpy.typing import NDArray

from index.search.passages import Outline


class Places:
    """The clauses of a base in the order of its indexes, and which sentences and documents are theirs.

    :param outline: the clauses that have sentences; those of one document lie together.
    """

    def __init__(self, outline: Outline) -> None:
        self.names = outline.names
        self._keys = outline.keys
        self._starts = np.array([0, *accumulate(outline.sizes)], dtype=np.int64)
        self._places = {name: place for place, name in enumerate(self.names)}
        self._documents = _runs(self._keys)

    def __contains__(self, clause_id: object) -> bool:
        return clause_id in self._places

    @property
    def sentences(self) -> int:
        """Number of sentences."""
        return int(self._starts[-1])

    @property
    def documents(self) -> Mapping[str, range]:
        """The places of the clauses of each document, by its key, in order."""
        return self._documents

    def place(self, clause_id: str) -> int:
        """Give the place of a clause of the base."""
        return self._places[clause_id]

    def key_of(self, clause_id: str) -> str:
        """Give the key of a clause's document."""
        return self._keys[self._places[clause_id]]

    def rows(self, clause_id: str) -> range:
        """Give the sentences of a clause of the base, by their rows."""
        place = self._places[clause_id]
        return range(int(self._starts[place]), int(self._starts[place + 1]))

    def clauses_of(self, rows: Sequence[int] | NDArray[np.int64]) -> NDArray[np.int64]:
        """Give the place of the clause of each of some sentences."""
        return np.searchsorted(self._starts, np.asarray(rows, dtype=np.int64), side="right") - 1

    def parts(self, keys: Iterable[str] | None) -> list[range]:
        """List the places of the clauses of documents, as few ranges as hold them.

        :param keys: of documents, in order, those that the base does not hold passed over; None for all.
        :return: ranges of places.
        """
        if keys is None:
            return [range(len(self.names))] if self.names else []
        return _joined(self._documents[key] for key in keys if key in self._documents)

    def rows_of(self, places: range) -> range:
        """Give the sentences of clauses that lie together."""
        return range(int(self._starts[places.start]), int(self._starts[places.stop]))


def _runs(names: Iterable[str]) -> dict[str, range]:
    """Find which places bear each name in a sequence in which equal names lie together."""
    found: dict[str, range] = {}
    for place, name in enumerate(names):
        found[name] = range(found[name].start if name in found else place, place + 1)
    return found


def _joined(parts: Iterable[range]) -> list[range]:
    """Join ranges that follow on one another: a base of many documents is then looked through at once."""
    whole: list[range] = []
    for part in parts:
        if whole and whole[-1].stop == part.start:
            whole[-1] = range(whole[-1].start, part.stop)
        else:
            whole.append(part)
    return whole
