"""A question with the passage that answers it and passages that are near and do not: what a cross-encoder learns to tell apart."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from index.search.quantised import quantised_model
from index.training.folders import PROMPTS
from index.training.pairs import bare_sentences, lines_of

Floats = NDArray[np.float32]

_SAME, _ELSEWHERE = 6, 12
"""Negatives are drawn among so many of the nearest passages of the same document, and of others."""
_OWN, _OTHERS = 2, 1
"""How many negatives of the same document, and of others, a group has at most."""
_ABOVE, _BELOW = 0.03, 0.02
"""A passage of the same document may be so much nearer than the answer, one of another has to be so much farther: what is nearer
often answers too."""


@dataclass(frozen=True, slots=True)
class Group:
    """A question and its passages; the first answers it where ``is_answered``, the others do not."""

    query: str
    passages: tuple[str, ...]
    is_answered: bool


@dataclass(frozen=True, slots=True)
class Written:
    """A question as it was written for a passage, which answers it, or is only near (``is_answered``)."""

    query: str
    passage: str
    is_answered: bool


def written_in(path: Path, judged: Collection[str]) -> list[Written]:
    """Read questions, those left out whose passage shares a sentence with a document that is judged.

    :param path: lines of ``{"query", "positive"}`` or of ``{"query", "passage"}``, which the passage does not answer.
    :param judged: sentences as :func:`index.training.pairs.bare_sentences` gives them.
    :return: the questions in the order of the file.
    """
    rows = map(json.loads, lines_of(path))
    found = (Written(row["query"], row.get("positive") or row["passage"], "positive" in row) for row in rows)
    return [one for one in found if bare_sentences(one.passage).isdisjoint(judged)]


def groups_of(model: Path, written: Sequence[Written], seed: int) -> list[Group]:
    """Draw passages that are near each question and do not answer it, as a model of vectors holds them near.

    :param model: folder of the model.
    :param written: all questions; the negatives are drawn from their passages.
    :param seed: of the draws.
    :return: one group a question, in their order.
    """
    encode = quantised_model(model).encode
    passages = list(dict.fromkeys(one.passage for one in written))
    vectors = _normed(encode(passages, PROMPTS["document"]))
    asked = _normed(encode([one.query for one in written], PROMPTS["query"]))
    titles = np.array([_title(passage) for passage in passages])
    places = {passage: place for place, passage in enumerate(passages)}
    answers: Mapping[str, set[str]] = defaultdict(set)
    for one in written:
        answers[one.query].add(one.passage)
    rng = np.random.default_rng(seed)
    groups = []
    for one, vector in zip(written, asked, strict=True):
        cosines = vectors @ vector
        kept = np.array([passage not in answers[one.query] for passage in passages])
        own, others = _negatives(one, cosines, kept, titles == titles[places[one.passage]], places[one.passage])
        drawn = [
            passages[place] for each, most in ((own, _OWN), (others, _OTHERS)) for place in rng.permutation(each)[:most]
        ]
        groups.append(Group(one.query, (one.passage, *drawn), one.is_answered))
    return groups


def _negatives(
    one: Written, cosines: Floats, kept: NDArray[np.bool_], same: NDArray[np.bool_], place: int
) -> tuple[list[int], list[int]]:
    """Choose places of the nearest passages of the same document and of others that may be taken for negatives."""
    nearest = np.argsort(-cosines, kind="stable")
    limit = cosines[place] if one.is_answered else np.inf
    own = [int(at) for at in nearest if same[at] and kept[at] and cosines[at] < limit + _ABOVE][:_SAME]
    others = [int(at) for at in nearest[:100] if not same[at] and kept[at] and cosines[at] < limit - _BELOW]
    return own, others[:_ELSEWHERE]


def _title(passage: str) -> str:
    return passage.split(" ", 1)[0]


def _normed(vectors: Floats) -> Floats:
    return np.asarray(vectors / np.linalg.norm(vectors, axis=1, keepdims=True), dtype=np.float32)
