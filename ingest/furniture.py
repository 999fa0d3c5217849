"""Parts of a page that are no text of the document: page numbers, running heads and feet, contents lists."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from ingest.pages import Line, Page

_EDGE = 0.25
"""Furniture stands within this share of the page's height from its top or bottom, outside all other text."""

_MARGIN = 0.12
"""Share of the height where a number alone is a page number, even if no other page has one."""

_NUMERAL = r"(?:[0-9０-９]{1,4}|[ivxlcIVXLC]{1,7}|[一二三四五六七八九十]{1,4})"
_PAGE_NUMBER = re.compile(
    rf"[-—–―－_~\s·.•|一]*(?:第\s*)?{_NUMERAL}(?:\s*页)?(?:\s*[/／,，共]?\s*(?:共|总)?\s*[0-9０-９]{{1,4}}\s*页)?"
    rf"(?:\s*[/／]\s*[0-9０-９]{{1,4}})?[-—–―－_~\s·.•|一]*|(?i:page\s*\d+(?:\s*of\s*\d+)?)"
)
_DIGITS = re.compile(r"(?<![0-9０-９])[0-9０-９]{1,6}(?![0-9０-９])")

_PART = re.compile(r"附[件表录图]|专栏|[表图第][0-9０-９]")
"""What a part of the document, not a page, may be numbered with; such parts may well be a page each."""

_REPEATS = 3
_SHARE = 0.25
"""Words that stand outside the text on so many pages, and on this share of all, are furniture; odd and even pages may
have their own, and a file of two pages needs both."""

_SAME_HEIGHT = 6.0
"""Points by which a running head may stand higher or lower on another page."""

_CONTENTS = re.compile(r"目\s*[录次]|CONTENTS|Contents")
_LEADER = re.compile(r"(?:[.．·…⋯。\-—_‥・]\s*){3,}[（(]?\s*[0-9０-９ivxIVX]{1,4}\s*[）)]?$")
_ENDS_IN_PAGE = re.compile(r"(?P<head>.*\S)[\s\t]+[（(]?[0-9０-９]{1,4}[）)]?$")
_SPACES = re.compile(r"\s")
_LONGEST = 300
"""Characters of a running head, a page number or a leader, at most."""


def furniture(pages: Iterable[Page]) -> frozenset[Line]:
    """Finds the lines of all pages that are page numbers (页码), running heads (页眉、页脚), or a contents list (目录).

    A line is judged only while all lines between it and the page's edge are furniture too, and by what recurs from
    page to page, so that it may stand at any height.

    :return: the lines; a web page has none, since its chrome is not among its lines.
    """
    pages = tuple(page for page in pages if page.height)
    counts = _recurring(pages)
    found = {line for page in pages for line in _outer(page, counts, len(pages))}
    return frozenset(found | set(_contents([line for page in pages for line in page.lines if line not in found])))


def _recurring(pages: Sequence[Page]) -> Counter[tuple[str, int]]:
    """On how many pages each shape stands near an edge."""
    counts = Counter[tuple[str, int]]()
    for page in pages:
        counts.update({shape for line in page.lines if _at_edge(line, page) for shape in _shapes(line, page)})
    return counts


def _shapes(line: Line, page: Page) -> Iterator[tuple[str, int]]:
    """What may recur from page to page: a line's words and height, a number in them as how far it is from the page's.

    The height is rounded up and down, so that near ones share one of them.
    """
    words = _SPACES.sub("", line.text)
    numbered = len(words) <= _LONGEST and not _PART.match(words)
    forms = {words} | {
        f"{words[: found.start()]}<{int(found[0]) - page.number}>{words[found.end() :]}"
        for found in (_DIGITS.finditer(words) if numbered else ())
    }
    if is_page_number(line.text):
        forms.add("#")
    step = int(line.top // _SAME_HEIGHT)
    return ((form, near) for form in sorted(forms) for near in (step, step + 1))


def _leader(text: str) -> re.Match[str] | None:
    """The leader and page number (……12) at the end of a line."""
    return _LEADER.search(text, max(len(text) - _LONGEST, 0))


def _at_edge(line: Line, page: Page) -> bool:
    return line.bottom < _EDGE * page.height or line.top > (1 - _EDGE) * page.height


def _outer(page: Page, counts: Counter[tuple[str, int]], total: int) -> Iterator[Line]:
    """The furniture of a page, from the top downwards and from the bottom upwards, up to the first line of text."""
    ordered = sorted(page.lines, key=lambda line: line.top)
    for run in (ordered, ordered[::-1]):
        for line in run:
            if not _at_edge(line, page) or not _is_furniture(line, page, counts, total):
                break
            yield line


def _is_furniture(line: Line, page: Page, counts: Counter[tuple[str, int]], total: int) -> bool:
    times = max(counts[shape] for shape in _shapes(line, page))
    if times > 1 and times >= max(min(_REPEATS, total), _SHARE * total):
        return True
    in_margin = line.bottom < _MARGIN * page.height or line.top > (1 - _MARGIN) * page.height
    own = _DIGITS.findall(line.text)[:1] == [str(page.number)]
    return is_page_number(line.text) and (in_margin or times > 1 or own)


def is_page_number(text: str) -> bool:
    """Whether a line is a page number (页码) alone: — 3 —, 第3页 共9页."""
    return len(text) <= _LONGEST and bool(_PAGE_NUMBER.fullmatch(text))


def _contents(lines: Sequence[Line]) -> Iterator[Line]:
    """The lines of a contents list: its heading, and what follows with page numbers or comes again below as a heading.

    An entry may take two lines. Without a heading, leaders (……) make a list if there are several.
    """
    again = {entry_of(line): place for place, line in enumerate(lines)}
    place = 0
    while place < len(lines):
        headed = bool(_CONTENTS.fullmatch(lines[place].text.strip()))
        if not headed and not _leader(lines[place].text):
            place += 1
            continue
        last = place
        for below in range(place + 1, len(lines)):
            if _is_entry(lines[below], headed, again[entry_of(lines[below])] > below):
                last = below
            elif below - last > 1:
                break
        if last - place >= (1 if headed else _REPEATS - 1):
            yield from lines[place : last + 1]
        place = last + 1


def _is_entry(line: Line, headed: bool, comes_again: bool) -> bool:
    return bool(_leader(line.text)) or (headed and (comes_again or bool(_ENDS_IN_PAGE.match(line.text))))


def entry_of(line: Line) -> str:
    """A line of a contents list (目录) as its heading has it: without leader and page number."""
    leader = _leader(line.text)
    words = line.text[: leader.start()] if leader else line.text
    found = _ENDS_IN_PAGE.match(words)
    return _SPACES.sub("", found["head"] if found else words)
