"""A text that lost its line breaks, back to paragraphs: by wide spaces, by its numbering, and by its head and signature."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ingest.numerals import ARABIC, CHINESE, ordinal

_LONG, _ENDLESS = 600, 3000
"""A line of this length that is half of its text, or a line of the second length, is several paragraphs."""

_WIDE = re.compile(r"\s*(?:[\u3000\xa0]{2}|\s{3})\s*")
_BARE = re.compile(rf"(?:第(?:{CHINESE}|{ARABIC})+[编章节条]|目|附|附件)$")
_AFTER_SENTENCE = re.compile(r"(?<=[。；：！？.;:）)])[\u3000\xa0]{2,}")

_MARKS = tuple(
    re.compile(pattern)
    for pattern in (
        rf"第(?P<n>{CHINESE}+)编",
        rf"第(?P<n>{CHINESE}+)章",
        rf"第(?P<n>{CHINESE}+)节",
        rf"第(?P<n>{CHINESE}+)条",
        rf"(?P<n>{CHINESE}{{1,3}})、",
        rf"[（(](?P<n>{CHINESE}{{1,3}})[）)]",
        rf"(?<!{ARABIC})(?P<n>{ARABIC}{{1,2}})(?:、|[．.](?!{ARABIC}))",
        rf"[（(](?P<n>{ARABIC}{{1,2}})[）)]",
    )
)
_DIVISION = re.compile(rf"第{CHINESE}+[编章节][^，。；：]{{1,30}}?(?=第{CHINESE}+[章节条])")
_CONTENTS = re.compile(r"目\s?[录次]\s?(?=第一[编章])")
_OPENS = re.compile(r"(?<=如下[：:])|(?<=[。；！])(?=附件[：:])")
_ARTICLE, _SHORTEST = 3, 3
"""Place of articles among the kinds of numbers; characters that an item of a list has, at least."""

_STOPS = "。；：！？!?;:”）)〕】」 \u3000"
_ENDS = "。；！？!?;"
_HEADING = 40
"""Characters of a heading, at most, that its text or the next number follows without a mark between them."""

_KINDS = "决议|决定|命令|公报|公告|通告|意见|通知|通报|报告|请示|批复|议案|函|纪要"
_DATE = r"(?:19|20)\d\d年\d{1,2}月\d{1,2}日"
_NUMBERED_HEAD = re.compile(
    rf"(?P<above>[^。；：]{{2,160}}(?:{_KINDS}|文件))?\s*(?P<number>[\u4e00-\u9fff]{{2,12}}[〔\[（(]\d{{4}}[〕\]）)]第?\d{{1,4}}号)"
)
_TITLE = re.compile(rf"(?:[^。；：《]|《[^》]*》){{4,160}}?的(?:{_KINDS})(?=[^。；：:]*[：:])")
_RECIPIENTS = re.compile(r"[^。；：:]{2,400}[：:]")
_BODIES = "政府|办公厅|办公室|委员会|[部局厅委会院署省市县区]|中心|集团|公司|领导小组"
_SIGNED = re.compile(
    rf"(?<=[。；！：])\s*(?P<who>[\u4e00-\u9fff\s]{{1,60}}?(?:{_BODIES})\s*)(?P<date>{_DATE})(?![起前后止至以，、的])"
)
_IMPRINT = re.compile(r"\s*印发")
_NOTE = re.compile(r"[（(](?:此件|信息公开)[^（）()]*[）)]")
_ANNEX = re.compile(rf"附\s?件\s?(?P<n>{ARABIC}{{1,2}}|{CHINESE})?(?![：:，。、；）)》”{ARABIC[1:-1]}的中所])")
_ANNEX_NAMES = re.compile(r"附件[：:](?P<names>.{4,600}?)(?=附件|抄送|$)", re.DOTALL)
_ISSUES = re.compile(r"(?:印发|转发|发布|公布)《?(?P<plan>.{4,80}?)》?的(?:通知|公告|决定)")


def split(line: str, total: int) -> list[str]:
    """The paragraphs of a line; a line of common length is one, unless wide spaces follow the end of a sentence.

    >>> split("第一章　　总则", 4000), split("……执行。　　第二条 ……", 4000)
    (['第一章　　总则'], ['……执行。', '第二条 ……'])

    :param total: how many characters the whole text has.
    """
    if len(line) < _LONG or (2 * len(line) < total and len(line) < _ENDLESS):
        return [part for part in _AFTER_SENTENCE.split(line) if part.strip()]
    parts = _apart(line)
    is_long = [len(part) >= _LONG or not place for place, part in enumerate(parts)]
    pieces = [_cut(part, _places(part)) if long else [part] for part, long in zip(parts, is_long, strict=True)]
    return [piece for cut in pieces for piece in cut]


def _apart(line: str) -> list[str]:
    """The parts between wide spaces; the spaces inside a heading (第一章　　总则) part nothing."""
    parts: list[str] = []
    for part in _WIDE.split(line):
        if parts and _BARE.search(parts[-1]):
            parts[-1] += "\u3000" + part
        elif part.strip():
            parts.append(part)
    return parts


def _cut(text: str, places: set[int]) -> list[str]:
    ends = sorted({0, len(text), *places})
    pieces = (text[start:end] for start, end in zip(ends, ends[1:], strict=False))
    return [piece for piece in pieces if piece.strip()]


def _places(text: str) -> set[int]:
    """Where paragraphs of a text without line breaks begin."""
    body = _head(text)
    title = text[: max(body)] if body else ""
    tail = set(_signatures(text, title))
    contents = {place for pattern in (_CONTENTS, _OPENS) for found in pattern.finditer(text) for place in found.span()}
    return body | tail | contents | set(_annexes(text, title, tail)) | set(_numbered(text))


def _head(text: str) -> set[int]:
    """Ends of the red head, title, number and recipients that the text opens with."""
    places: set[int] = set()
    start = 0
    found = _NUMBERED_HEAD.match(text)
    if found:
        places |= {found.start("number"), found.end()}
        start = found.end()
    title = None if found and (found["above"] or "").endswith(tuple(_KINDS.split("|"))) else _TITLE.match(text, start)
    if title:
        places.add(title.end())
        start = title.end()
    recipients = _RECIPIENTS.match(text, start)
    return places | ({recipients.end()} if recipients else set())


def _signatures(text: str, title: str) -> Iterator[int]:
    """Begin and end of signature, date and note: a body's name and a date that no sentence goes on behind."""
    author = title.partition("关于")[0].strip()
    found = list(_SIGNED.finditer(text))
    if len(author) > 3:
        found += re.finditer(rf"(?P<who>{re.escape(author)})\s*(?P<date>{_DATE})(?![起前后止至以，、的])", text)
    for signed in found:
        printed = _IMPRINT.match(text, signed.end())
        note = _NOTE.match(text, signed.end())
        yield signed.start("who")
        yield printed.end() if printed else signed.start("date")
        yield from () if printed else (signed.end(), note.end() if note else signed.end())


