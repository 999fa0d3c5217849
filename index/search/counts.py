"""How often each token stands in each text, by token; what BM25 is worked out of, and the same whatever stands beside them."""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from index.search.arrays import Buffer, Chunks, array_chunks, array_of

Text = TypeVar("Text")
Tokens = Sequence[str]

_TERMS, _ARRAYS = "lexical_terms.txt", ("starts", "places", "times", "lengths")


@dataclass(frozen=True, slots=True)
class Postings:
    """Texts by token: those at ``places[starts[i]:starts[i+1]]`` hold token ``i``, so many ``times``.

    ``rows`` gives each token its ``i``, in order of its characters; ``lengths`` are those of the texts in tokens of the kinds
    that count.
    """

    rows: Mapping[str, int]
    starts: NDArray[np.int64]
    places: NDArray[np.int32]
    times: NDArray[np.int32]
    lengths: NDArray[np.float32]

    def of(self, token: str) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
        """Give the texts that hold a token, in order, and how often each does.

        :param token: token with its kind.
        :return: places and times; none where no text holds it.
        """
        row = self.rows.get(token)
        part = slice(0, 0) if row is None else slice(self.starts[row], self.starts[row + 1])
        return self.places[part], self.times[part]

    def clauses(self, token: str) -> int:
        """Count the texts that hold a token.

        :param token: token with its kind.
        :return: their number.
        """
        row = self.rows.get(token)
        return 0 if row is None else int(self.starts[row + 1] - self.starts[row])


class TokenCounter:
    """Counts texts one after another; none of them is held.

    :param kinds: weights of the kinds; tokens of others are not counted, and those of weight 0 are no part of a length.
    """

    def __init__(self, kinds: Mapping[str, float]) -> None:
        self._kinds = kinds
        self._numbers: dict[str, int] = {}
        self._sizes, self._found, self._times, self._lengths = array("q"), array("i"), array("i"), array("f")

    def add(self, tokens: Iterable[str]) -> None:
        """Count a text.

        :param tokens: its tokens, each marked with its kind.
        """
        counted = {token: count for token, count in Counter(tokens).items() if token[0] in self._kinds}
        self._found.extend(self._numbers.setdefault(token, len(self._numbers)) for token in counted)
        self._times.extend(counted.values())
        self._sizes.append(len(counted))
        self._lengths.append(sum(count for token, count in counted.items() if self._kinds[token[0]]))

    def postings(self) -> Postings:
        """Put together what was counted.

        :return: the counts; the same texts give the same arrays.
        """
        tokens = sorted(self._numbers)
        ranks = np.empty(len(tokens), dtype=np.int32)
        ranks[[self._numbers[token] for token in tokens]] = np.arange(len(tokens), dtype=np.int32)
        of_token = ranks[np.array(self._found, dtype=np.int32)]
        order = np.argsort(of_token, kind="stable")
        places = np.repeat(np.arange(len(self._sizes), dtype=np.int32), np.array(self._sizes, dtype=np.int64))
        ends = np.cumsum(np.bincount(of_token, minlength=len(tokens)))
        return Postings(
            {token: row for row, token in enumerate(tokens)},
            np.concatenate([np.zeros(1, np.int64), ends]).astype(np.int64),
            places[order],
            np.array(self._times, dtype=np.int32)[order],
            np.array(self._lengths, dtype=np.float32),
        )


def count_tokens(texts: Iterable[Text], cut: Callable[[Text], Iterable[str]], kinds: Mapping[str, float]) -> Postings:
    """Cut each text, and count.

    :param texts: of clauses.
    :param cut: gives the tokens of a text, each marked with its kind.
    :param kinds: as :class:`TokenCounter` has them.
    :return: the counts.
    """
    counter = TokenCounter(kinds)
    for text in texts:
        counter.add(cut(text))
    return counter.postings()


def postings_files(postings: Postings) -> dict[str, Chunks]:
    """Turn counts into files.

    :param postings: the counts.
    :return: bytes by file name, always the same for the same counts.
    """
    arrays = {f"lexical_{name}.npy": array_chunks(getattr(postings, name)) for name in _ARRAYS}
    return {_TERMS: ["\n".join(postings.rows).encode()], **arrays}


def postings_from_files(files: Mapping[str, Buffer]) -> Postings:
    """Read counts back.

    :param files: bytes by file name, as :func:`postings_files` made them.
    :return: the counts.
    """
    starts, places, times, lengths = (array_of(files[f"lexical_{name}.npy"]) for name in _ARRAYS)
    terms = bytes(files[_TERMS]).decode().split("\n") if len(starts) > 1 else []
    return Postings({term: row for row, term in enumerate(terms)}, starts, places, times, lengths)
