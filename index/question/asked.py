"""A question read once: :class:`Asked` holds all that searching, ranking, refusing, answering and comparing go by."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

from index.question.details import Detail, asked_details
from index.question.intent import Intent, read_intent
from index.question.regions import Level, levels, regions_in
from index.question.slips import SlipReader
from index.question.thesaurus import read_as
from index.question.words import content_words, plain
from index.question.years import years
from index.records import Query, Reference

_SENTENCE_END = re.compile(r"[。！？!?；;\n]+")
_SHORTEST = 7  # fewer characters are no question of their own: 可以吗


@dataclass(frozen=True, slots=True)
class Asked:
    """A question as it was read.

    ``text`` is the question without its slips of typing (``slips``: each as typed and as read), ``reference`` the documents and
    clauses that it names, and ``is_bare`` whether it says nothing else. ``sought`` is what is searched for: what the
    reference leaves, or the title of a document that is only named. All below is read from it: ``form`` is its search
    form without blanks and ``asks`` that of the sentence that asks, where a story is told before it; ``words`` are its
    content words, ``readings`` its everyday words with the official ones they stand for; ``regions``, ``levels`` and
    ``years`` are what it names, ``details`` what an answer must give, ``intent`` what it is after.
    """

    query: Query
    text: str
    slips: tuple[tuple[str, str], ...]
    reference: Reference
    is_bare: bool
    sought: str
    form: str
    asks: str
    words: tuple[str, ...]
    readings: tuple[tuple[str, tuple[str, ...]], ...]
    regions: tuple[str, ...]
    levels: tuple[Level, ...]
    years: frozenset[int]
    details: tuple[Detail, ...]
    intent: Intent

    @property
    def is_of_city(self) -> bool:
        """Whether it asks about the whole city (全市)."""
        return any(level.name == "city" for level in self.levels)

    @property
    def official(self) -> tuple[str, ...]:
        """The official words that its everyday words stand for, each once."""
        return tuple(dict.fromkeys(word for _, meant in self.readings for word in meant))


@dataclass(frozen=True, slots=True)
class Rules:
    """By which rules questions are read; all are on but to measure what each of them gives.

    ``slips`` mends how a question was typed, ``references`` reads the documents and clauses that it names, and ``asking``
    takes the sentence that asks out of a story.
    """

    slips: bool = True
    references: bool = True
    asking: bool = True


class References(Protocol):
    """Reads references to the documents of a base; :class:`index.references.reader.ReferenceReader` does."""

    def read(self, text: str) -> Reference:
        """Read the documents and clauses that a question names."""


class QuestionReader:
    """Reads questions to one base.

    :param references: reads references to its documents.
    :param titles: title of each document by its key.
    :param slips: mends slips of typing by the words of the base; None where only the script changes.
    :param rules: by which rules.
    """

    def __init__(
        self,
        references: References,
        titles: Mapping[str, str],
        slips: SlipReader | None = None,
        rules: Rules = Rules(),  # noqa: B008 - frozen
    ) -> None:
        self._references = references
        self._titles = titles
        self._slips = slips or SlipReader()
        self._rules = rules

    def read(self, query: Query) -> Asked:
        """Read a question.

        :param query: a checked question.
        :return: all that it asks.
        """
        text, slips = self._slips.mend(query.text) if self._rules.slips else (query.text, ())
        reference = self._references.read(text) if self._rules.references else Reference((), (), text)
        is_bare = not content_words(reference.rest)
        sought = self._sought(text, reference, is_bare)
        asks = plain(asking_sentence(sought) if self._rules.asking else sought)
        return Asked(
            query=query,
            text=text,
            slips=tuple((slip.said, slip.meant) for slip in slips),
            reference=reference,
            is_bare=is_bare,
            sought=sought,
            form=plain(sought),
            asks=asks,
            words=tuple(dict.fromkeys(content_words(sought))),
            readings=tuple(one for one in read_as(sought) if one[0] not in query.literal),
            regions=regions_in(sought),
            levels=levels(asks),
            years=years(asks),
            details=asked_details(asks),
            intent=read_intent(text, asks),
        )

    def _sought(self, text: str, reference: Reference, is_bare: bool) -> str:
        """What is left to search for; a question that only names a document asks what that document is about."""
        if is_bare and reference.documents:
            return self._titles[reference.documents[0]]
        return reference.rest or text


def asking_sentence(text: str) -> str:
    """Take the sentence that asks, the last, from a question that tells a story first; a short tail belongs to the one before.

    >>> asking_sentence("爸爸在卫生间摔过一跤。适老化改造能补多少？")
    '适老化改造能补多少'

    :param text: a question as it was typed.
    :return: the sentence without the mark at its end, or the whole text where it is one.
    """
    parts = [part for part in _SENTENCE_END.split(text) if part.strip()]
    if not parts:
        return text
    return parts[-1] if len(parts) == 1 or len(parts[-1]) >= _SHORTEST else parts[-2] + parts[-1]
