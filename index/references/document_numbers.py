"""Documents by 发文字号 in any spelling, whole or in part: 浦民发〔2023〕74号, 浦民发2023年74号, 浦民发74号, 74号文, 国务院令第707号."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher

from index.references.character_pairs import PairIndex
from index.references.mentions import ByNumber
from index.references.ordinals import AHEAD
from index.references.spelling import CHINESE, YEAR, Spelling, is_within, letters, name_at_end, spelt
from ingest.numerals import ordinal, year_digits

_NUMBER = re.compile(
    rf"(?P<open>[\[(])?(?P<year>{YEAR})(?(open)[\])])[年\-—]?第?"
    rf"(?P<serial>\d{{1,4}}|{CHINESE})(?:(?P<hao>号)(?P<kind>文件|文)?|(?(open)(?![\d.%号年月日万亿人个]|{CHINESE})|(?!)))"
)
_SERIAL = re.compile(
    rf"(?<![\d\])零〇一二三四五六七八九十百千])第?(?P<serial>\d{{1,4}}|{CHINESE})(?P<hao>号)(?P<kind>文件|文|令)?"
)
_ORDER = re.compile(rf"令第?(?P<serial>\d{{1,4}}|{CHINESE})号")
_ORDER_BEHIND = re.compile(rf"第(?P<serial>\d{{1,4}}|{CHINESE})号令$")
"""The other spelling of an order's number: 甲市人民政府第312号令."""
_CODE_LENGTH = 15
_CODE = re.compile(rf"[一-鿿]{{0,{_CODE_LENGTH}}}$")
_AGENCY = re.compile(r"(?:[规函字办令]|(?<![印下转颁制核签])发)$")
_AGENCY_LENGTH, _ORDER_LENGTH = 8, 12
_NOT_BEFORE = re.compile(r"(?:[月周天日路街巷弄道村楼栋幢座院室铁线]|地铁|轨交)$")
_BESIDE = re.compile(
    r"$|[,。?!;:()\[\]“”《》、/]|[里中内的对和与及跟怎讲说写提]|规定|规划|要求|关于|有关|有什么|附?表|第|通知|印发|开头"
)
_BARE_ORDINAL = re.compile(
    rf"{CHINESE}(?:部分|[(、/]|是|第|$)|\d{{1,3}}(?:[点条项]|$)|\(|序号|指标|主要指标|重大|专栏|附件"
)
_NO_DOCUMENT = re.compile(r"[线楼院店房门室弄路车台球机]")
_TITLE_BEGINS, _LONGEST_ENDING = re.compile(r"[一-鿿“\"]"), 20
_DAYS = 31
_ALIKE = 50


@dataclass(frozen=True, slots=True)
class _Known:
    """The number of a document: the agency's code, the year (None for an order, 令), the serial."""

    key: str
    code: str
    year: str | None
    serial: int


class Numbers:
    """Knows the numbers of the documents of a base.

    :param keys: keys of the documents, each its number or its title.
    """

    def __init__(self, keys: Iterable[str]) -> None:
        known = [one for key in keys if (one := _read(key))]
        self.codes = frozenset(one.code for one in known if one.code)
        self.years = {one.key: one.year for one in known if one.year}
        self._by_serial: dict[int, list[_Known]] = {}
        for one in known:
            self._by_serial.setdefault(one.serial, []).append(one)
        self._keys = [one.key for one in known]
        self._pairs = PairIndex(map(spelt, self._keys))

    def meant(self, mention: ByNumber) -> tuple[str, ...]:
        """List the documents whose number a mention may be.

        :param mention: a number, whole or in part.
        :return: keys.
        """
        return tuple(
            one.key
            for one in self._by_serial.get(mention.serial, ())
            if mention.year in (None, one.year) and (not mention.code or _is_code(mention.code, one.code))
        )

    def like(self, mention: ByNumber, most: int) -> list[str]:
        """List the documents whose numbers are most like one.

        :param mention: a number, whole or in part.
        :param most: how many to list at most.
        :return: keys, the most alike first.
        """
        year = f"[{mention.year}]" if mention.year else ""
        number = f"{mention.code}{year}{mention.serial}号"
        shared = [self._keys[at] for at in self._pairs.alike(number, _ALIKE)]
        likeness = {key: SequenceMatcher(None, number, spelt(key)).ratio() for key in shared}
        return sorted(shared, key=lambda key: (-likeness[key], key))[:most]


