"""The head of one text: red head, number, title over several lines, notes below it, recipients."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from ingest.heads.dates import DATE, is_date_note, iso_date
from ingest.heads.lines import (
    clean,
    dateline,
    ends_as_title,
    is_note,
    is_note_below_title,
    is_office,
    is_recipients,
    is_remark,
    is_separator,
    is_suffix,
    issues,
    label_of,
    may_be_title,
    plain,
)  # fmt: skip
from ingest.heads.lists import contents
from ingest.heads.numbers import NUMBER, ORDER_HEAD, number_line, order_of
from ingest.numbering import marker
from ingest.paragraphs import Paragraph
from ingest.standing import title_mark

_LONGEST = 30
"""How many paragraphs from its top the head of a text may take."""

_GOES_ON = ("的", "和", "及", "与")
_LINES = 14
_MASTHEAD = re.compile(r".{2,20}(?:人民政府|国务院|常务委员会)公报")
"""A gazette's own name above the title of what it prints."""

"""A title has no more lines than this, with the offices that issue together each on its own."""

_BYLINE = re.compile(rf"[—–-]{{2,}}|{DATE.pattern}在.{{4,40}}(?:会议|大会|全会)上")
_BRACKETED_DATE = re.compile(rf"[（(]\s*(?:{DATE.pattern}|\d{{4}}\s*年\s*\d{{1,2}}\s*月)\s*[）)]")
_OPEN_NOTE = re.compile(rf"[（(]\s*{DATE.pattern}[^（）()]*(?:[（(][^（）()]*[）)][^（）()]*)*$")
_LONGEST_NOTE = 6
_COVER_DATE = re.compile(r"\d{4}\s*年\s*\d{1,2}\s*月")
_SPEAKER = re.compile(r".{0,30}(?:主席|主任|省长|市长|区长|县长|州长|部长|局长|院长|检察长|书记)[\u4e00-\u9fff·]{2,6}$")
_NUMBER_BEHIND = re.compile(rf"[（(]\s*{NUMBER.pattern}\s*[）)]\s*$")


@dataclass
class Head:
    """What the head of a text says; ``end`` is the place behind it. ``order`` is the number of an order (令)."""

    title: str = ""
    number: str | None = None
    order: bool = False
    red_head: str | None = None
    recipients: tuple[str, ...] = ()
    note: str | None = None
    byline: str | None = None
    date: int | None = None
    issuers: list[int] = field(default_factory=list)
    labels: list[tuple[str, str]] = field(default_factory=list)
    end: int = 0


@dataclass
class _Reading:
    """The state while the lines of a head go by; ``groups`` are runs of lines that may be titles."""

    paragraphs: Sequence[Paragraph]
    shown: Sequence[str]
    held: dict[int, str]
    head: Head
    named: str
    is_given: bool
    groups: list[list[int]] = field(default_factory=list)
    is_open: bool = False

    def hold(self, place: int, name: str) -> int:
        self.held[place] = name
        self.is_open = False
        return place + 1


def read_head(
    paragraphs: Sequence[Paragraph],
    shown: Sequence[str],
    start: int,
    held: dict[int, str],
    page_title: str | None,
    named: str = "",
) -> Head:
    """Reads the head of the text that begins at a place, and holds its paragraphs.

    :param page_title: the title that the page gives; None behind the first text.
    :param named: the titles that the file names so far, in plain form.
    """
    reading = _Reading(paragraphs, shown, held, Head(end=start), named, bool(page_title))
    place = start
    while place < min(start + _LONGEST, len(shown)):
        if held.get(place):
            place += 1
            continue
        following = _line(reading, place)
        if following == place:
            break
        place = following
    return _titled(reading, start, place, page_title)


