"""Documents by their titles, whole or short.

A short title is a run of the question that is made of pieces of one document's title, in their order, and ends as the
title ends: 民政工作要点, 市民政十四五规划. Years, place names and punctuation are set aside first: they may stand
anywhere before the run, but must not contradict. At least two characters must be left that tell what it is about. A run
that fits two documents names neither.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from index.question.regions import REGION
from index.references.spelling import YEAR, Plain, is_connective, plain, plain_form
from ingest.numerals import year_digits

_KIND = "规划|方案|要点|计划|纲要|意见|办法|细则|规定|条例|规则|通知|通告|公告|决定|报告|批复|标准|指南|章程|制度"
_GENERIC = re.compile(
    rf"十[一二三四五六七八九]五|年度|印发|关于|贯彻|落实|实施|进一步|推进|加强|工作|行动|发展|事业|建设|体系|服务|管理|总体|专项|试行|{_KIND}"
)
_PLACE = re.compile(REGION)
_OTHER_PLACE = re.compile(r"[一-鿿]{2,3}(?:新区|(?<!城)市|省|(?<![社地小园市辖景校片])区|县)$")
_AFTER = re.compile(rf"\((?P<bracketed>{YEAR})年?\)|(?P<year>{YEAR})(?:年版?)?(?=$|[,。?!第的里中])")
_NOT_AFTER = re.compile(r"[局处科室院厅师图员]")


@dataclass(frozen=True, slots=True)
class _Title:
    """A title without marks: ``core`` is what follows year and place, ``years`` and ``places`` what may go with it."""

    key: str
    full: str
    names: frozenset[str]
    core: str
    places: tuple[str, ...]
    levels: tuple[str, ...]
    years: frozenset[str]


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of the question that covers a title; ``agrees`` unless year or place beside it are another's."""

    start: int
    end: int
    key: str
    agrees: bool


class Titles:
    """Knows the titles of the documents of a base.

    :param titles: title of each document by its key.
    :param notices: title of the covering notice by key, where there is one.
    :param years: year of the document number by key, where there is one.
    """

    def __init__(self, titles: Mapping[str, str], notices: Mapping[str, str], years: Mapping[str, str]) -> None:
        self._titles = [_title(key, title, notices.get(key, ""), years.get(key, "")) for key, title in titles.items()]

    def named(self, text: str) -> list[str]:
        """List the documents that bear a title, whatever its marks.

        :param text: a whole title, of the plan or of its covering notice.
        :return: keys.
        """
        name = _letters(plain_form(text))
        return [title.key for title in self._titles if name in title.names]

    def meant(self, text: str) -> list[str]:
        """List the documents that a quoted title may mean.

        :param text: what stands in 《》: a whole title or, all of it, a short one.
        :return: keys.
        """
        if keys := self.named(text):
            return keys
        name = re.sub(r"的通知$", "", re.sub(r"^.*?关于印发", "", _letters(plain_form(text))))
        whole = [run for run in self._all_runs(plain(name)) if run.end - run.start == len(name) and run.agrees]
        return self.named(name) or [run.key for run in whole]

    def runs(self, plain: Plain) -> list[Run]:
        """Find short titles; of runs that share a place the longest counts, if it is one document's alone.

        One that disagrees counts where none agrees: it is the title of a document that the base lacks.

        :param plain: the question.
        :return: runs, in the order of the documents.
        """
        runs = self._all_runs(plain)
        kept = []
        for run in runs:
            rivals = [one for one in runs if one.key != run.key and one.start < run.end and run.start < one.end]
            agreeing = [one for one in rivals if one.agrees]
            longest = all(one.end - one.start < run.end - run.start for one in agreeing)
            if longest if run.agrees else not agreeing:
                kept.append(run)
        return kept

    def _all_runs(self, plain: Plain) -> list[Run]:
        """Find the runs of a question that cover a title, leaving out marks; places are those of the question."""
        places = [place for place, character in enumerate(plain.text) if _is_letter(character)]
        letters = "".join(plain.text[place] for place in places)
        runs: list[Run] = []
        for title in self._titles:
            head = title.core[-2:]
            ends = [match.end() for match in re.finditer(re.escape(head), letters)] if len(title.core) > 2 else []
            for end in ends:
                start = _reach(letters, end, title.core)
                if len(_GENERIC.sub("", letters[start:end])) < 2 or _NOT_AFTER.match(letters, end):
                    continue
                start, agrees = _with_year_and_place(letters, start, title)
                if letters[start:end] != title.full and not plain.is_free(places[start]):
                    continue
                last = places[end - 1] + 1
                after = _AFTER.match(plain.text, last)
                if after and title.years:
                    agrees = agrees and year_digits(after["year"] or after["bracketed"]) in title.years
                    last = after.end()
                runs.append(Run(places[start], last, title.key, agrees))
        return runs


def _title(key: str, title: str, notice: str, year: str) -> _Title:
    letters = _letters(re.sub(r"\([^()]*\)$", "", plain_form(title)))
    years = {match.group() for match in re.finditer(YEAR, letters)}
    core = re.sub(rf"^{YEAR}年?度?|^.*?关于(?:印发)?(?=.{{4}})", "", letters)
    levels, places = [], []
    while match := _PLACE.match(core):
        place, core = match.group(), core[match.end() :]
        level = re.sub(r"^.*?(?=(?:自治.|新区|市|省|区|县)$)", "", place)
        levels += [f"本{level[-1]}", f"我{level[-1]}", f"全{level[-1]}", level, level[-1]]
        places += [place, place.removesuffix(level)]
    core = re.sub(rf"^{YEAR}年?度?", "", core)
    years |= {year} if years and year else set()
    names = frozenset({_letters(plain_form(name)) for name in (key, title, notice) if name})
    return _Title(key, letters, names, core, tuple(places), tuple(levels), frozenset(years))


def _reach(letters: str, end: int, core: str) -> int:
    """Find how far to the left a run that ends at a place is made of pieces of a title, two characters each or more."""

    @cache
    def start(at: int, limit: int) -> int:
        best = at
        for size in range(2, min(at, limit) + 1):
            piece = letters[at - size : at]
            found = core.rfind(piece, 0, limit)
            if found < 0 or (limit == len(core) and not core.endswith(piece)):
                break
            place = limit - size if limit == len(core) else found
            best = min(best, start(at - size, place))
        return best

    return start(end, len(core))


def _with_year_and_place(letters: str, start: int, title: _Title) -> tuple[int, bool]:
    """Take year and place before a run along; tell whether they are the title's own."""
    agrees = True
    while True:
        before = letters[:start]
        year = re.search(rf"({YEAR})年?度?的?$", before)
        own = next((place for place in title.places if before.endswith(place)), "")
        other = _OTHER_PLACE.search(before)
        level = next((level for level in title.levels if before.endswith(level)), "")
        if year:
            start, agrees = year.start(), agrees and (not title.years or year_digits(year[1]) in title.years)
        elif own:
            start -= len(own)
        elif other and not any(is_connective(other.group()[:size]) for size in (1, 2, 3)):
            start, agrees = other.start(), False
        elif level:
            start -= len(level)
        else:
            return start, agrees


def _is_letter(character: str) -> bool:
    return unicodedata.category(character)[0] in "LN"


def _letters(text: str) -> str:
    return "".join(character for character in text if _is_letter(character))
