"""Search forms of all clauses in one text, in which a word is found in all of them at once."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from itertools import accumulate

from index.question import words


def forms_chunks(texts: Iterable[str]) -> Iterator[bytes]:
    """Put texts into the form in which words are looked up in them.

    :param texts: the texts, in the order of their rows.
    :return: for each a line of its search form without blanks.
    """
    return (f"{words.plain(text)}\n".encode() for text in texts)


class Forms:
    """Finds the texts that hold a word.

    :param data: what :func:`forms_chunks` gave.
    """

    def __init__(self, data: bytes) -> None:
        self._whole = data.decode()
        self._ends = list(accumulate(len(line) + 1 for line in self._whole.split("\n")[:-1]))

    def rows(self, word: str) -> set[int]:
        """Find the texts that hold a word.

        :param word: search form without blanks.
        :return: their rows; none for an empty word.
        """
        found: set[int] = set()
        at = self._whole.find(word) if word else -1
        while at >= 0:
            row = bisect_right(self._ends, at)
            found.add(row)
            at = self._whole.find(word, self._ends[row])
        return found
