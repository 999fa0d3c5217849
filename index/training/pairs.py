"""Pairs of a question and the passage that answers it, read from files and kept apart from what a model is judged on."""

from __future__ import annotations

import gzip
import json
import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

LEFT_OUT = ("pairs_rc_",)
"""Pair files that are under CC BY-SA, whose terms for a model made from them are not clear."""

_CUT, _NO_LETTER = re.compile(r"[。；！？]"), re.compile(r"\W+")
_END, _SHORTEST_KNOWN = 30, 15
"""Characters of a sentence's end by which it is known again, and of the shortest sentence that is."""


@dataclass(frozen=True, slots=True)
class Pairs:
    """One file of pairs, as ``(query, positive)``, and the places in it to train on.

    ``negatives`` are passages that do not answer, by the place of a pair.
    """

    name: str
    rows: tuple[tuple[str, str], ...]
    train: tuple[int, ...]
    negatives: Mapping[int, str] = field(default_factory=dict)


def lines_of(path: Path) -> Iterator[str]:
    """Read a text file, compressed or not, line by line.

    :param path: a file; with the ending ``.gz`` it is gzip.
    :return: its lines, without blanks around them, empty ones left out.
    """
    data = path.read_bytes()
    text = (gzip.decompress(data) if path.suffix == ".gz" else data).decode("utf-8")
    yield from (line.strip() for line in text.split("\n") if line.strip())


def pairs_of(path: Path) -> Pairs:
    """Read one file of pairs, all of them to train on.

    :param path: lines of ``{"query", "positive"}``, some with a ``negative``.
    :return: the pairs, each once.
    """
    given = {_pair(line): json.loads(line).get("negative") for line in lines_of(path)}
    negatives = {place: text for place, text in enumerate(given.values()) if text}
    return Pairs(path.name.split(".")[0], tuple(given), tuple(range(len(given))), negatives)


def without_sentences(pairs: Pairs, sentences: Collection[str]) -> Pairs:
    """Leave out the pairs whose passage holds one of some sentences.

    :param pairs: all to train on.
    :param sentences: as :func:`bare_sentences` gives them.
    :return: the others.
    """
    kept = tuple(place for place in pairs.train if bare_sentences(pairs.rows[place][1]).isdisjoint(sentences))
    return replace(pairs, train=kept)


def bare_sentences(text: str) -> frozenset[str]:
    """Cut a text into sentences by which it is known again, whatever stands before them: letters and digits of their ends.

    :param text: any.
    :return: at most 30 characters of each sentence that is long enough to be its own.
    """
    forms = (_NO_LETTER.sub("", sentence) for sentence in _CUT.split(text))
    return frozenset(form[-_END:] for form in forms if len(form) >= _SHORTEST_KNOWN)


def _pair(line: str) -> tuple[str, str]:
    row = json.loads(line)
    return row["query"], row["positive"]
