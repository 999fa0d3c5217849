"""How likely a run of characters is: by the words that it falls into, and by its pairs of neighbours.

Both are counted in the base, so that an office's own words are known; the segmenter's dictionary vouches for everyday ones.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache
from math import inf, log
from typing import Protocol

from index.question.words import BIGRAM, CHARACTER, WORD, count_of, dictionary_size, domain_words

_LONGEST = 6  # characters of a word
_UNKNOWN = 18.0  # of a character that neither base nor dictionary has as a word
_SMOOTHING = 20.0  # clauses with a character after which what follows it says more than how frequent the next one is
_LISTED = 10  # a word that an office lists counts as seen in so many clauses


class Held(Protocol):
    """What a base holds; :class:`index.search.lexical.LexicalIndex` tells."""

    def clauses(self, token: str) -> int:
        """Count the clauses that hold a token, marked with its kind (:mod:`index.question.words`)."""

    def together(self, tokens: Iterable[str]) -> int:
        """Count the clauses that hold all of some tokens."""

    def tokens(self, kinds: Iterable[str]) -> Iterator[tuple[str, int]]:
        """List the tokens of some kinds with the number of their clauses."""


class Likelihood:
    """Measures texts in negative logarithms: the smaller, the likelier. Lists what a base holds when it is made.

    ``words`` are the words of the base and of the office's lists, with the number of their clauses; ``characters`` those of the base.

    :param held: what the base holds.
    """

    def __init__(self, held: Held) -> None:
        self._held = held
        self.words = dict.fromkeys(domain_words(), _LISTED)
        self.characters: dict[str, int] = {}
        for token, count in held.tokens((WORD, CHARACTER)):
            if token[0] == WORD:
                self.words[token[2:]] = max(count, self.words.get(token[2:], 0))
            else:
                self.characters[token[2:]] = count
        self._every_word = max(1, sum(self.words.values()))
        self._every_character = max(1, sum(self.characters.values()))
        self._cost = lru_cache(maxsize=1 << 14)(self._cost_of)
        self.of_words = lru_cache(maxsize=1 << 10)(self._of_words)

    def knows(self, text: str) -> bool:
        """Tell whether a text of two characters or more is a word, of the base or of the dictionary."""
        return len(text) > 1 and (text in self.words or count_of(text) > 0)

    def count_beside(self, left: str, word: str, right: str) -> int:
        """Count the clauses in which a word has one of its neighbours beside it, by their pairs of characters."""
        texts = [left + word] * bool(left) + [word + right] * bool(right)
        pairs = ({f"{BIGRAM}:{text[at : at + 2]}" for at in range(len(text) - 1)} for text in texts)
        return max(map(self._held.together, pairs), default=0)

    def of_pairs(self, text: str) -> float:
        """Measure how each character follows the one before it in the base."""
        return sum(map(self._following, text, text[1:]))

    def _of_words(self, text: str) -> float:
        """Measure the likeliest way to cut a text into words."""
        costs = [0.0] + [inf] * len(text)
        for start in range(len(text)):
            for end in range(start + 1, min(len(text), start + _LONGEST) + 1):
                costs[end] = min(costs[end], costs[start] + self._cost(text[start:end]))
        return costs[-1]

    def _following(self, before: str, after: str) -> float:
        share = (self.characters.get(after, 0) + 0.1) / self._every_character
        seen = self._held.clauses(f"{BIGRAM}:{before}{after}") + _SMOOTHING * share
        return -log(seen / (self.characters.get(before, 0) + _SMOOTHING))

    def _cost_of(self, word: str) -> float:
        share = (self.words.get(word, 0) / self._every_word + count_of(word) / dictionary_size()) / 2
        return -log(share) if share else _UNKNOWN if len(word) == 1 else inf
