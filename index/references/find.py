"""Finds what a question mentions: documents by number and title, chains of ordinals, clause ids written out.

Nothing is looked up here but words: the agencies' codes, the names of boxes, the titles. Whether the base holds what is
mentioned, and where, is for :mod:`index.references.resolve` to say.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from index.references.document_numbers import numbers_in
from index.references.mentions import ByTitle, DocumentMention, Mentions, WrittenId
from index.references.ordinals import AHEAD, Grammar
from index.references.spelling import YEAR, Spelling, name_at_end
from index.references.title import region_at_end
from index.references.titles import Titles

_ISSUER = re.compile(r"[一-鿿]+(?:部|局|委|委员会|厅|办公室|院|政府|会)$")
_BACK = re.compile(r"(?:该|本|此|这[个份部项]?|那[个份部项]?|上述|前述|所述|前面的|上面的)$")
_QUOTES = {"”": "“", '"': '"', "’": "‘", "'": "'", "」": "「", "』": "『", "〉": "〈", ">": "<"}
_HAN_AT_END = re.compile(r"[一-鿿]{2,20}$")
_NAME_AT_END = re.compile(rf"(?:{YEAR}年?)?[一-鿿“”\"]{{2,20}}$")
_LEADS = re.compile(
    r"(?:^|[^一-鿿]|[按照据看查问请见从读找]|关于|对于|根据|依照|打开|介绍|解读|解释|学习|贯彻|落实|执行|参阅|参考|引用|摘录|列出|知道|了解|查询|查找)$"
)
_LED_BY_DOCUMENT = re.compile(r"(?:号|文件|号文|[》)])(?:[里中]?的|印发的|所附的?|[和与及跟])$")
_NOTICE = "通知"
_ANY = ("文件", _NOTICE)
_BEFORE = 15
_LONGEST_NAME, _LONGEST_LEAD = 25, 10
"""Characters that a name without marks, and what leads up to one, may have."""
_MARK = re.compile("[《》]")


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The words by which documents and their levels are named in a base."""

    codes: frozenset[str]
    titles: Titles
    grammar: Grammar


def find(question: Spelling, vocabulary: Vocabulary) -> Mentions:
    """Find what a question mentions.

    :param question: the question.
    :param vocabulary: the words that name documents and levels.
    :return: the mentions. Of documents that overlap the one that begins first is taken, the longer of two.
    """
    text, titles = question.text, vocabulary.titles
    found: list[DocumentMention] = [
        *numbers_in(question, vocabulary.codes, titles.has_ending),
        *_quoted(question, titles),
        *(run for run in titles.runs.named(question) if len(run.keys) < 2 or AHEAD.match(text, run.end)),
        *_before_ordinals(question, titles),
    ]
    documents = tuple(_apart(found))
    starts = [0, *(_behind(text, one) for one in documents)]
    ends = [*(one.start for one in documents), len(text)]
    chains = (vocabulary.grammar.chains(text, *stretch) for stretch in zip(starts, ends, strict=True))
    return Mentions(
        documents, tuple(_written(text, documents, ends)), tuple(chain for each in chains for chain in each)
    )


def _apart(mentions: Iterable[DocumentMention]) -> Iterator[DocumentMention]:
    end = 0
    for mention in sorted(mentions, key=lambda one: (one.start, -one.reach, isinstance(one, ByTitle))):
        if mention.start >= end:
            yield mention
            end = mention.reach


def _behind(text: str, mention: DocumentMention) -> int:
    """Find where the ordinals of a document may begin: behind the bracket that its number stands in."""
    is_bracketed = text[mention.start - 1 : mention.start] == "(" and text.startswith(")", mention.reach)
    return mention.reach + is_bracketed


def _written(text: str, documents: Sequence[DocumentMention], ends: Sequence[int]) -> Iterator[WrittenId]:
    """Find what may be a clause id: the question from its start, and each document with a slash behind it."""
    if "/" in text:
        yield WrittenId(0, len(text))
    for mention, end in zip(documents, ends[1:], strict=True):
        if mention.start and text.startswith("/", mention.end):
            yield WrittenId(mention.start, end)


def _quoted(question: Spelling, titles: Titles) -> Iterator[ByTitle]:
    """Find titles in 《》 with the issuer before them, and what stands in other quotation marks before an ordinal."""
    text = question.text
    for start, end in _pairs_of_marks(text):
        name, begin = text[start + 1 : end - 1], _back(question, start)
        issuer = "" if begin < start else _issuer(_before(text, start))
        yield ByTitle(begin - len(issuer), end, name, issuer, is_back=begin < start)
    for match in AHEAD.finditer(text):
        end = match.start()
        opening = _QUOTES.get(text[end - 1 : end])
        start = text.rfind(opening, 0, end - 1) if opening else -1
        if start >= 0 and titles.meant(text[start + 1 : end - 1]):
            begin = _back(question, start)
            yield ByTitle(begin, end, text[start + 1 : end - 1], is_back=begin < start)


def _issuer(before: str) -> str:
    """Find the agency (民政部) or the region (上海市) that a text ends with."""
    agency = _ISSUER.fullmatch(name_at_end(before))
    if agency:
        return agency.group()
    han = _HAN_AT_END.search(before)
    return region_at_end(han.group()) if han else ""


def _back(question: Spelling, start: int) -> int:
    """Find where a word that points back (该) begins before a title; the title's own start where none does."""
    back = _BACK.search(_before(question.text, start))
    begin = start - len(back.group()) if back else start
    return begin if question.is_free(begin) else start


def _before(text: str, end: int) -> str:
    return text[max(0, end - _BEFORE) : end]


def _pairs_of_marks(text: str) -> Iterator[tuple[int, int]]:
    """Find the outermost 《》; one that is never closed is passed over."""
    opened: list[int] = []
    closed: dict[int, int] = {}
    for match in _MARK.finditer(text):
        if match.group() == "《":
            opened.append(match.start())
        elif opened:
            closed[opened.pop()] = match.end()
    last = 0
    for start, end in sorted(closed.items()):
        if start >= last:
            last = end
            if end - start > 3:
                yield start, end


def _before_ordinals(question: Spelling, titles: Titles) -> Iterator[ByTitle]:
    """Find short titles without marks right before an ordinal: 实施方案第五部分, 该方案第二条.

    A word that tells more of it may not stand before: in 住房公积金的管理办法第三条 not any 管理办法 is meant.
    """
    for match in AHEAD.finditer(question.text):
        run = _NAME_AT_END.search(question.text, max(0, match.start() - _LONGEST_NAME), match.start())
        for start in range(run.start(), run.end() - 1) if run else ():
            name, begin = question.text[start : match.start()], _back(question, start)
            is_back = begin < start
            before = question.text[max(0, start - _LONGEST_LEAD) : start]
            is_part = name != _NOTICE and _LED_BY_DOCUMENT.search(before)
            may_begin = question.is_split(start) or _LEADS.search(before) or is_part
            if (is_back and name in _ANY) or ((is_back or may_begin) and titles.meant(name)):
                yield ByTitle(begin, match.start(), name, is_back=is_back)
                break
