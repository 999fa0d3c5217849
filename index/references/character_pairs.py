"""Which of many texts hold a pair of neighbouring characters, and which share the most pairs with another."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

_COMMON = 500


class PairIndex:
    """Knows the pairs of characters of some texts, which are counted from 0.

    :param texts: the texts.
    """

    def __init__(self, texts: Iterable[str]) -> None:
        self._holding: dict[str, list[int]] = {}
        for at, text in enumerate(texts):
            for pair in dict.fromkeys(pairs(text)):
                self._holding.setdefault(pair, []).append(at)

    def holding(self, pair: str) -> Sequence[int]:
        """List the texts that hold a pair.

        :param pair: two characters.
        :return: numbers of texts, in order.
        """
        return self._holding.get(pair, ())

    def alike(self, text: str, most: int) -> list[int]:
        """List the texts that share the most pairs with another; pairs that very many hold count where no others are shared.

        :param text: any text.
        :param most: how many to list at most.
        :return: numbers of texts, the most alike first, of equals the first.
        """
        held = [texts for pair in dict.fromkeys(pairs(text)) if (texts := self.holding(pair))]
        rare = [texts for texts in held if len(texts) <= _COMMON] or held
        shared = Counter(at for texts in rare for at in texts)
        return sorted(shared, key=lambda at: (-shared[at], at))[:most]


def pairs(text: str) -> list[str]:
    """Cut a text into pairs of neighbouring characters.

    >>> pairs("养老床位")
    ['养老', '老床', '床位']

    :param text: any text.
    :return: the pairs in order, with repeats.
    """
    return [text[at : at + 2] for at in range(len(text) - 1)]
