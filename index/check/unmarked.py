"""Documents that a draft names without title marks, or in other marks: 根据甲市养老服务条例第三条, “甲市养老服务条例”（甲府发〔2020〕5号）."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence

from index.links.titles import KIND, Named, with_brackets
from index.references.spelling import CHINESE, Spelling, is_letter, letters

_SHORTEST, _LONGEST = 6, 90
"""Letters that a title has."""
_FOLLOWS = rf"\([^()]{{1,80}}号|[的中之]?第(?:{CHINESE}|\d)|的?(?:有关|相关|明确)?(?:规定|要求|提出|精神|部署)|明确|指出|强调|[,:]?[“\"「]"
_IN_MARKS = re.compile(
    rf"(?:[“\"「](?=[^“”\"「」]+[”\"」])|[〈<](?=[^〈〉<>]+[〉>]))(?P<title>(?:[^“”\"〈〉<>「」《》。;]|“[^“”]{{1,20}}”){{2,{_LONGEST}}})"
    rf"[”\"〉>」](?P<follows>{_FOLLOWS})?"
)
_END = re.compile(rf"(?:{KIND}|报告|文件|建议|函|答复)(?:\((?:试行|暂行|修订)\))?(?={_FOLLOWS})")
_OF_DOCUMENT = re.compile(rf"(?:{KIND})(?:\([^()]*\))?$")
_ANNOUNCED = re.compile(
    r"(?P<offices>(?:[一-鿿]{2,12}?(?:[部署局厅办]|委员会|总局|委)[、和 ]?){1,6})公告\[?(?P<year>(?:19|20)\d\d)(?:年|\])第?(?P<serial>\d{1,4})号"
)
_PARTED = re.compile("[、和 ]")
ISSUERS = "院部委会局厅办府署室司行"
"""Characters that the names of offices end in."""


def named_otherwise(line: Spelling, names: Sequence[Named], is_title: Callable[[str], bool]) -> list[Named]:
    """Find documents by titles that stand in no title marks.

    :param line: a paragraph.
    :param names: those that it names in 《》, or by number.
    :param is_title: tells of letters whether they are the whole title of a document, or a short name that the draft gives.
    :return: all names in order; a number in the bracket behind such a title is part of it.
    """
    titled = [one for one in names if one.title]
    starts = [one.start for one in titled]
    found: list[Named] = []
    others = [*_in_marks(line.text, is_title), *_without(line, is_title), *_announcements(line.text)]
    for one in sorted(others, key=lambda one: (one.start, -one.end)):
        place = bisect_left(starts, one.end)
        is_inside = place > 0 and titled[place - 1].end > one.start
        if not is_inside and not (found and found[-1].end > one.start):
            found.append(one)
    return sorted([*_apart(names, found), *found], key=lambda one: one.start)


def _announcements(text: str) -> Iterator[Named]:
    """Find announcements (公告) by their numbers, the names of their offices parted or not: 财政部、税务总局公告2025年第17号."""
    for match in _ANNOUNCED.finditer(text):
        offices = _PARTED.sub("", match["offices"])
        yield Named(match.start(), match.end(), "", f"{offices}公告{match['year']}年第{match['serial']}号")


def _apart(names: Sequence[Named], found: Sequence[Named]) -> Iterator[Named]:
    """Leave out numbers that are part of a name found."""
    starts = [one.start for one in found]
    for one in names:
        place = bisect_left(starts, one.end)
        if not place or found[place - 1].end <= one.start:
            yield one


def _in_marks(text: str, is_title: Callable[[str], bool]) -> Iterator[Named]:
    for match in _IN_MARKS.finditer(text):
        follows, title = match["follows"] or "", match["title"]
        is_numbered = follows.startswith("(") and bool(_OF_DOCUMENT.search(title))
        if is_numbered or (is_title(letters(title)) and (follows or len(letters(title)) >= _SHORTEST)):
            yield with_brackets(text, Named(match.start(), match.end("title") + 1, title))


def _without(line: Spelling, is_title: Callable[[str], bool]) -> Iterator[Named]:
    """Find the longest title that ends where a word like 规定 or ordinals follow."""
    text = line.text
    places = [at for at, character in enumerate(text) if is_letter(character)]
    form = "".join(text[at] for at in places)
    for match in _END.finditer(text):
        end = bisect_left(places, match.end())
        for start in range(max(0, end - _LONGEST), end - _SHORTEST + 1):
            if is_title(form[start:end]) and (line.is_free(places[start]) or text[places[start] - 1] in ISSUERS):
                yield with_brackets(text, Named(places[start], match.end(), text[places[start] : match.end()]))
                break
