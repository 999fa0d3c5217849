"""How far two texts are one: what share of the neighbouring letters of the shorter one stands in the longer one."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from hashlib import sha256

from index.references.spelling import letters, spelt
from index.store.entries import Entry
from ingest.records import Document

_GRAM = 5
_DIGEST = 32


class Texts:
    """The texts of entries, compared; each is read at most once, and not at all for what is known of it already.

    :param document_of: reads the document of an entry back.
    :param known: what :attr:`counts` were before.
    """

    def __init__(self, document_of: Callable[[Entry], Document], known: Mapping[str, int]) -> None:
        self.counts: dict[str, int] = {}
        """All that was asked for: how many runs of letters a text has, and two texts have in common, by what decides it."""
        self._document_of = document_of
        self._known = known
        self._runs: dict[str, frozenset[str]] = {}

    def size(self, entry: Entry) -> int:
        """Count the different runs of letters of a text; at least 1."""
        return self._count(_text(entry), lambda: len(self._grams(entry)))

    def share(self, one: Entry, other: Entry) -> float:
        """Tell which share of the shorter text stands in the longer one, 0 to 1."""
        both = " ".join(sorted((_text(one), _text(other))))
        common = self._count(both, lambda: len(self._grams(one) & self._grams(other)))
        return common / min(self.size(one), self.size(other))

    def _count(self, name: str, count: Callable[[], int]) -> int:
        if name not in self.counts:
            self.counts[name] = self._known[name] if name in self._known else count()
        return self.counts[name]

    def _grams(self, entry: Entry) -> frozenset[str]:
        name = _text(entry)
        if name not in self._runs:
            text = letters(spelt("".join(clause.text for clause in self._document_of(entry).clauses)))
            self._runs[name] = frozenset(text[at : at + _GRAM] for at in range(max(1, len(text) - _GRAM + 1)))
        return self._runs[name]


def _text(entry: Entry) -> str:
    """Name a text by what decides it: the file, its bytes, and what has read them."""
    return sha256("\n".join((entry.name, entry.sha256, entry.reader)).encode()).hexdigest()[:_DIGEST]
