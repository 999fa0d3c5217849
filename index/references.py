"""References read exactly: "74号文第四部分第（二）项第2点" to clause ids, before any likeness of words is looked at.

A question is read from left to right. A document is named by its 发文字号 in any spelling (brackets of any kind or
none, full-width digits, blanks, without the agency, or the bare 74号 where only one document has that serial), or by
its title in 《》. Ordinals that follow belong to it. Their chain is matched against the clause ids of the document; it
counts only when it names one place and no other.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

_DIGITS = "零一二三四五六七八九"
_CN = "[零〇一二三四五六七八九十百]+"
_N = rf"(?:{_CN}|\d{{1,3}}(?!\d))"
_END = r"(?=$|[、，,。？?！!/;；的里中讲写说规是和与及跟])"
_BRACKETS = str.maketrans("〔【〖〕】〗", "[[[]]]")
_NUMBER = re.compile(r"[\[(]?(?P<year>(?:19|20)\d\d)[\])]?年?第?(?P<serial>\d{1,4})号(?:文件|文)?")
_SERIAL = re.compile(r"(?<![\d\])])(?P<serial>\d{1,4})号(?:文件|文)?(?![线楼院店房门])")
_TITLE = re.compile(r"《(?P<title>.{4,})》")
_CODE = re.compile(r"[一-鿿]{0,10}$")
_AGENCY = re.compile(r"[发办规函字令通]$")
_GLUE = re.compile(r"[、，,/.·:：\-的里中]+")
_ORDINALS: Sequence[tuple[str, re.Pattern[str]]] = (
    ("box", re.compile(rf"(?P<name>(?:重大事项|专栏|附件)(?=第?{_N})|附?表(?={_N}))第?(?P<n>{_N})")),
    ("table", re.compile(r"附表|指标表|表格|主要指标")),
    ("notice", re.compile(rf"印发通知|通知(?=正文|部分|第{_N}段|/)")),
    ("opening", re.compile(r"开头|前言|引言|序言")),
    ("part", re.compile(rf"第(?P<n>{_N})(?:大?部分|大点|章)")),
    ("bracket", re.compile(rf"第?\((?P<n>{_N})\)[项点条款]?")),
    ("row", re.compile(rf"第(?P<n>{_N})(?:行|个?指标)|序号(?P<m>\d{{1,3}})")),
    ("paragraph", re.compile(rf"第(?P<n>{_N})(?:自然)?段")),
    ("item", re.compile(rf"第(?P<n>{_N})(?:小?[点项条款]|件)")),
)
_BARE: Sequence[tuple[str, re.Pattern[str]]] = (
    ("series", re.compile(rf"(?P<n>{_CN})是")),
    ("part", re.compile(rf"(?P<n>{_CN})(?=$|[(、/]|第|重大|专栏)")),
    ("digit", re.compile(rf"(?P<n>\d{{1,3}})(?!\d)[点条项]?{_END}")),
)
_STRONG = frozenset({"box", "table", "notice", "part"})


@dataclass(frozen=True, slots=True)
class Reference:
    """What a question names: documents by key, clauses by id, and the words that are left to search for.

    ``unknown`` are document numbers, as typed but for widths and blanks, that the base does not hold.
    """

    documents: tuple[str, ...]
    clause_ids: tuple[str, ...]
    rest: str
    unknown: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Mention:
    """A stretch of the question that names a document; ``key`` is None where the base does not hold it."""

    start: int
    end: int
    key: str | None


@dataclass(frozen=True, slots=True)
class _Ordinal:
    kind: str
    start: int
    end: int
    segments: frozenset[str]


class ReferenceReader:
    """Knows the documents and clause ids of a base, and reads references to them.

    :param titles: title of each document by its key (its number, or its title where it has none).
    :param clause_ids: ids of all clauses; each begins with the key of its document and a slash.
    """

    def __init__(self, titles: Mapping[str, str], clause_ids: Iterable[str]) -> None:
        self._titles = {key: plain_form(title) for key, title in titles.items()}
        self._numbers: dict[tuple[str, str], list[tuple[str, str]]] = {}
        for key in titles:
            plain = plain_form(key)
            if match := _NUMBER.search(plain):
                self._numbers.setdefault((match["year"], match["serial"]), []).append((plain[: match.start()], key))
        self._clauses: dict[str, list[tuple[str, tuple[str, ...]]]] = {key: [] for key in titles}
        self._ids: dict[str, str] = {}
        for clause_id in clause_ids:
            key = next(key for key in _prefixes(clause_id) if key in self._clauses)
            self._clauses[key].append((clause_id, tuple(plain_form(clause_id[len(key) + 1 :]).split("/"))))
            self._ids[plain_form(clause_id)] = clause_id

    def clause(self, text: str) -> str | None:
        """Find a clause by its id, whatever widths, brackets and blanks it is typed with.

        :param text: what was typed.
        :return: the id as it stands in the base, or None.
        """
        return self._ids.get(plain_form(text))

    def document(self, text: str) -> str | None:
        """Find the one document that a text names.

        :param text: a document number in any spelling, or a title.
        :return: its key, or None where the base does not hold it or it is not clear which.
        """
        plain = plain_form(text)
        same = [key for key, title in self._titles.items() if plain in (title, plain_form(key))]
        named = {mention.key for mention in self._mentions(plain)} or {*same}
        return same[0] if same else named.pop() if len(named) == 1 else None

    def read(self, text: str) -> Reference:
        """Read the references out of a question.

        :param text: the question.
        :return: documents and clauses in the order named, and the rest of the question.
        """
        plain = plain_form(text)
        if plain in self._ids:
            clause_id = self._ids[plain]
            key = next(key for key in _prefixes(clause_id) if key in self._clauses)
            return Reference((key,), (clause_id,), "")
        mentions = self._mentions(plain)
        keys = tuple(dict.fromkeys(mention.key for mention in mentions if mention.key))
        used = [(mention.start, mention.end) for mention in mentions if mention.key]
        found: list[str] = []
        for owners, start, end in _stretches(mentions, len(plain)):
            chain = _chain(plain, start, end)
            if ids := self._place(owners, chain):
                found += ids
                used += [(ordinal.start, ordinal.end) for ordinal in chain]
        unknown = tuple(plain[mention.start : mention.end] for mention in mentions if not mention.key)
        return Reference(keys, tuple(dict.fromkeys(found)), _without(plain, used) if used else text, unknown)

    def _mentions(self, plain: str) -> list[_Mention]:
        spans = [self._numbered(plain, match) for match in _NUMBER.finditer(plain)]
        spans += [mention for match in _SERIAL.finditer(plain) if (mention := self._by_serial(plain, match))]
        spans += [mention for match in _TITLE.finditer(plain) if (mention := self._by_title(match))]
        kept: list[_Mention] = []
        for mention in sorted(spans, key=lambda mention: (mention.start, -mention.end)):
            if not kept or mention.start >= kept[-1].end:
                kept.append(mention)
        return kept

    def _numbered(self, plain: str, match: re.Match[str]) -> _Mention:
        """Match agency, year and serial; an agency that is named and is another one makes it an unknown document."""
        before = _before(plain, match.start())
        of_number = self._numbers.get((match["year"], match["serial"]), [])
        for code, key in of_number:
            if code and before.endswith(code):
                return _Mention(match.start() - len(code), match.end(), key)
        alone = len(of_number) == 1 and not _AGENCY.search(before)
        return _Mention(match.start(), match.end(), of_number[0][1] if alone else None)

    def _by_serial(self, plain: str, match: re.Match[str]) -> _Mention | None:
        before = _before(plain, match.start())
        same = [
            entry for (_, serial), entries in self._numbers.items() if serial == match["serial"] for entry in entries
        ]
        named = [(code, key) for code, key in same if code and before.endswith(code)]
        if len(named) == 1:
            return _Mention(match.start() - len(named[0][0]), match.end(), named[0][1])
        return _Mention(match.start(), match.end(), same[0][1]) if len(same) == 1 else None

    def _by_title(self, match: re.Match[str]) -> _Mention | None:
        """Take a title that is quoted whole or by most of it: a part may be the name of another document."""
        quoted = match["title"]
        like = [key for key, title in self._titles.items() if quoted in title and len(quoted) >= 0.6 * len(title)]
        return _Mention(match.start(), match.end(), like[0]) if len(like) == 1 else None

    def _place(self, keys: Sequence[str] | None, chain: Sequence[_Ordinal]) -> list[str]:
        """Find the clauses at or under the one place that a chain of ordinals names."""
        if not chain or (keys is None and len(chain) < 2 and chain[0].kind not in _STRONG):
            return []
        places: dict[tuple[str, tuple[str, ...]], list[str]] = {}
        for key in self._clauses if keys is None else keys:
            for clause_id, segments in self._clauses[key]:
                if depth := _depth(segments, chain):
                    places.setdefault((key, segments[:depth]), []).append(clause_id)
        from_root = {place: ids for place, ids in places.items() if len(place[1]) == len(chain)}
        for named in (from_root, places):
            if len(named) == 1:
                return next(iter(named.values()))
        return []


def _before(plain: str, end: int) -> str:
    """Give the Chinese characters right before a place, where the agency's code would stand."""
    match = _CODE.search(plain[:end])
    return match.group() if match else ""


