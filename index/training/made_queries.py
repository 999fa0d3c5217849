"""Makes questions to train on: official sentences in which everyday words of the thesaurus stand for official ones.

Texts and pairs hold few everyday words, so a model made of them alone does not know that 没爹没妈 is near 孤儿. A made
question is a few official words of a sentence, most of them put into everyday words, with words between that only ask;
the sentence is its passage. Beside them, each everyday word alone leads to its official words. What the model learns of
the parts of these words it also knows of words that the thesaurus has not.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

import numpy as np

from index.question import thesaurus
from index.question.words import plain
from index.training.held_out import Pairs

_BETWEEN = (
    "",
    "",
    "",
    "",
    "怎么",
    "有没有",
    "能不能",
    "吗",
    "要",
    "的",
    "了",
    "谁",
    "多少",
    "去哪里",
    "可以",
    "想",
    "家里",
    "我们",
)
_SENTENCE_END = re.compile(r"(?<=[。；！？])")
_LENGTHS = range(12, 141)
_MOST_WORDS = 4
_EVERYDAY_SHARE = 0.8


def made_pairs(texts: Sequence[str], most: int, seed: int) -> Pairs:
    """Make questions for the sentences that hold two official words or more, rare ones first.

    :param texts: paragraphs of official texts, none of them held out.
    :param most: how many at most.
    :param seed: of all choices.
    :return: the pairs, all for training.
    """
    rng = np.random.default_rng(seed)
    everyday = _everyday_by_official()
    pieces = (piece for text in texts for piece in _SENTENCE_END.split(text) if len(piece) in _LENGTHS)
    held = {piece: found for piece in dict.fromkeys(pieces) if len(found := _official_in(piece, everyday)) > 1}
    seen = Counter(word for found in held.values() for word in found)
    weights = np.array([sum(seen[word] ** -0.5 for word in found) for found in held.values()])
    order = np.argsort(-weights * rng.random(len(weights)), kind="stable")[:most]
    sentences = list(held)
    rows = tuple((_question(held[sentences[i]], seen, everyday, rng), sentences[i]) for i in order)
    return Pairs("made", rows, tuple(range(len(rows))), ())


def word_pairs(times: int) -> Pairs:
    """Pair each everyday word with the first of its official ones.

    :param times: how often a round of training goes through them.
    :return: the pairs, all for training.
    """
    rows = tuple((word, " ".join(meant[:3])) for word, meant in sorted(thesaurus.meanings(with_domain=True).items()))
    return Pairs("words", rows, tuple(range(len(rows))), (), times)


def _everyday_by_official() -> dict[str, list[str]]:
    by_official: dict[str, list[str]] = {}
    for word, meant in sorted(thesaurus.meanings(with_domain=True).items()):
        for official in meant:
            by_official.setdefault(plain(official), []).append(word)
    return by_official


def _official_in(sentence: str, known: dict[str, list[str]]) -> tuple[str, ...]:
    """Find the official words of a sentence, from the left, the longest first."""
    form, longest = plain(sentence), max(map(len, known), default=0)
    found, start = [], 0
    while start < len(form):
        tries = (form[start : start + size] for size in range(longest, 1, -1))
        word = next((one for one in tries if one in known), "")
        found.append(word)
        start += len(word) or 1
    return tuple(dict.fromkeys(word for word in found if word))


def _question(
    found: tuple[str, ...], seen: Counter[str], everyday: dict[str, list[str]], rng: np.random.Generator
) -> str:
    """Put one to four of the words together, the rarer the likelier."""
    chances = np.array([seen[word] ** -0.3 for word in found])
    many = int(rng.integers(1, min(_MOST_WORDS, len(found)) + 1))
    chosen = rng.choice(len(found), size=many, replace=False, p=chances / chances.sum())
    parts = []
    for place in chosen:
        said = everyday[found[place]]
        parts.append(said[rng.integers(len(said))] if rng.random() < _EVERYDAY_SHARE else found[place])
        parts.append(_BETWEEN[rng.integers(len(_BETWEEN))])
    return "".join(parts)
