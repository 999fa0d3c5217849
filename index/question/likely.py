"""How likely a run of characters is: by the words that it falls into, and by its pairs of neighbours.

Both are counted in the base, so that an office's own words are known; the segmenter's dictionary vouches for everyday ones.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from math import log
from typing import Protocol

from index.question.words import BIGRAM, CHARACTER, WORD, count_of, dictionary_size, domain_words

_LONGEST = 6
_UNKNOWN = 18.0  # a character that neither base nor dictionary has as a word
_SMOOTHING = 20.0  # as many sentences as a pair must be seen in before it outweighs its second character
_LISTED = 10  # a word that an office lists counts as seen in as many sentences


class Held(Protocol):
    """What a base holds; :class:`index.search.lexical.LexicalIndex` tells."""

    def sentences(self, token: str) -> int:
        """Count the sentences that hold a token, marked with its kind (:mod:`index.question.words`)."""

    def tokens(self) -> Iterator[tuple[str, int]]:
        """List the tokens with the number of their sentences."""


class Likelihood:
    """Measures in negative logarithms: the smaller, the likelier."""

    def __init__(self, held: Held | None = None) -> None:
        """Take what a base holds; None for no base."""
        self._held = held
        self.listed = frozenset(domain_words())
        counted = list(held.tokens()) if held else []
        self._words = max(1, sum(count for token, count in counted if token[0] == WORD))
        self._characters = max(1, sum(count for token, count in counted if token[0] == CHARACTER))
        self._cost = lru_cache(maxsize=1 << 16)(self._cost_of)

    def count(self, word: str) -> int:
        """Count the sentences of the base that have a word; what a list of the office has, counts as seen."""
        return max(self._seen(WORD, word), _LISTED if word in self.listed else 0)

    def knows(self, text: str) -> bool:
        """Tell whether a text of two characters or more is a word, of the base or of the dictionary."""
        return len(text) > 1 and (self.count(text) > 0 or count_of(text) > 0)

    def has_pair(self, *pairs: str) -> bool:
        """Tell whether the base has one of some pairs of neighbours."""
        return any(self._seen(BIGRAM, pair) for pair in pairs)

    def of_words(self, text: str) -> float:
        """Measure the likeliest way to cut a text into words."""
        costs = [0.0] + [float("inf")] * len(text)
        for start in range(len(text)):
            for end in range(start + 1, min(len(text), start + _LONGEST) + 1):
                costs[end] = min(costs[end], costs[start] + self._cost(text[start:end]))
        return costs[-1]

    def of_pairs(self, text: str) -> float:
        """Measure how each character follows the one before it in the base."""
        return sum(map(self._following, text, text[1:]))

    def _following(self, before: str, after: str) -> float:
        share = (self._seen(CHARACTER, after) + 0.1) / self._characters
        seen = self._seen(BIGRAM, before + after) + _SMOOTHING * share
        return -log(seen / (self._seen(CHARACTER, before) + _SMOOTHING))

    def _cost_of(self, word: str) -> float:
        share = (self.count(word) / self._words + count_of(word) / dictionary_size()) / 2
        return -log(share) if share else _UNKNOWN if len(word) == 1 else float("inf")

    def _seen(self, kind: str, text: str) -> int:
        return self._held.sentences(f"{kind}:{text}") if self._held else 0
