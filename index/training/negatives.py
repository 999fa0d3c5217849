"""Passages that share many words with a question and do not answer it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import numpy as np

from index.question.words import plain
from index.search.lexical import LexicalIndex, LexicalSettings, build_lexical
from index.training.pairs import Pairs

_SETTINGS = LexicalSettings(b=0.3)
_MOST = 400
"""Characters of a passage that are looked at; the model reads fewer."""
_AMONG = 10
"""A negative is drawn among so many of the best, which leaves out none for being the very best."""


def hard_negatives(pairs: Pairs, passages: Sequence[str], seed: int) -> tuple[str, ...]:
    """Draw for each pair one of the best passages by BM25 over characters and pairs of them.

    :param pairs: questions with their passages; every passage that is paired with the same question answers it.
    :param passages: to draw from.
    :param seed: of the draw.
    :return: one passage for each pair that is trained on, in their order; an empty one where there is none.
    """
    index = character_index(passages)
    answers: dict[str, set[str]] = {}
    for query, positive in pairs.rows:
        answers.setdefault(query, set()).add(positive)
    rng = np.random.default_rng(seed)
    found = []
    for place in pairs.train:
        query, _ = pairs.rows[place]
        scores = index.scores(Counter(character_tokens(query)))
        many = min(len(scores), _AMONG + len(answers[query]))
        best = np.argsort(-scores, kind="stable")[:many]
        others = [passages[i] for i in best if scores[i] > 0 and passages[i] not in answers[query]][:_AMONG]
        found.append(others[rng.integers(len(others))] if others else "")
    return tuple(found)


def character_index(passages: Sequence[str]) -> LexicalIndex:
    """Index passages by characters and pairs of them.

    :param passages: texts.
    :return: the index; its scores are in their order.
    """
    return build_lexical([character_tokens(passage[:_MOST]) for passage in passages], _SETTINGS)


def character_tokens(text: str) -> list[str]:
    """Cut a text into characters and pairs.

    >>> character_tokens("低保？")
    ['c:低', 'c:保', 'b:低保']

    :param text: any.
    :return: tokens with their kinds, as :mod:`index.search.lexical` has them.
    """
    form = plain(text)
    return [f"c:{one}" for one in form] + [f"b:{a}{b}" for a, b in zip(form, form[1:], strict=False)]