def _annexes(text: str, title: str, tail: set[int]) -> Iterator[int]:
    """Begin of each annex, end of its number, and end of its title as the list of annexes or the notice's title has it."""
    listed = _ANNEX_NAMES.search(text)
    end = min((place for place in tail if listed and place > listed.start("names")), default=len(text))
    names = (
        re.split(rf"{ARABIC}{{1,2}}[．.、]", text[listed.start("names") : min(end, listed.end("names"))])
        if listed
        else []
    )
    plan = _ISSUES.search(title)
    known = sorted(
        {name.strip("《》 。") for name in (*names, plan["plan"] if plan else "")} - {""}, key=len, reverse=True
    )
    begins = [place for place in tail if place < len(text)]
    for found in _ANNEX.finditer(text):
        if found.start() and (text[found.start() - 1] in _STOPS or found.start() in tail) and found["n"]:
            begins.append(found.end())
            yield from (found.start(), found.end())
    for place in begins:
        yield from (place + len(name) for name in known[:20] if len(name) > 5 and text.startswith(name, place))


def _numbered(text: str) -> Iterator[int]:
    """Begins of numbered paragraphs: each number goes on from the last of its kind, or is a first one.

    A number that stands behind neither the end of a sentence nor a heading is a reference (依照第三条的规定).
    """
    found = sorted(
        (mark.start(), mark.end(), kind, mark["n"])
        for kind, pattern in enumerate(_MARKS)
        for mark in pattern.finditer(text)
    )
    counts: dict[int, int] = {}
    last, last_kind = 0, -1
    for start, end, kind, numeral in found:
        number, count = ordinal(numeral) or 0, counts.get(kind, 0)
        before = text[max(last, start - _HEADING - 1) : start]
        is_ended = not before.strip() or before.rstrip()[-1] in _ENDS
        goes_on = number == 1 or number == count + 1 or (number == count + 2 and is_ended)
        if start < last or not goes_on or before.endswith("第"):
            continue
        lists_annexes = before.endswith(("附件：", "附件:"))
        stands_free = is_ended or before[-1] in _STOPS or bool(_DIVISION.match(text, start))
        if stands_free or (last and _is_heading(before, kind, last_kind)):
            counts[kind] = number
            last, last_kind = end, kind
            if not lists_annexes:
                yield start


def _is_heading(before: str, kind: int, above: int) -> bool:
    """Whether the text between two numbers is a heading: short, without a mark, and above a number of a lower kind.

    Items of a list may follow each other so too, articles never do.
    """
    is_bare = len(before) <= _HEADING and not any(mark in before for mark in "，。；：")
    return is_bare and (kind > above or (kind == above != _ARTICLE and len(before) > _SHORTEST))
