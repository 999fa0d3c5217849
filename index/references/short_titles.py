"""Short titles in running text: stretches of a question that are made of pieces of one title and end as it ends.

民政工作要点, 市民政十四五规划: at least two characters before the last word must tell what it is about. Years, regions and
marks are set aside first (:mod:`index.references.title`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from index.references.character_pairs import PairIndex, pairs
from index.references.mentions import ByRun
from index.references.spelling import YEAR, Spelling, is_letter, letters
from index.references.title import Title, reach, with_year_and_region
from ingest.numerals import year_digits

_KIND = (
    "规划|方案|要点|计划|纲要|意见|办法|细则|规定|条例|规则|通知|通告|公告|决定|报告|批复|标准|指南|章程|制度|措施|举措"
)
_GENERIC = re.compile(
    rf"十[一二三四五六七八九]五|年度|印发|关于|贯彻|落实|实施|进一步|推进|加强|工作|行动|发展|事业|建设|体系|服务|管理|总体|专项|试行|若干|暂行|的|{_KIND}"
)
_AFTER = re.compile(rf"\((?P<bracketed>{YEAR})年?\)|(?P<year>{YEAR})(?:年版?)?(?=$|[,。?!第的里中])")
_NOT_AFTER = re.compile(r"[局处科室院厅师图员]")
_ABOUT_AT_END = re.compile(r"(?:关于|印发)+$")
_LONGEST_ABOUT = 20
_BRACKET = re.compile(r"\([^()]*\)")

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of a text that covers a title; ``agrees`` unless year or region beside it are another's."""

    span: Span
    title: Title
    agrees: bool


class Runs:
    """Finds the runs of a base's titles.

    :param titles: the titles.
    """

    def __init__(self, titles: Sequence[Title]) -> None:
        self._titles = titles
        self._pairs = PairIndex(title.full for title in titles)

    def named(self, question: Spelling) -> list[ByRun]:
        """Find the documents that a question names so; of runs that overlap the longest counts.

        One that disagrees counts where none agrees: it is the title of a document that the base lacks.

        :param question: the question.
        :return: mentions in order.
        """
        spans: dict[Span, list[Title]] = {}
        for run in self.all(question):
            agreeing = spans.setdefault(run.span, [])
            agreeing += [run.title] if run.agrees else []
        named = []
        for span, titles in sorted(spans.items()):
            beside = [(other, spans[other]) for other in spans if other != span and _overlap(other, span)]
            longer = {title.key for other, rivals in beside if _size(other) >= _size(span) for title in rivals}
            left = [title for title in titles if longer <= {title.key}]
            if left or not (titles or any(rivals for _, rivals in beside)):
                named.append(ByRun(*span, _closest(question, span, left)))
        return named

    def all(self, question: Spelling) -> list[Run]:
        """Find all runs of a question, whether they agree or not.

        :param question: the question.
        :return: runs in the order of the titles; positions are those of the question.
        """
        offsets = [at for at, character in enumerate(question.text) if is_letter(character)]
        text = "".join(question.text[at] for at in offsets)
        ends = ((title, match.end()) for title in self._candidates(text) for match in _last_words(title, text))
        return [run for title, end in ends if (run := _run(question, text, offsets, end, title))]

    def like(self, text: str, most: int) -> list[Title]:
        """List the titles that share the most pairs of characters with a text.

        :param text: letters only.
        :param most: how many to list at most.
        :return: titles, the most alike first.
        """
        return [self._titles[at] for at in self._pairs.alike(text, most)]

    def _candidates(self, text: str) -> list[Title]:
        """List the titles that share a telling pair of characters and their last pair with a text."""
        generic = {at for match in _GENERIC.finditer(text) for at in range(*match.span())}
        telling = {pair for at, pair in enumerate(pairs(text)) if not {at, at + 1} <= generic}
        found = sorted({at for pair in telling for at in self._pairs.holding(pair)})
        last = set(pairs(text))
        cores = ((self._titles[at], self._titles[at].core) for at in found)
        return [title for title, core in cores if len(core) > 2 and core[-2:] in last]


def _run(question: Spelling, text: str, offsets: Sequence[int], end: int, title: Title) -> Run | None:
    """Read the run of a title that ends at a position among the letters of a question."""
    core = title.core
    if text[end - 3 : end] != core[-3:] and text[end - 4 : end - 2] not in core:
        return None  # nothing but the last word of the title
    start = reach(text, end, core)
    is_whole = text[start:end] == core
    is_telling = is_whole or len(_GENERIC.sub("", text[start : end - 2])) > 1
    if not is_telling or _NOT_AFTER.match(text, end):
        return None
    start, agrees = with_year_and_region(text, start, title)
    about = _ABOUT_AT_END.search(text[max(0, start - _LONGEST_ABOUT) : start]) if is_whole else None
    start -= len(about.group()) if about and about.group() in title.full else 0
    if text[start:end] != title.full and not question.is_free(offsets[start]):
        return None
    last = offsets[end - 1] + 1
    after = _AFTER.match(question.text, last)
    if after and title.years:
        agrees = agrees and year_digits(after["year"] or after["bracketed"]) in title.years
        last = after.end()
    elif (version := _BRACKET.match(question.text, last)) and letters(version.group()) == title.version:
        last = version.end()
    return Run((offsets[start], last), title, agrees)


def _last_words(title: Title, text: str) -> Iterable[re.Match[str]]:
    return re.finditer(re.escape(title.core[-2:]), text)


def _overlap(one: Span, other: Span) -> bool:
    return one[0] < other[1] and other[0] < one[1]


def _size(span: Span) -> int:
    return span[1] - span[0]


def _closest(question: Spelling, span: Span, titles: Sequence[Title]) -> tuple[str, ...]:
    """List the documents whose titles the same words cover; those whose title says no more come alone."""
    text = letters(question.text[slice(*span)])
    closest = [title.key for title in titles if title.core in text]
    return tuple(dict.fromkeys(closest or [title.key for title in titles]))