def plain_form(text: str) -> str:
    """Bring spellings of a reference together: NFKC, brackets of a number all alike, no blanks.

    >>> plain_form("浦民发【２０２３】 74 号（二）")
    '浦民发[2023]74号(二)'

    :param text: any text.
    :return: the form in which references are compared.
    """
    return "".join(unicodedata.normalize("NFKC", text).translate(_BRACKETS).split())


def _prefixes(clause_id: str) -> list[str]:
    """Possible document keys of a clause id, longest first: a title may itself hold a slash."""
    parts = clause_id.split("/")
    return ["/".join(parts[:length]) for length in range(len(parts) - 1, 0, -1)]


def _stretches(mentions: Sequence[_Mention], length: int) -> list[tuple[Sequence[str] | None, int, int]]:
    """Cut the question at its documents: (owners, start, end); what stands before a single document is its own too."""
    if not mentions:
        return [(None, 0, length)]
    owners = [[mention.key] if mention.key else [] for mention in mentions]
    ends = [mention.start for mention in mentions[1:]] + [length]
    after = [(keys, mention.end, end) for keys, mention, end in zip(owners, mentions, ends, strict=True)]
    return [(owners[0] if len(mentions) == 1 else [], 0, mentions[0].start), *after]


def _chain(plain: str, start: int, end: int) -> list[_Ordinal]:
    """Read the ordinals of a stretch; the bare forms (四, 2, 五是) count only next to a document or another ordinal."""
    chain: list[_Ordinal] = []
    place, beside = start, True
    while place < end:
        patterns = (*_ORDINALS, *_BARE) if beside else _ORDINALS
        hits = ((kind, pattern.match(plain, place, end)) for kind, pattern in patterns)
        kind, match = next(((kind, match) for kind, match in hits if match), ("", None))
        if match and not (kind == "digit" and not chain):
            chain.append(_Ordinal(kind, place, match.end(), _segments(kind, match)))
            place, beside = match.end(), True
        elif glue := _GLUE.match(plain, place, end):
            place = glue.end()
        else:
            place, beside = place + 1, False
    return chain


