"""One title of a document, and how much of a text is made of it.

A document has several: its own, that of the covering notice, and that of the plan which a notice issues (关于印发《…》的通知).
Year and region are set aside in each: they may stand before a short title, but must not contradict.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from index.question.regions import REGION, regions_in
from index.references.spelling import YEAR, is_connective, letters, spelt
from ingest.numerals import year_digits

_REGION = re.compile(REGION)
_REGION_AT_END = re.compile(rf"{REGION}$")
_LEVEL = re.compile(r"(?:自治.|新区|市|省|区|县)$")
_VERSION = re.compile(r"\([^()]*\)$")
_SPAN_OF_YEARS = re.compile(rf"(?P<first>{YEAR})年?[-—~至到]+(?P<last>{YEAR})")
_YEAR_FIRST = rf"^{YEAR}年?度?"
_ISSUED = re.compile(r"^.*?(?:印发|转发)(?P<issued>.{4,})的通知$")
_ISSUER = re.compile(r"^.*?关于(?:印发)?(?=.{4})")
_LONGEST_REGION = 8
_LONGEST_BEFORE = 40
"""Characters before a run in which year and region are looked for; no region has as many."""


@dataclass(frozen=True, slots=True)
class Title:
    """A title without marks.

    ``whole`` has the bracket behind it, (试行), and ``full`` has not; ``version`` is what stands in that bracket. ``core``
    is what follows issuer, year and region; ``regions`` (浦东, 本区), ``levels`` (区), ``years`` and ``issuer`` are what may go
    with it.
    """

    key: str
    whole: str
    full: str
    core: str
    version: str
    regions: tuple[str, ...]
    levels: tuple[str, ...]
    years: frozenset[str]
    issuer: str

    def is_issued_by(self, issuer: str) -> bool:
        """Tell whether an agency or region may be the issuer's: 民政局, 上海市, 市政府办公厅.

        :param issuer: letters only.
        :return: whether title or issuer name it, 人民 aside.
        """
        known = (self.full.replace("人民", ""), self.issuer.replace("人民", ""))
        return issuer in self.regions or any(issuer.replace("人民", "") in name for name in known)

    def is_of(self, version: str, years: frozenset[str]) -> bool:
        """Tell whether what stands in the bracket behind a title, (试行) or (2023-2025年), does not contradict.

        :param version: its words.
        :param years: its years.
        :return: whether the title has the same words, and these years if it has any.
        """
        return version in ("", self.version) and (not self.years or years <= self.years)


def titles_of(key: str, title: str, notice: str, year: str, issuer: str) -> list[Title]:
    """Read the titles of a document.

    :param key: its number, or its title where it has none.
    :param title: its title.
    :param notice: title of the covering notice, empty where there is none.
    :param year: year of its number, empty where it has none.
    :param issuer: who issued it, empty where that is not known.
    :return: its titles, each once.
    """
    names = [spelt(name) for name in (title, notice) if name]
    issued = [match["issued"] for name in names if (match := _ISSUED.match(without_version(name)))]
    names += [re.sub(r"^《(.*)》$", r"\1", name) for name in issued]
    by = letters(spelt(issuer))
    regions = tuple(dict.fromkeys(region for name in (*names, by) for region in _regions_of(letters(name))))
    found = [_title(key, name, year, regions, by or letters(spelt(notice))) for name in names]
    return list({one.whole: one for one in reversed(found)}.values())[::-1]


def version_of(name: str) -> str:
    """Take what stands in the bracket behind a title, if it is no year and no number.

    :param name: a title, spelt.
    :return: its letters, 试行; empty where there is none.
    """
    match = _VERSION.search(name)
    return "" if not match or re.search(r"\d", match.group()) else letters(match.group())


def without_version(name: str) -> str:
    """Take the bracket off the end of a title.

    :param name: a title, spelt.
    :return: what stands before it.
    """
    return _VERSION.sub("", name)


def years_in(text: str) -> frozenset[str]:
    """List the years of a title, those of a span (2023-2025年) each.

    :param text: a title, spelt.
    :return: years in four digits.
    """
    spans = [(int(year_digits(one["first"])), int(year_digits(one["last"]))) for one in _SPAN_OF_YEARS.finditer(text)]
    between = {str(year) for first, last in spans for year in range(first, min(last, first + 100) + 1)}
    return frozenset({year_digits(year) for year in re.findall(YEAR, text)} | between)


def reach(text: str, end: int, core: str) -> int:
    """Find how far to the left a run that ends at a position is made of pieces of a title, two characters each or more.

    :param text: letters only.
    :param end: position behind the run.
    :param core: the core of a title, as which the run must end.
    :return: position where the run begins.
    """

    @cache
    def start(at: int, limit: int) -> int:
        best = at
        for size in range(2, min(at, limit) + 1):
            piece = text[at - size : at]
            found = core.rfind(piece, 0, limit)
            if found < 0 or (limit == len(core) and not core.endswith(piece)):
                break
            best = min(best, start(at - size, limit - size if limit == len(core) else found))
        return best

    return start(end, len(core))


def with_year_and_region(text: str, start: int, title: Title) -> tuple[int, bool]:
    """Take year and region before a run along; tell whether they are the title's own.

    :param text: letters only.
    :param start: position where the run begins.
    :param title: what the run is made of.
    :return: where the run begins with them, and whether none of them is another's.
    """
    agrees = True
    while True:
        begin = max(0, start - _LONGEST_BEFORE)
        before = text[begin:start]
        year = re.search(rf"({YEAR})年?度?的?$", before)
        own = next((region for region in title.regions if before.endswith(region)), "")
        other = "" if own else region_at_end(before)
        level = next((level for level in title.levels if before.endswith(level)), "")
        if year:
            start, agrees = begin + year.start(), agrees and (not title.years or year_digits(year[1]) in title.years)
        elif own:
            start -= len(own)
        elif other:
            start, agrees = start - len(other), False
        elif level:
            start -= len(level)
        else:
            return start, agrees


def region_at_end(text: str) -> str:
    """Find the region that a text ends with, by its form (宝山区) or by name (宝山).

    :param text: letters only.
    :return: the region, empty where there is none, or where a connective (查宝山区) shows it to begin elsewhere.
    """
    formed = _REGION_AT_END.search(text)
    if formed and not any(is_connective(formed.group()[:size]) for size in (1, 2, 3)):
        return formed.group()
    named = regions_in(text[-_LONGEST_REGION:])
    listed = re.search(rf"{named[-1]}{_LEVEL.pattern[:-1]}?$", text) if named else None
    return listed.group() if listed else ""


def _title(key: str, name: str, year: str, regions: tuple[str, ...], issuer: str) -> Title:
    full = letters(without_version(name))
    core = re.sub(rf"{_YEAR_FIRST}|{_ISSUER.pattern}", "", full)
    while match := _REGION.match(core) or re.match(_YEAR_FIRST, core):
        core = core[match.end() :]
    years = years_in(name)
    return Title(
        key=key,
        whole=letters(name),
        full=full,
        core=core,
        version=version_of(name),
        regions=tuple(form for region in regions for form in _region_forms(region)),
        levels=tuple(form for region in regions if (match := _LEVEL.search(region)) for form in _level_forms(match)),
        years=years | ({year} if years and year else set()),
        issuer=issuer,
    )


def _regions_of(name: str) -> Iterator[str]:
    """List the regions at the head of a title and, where it has an issuer, at the head of what follows."""
    for part in (name, re.sub(rf"{_YEAR_FIRST}|{_ISSUER.pattern}", "", name)):
        while match := _REGION.match(part):
            yield match.group()
            part = part[match.end() :]


def _region_forms(region: str) -> list[str]:
    """浦东新区, 浦东, 本区, 我区, 全区."""
    return [region, _LEVEL.sub("", region), *(f"{mine}{region[-1]}" for mine in "本我全")]


def _level_forms(match: re.Match[str]) -> list[str]:
    """新区, 区."""
    return [match.group(), match.group()[-1]]