def _line(reading: _Reading, place: int) -> int:
    """Reads one line of the head; gives the next place, or the same where the body begins."""
    head, text = reading.head, reading.shown[place]
    if not text or reading.paragraphs[place].frame is not None and marker(text) is not None:
        return place
    if (number := number_line(text)) is not None:
        head.number, head.order = head.number or number, "令" in number or head.order
        return reading.hold(place, "number")
    following = reading.shown[place + 1] if place + 1 < len(reading.shown) else ""
    if ORDER_HEAD.fullmatch(text.strip()) and (order := order_of(text, following)) is not None:
        head.number, head.order = order, "令" in text
        if head.order:
            reading.hold(place, "number")
        else:
            reading.groups.append([place])
        return reading.hold(place + 1, "number")
    if (labelled := label_of(text)) is not None:
        head.labels += [labelled] if labelled[0] else []
        return reading.hold(place, "label")
    if contents(reading.shown, place):
        for one in contents(reading.shown, place):
            reading.hold(one, "contents")
        return contents(reading.shown, place).stop
    return _words(reading, place, text)


def _words(reading: _Reading, place: int, text: str) -> int:
    """Reads a line of words: red head, recipients, note, by-line, or one that may be a title."""
    head = reading.head
    red = re.sub(r"\s", "", text)
    above_number = place + 1 < len(reading.shown) and number_line(reading.shown[place + 1]) is not None
    if (reading.paragraphs[place].display or above_number) and red.endswith("文件") and head.red_head is None:
        head.red_head = _red_head(reading, red)
        return reading.hold(place, "red_head")
    if (lines := _note_lines(reading, place)) > 0:
        note = "".join(reading.shown[place : place + lines])
        head.note = (head.note or "") + note if is_date_note(note) else head.note
        return [reading.hold(one, "note_below_title") for one in range(place, place + lines)][-1]
    if is_note(text):
        return reading.hold(place, "note")
    if is_separator(text):
        return reading.hold(place, "separator")
    if reading.groups and (dated := _dated(reading, place, text)) is not None:
        return dated
    if _BYLINE.match(text) or (head.byline and _SPEAKER.fullmatch(text)):
        head.byline = head.byline or text
        return reading.hold(place, "byline")
    if reading.is_open and is_remark(text):
        return reading.hold(place, "note_below_title")
    if is_recipients(text) and not head.recipients:
        head.recipients = tuple(re.split(r"[，,]", text[:-1]))
        return reading.hold(place, "recipients")
    if may_be_title(text) and not head.recipients:
        if reading.is_open:
            reading.groups[-1].append(place)
        else:
            reading.groups.append([place])
        reading.is_open = True
        return place + 1
    return place


def _note_lines(reading: _Reading, place: int) -> int:
    """How many lines the note below a title takes from a place on: one, or down to where its bracket is closed; none."""
    if is_note_below_title(reading.shown[place]):
        return 1
    if not _OPEN_NOTE.match(reading.shown[place]):
        return 0
    for size in range(2, _LONGEST_NOTE + 1):
        if is_date_note("".join(reading.shown[place : place + size])):
            return size
    return 0


def _dated(reading: _Reading, place: int, text: str) -> int | None:
    """Reads a date below the title, with the offices above it where it is in brackets, or what a site puts there."""
    head = reading.head
    if (posted := dateline(text)) is not None:
        head.labels += [("publisher", posted[0]), ("published", posted[1])]
        return reading.hold(place, "label")
    if head.date is not None:
        return None
    if _BRACKETED_DATE.fullmatch(text.strip()):
        group = reading.groups[-1] if reading.is_open else []
        while len(group) > (0 if reading.is_given else 1) and is_office(reading.shown[group[-1]]):
            head.issuers.insert(0, group[-1])
            reading.held[group.pop()] = "issuer"
    elif iso_date(text) is None and not _COVER_DATE.fullmatch(text.strip()):
        return None
    head.date = place if DATE.search(text) or iso_date(text) else None
    return reading.hold(place, "date")


