"""Whether a sentence is about the years, places and levels (全市) that a question names."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache, partial

from index.question.regions import levels, places_in
from index.question.years import years
from index.search.coverage import Covering, Telling, plain
from index.search.passages import Passage
from ingest.records import Document

Test = Callable[[Covering], bool]

_FOR_EACH = re.compile(r"[每各]一?个?(?:区|街|镇|乡|村|居|社区|户)|每[百千万]")
_PLACE_TAIL = 2  # a word with more behind the place is of something there: 浦东养老
_QUOTED = re.compile(r"《[^》]*》|<[^>]*>|〈[^〉]*〉")


@dataclass(frozen=True, slots=True)
class Scope:
    """What a sentence must be about; ``is_compared`` where two years or places are, and each may have its own sentence."""

    tests: tuple[Test, ...]
    is_compared: bool

    def holds(self, one: Covering) -> bool:
        """Tell whether a sentence is about what the question names, or one of what it compares."""
        return (any if self.is_compared else all)(test(one) for test in self.tests) or not self.tests


def read_scope(question: Telling, own: frozenset[str], is_exact: bool) -> Scope:
    """List what sentences must be about.

    A policy of the city holds in its districts, so the base's own places count only where a figure or another detail is
    asked for: a figure of the city is not the district's.

    :param question: what is asked.
    :param own: places whose documents the base holds.
    :param is_exact: whether a detail is asked for.
    :return: one test for each year, place and level.
    """
    of_years = [partial(_is_of_year, year=year) for year in sorted(years(question.asks))]
    of_places = list(_of_places(question, own, is_exact or "目标" in question.asks))
    return Scope((*of_years, *of_places), len(of_places) > 1 or len(of_years) > 1)


def own_places(documents: Iterable[Document]) -> frozenset[str]:
    """List the places whose documents these are, by title and issuer.

    :param documents: documents of a base.
    :return: names as in ``data/places.txt``.
    """
    return frozenset(place for document in documents for place in _places_of(document))


def _of_places(question: Telling, own: frozenset[str], is_exact: bool) -> Iterator[Test]:
    for place in question.places:
        if place in own and (not is_exact or f"{place}全市" in question.asks):
            continue
        named = (
            meanings for said, meanings in question.readings if place in said and len(said) - len(place) < _PLACE_TAIL
        )
        official = tuple(meant for meanings in named for meant in meanings)
        yield partial(_is_about, place=place, official=official, is_own=place in own)
    for _, stated, below in levels(question.asks) if is_exact else ():
        yield partial(_is_at_level, stated=stated, below=below)


def _is_at_level(one: Covering, stated: re.Pattern[str], below: re.Pattern[str]) -> bool:
    return bool(stated.search(one.shown) or not below.search(one.passage.document.metadata.issuer or ""))


def _is_of_year(one: Covering, year: int) -> bool:
    """A sentence that states years is about those; one that states none, about those of what stands round it."""
    own = years(one.shown)
    if own:
        return year in own
    near = years(one.around) | _years_of(one.passage.document)
    return year in near or year in _section_years(one.passage)


def _section_years(passage: Passage) -> frozenset[int]:
    path = passage.clause.heading_path
    return years(plain("".join(clause.text for clause in passage.document.clauses if clause.heading_path == path)))


def _is_about(one: Covering, place: str, official: Iterable[str], is_own: bool) -> bool:
    """Tell whether a sentence is about a place: it or its heading says so, or its document is that place's own.

    What is set for each of many (每个镇) holds in all the base's own places.
    """
    if place in one.shown or place in plain(one.passage.headings) or (is_own and _FOR_EACH.search(one.shown)):
        return True
    own = _places_of(one.passage.document)
    return place in own or (not own and place in one.around) or any(plain(word) in one.around for word in official)


def _places_of(document: Document) -> tuple[str, ...]:
    """Name the places of its title and issuer; a title that it quotes is another's."""
    facts = document.metadata
    return places_in(f"{_own_title(facts.title)} {facts.issuer or ''}")


@lru_cache(maxsize=1 << 12)
def _own_title(title: str) -> str:
    return _QUOTED.sub("", title) or title


def _years_of(document: Document) -> frozenset[int]:
    """Read the years of a document from its title, what it quotes included; without any, the year of issue."""
    return years(document.metadata.title) or years((document.metadata.date or "")[:4])
