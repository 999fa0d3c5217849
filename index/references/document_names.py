"""Documents by name: 发文字号 in any spelling, titles in 《》, and short titles (:mod:`index.references.titles`)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from index.references.spelling import CHINESE, YEAR, Plain, is_connective, plain_form
from index.references.titles import Titles
from ingest.numerals import ordinal, year_digits

_NUMBER = re.compile(
    rf"(?P<open>[\[(])?(?P<year>{YEAR})(?(open)[\])])[年\-—]?第?"
    rf"(?P<serial>\d{{1,4}}|{CHINESE})(?:(?P<hao>号)(?P<kind>文件|文)?|(?(open)(?![\d.%号年月日万亿人个]|{CHINESE})|(?!)))"
)
_SERIAL = re.compile(
    rf"(?<![\d\])零〇一二三四五六七八九十百千])第?(?P<serial>\d{{1,4}}|{CHINESE})(?P<hao>号)(?P<kind>文件|文)?"
)
_CODE = re.compile(r"[一-鿿]{0,15}$")
_AGENCY = re.compile(r"(?:[规函字办]|(?<![印下转颁制核签])发)$")
_AGENCY_LENGTH = 8
_NOT_BEFORE = re.compile(r"(?:[月周天日路街巷弄道村楼栋幢座院室铁线]|地铁|轨交)$")
_BESIDE = re.compile(
    r"$|[,。?!;:()\[\]“”《》、/]|[里中内的对和与及跟怎讲说写提]|规定|规划|要求|关于|有关|有什么|附?表|第|通知|印发|开头"
)
_BARE_ORDINAL = re.compile(
    rf"{CHINESE}(?:部分|[(、/]|是|第|$)|\d{{1,3}}(?:[点条项]|$)|\(|序号|指标|主要指标|重大|专栏|附件"
)
_DAYS = 31
_ISSUER = re.compile(r"[一-鿿]+(?:部|局|委|委员会|厅|办公室|院|政府|会)$")


@dataclass(frozen=True, slots=True)
class Mention:
    """A stretch of the question that names a document; ``key`` is None where the base does not hold it."""

    start: int
    end: int
    key: str | None


class DocumentNames:
    """Knows the numbers and titles of the documents of a base.

    :param titles: title of each document by its key (its number, or its title where it has none).
    :param notices: title of the covering notice by key, where there is one.
    """

    def __init__(self, titles: Mapping[str, str], notices: Mapping[str, str]) -> None:
        self._numbers: dict[tuple[str, str], list[tuple[str, str]]] = {}
        years: dict[str, str] = {}
        for key in titles:
            form = plain_form(key)
            if match := _NUMBER.search(form):
                years[key] = match["year"]
                self._numbers.setdefault((match["year"], match["serial"]), []).append((form[: match.start()], key))
        self._codes = sorted({code for entries in self._numbers.values() for code, _ in entries if code}, key=len)
        self._titles = Titles(titles, notices, years)
        self._endings = {key: plain_form(title) for key, title in titles.items()}

    def titled(self, text: str) -> list[str]:
        """List the documents that bear a title.

        :param text: a whole title, of the plan or of its covering notice.
        :return: keys.
        """
        return self._titles.named(text)

    def mentions(self, plain: Plain) -> list[Mention]:
        """Find the stretches that name a document, or would if the base held it.

        :param plain: the question.
        :return: stretches in order, none within another.
        """
        spans = [mention for match in _NUMBER.finditer(plain.text) if (mention := self._numbered(plain, match))]
        spans += [mention for match in _SERIAL.finditer(plain.text) if (mention := self._by_serial(plain, match))]
        spans += [mention for quote in _quotes(plain.text) if (mention := self._quoted(plain, *quote))]
        spans += [Mention(run.start, run.end, run.key if run.agrees else None) for run in self._titles.runs(plain)]
        kept: list[Mention] = []
        for mention in sorted(spans, key=lambda one: (one.start, -one.end, one.key is None)):
            if not kept or mention.start >= kept[-1].end:
                kept.append(mention)
        return kept

    def _numbered(self, plain: Plain, match: re.Match[str]) -> Mention | None:
        """Match agency, year and serial; an agency that is named and is another one makes it an unknown document."""
        before = _before(plain, match.start())
        serial = ordinal(match["serial"])
        of_number = self._numbers.get((year_digits(match["year"]), str(serial)), [])
        for code, key in of_number:
            if code and before.endswith(code):
                return Mention(match.start() - len(code), self._end(match, key), key)
        if agency := self._agency(before):
            return Mention(match.start() - len(agency), match.end(), None)
        if not match["hao"] or not match["open"] and not _follows(plain.text, match, serial):
            return None
        if len(of_number) == 1:
            return Mention(match.start(), self._end(match, of_number[0][1]), of_number[0][1])
        return None if of_number else Mention(match.start(), match.end(), None)

    def _by_serial(self, plain: Plain, match: re.Match[str]) -> Mention | None:
        """Match a serial without its year; without its agency too, it must not look like a day, a house or a line."""
        before, serial = _before(plain, match.start()), ordinal(match["serial"])
        same = [entry for (_, number), entries in self._numbers.items() if number == str(serial) for entry in entries]
        named = [(code, key) for code, key in same if code and before.endswith(code)]
        if len(named) == 1:
            return Mention(match.start() - len(named[0][0]), self._end(match, named[0][1]), named[0][1])
        agency = self._agency(before)
        if not named and agency and (match["kind"] or agency in self._codes):
            return Mention(match.start() - len(agency), match.end(), None)
        looks_alike = agency or _NOT_BEFORE.search(before) or not _follows(plain.text, match, serial)
        if serial is None or (looks_alike and not match["kind"]):
            return None
        if len(same) == 1:
            return Mention(match.start(), self._end(match, same[0][1]), same[0][1])
        is_lost = not same and (match["kind"] or match.span() == (0, len(plain.text)))
        return Mention(match.start(), match.end(), None) if is_lost else None

    def _agency(self, before: str) -> str:
        """Find the agency's code at the end of a text: one of the base's, or what looks like one."""
        known = [code for code in self._codes if before.endswith(code)]
        if known:
            return known[-1]
        if not _AGENCY.search(before):
            return ""
        return _name_at_end(before[-_AGENCY_LENGTH:])

    def _end(self, match: re.Match[str], key: str) -> int:
        """Take the last words of the title along where they follow the number: 16号规划."""
        title, rest = self._endings[key], match.string[match.end() :]
        if match["kind"] or title.endswith("通知"):
            return match.end()
        sizes = (size for size in range(min(len(title), len(rest)), 1, -1) if rest.startswith(title[-size:]))
        return match.end() + next(sizes, 0)

    def _quoted(self, plain: Plain, start: int, end: int) -> Mention | None:
        """Match a title in 《》, whole or short, with the issuer before it; another one is an unknown document."""
        keys = self._titles.meant(plain.text[start + 1 : end - 1])
        issuer = _ISSUER.fullmatch(_name_at_end(_before(plain, start)))
        start -= len(issuer.group()) if issuer else 0
        return Mention(start, end, keys[0] if keys else None) if len(keys) < 2 else None


def _follows(text: str, match: re.Match[str], serial: int | None) -> bool:
    """Tell whether what follows a bare 16号 lets it be a document's, and not a day's or a house's."""
    if match["kind"] or _BESIDE.match(text, match.end()) or _BARE_ORDINAL.match(text, match.end()):
        return True
    return bool(serial and serial > _DAYS) and not re.match(r"[线楼院店房门室弄路车台球机]", text[match.end() :])


def _before(plain: Plain, end: int) -> str:
    """Give the Chinese characters right before a place, back to the nearest blank."""
    match = _CODE.search(plain.text[:end])
    start = match.start() if match else end
    blanks = [place for place in range(start + 1, end) if plain.places[place] - plain.places[place - 1] > 1]
    return plain.text[max([start, *blanks]) : end]


def _name_at_end(text: str) -> str:
    """Take the name at the end of a text, back to the nearest connective."""
    return text[max((place for place in range(len(text) - 1) if is_connective(text[:place])), default=0) :]


def _quotes(text: str) -> Iterator[tuple[int, int]]:
    """Find the outermost 《》."""
    depth, start = 0, 0
    for place, character in enumerate(text):
        if character == "《":
            start = start if depth else place
            depth += 1
        elif character == "》" and depth:
            depth -= 1
            if not depth and place - start > 2:
                yield start, place + 1