def _segments(kind: str, match: re.Match[str]) -> frozenset[str]:
    """List the spellings, within clause ids, of what an ordinal may mean."""
    groups = match.groupdict()
    number = _number(groups.get("n") or groups.get("m") or "0")
    chinese = _chinese(number)
    spellings = {
        "box": [f"{groups.get('name')}{number}", f"{groups.get('name')}{chinese}", f"表{number}"],
        "table": ["表1"],
        "notice": ["通知"],
        "opening": ["第1段"],
        "part": [chinese, f"第{chinese}章", f"第{chinese}部分"],
        "bracket": [f"({chinese})", f"({number})"],
        "row": [str(number)],
        "paragraph": [f"第{number}段"],
        "item": [f"({chinese})", f"({number})", str(number), f"{chinese}是", f"第{chinese}条"],
        "series": [f"{chinese}是"],
        "digit": [str(number), f"{chinese}是"],
    }[kind]
    if kind == "box" and groups["name"] not in ("表", "附表"):
        spellings.pop()
    return frozenset(spellings)


def _depth(segments: Sequence[str], chain: Sequence[_Ordinal]) -> int:
    """Tell how many segments of an id it takes to meet the whole chain in order; 0 when it does not."""
    met = 0
    for depth, segment in enumerate(segments, start=1):
        if segment in chain[met].segments:
            met += 1
            if met == len(chain):
                return depth
    return 0


def _number(text: str) -> int:
    """Read a number below 1000 in either kind of digits: 二十四 is 24."""
    if text.isdigit() and text.isascii():
        return int(text)
    total, digit = 0, 0
    for character in text.replace("〇", "零"):
        if character in "十百":
            total += (digit or 1) * (10 if character == "十" else 100)
            digit = 0
        else:
            digit = _DIGITS.index(character)
    return total + digit


def _chinese(number: int) -> str:
    """Write a number below 1000 as an ordinal is written: 12 is 十二, 24 is 二十四, 105 is 一百零五."""
    hundreds, tens, ones = number // 100, number // 10 % 10, number % 10
    text = f"{_DIGITS[hundreds]}百" if hundreds else ""
    if tens:
        text += ("" if tens == 1 and not hundreds else _DIGITS[tens]) + "十"
    elif hundreds and ones:
        text += "零"
    return text + (_DIGITS[ones] if ones else "")


def _without(plain: str, spans: Iterable[tuple[int, int]]) -> str:
    """Take stretches out of a text, leaving a blank for each."""
    kept = list(plain)
    for start, end in spans:
        kept[start:end] = " " * (end - start)
    return " ".join("".join(kept).split())