def numbers_in(question: Spelling, codes: frozenset[str], has_ending: Callable[[str], bool]) -> Iterator[ByNumber]:
    """Find what may be the number of a document.

    :param question: the question.
    :param codes: the agencies' codes that are known; another counts where it ends as such codes do.
    :param has_ending: tells whether some title ends so, for what stands behind a number (16号规划).
    :return: mentions; one with a year, or with 文 behind it, may overlap one of the serial alone.
    """
    for pattern in (_NUMBER, _SERIAL):
        for match in pattern.finditer(question.text):
            if mention := _mention(question, match, codes, has_ending):
                yield mention


def _mention(
    question: Spelling, match: re.Match[str], codes: frozenset[str], has_ending: Callable[[str], bool]
) -> ByNumber | None:
    """Read a match; without agency and year it must not look like a day, a house or a line, unless 文 follows."""
    text, serial = question.text, ordinal(match["serial"])
    before, kind = _before(question, match.start()), match["kind"]
    year = match.groupdict().get("year")
    code = _code(before, codes)
    is_known = code in codes or code.endswith("令")
    if serial is None or (code and not (year or kind or is_known)):
        return None
    reach = match.end() if kind else _reach(text, match.end(), has_ending)
    follows = bool(kind) or reach > match.end() or _follows(text, match.end(), serial)
    is_free = bool(match["hao"]) and (follows or bool(year and match["open"]))
    looks_alike = not year and _NOT_BEFORE.search(before) and not kind
    if not code and (looks_alike or not is_free):
        return None
    if kind == "令" and not code:
        code = kind
    is_sure = bool(year or code or kind or match.span() == (0, len(text)) or AHEAD.match(text, match.end()))
    start = match.start() - (len(code) if code != kind else 0)
    return ByNumber(start, match.end(), code, year_digits(year) if year else None, serial, reach, is_sure)


def _read(key: str) -> _Known | None:
    """Read the number of a document from its key."""
    text = spelt(key)
    match = _NUMBER.search(text) or _ORDER.search(text) or _ORDER_BEHIND.search(text)
    serial = ordinal(match["serial"]) if match else None
    if not match or serial is None:
        return None
    year = match.groupdict().get("year")
    code = text[: match.start()] if year else text[: match.start()].removesuffix("令") + "令"
    return _Known(key, code, year_digits(year) if year else None, serial)


def _is_code(given: str, known: str) -> bool:
    """Compare codes; that of an order is written out more or less: 国令, 国务院令, 令."""
    if given == known or not (given.endswith("令") and known.endswith("令")):
        return given == known
    return is_within(given, known) or is_within(known, given)


def _code(before: str, codes: frozenset[str]) -> str:
    """Find the agency's code at the end of a text: the longest that is known, or what looks like one."""
    known = next((before[start:] for start in range(len(before)) if before[start:] in codes), "")
    if known or not _AGENCY.search(before):
        return known
    return name_at_end(before[-(_ORDER_LENGTH if before.endswith("令") else _AGENCY_LENGTH) :])


def _before(question: Spelling, end: int) -> str:
    """Give the Chinese characters right before a position, back to the nearest blank."""
    match = _CODE.search(question.text, max(0, end - _CODE_LENGTH), end)
    start = match.start() if match else end
    blanks = [at for at in range(start + 1, end) if question.is_split(at)]
    return question.text[max([start, *blanks]) : end]


def _follows(text: str, end: int, serial: int) -> bool:
    """Tell whether what follows a bare 16号 lets it be a document's, and not a day's or a house's."""
    if _BESIDE.match(text, end) or _BARE_ORDINAL.match(text, end):
        return True
    return serial > _DAYS and not _NO_DOCUMENT.match(text, end)


def _reach(text: str, end: int, has_ending: Callable[[str], bool]) -> int:
    """Find how far the last words of some title follow a number, those of a notice aside: 通知 may be its part."""
    if not _TITLE_BEGINS.match(text, end):
        return end
    ends = (end + size for size in range(min(_LONGEST_ENDING, len(text) - end), 1, -1))
    fits = (to for to in ends if not text[end:to].endswith("通知") and has_ending(letters(text[end:to])))
    return next(fits, end)
