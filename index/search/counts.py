"""How often each token stands in each text, by token; what BM25 is worked out of, and the same whatever stands beside them."""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

from index.search.arrays import Buffer, Chunks, array_chunks, array_of, slim
from index.search.lines import Lines, lines_files, lines_from_files, lines_of

Text = TypeVar("Text")
Tokens = Sequence[str]

_TERMS, _ARRAYS = "lexical_terms.txt", ("starts", "places", "times", "lengths")


@dataclass(frozen=True, slots=True)
class Postings:
    """Texts by token: those at ``places[starts[i]:starts[i+1]]`` hold token ``i``, so many ``times``.

    ``terms`` are the tokens in order of their characters, which is that of their bytes; ``lengths`` are those of the texts in tokens
    of the kinds that count. All of them may lie in a file: a token is looked up by halving.
    """

    terms: Lines
    starts: NDArray[np.integer[Any]]
    places: NDArray[np.integer[Any]]
    times: NDArray[np.integer[Any]]
    lengths: NDArray[np.float32]

    def part(self, token: str) -> slice:
        """Tell where the texts that hold a token lie.

        :param token: token with its kind.
        :return: their part of ``places`` and ``times``, empty where no text holds it.
        """
        wanted = token.encode("utf-8", "surrogatepass")
        row = bisect_left(self.terms, wanted)
        if row == len(self.terms) or self.terms[row] != wanted:
            return slice(0, 0)
        return slice(int(self.starts[row]), int(self.starts[row + 1]))

    def of(self, token: str) -> tuple[NDArray[np.integer[Any]], NDArray[np.integer[Any]]]:
        """Give the texts that hold a token, in order, and how often each does.

        :param token: token with its kind.
        :return: places and times; none where no text holds it.
        """
        part = self.part(token)
        return self.places[part], self.times[part]

    def rows_of_kind(self, kind: str) -> range:
        """Tell which of the terms are of a kind.

        :param kind: what stands before the colon of a token.
        :return: their rows.
        """
        return range(bisect_left(self.terms, f"{kind}:".encode()), bisect_left(self.terms, f"{kind};".encode()))


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
            lines_of(token.encode("utf-8", "surrogatepass") for token in tokens),
            slim(np.concatenate([np.zeros(1, np.int64), ends])),
            slim(places[order]),
            slim(np.array(self._times, dtype=np.int32)[order]),
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
    return {**lines_files(_TERMS, postings.terms), **arrays}


def postings_from_files(files: Mapping[str, Buffer]) -> Postings:
    """Read counts back.

    :param files: bytes by file name, as :func:`postings_files` made them.
    :return: the counts; they lie in the bytes given.
    """
    starts, places, times, lengths = (array_of(files[f"lexical_{name}.npy"]) for name in _ARRAYS)
    return Postings(lines_from_files(_TERMS, files), starts, places, times, lengths)
