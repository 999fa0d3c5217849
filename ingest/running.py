"""Text that was saved without its line breaks, parted again where its own ordinals, head and tail say."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from ingest.display import Display
from ingest.heads.dates import DATE
from ingest.heads.lines import ends_as_title, is_office, is_recipients, is_signer
from ingest.heads.numbers import NUMBER
from ingest.numbering import RANKS, Marker, marker
from ingest.paragraphs import Paragraph
from ingest.records import Span
from ingest.series import closes

_LONG, _SHARE = 800, 0.6
"""A paragraph at least so long, and so great a share of all text, lost its line breaks."""

_ORDINAL = re.compile(
    r"第[一二三四五六七八九十百零]{1,5}[编篇章节条](?:之[一二三四五六七八九十])?|[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十]{1,3}[）)]|"
    r"(?<!\d)\d{1,2}[．.](?=[\u4e00-\u9fff])"
)
_ENDS = "。；：！？”）)〕:;"
_HEADING = 30
_ANNEX = re.compile(
    r"附\s*件\s*[:：]|附\s*件\s*(?P<n>[1-9一二三四五六七八九])?(?=[\u4e00-\u9fff])(?!第[\d一二三四五六七八九十百]+[章条款项目])"
)
_SHORTEST_TITLE = 6
_PRINTED = "印发"
_READING = re.compile(r"(?<=[。）)])(?:相关|政策)?解读[:：]")
"""What sites list below a document: 解读：1.有关负责人答记者问."""

_RED_HEAD = "文件"
"""The last word of a red head, 发文机关标志 (GB/T 9704-2012 7.2.4): the number stands below it, and the title below that."""

_TITLE = re.compile(
    r"[\u4e00-\u9fff、]{0,40}?关于[^。：:]{2,120}?的(?:通知|意见|决定|通告|公告|批复|通报|函)(?![\u4e00-\u9fff]{0,20}》)"
)
_OFFICE = re.compile(r"(?:^|[。；）)A-Za-z\d])(?P<name>[\u4e00-\u9fff、]{2,110})$")
_LONGEST_SIGNATURE = 112
_NOTES = re.compile(r"[（(][^（）()]{2,40}[）)]")
_QUOTED = re.compile(r"《([^《》]{6,80})》")
_OPENS_BODY = re.compile(r"《|目录|目次|第一[编篇章节条]|一、|[（(]一[）)]|1[．.\u4e00-\u9fff]|为|根据|按照|依据")
"""What may follow a title that stands in running text: its own list of contents, the first ordinal, a preamble."""

_CONTENTS = ("目录", "目次")
_BEFORE_TITLE = re.compile(r"(?:^|[。）)日]|日印发)$")


@dataclass(frozen=True)
class _Found:
    """An ordinal in running text: where it begins, and what it is."""

    start: int
    marker: Marker


def part_running(paragraphs: Sequence[Paragraph], display: Display) -> list[Paragraph]:
    """Parts a paragraph that holds a whole document without line breaks, and those above it, which hold its head."""
    lengths = [0 if one.cells else one.span.end - one.span.start for one in paragraphs]
    longest = max(lengths, default=0)
    if longest < _LONG or longest < _SHARE * sum(lengths):
        return list(paragraphs)
    place = lengths.index(longest)
    named = quoted("".join(display.of(one.span) for one in paragraphs[: place + 1] if not one.cells))
    parts = [
        part
        for one in paragraphs[: place + 1]
        for part in ([one] if one.cells else parted(one, cuts_of(display.of(one.span), named), display))
    ]
    return [*parts, *paragraphs[place + 1 :]]


def quoted(text: str) -> tuple[str, ...]:
    """The titles that a text quotes, each once."""
    return tuple(dict.fromkeys(found[1] for found in _QUOTED.finditer(text)))


def parted(whole: Paragraph, cuts: Sequence[int], display: Display) -> list[Paragraph]:
    """Parts a paragraph.

    :param cuts: where the parts begin in what the page shows of it, and its end.
    """
    start = display.span(whole.span).start
    spans = [display.source(Span(start + one, start + other)) for one, other in zip(cuts, cuts[1:], strict=False)]
    return [Paragraph(span, whole.frame, whole.display, page=whole.page) for span in spans]


def cuts_of(text: str, named: Sequence[str] = ()) -> list[int]:
    """Where the paragraphs of a running text begin, and its end.

    :param named: titles that the document quotes.

    >>> text = "为做好工作，现通知如下：一、目标。甲。二、任务（一）乙。（二）丙。"
    >>> cuts = cuts_of(text)
    >>> [text[one:other] for one, other in zip(cuts, cuts[1:])]
    ['为做好工作，现通知如下：', '一、目标。甲。', '二、任务', '（一）乙。', '（二）丙。']
    """
    titles = set(_titles(text, named))
    body = _behind_contents(text, titles)
    if body is not None:
        return sorted({*cuts_of(text[:body], named), *(body + cut for cut in cuts_of(text[body:], named))})
    found = list(_ordinals(text, titles))
    head = found[0].start if found else len(text)
    cuts = {0, len(text), *titles, *(one.start for one in found), *_head(text[:head])}
    cuts |= set(_tail(text, [0, *(one.start for one in found)], named))
    return sorted(cut for cut in cuts if 0 <= cut <= len(text))


def _titles(text: str, named: Sequence[str]) -> Iterator[int]:
    """Cuts before and behind the titles that are named, where they head a body of their own.

    Behind the word 目录 below such a title there is a cut too.
    """
    for title in named:
        for found in re.finditer(re.escape(title), text):
            if _BEFORE_TITLE.search(text[max(0, found.start() - 3) : found.start()]) and (
                opening := _OPENS_BODY.match(text, found.end())
            ):
                yield from (found.start(), found.end())
                if opening[0] in _CONTENTS:
                    yield opening.end()


def _behind_contents(text: str, titles: set[int]) -> int | None:
    """Where the body begins behind a list of contents below a title: its first entry comes again there."""
    for start in sorted(titles):
        entry = _ORDINAL.match(text, start) if text[:start].endswith(_CONTENTS) else None
        following = _ORDINAL.search(text, entry.end()) if entry else None
        again = text.find(text[start : following.start()], following.end()) if following else -1
        if again > 0:
            return again
    return None


def _ordinals(text: str, titles: Collection[int] = ()) -> Iterator[_Found]:
    """The ordinals that stand between sentences, or behind a title or a short heading, and make runs from one on."""
    candidates = [
        _Found(one.start(), read)
        for one in _ORDINAL.finditer(text)
        if (read := marker(text[one.start() : one.start() + 40]))
    ]
    stack: list[Marker] = []
    latest: dict[str, Marker] = {}
    behind = 0
    seconds = {one.marker.style: one.start for one in candidates if one.marker.number == 2}
    for one in candidates:
        before = text[behind : one.start]
        heads = bool(stack) and len(before) <= _HEADING and not re.search(r"[，。；：、]", before[stack[-1].length :])
        if one.start and text[one.start - 1] not in _ENDS and not heads and one.start not in titles:
            continue
        open_run = next((depth for depth, level in enumerate(stack) if level.style == one.marker.style), None)
        if open_run is not None and one.marker.follows(stack[open_run]):
            del stack[open_run:]
        elif not _goes_on(one, stack, latest) and not _starts(one, seconds, stack, open_run):
            continue
        stack.append(one.marker)
        latest[one.marker.style] = one.marker
        behind = one.start
        yield one


def _goes_on(one: _Found, stack: Sequence[Marker], latest: Mapping[str, Marker]) -> bool:
    """Whether an ordinal goes on, below a new heading, from the last of its kind below the one before: 二 （三）, 三 （四）."""
    last = latest.get(one.marker.style)
    below = all(RANKS[one.marker.style] > RANKS[level.style] for level in stack)
    return last is not None and below and one.marker.follows(last)


def _starts(one: _Found, seconds: Mapping[str, int], stack: list[Marker], open_run: int | None) -> bool:
    """Whether an ordinal starts a run here: a first one, below what is open, that a second one follows.

    :param seconds: by style, where the last second one begins.
    """
    if one.marker.number != 1 or open_run is not None:
        return False
    if seconds.get(one.marker.style, -1) <= one.start:
        return False
    while stack and RANKS[one.marker.style] <= RANKS[stack[-1].style]:
        stack.pop()
    return True


def _head(text: str) -> Iterator[int]:
    """Cuts of the head: behind the title, the number, the recipients, and what announces the text."""
    if DATE.match(text):
        return
    start = 0
    number = _number(text[:300])
    if number:
        yield from (number.start(), number.end())
        start = number.end()
    colon = re.search(r"[:：]", text[start : start + 300])
    titled = _TITLE.match(text, start)
    if colon and titled and is_recipients(text[titled.end() : start + colon.end()]):
        yield titled.end()
    if colon and is_recipients(text[start : start + colon.end()]):
        start += colon.end()
        yield start
    announced = re.search(r"如下[:：]", text[start:])
    if announced:
        yield start + announced.end()


def _number(text: str) -> re.Match[str] | None:
    """The document's number right behind its title, which runs straight into it: the shortest that leaves a title.

    A number in brackets behind a title in 《》 is that of another document.
    """
    number = chosen = NUMBER.search(text)
    if number and re.search(r"》\s*[（(〔]$", text[: number.start()]):
        return None
    while number:
        before = text[: number.start()]
        chosen = number if ends_as_title(before) or before.endswith(_RED_HEAD) else chosen
        number = NUMBER.search(text[: number.end()], number.start() + 1)
    return chosen


def _tail(text: str, ordinals: Sequence[int], named: Sequence[str]) -> Iterator[int]:
    """Cuts behind the last ordinal and at annexes: list of annexes, signature, note, annex labels and titles, closing."""
    listed = "\n".join(named)
    annexes = [found for found in _ANNEX.finditer(text) if not found.start() or text[found.start() - 1] in "。）)日"]
    for found, after in zip(annexes, [*annexes[1:], None], strict=False):
        yield found.start()
        if found["n"] is None and found[0][-1] in ":：":
            listed += "\n" + text[found.end() : after.start() if after else len(text)]
            continue
        yield found.end()
        size = next(
            (size for size in range(60, _SHORTEST_TITLE, -1) if text[found.end() : found.end() + size] in listed), 0
        )
        if size:
            yield found.end() + size
    yield from (found.start() for found in _READING.finditer(text))
    for date in DATE.finditer(text):
        name = _office(text, date)
        if name is not None:
            yield name
            yield from (date.start(),) if is_signer(text[name : date.start()]) else ()
            end = date.end() + (len(_PRINTED) if text.startswith(_PRINTED, date.end()) else 0)
            yield end
            while note := _NOTES.match(text, end):
                end = note.end()
                yield end
    stop = next((found.start() for found in annexes if found["n"] is None), len(text))
    last = max(place for place in ordinals if place <= stop)
    ends = [last + match.end() for match in re.finditer(r"。", text[last:stop])]
    yield from [end for end in ends[-4:] if closes(text[end:])][:1]


def _office(text: str, date: re.Match[str]) -> int | None:
    """Where the office or the person that signs begins, right before a date: behind a sentence, or as the title begins.

    A date that opens a paragraph and has notes behind it stands below its office.
    """
    end = date.start()
    if not end and _NOTES.match(text, date.end()):
        return 0
    author = re.match(r"([\u4e00-\u9fff]{4,30}?)关于", text)
    if author and text.endswith(author[1], 0, end):
        return end - len(author[1])
    start = max(0, end - _LONGEST_SIGNATURE)
    found = _OFFICE.search(text[start:end])
    if found is None or not (is_office(found["name"][-30:]) or is_signer(found["name"])):
        return None
    return start + found.start("name")
