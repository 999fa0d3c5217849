"""Search forms of all clauses in a few texts, in which a word is found in all of them at once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from index.question import words
from index.search.lines import Lines


def forms_chunks(texts: Iterable[str]) -> Iterator[bytes]:
    """Put texts into the form in which words are looked up in them.

    :param texts: the texts, in the order of their rows.
    :return: for each a line of its search form without blanks.
    """
    return (f"{words.plain(text)}\n".encode() for text in texts)


class Forms:
    """Finds the texts that hold a word.

    :param parts: lines that :func:`forms_chunks` gave, and which of them count, in the order of the texts.
    """

    def __init__(self, parts: Sequence[tuple[Lines, range]]) -> None:
        self._parts = [(lines, rows) for lines, rows in parts if len(rows)]

    def rows(self, word: str) -> set[int]:
        """Find the texts that hold a word.

        :param word: search form without blanks.
        :return: their rows; none for an empty word.
        """
        found: set[int] = set()
        wanted, first = word.encode("utf-8", "surrogatepass"), 0
        for lines, rows in self._parts if wanted else ():
            found.update(first + row - rows.start for row in _rows(lines, rows, wanted))
            first += len(rows)
        return found


def _rows(lines: Lines, rows: range, word: bytes) -> Iterator[int]:
    """Find the lines of a part that hold a word."""
    start = lines.start(rows.start)
    whole = lines.data[start : lines.start(rows.stop)]
    at = whole.find(word)
    while at >= 0:
        row = lines.at(start + at)
        yield row
        at = whole.find(word, lines.start(row + 1) - start)
