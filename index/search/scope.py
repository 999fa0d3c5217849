"""Whether a sentence is about the years, regions and levels (全市) that a question names."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache, partial

from index.question.asked import Asked
from index.question.regions import Level, regions_in
from index.question.years import years
from index.search.coverage import Covering, plain
from index.search.passages import Passage
from ingest.records import Document

Test = Callable[[Covering], bool]

_FOR_EACH = re.compile(r"[每各]一?个?(?:区|街|镇|乡|村|居|社区|户)|每[百千万]")
_REGION_TAIL = 2  # a word with more behind the region is of something there: 浦东养老
_QUOTED = re.compile(r"《[^》]*》|<[^>]*>|〈[^〉]*〉")


@dataclass(frozen=True, slots=True)
class Scope:
    """What a sentence must be about; ``is_compared`` where two years or regions are, and each may have its own sentence."""

    tests: tuple[Test, ...]
    is_compared: bool

    def holds(self, one: Covering) -> bool:
        """Tell whether a sentence is about what the question names, or one of what it compares."""
        return (any if self.is_compared else all)(test(one) for test in self.tests) or not self.tests


def read_scope(asked: Asked, own: frozenset[str], is_exact: bool) -> Scope:
    """List what sentences must be about.

    A policy of the city holds in its districts, so the base's own regions count only where a figure or another detail is
    asked for: a figure of the city is not the district's.

    :param asked: what is asked.
    :param own: regions whose documents the base holds.
    :param is_exact: whether a detail is asked for.
    :return: one test for each year, region and level.
    """
    of_years = [partial(_is_of_year, year=year) for year in sorted(asked.years)]
    of_regions = list(_of_regions(asked, own, is_exact or "目标" in asked.asks))
    return Scope((*of_years, *of_regions), len(of_regions) > 1 or len(of_years) > 1)


def own_regions(documents: Iterable[Document]) -> frozenset[str]:
    """List the regions whose documents these are, by title and issuer.

    :param documents: documents of a base.
    :return: names as in ``data/regions.txt``.
    """
    return frozenset(region for document in documents for region in _regions_of(document))


def _of_regions(asked: Asked, own: frozenset[str], is_exact: bool) -> Iterator[Test]:
    for region in asked.regions:
        if region in own and (not is_exact or f"{region}全市" in asked.asks):
            continue
        named = (
            meanings for said, meanings in asked.readings if region in said and len(said) - len(region) < _REGION_TAIL
        )
        official = tuple(meant for meanings in named for meant in meanings)
        yield partial(_is_about, region=region, official=official, is_own=region in own)
    for level in asked.levels if is_exact else ():
        yield partial(_is_at_level, level=level)


def _is_at_level(one: Covering, level: Level) -> bool:
    return bool(level.stated.search(one.shown) or not level.below.search(one.passage.document.metadata.issuer or ""))


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


def _is_about(one: Covering, region: str, official: Iterable[str], is_own: bool) -> bool:
    """Tell whether a sentence is about a region: it or its heading says so, or its document is that region's own.

    What is set for each of many (每个镇) holds in all the base's own regions.
    """
    if region in one.shown or region in plain(one.passage.headings) or (is_own and _FOR_EACH.search(one.shown)):
        return True
    own = _regions_of(one.passage.document)
    return region in own or (not own and region in one.around) or any(plain(word) in one.around for word in official)


def _regions_of(document: Document) -> tuple[str, ...]:
    """Name the regions of its title and issuer; a title that it quotes is another's."""
    facts = document.metadata
    return regions_in(f"{_own_title(facts.title)} {facts.issuer or ''}")


@lru_cache(maxsize=1 << 12)
def _own_title(title: str) -> str:
    return _QUOTED.sub("", title) or title


def _years_of(document: Document) -> frozenset[int]:
    """Read the years of a document from its title, what it quotes included; without any, the year of issue."""
    return years(document.metadata.title) or years((document.metadata.date or "")[:4])
