"""Plain ways of searching to compare the product with: chance, and BM25 over one kind of token; none of them refuses."""

from __future__ import annotations

import hashlib
import random
import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from eval.measures.metrics import SEED
from index.question import words
from index.question.limits import checked_number, checked_question
from index.records import Hit, Query, SearchResult
from index.search.lexical import LexicalIndex, LexicalSettings
from index.search.passages import Passage

Cut = Callable[[str], list[str]]
"""Text to tokens, each marked with its kind."""

_RUN = re.compile(r"\w+")


def _of_kind(kind: str) -> Cut:
    return lambda text: [token for token in words.tokens(text) if token.startswith(kind)]


CUTS: Mapping[str, Cut] = {
    "regex": lambda text: [f"{words.WORD}:{run}" for run in _RUN.findall(text.lower())],
    "characters": lambda text: [f"{words.CHARACTER}:{one}" for one in words.plain(text)],
    "bigrams": lambda text: [f"{words.BIGRAM}:{pair}" for pair in words.pairs(text)],
    "jieba": _of_kind(words.WORD),
    "pairs": lambda text: [*CUTS["characters"](text), *CUTS["bigrams"](text)],
}
"""Ways to cut by name. ``regex`` is the ``\\w+`` that suits languages with blanks and takes a Chinese sentence for a word."""

SETTINGS = LexicalSettings(k1=1.2, b=0.75, kinds=dict.fromkeys(words.KINDS, 1.0))
"""BM25 as Lucene sets it out of the box."""


def field_of(passage: Passage) -> str:
    """Give the one text of a passage that plain BM25 indexes.

    :param passage: a sentence.
    :return: the headings and the sentence.
    """
    return f"{passage.headings} {passage.text}"


def titled(passage: Passage) -> str:
    """Give the same with the title, by which documents of many offices are told apart.

    :param passage: a sentence.
    :return: the title, the headings and the sentence.
    """
    return f"{passage.title} {field_of(passage)}"


def by_best_sentence(
    passages: Sequence[Passage], scores: NDArray[np.float64] | NDArray[np.float32], k: int, above: float = -np.inf
) -> list[tuple[float, int]]:
    """Order clauses by their best sentences; equal ones by clause id.

    :param passages: sentences.
    :param scores: one a sentence.
    :param k: how many clauses at most.
    :param above: scores up to this one count for nothing.
    :return: of each clause the negated score and the place of its best sentence, the best first.
    """
    best: dict[str, tuple[float, int]] = {}
    last = 0.0
    for place in map(int, np.lexsort((np.arange(len(scores)), -scores))):
        score = float(scores[place])
        if score <= above or (len(best) >= k and score < last):  # the last score of all is gone through, for its ties
            break
        if best.setdefault(passages[place].clause.clause_id, (-score, place))[1] == place:
            last = score
    return [best[name] for name in sorted(best, key=lambda name: (best[name][0], name))[:k]]


class PlainSearch:
    """BM25 over sentences, each clause by its best one; equal scores by clause id.

    :param passages: sentences, in the order of the index.
    :param lexical: BM25 over them.
    :param cut: cuts the question as the index was cut.
    """

    def __init__(self, passages: Sequence[Passage], lexical: LexicalIndex, cut: Cut) -> None:
        self._passages = passages
        self._lexical = lexical
        self._cut = cut

    def search(self, text: str, k: int) -> SearchResult:
        """Search.

        :param text: the question.
        :param k: how many clauses at most.
        :return: clauses with a score above 0, each with its best sentence for evidence; never refused.
        :raises QueryError: when question or number is at fault.
        """
        query = Query(checked_question(text), checked_number(k))
        scores = self._lexical.scores({token: float(times) for token, times in Counter(self._cut(query.text)).items()})
        order = by_best_sentence(self._passages, scores, k, above=0.0)
        hits = tuple(self._hit(rank, *one) for rank, one in enumerate(order, start=1))
        return SearchResult(query, "found", hits)

    def _hit(self, rank: int, score: float, place: int) -> Hit:
        passage = self._passages[place]
        # A chunk is read from its beginning: nothing is marked in it.
        evidence = (passage.clause.sentences[0] if passage.clause.kind == "chunk" else passage.sentence,)
        return Hit(rank, -score, ("lexical",), passage.clause, evidence, passage.document.metadata)


class RandomSearch:
    """Any clauses, drawn by the question itself: the same question always draws the same.

    :param passages: sentences of the clauses to draw from.
    :param seed: another seed draws others.
    """

    def __init__(self, passages: Sequence[Passage], seed: int = SEED) -> None:
        self._firsts = tuple({passage.clause.clause_id: passage for passage in reversed(passages)}.values())
        self._seed = seed

    def search(self, text: str, k: int) -> SearchResult:
        """Draw.

        :param text: the question.
        :param k: how many clauses.
        :return: clauses in the order drawn, each with its first sentence for evidence; never refused.
        :raises QueryError: when question or number is at fault.
        """
        query = Query(checked_question(text), checked_number(k))
        seed = hashlib.sha256(f"{self._seed} {query.text}".encode()).digest()
        drawn = random.Random(seed).sample(self._firsts, min(k, len(self._firsts)))
        hits = (
            Hit(rank, 1 / rank, ("lexical",), one.clause, (one.sentence,), one.document.metadata)
            for rank, one in enumerate(drawn, start=1)
        )
        return SearchResult(query, "found", tuple(hits))
