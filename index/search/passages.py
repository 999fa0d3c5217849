"""Documents to passages: the unit that is searched is the sentence, with what it stands under as context."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import accumulate, groupby
from typing import overload

import numpy as np
from numpy.typing import NDArray

from ingest.records import Clause, Document, Sentence

VERSION = 1
"""Counts up when sentences are put into another context: a store that was made with another is refused."""

BETWEEN = " › "
"""Parts headings."""

_POINTS_BACK = re.compile(r"这|其|该|此|上述|前述|前款|对此|同时")
_LONGEST = 60
"""Characters of a heading or an issuer that tell what a sentence is about; some are whole paragraphs."""
_MARKS = re.compile(r"\W+")
_HELD = 4096
"""Clauses whose passages are held when they have been read; a question looks at some 150."""


@dataclass(frozen=True, slots=True)
class Passage:
    """One sentence as it is searched: its own words, the headings it stands under, and what its document is about.

    ``title`` is the title of the document, with its issuer before it where the title does not begin with the issuer's place;
    ``headings`` are parted by :data:`BETWEEN`, the last of them is the sentence before where this one points back to it.
    """

    sentence: Sentence
    clause: Clause
    document: Document
    headings: str
    title: str

    @property
    def text(self) -> str:
        """The sentence's own words."""
        return self.sentence.text

    @property
    def context(self) -> str:
        """The sentence below what it stands under, see :func:`context`."""
        return context(self.text, self.headings, self.title)


@dataclass(frozen=True, slots=True, eq=False)
class HeldOutline:
    """The clauses of a base that have sentences, in order; those of one document lie together.

    ``names`` are their ids and ``find`` gives the place of one, ``documents`` the places of the clauses of each document by its key;
    the sentences of a clause are those from ``starts`` at its place up to the next.
    """

    names: Sequence[str]
    find: Callable[[str], int | None]
    documents: Mapping[str, range]
    starts: NDArray[np.int64]


@dataclass(frozen=True)
class Outline:
    """The same of clauses in memory: their ids, the keys of their documents, how many sentences each has."""

    names: tuple[str, ...]
    keys: tuple[str, ...]
    sizes: tuple[int, ...]

    @cached_property
    def held(self) -> HeldOutline:
        """What is looked up in it."""
        documents: dict[str, range] = {}
        for place, key in enumerate(self.keys):
            documents[key] = range(documents[key].start if key in documents else place, place + 1)
        places = {name: place for place, name in enumerate(self.names)}
        return HeldOutline(self.names, places.get, documents, np.array([0, *accumulate(self.sizes)], dtype=np.int64))


class ClausePassages(Sequence[Passage]):
    """The passages of a base that lies on a disk: a clause is read when one of its sentences is asked for.

    :param outline: the clauses.
    :param load: gives the passages of a clause by its place in the outline.
    """

    def __init__(self, outline: HeldOutline, load: Callable[[int], tuple[Passage, ...]]) -> None:
        self.outline = outline
        self._load = lru_cache(maxsize=_HELD)(load)
        self._starts = outline.starts.data

    def __len__(self) -> int:
        return int(self._starts[-1])

    @overload
    def __getitem__(self, at: int) -> Passage: ...

    @overload
    def __getitem__(self, at: slice) -> tuple[Passage, ...]: ...

    def __getitem__(self, at: int | slice) -> Passage | tuple[Passage, ...]:
        if isinstance(at, slice):
            rows = range(len(self))[at]
            clause = bisect_right(self._starts, rows.start) - 1
            first = self._starts[clause]
            if rows and rows.step == 1 and rows.stop <= self._starts[clause + 1]:
                return self._load(clause)[rows.start - first : rows.stop - first]
            return tuple(self[row] for row in rows)
        row = range(len(self))[at]
        clause = bisect_right(self._starts, row) - 1
        return self._load(clause)[row - self._starts[clause]]


def outline_of(passages: Sequence[Passage]) -> HeldOutline:
    """Give the clauses of passages.

    :param passages: in order; those of one clause lie together.
    :return: their clauses.
    """
    if isinstance(passages, ClausePassages):
        return passages.outline
    clauses = [(one.clause.clause_id, one.document.key) for one in passages]
    counted = [(pair, sum(1 for _ in group)) for pair, group in groupby(clauses)]
    return Outline(
        tuple(name for (name, _), _ in counted),
        tuple(key for (_, key), _ in counted),
        tuple(size for _, size in counted),
    ).held


def passages_of(documents: Iterable[Document]) -> tuple[Passage, ...]:
    """List every sentence of every clause.

    :param documents: documents, in the order of the index.
    :return: passages in reading order; those of one document, and of one clause, lie together.
    """
    return tuple(
        passage
        for document in documents
        for clause in document.clauses
        for passage in passages_of_clause(document, clause)
    )


def passages_of_clause(document: Document, clause: Clause) -> tuple[Passage, ...]:
    """List the sentences of a clause.

    :param document: that it belongs to.
    :param clause: the clause.
    :return: passages in reading order.
    """
    title = _title(document, clause)
    pairs = zip(clause.sentences, _headings(clause), strict=True)
    return tuple(Passage(sentence, clause, document, headings, title) for sentence, headings in pairs)


def context(text: str, headings: str, title: str) -> str:
    """Put a sentence below its title and headings, which say what it is about, as a model reads it.

    >>> context("（一）饮酒后驾驶机动车的；", "第八条一次记12分 › （一）饮酒后驾驶机动车的", "记分办法")
    '记分办法 第八条一次记12分 （一）饮酒后驾驶机动车的；'

    :param text: the sentence.
    :param headings: parted by :data:`BETWEEN`; those that sentence or title themselves hold are left out.
    :param title: of its document.
    :return: one text.
    """
    own = f"{bare(text)} {bare(title)}"
    kept = (one for one in headings.split(BETWEEN) if bare(one) not in own)
    return " ".join(part for part in (title, *kept, text) if part)


def bare(text: str) -> str:
    """Take blanks and marks out of a text, by which a heading is known again in its sentence.

    :param text: any.
    :return: its letters and digits.
    """
    return _MARKS.sub("", text)


def clause_contexts(document: Document) -> Iterator[str]:
    """Put each clause of a document below its title and headings, as its words are counted.

    :param document: any.
    :return: one text a clause that has sentences, in reading order; as :func:`passages_of` has their sentences.
    """
    for clause in document.clauses:
        if clause.sentences:
            text = "".join(sentence.text for sentence in clause.sentences)
            yield context(text, BETWEEN.join(_path(clause)), _title(document, clause))


def _path(clause: Clause) -> list[str]:
    return [heading[:_LONGEST] for heading in clause.heading_path]


def _headings(clause: Clause) -> Iterator[str]:
    """Give the headings of each sentence of a clause."""
    path, before = _path(clause), ""
    for sentence in clause.sentences:
        lead = [before[:_LONGEST]] if before and _POINTS_BACK.match(sentence.text) else []
        yield BETWEEN.join([*path, *lead])
        before = sentence.text


def _title(document: Document, clause: Clause) -> str:
    """A covering notice is found by its own title, everything else by the plan's; who has issued it tells where it holds."""
    notice = document.metadata.notice_title if clause.kind == "notice" else None
    title, issuer = notice or document.metadata.title, (document.metadata.issuer or "")[:_LONGEST]
    return title if title[:2] == issuer[:2] or issuer in title else f"{issuer} {title}"
