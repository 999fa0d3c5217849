"""Counts of some clauses of a base, and which of these clauses can be among the best.

H. Turtle & J. Flood, *Query Evaluation: Strategies and Optimizations* (1995), MaxScore: the rare tokens, which weigh most, are
summed up for all clauses; a common one is looked up for those alone that can still come up to what was found elsewhere.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.search.counts import Postings
from index.search.vector_store import Scores

GONE = -1
"""Place of a clause that is no longer part of the base."""

_LOOKED_UP = 8
"""A token that one clause in so many holds is usual. It is looked up for the clauses that are left, where it stands in more than so
many times as many; else it is summed up for all."""
_FEW = 32
"""Clauses that are left to be scored in any case: what they have of usual tokens is then found with the rest."""
_AT_ONCE = 1024
"""Pairs of tokens and clauses up to which they are looked up together."""
_ROUNDED = np.float32(1.0001)
"""Sums in another order may differ in their last digits."""

Rows = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class LexicalPart:
    """Counts of some clauses; ``places`` of them in the base, :data:`GONE` for none, and the ``norms`` of their lengths."""

    postings: Postings
    places: NDArray[np.int64]
    norms: Scores
    is_whole: bool

    def clauses(self, part: slice) -> int:
        """Count the clauses of the base among the texts that hold a token."""
        if self.is_whole:
            return int(part.stop - part.start)
        return int((self.places[self.postings.places[part]] != GONE).sum())

    def tokens(self, kind: str) -> Iterator[tuple[str, int]]:
        """List the tokens of a kind with the number of clauses of the base that hold each."""
        rows = self.postings.rows_of_kind(kind)
        starts = self.postings.starts[rows.start : rows.stop + 1].astype(np.int64)
        if not self.is_whole:
            held = self.places[self.postings.places[starts[0] : starts[-1]]] != GONE
            starts = np.concatenate([np.zeros(1, np.int64), np.cumsum(held)])[starts - starts[0]]
        for row, size in zip(rows, np.diff(starts).tolist(), strict=True):
            yield self.postings.terms[row].decode(), size

    def impacts(self, kind: str, k1: np.float32) -> Iterator[tuple[str, Rows, Scores]]:
        """List the tokens of a kind with the places of the clauses of the base that hold each, and the impact there."""
        for row in self.postings.rows_of_kind(kind):
            part = slice(int(self.postings.starts[row]), int(self.postings.starts[row + 1]))
            texts, places = self.postings.places[part], self.places[self.postings.places[part]]
            found = self.postings.times[part].astype(np.float32) / self.norms[texts]
            held = places != GONE
            if held.any():
                yield self.postings.terms[row].decode(), places[held], (found / (k1 + found))[held]

    def together(self, parts: Sequence[slice]) -> int:
        """Count the clauses of the base that hold all of some tokens."""
        found, *others = sorted((self.postings.places[part] for part in parts), key=len)
        for other in others:
            found = found[_common(other, found)[1]]
        return int((self.places[found] != GONE).sum())

    def scored(self, rows: Rows, weights: Mapping[str, float], parts: Mapping[str, slice], k1: np.float32) -> Scores:
        """Score some of the clauses: the sum of weight times impact, ``tf / (k1 + tf)``, in the order of the tokens."""
        held = {token: weight for token, weight in weights.items() if parts[token].stop > parts[token].start}
        scores = np.zeros(len(rows), dtype=np.float32)
        if held and len(rows) * len(held) <= _AT_ONCE:
            impacts = self._impacts(rows, [parts[token] for token in held], k1)
            each = np.array([*held.values()], dtype=np.float32)[:, np.newaxis] * impacts
            return np.asarray(np.add.accumulate(each)[-1])  # one after another, as below
        for token, weight in held.items():
            at, hit = _common(self.postings.places[parts[token]], rows)
            found = self.postings.times[parts[token]][at].astype(np.float32) / self.norms[rows[hit]]
            scores[hit] += np.float32(weight) * (found / (k1 + found))
        return scores

    def _impacts(self, rows: Rows, parts: Sequence[slice], k1: np.float32) -> Scores:
        """Give the impact of some tokens, a row each, on a few clauses: all are looked up together by halving."""
        places = self.postings.places
        wanted = rows.astype(places.dtype)
        ends = np.array([part.stop for part in parts])[:, np.newaxis]
        low = np.repeat(np.array([part.start for part in parts])[:, np.newaxis], len(rows), axis=1)
        high = np.repeat(ends, len(rows), axis=1)
        for _ in range(int((high - low).max()).bit_length()):
            middle = (low + high) >> 1
            below = (middle < high) & (places[np.minimum(middle, ends - 1)] < wanted)
            low, high = np.where(below, middle + 1, low), np.where(below, high, middle)
        at = np.minimum(low, ends - 1)
        found = self.postings.times[at].astype(np.float32) / self.norms[rows]
        return np.where((low < ends) & (places[at] == wanted), found / (k1 + found), np.float32(0))

    def best(
        self,
        bounds: Mapping[str, float],
        parts: Mapping[str, slice],
        k1: np.float32,
        lowest: float,
        within: NDArray[np.bool_] | None,
    ) -> tuple[Rows, Scores]:
        """Find the clauses that can score as high as what was found elsewhere.

        :param bounds: the highest that each token can add to a score; no token adds more than that times its impact.
        :param parts: where the texts of each token lie.
        :param k1: constant of the formula.
        :param lowest: the score to come up to.
        :param within: whether each clause of the base may be found; None for all.
        :return: their rows in order, and what none of them can score more than.
        """
        sizes = {token: parts[token].stop - parts[token].start for token in bounds}
        rare = {token: bound for token, bound in bounds.items() if sizes[token] * _LOOKED_UP <= len(self.places)}
        bend, left = k1 * self.norms, self._allowed(within)
        sums = self._summed(rare, parts, bend)
        usual = sorted(bounds.keys() - rare.keys(), key=lambda token: (-bounds[token], token))
        rest = sum(bounds[token] for token in usual)
        for token in usual:
            left = left[(sums[left] + np.float32(rest)) * _ROUNDED >= lowest]
            if len(left) <= _FEW:
                break
            held, times = self.postings.places[parts[token]], self.postings.times[parts[token]]
            if len(held) > len(left) * _LOOKED_UP:
                at, hit = _common(held, left)
                held, times = left[hit], times[at]
            seen = times.astype(np.float32)
            sums[held] += np.float32(bounds[token]) * seen / (seen + bend[held])
            rest -= bounds[token]
        upper = (sums[left] + np.float32(rest)) * _ROUNDED
        (found,) = ((upper > 0) & (upper >= lowest)).nonzero()
        return left[found], upper[found]

    def _summed(self, bounds: Mapping[str, float], parts: Mapping[str, slice], bend: Scores) -> Scores:
        """Sum up some tokens for all clauses, all of them at once."""
        if not bounds:
            return np.zeros(len(self.places), dtype=np.float32)
        held = np.concatenate([self.postings.places[parts[token]] for token in bounds])
        seen = np.concatenate([self.postings.times[parts[token]] for token in bounds]).astype(np.float32)
        sizes = [parts[token].stop - parts[token].start for token in bounds]
        weights = np.repeat(np.array([*bounds.values()], dtype=np.float32), sizes)
        return np.bincount(held, weights * seen / (seen + bend[held]), len(self.places)).astype(np.float32)

    def _allowed(self, within: NDArray[np.bool_] | None) -> Rows:
        held = self.places != GONE
        if within is not None:
            held &= within[self.places]
        return np.flatnonzero(held)


def _common(texts: NDArray[np.integer[Any]], rows: NDArray[np.integer[Any]]) -> tuple[Rows, Rows]:
    """Find what stands in two arrays that are in order: where in the one, and where in the other."""
    if len(texts) < len(rows):
        at, hit = _common(rows, texts)
        return hit, at
    wanted = rows.astype(texts.dtype)  # of one type, or all texts would be copied
    at = np.searchsorted(texts, wanted)
    at[at == len(texts)] = 0
    (hit,) = (texts[at] == wanted).nonzero() if len(texts) else (at[:0],)
    return at[hit], hit