def _red_head(reading: _Reading, last: str) -> str:
    """The whole red head: offices on the lines above its last, which may be no more than 办公厅文件 or 文件."""
    above = reading.groups[-1] if reading.is_open else []
    if not above or not all(is_office(reading.shown[place]) for place in above):
        return last
    reading.held.update({place: "red_head" for place in reading.groups.pop()})
    names = "、".join(re.sub(r"\s", "", reading.shown[place]) for place in above)
    return names + ("" if last.startswith(("办公", "文件")) else "、") + last


def _titled(reading: _Reading, start: int, end: int, page_title: str | None) -> Head:
    """Chooses the title among the groups of lines, and gives back the lines that are none."""
    head = reading.head
    page_title = clean(page_title) if page_title else None
    given = _NUMBER_BEHIND.sub("", page_title).strip() if page_title else None
    if page_title and given != page_title and head.number is None:
        head.number = number_line(page_title[len(given or "") :])
    run = _repeating(reading, given) if given else []
    if run:
        head.title = given or ""
    else:
        run = _complete(reading) or ([] if given else _display(reading) or _first(reading, start))
        whole = clean("".join(reading.shown[place] for place in run))
        title, mark = title_mark(_NUMBER_BEHIND.sub("", whole))
        head.title, head.labels = title or given or "", [*head.labels, *([("force", mark)] if mark else [])]
        if head.number is None and (behind := _NUMBER_BEHIND.search(whole)) is not None:
            head.number = number_line(behind[0])
    if run:
        suffixes = [place for place in range(run[-1] + 1, end) if is_suffix(reading.shown[place])][:1]
        if suffixes == [run[-1] + 1] and plain(reading.shown[suffixes[0]]) not in plain(head.title):
            run = [*run, *suffixes]
            head.title += reading.shown[suffixes[0]].strip()
    head.end = _give_back(reading, run, end)
    return head


def _repeating(reading: _Reading, title: str) -> list[int]:
    """The lines that repeat the page's title, which may be broken."""
    lines = [place for group in reading.groups for place in group]
    wanted = plain(title)
    for size in range(1, len(lines) + 1):
        for index in range(len(lines) - size + 1):
            run = lines[index : index + size]
            if plain("".join(reading.shown[place] for place in run)) == wanted:
                return run
    return []


def _complete(reading: _Reading) -> list[int]:
    """The last group up to its first line that ends as a title does, or on while the title goes on or is one named."""
    for whole in reversed(reading.groups):
        has_masthead = len(whole) > 1 and _MASTHEAD.fullmatch(reading.shown[whole[0]])
        group, best = whole[1:] if has_masthead else whole, list[int]()
        for size in range(1, min(len(group), _LINES) + 1):
            joined = "".join(reading.shown[place] for place in group[:size])
            last = reading.shown[group[size - 1]]
            if best and ends_as_title(last) and issues(last, plain("".join(reading.shown[place] for place in best))):
                return [group[size - 1]]
            goes_on = not best or plain(joined) in reading.named or last.startswith(_GOES_ON) or is_suffix(last)
            if ends_as_title(joined) and goes_on:
                best = group[:size]
        if best:
            return best
    return []


def _display(reading: _Reading) -> list[int]:
    """The first lines in large type."""
    for group in reading.groups:
        large = [place for place in group if reading.paragraphs[place].display]
        if large:
            return large
    return []


def _first(reading: _Reading, start: int) -> list[int]:
    """The very first line, if it is one of the first two paragraphs."""
    group = reading.groups[0] if reading.groups else []
    if not group or group[0] > start + 1:
        return []
    text = reading.shown[group[0]]
    return group[:1] if 3 < len(text) <= 60 and not re.search("[：:，]", text) else []


def _give_back(reading: _Reading, run: Sequence[int], end: int) -> int:
    """Holds the title and what stands before it; lines behind it that nothing holds begin the body."""
    reading.held.update({place: "title" for place in run})
    lines = [place for group in reading.groups for place in group if place not in run]
    for place in lines:
        if run and place < run[0]:
            reading.held[place] = "title"
    left = [place for place in lines if reading.held.get(place) is None]
    if not left:
        return end
    return left[0]
