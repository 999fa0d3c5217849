"""Lists at the head and the tail of a text that are no clauses: the contents (目录) and the list of annexes."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import takewhile

from ingest.heads.dates import iso_date
from ingest.heads.lines import ends_as_title, is_office, is_suffix, lists_annexes, signed_line
from ingest.numbering import marker
from ingest.sections import is_bare

_CONTENTS = re.compile(r"目\s*[录次]")
_LEADER = re.compile(r"(?<![.．…·\s_])[.．…·\s_]{2,}+\d{0,4}\s*$|(?<!\s)\s*+\d{1,4}\s*$")
_LONG_ENTRY = 8
"""An entry longer than this may come again with the text run on behind it."""

_MOST = 2000
"""A list of contents has no more entries than this."""

_FILE = re.compile(r"\.(?:docx?|xlsx?|pdf|wps|et|zip|rar|ofd|jpe?g|png|pptx?)\s*$", re.IGNORECASE)
_ALONE = re.compile(r"附\s*件\s*[:：]")
"""The head of a list of annexes whose entries were links, with the signature right below it."""

_REST = 2
"""What an entry leaves for the next line, where that is no name by itself."""

_SIGNATURE = 8
"""A signature has no more lines than this."""

_ANNEX_LINE = re.compile(r"附\s*[件表]\s*[\d一二三四五六七八九十]*\s*[:：.．、]?")
_ANNEX_NAMED = re.compile(r"附\s*[件表]\s*[\d一二三四五六七八九十]{1,3}\s*[:：]\s*\S")


def contents(texts: Sequence[str], start: int) -> range:
    """The places of a list of contents that begins at ``start``: up to where its first entry comes again.

    >>> contents(["目录", "第一章　总则", "第二章　附则", "第一章　总则", "第一条　甲。"], 0)
    range(0, 3)

    :return: the places, none if no such list begins there.
    """
    if not _CONTENTS.fullmatch(texts[start].strip()) or start + 1 >= len(texts):
        return range(start, start)
    first = _entry(texts[start + 1])
    for place in range(start + 2, min(len(texts), start + _MOST)):
        entry = _entry(texts[place])
        if first and (entry == first or (len(first) > _LONG_ENTRY and entry.startswith(first))):
            return range(start, place)
    end = start + 1
    while end < len(texts) and _LEADER.search(texts[end]) and len(texts[end]) < 60:
        end += 1
    return range(start, end)


def _entry(text: str) -> str:
    return re.sub(r"\s", "", _LEADER.sub("", text))


def annex_list(texts: Sequence[str], start: int) -> range:
    """The places of the list of annexes (附件：1.… 2.…), or of links to them, that begins at ``start``."""
    following = texts[start + 1] if start + 1 < len(texts) else ""
    alone = _ALONE.fullmatch(texts[start].strip()) and _signs(texts[start + 1 : start + 1 + _SIGNATURE])
    named = _ANNEX_NAMED.match(texts[start]) and is_bare(texts[start]) and _is_behind_list(following)
    if not (lists_annexes(texts[start], following) or _is_link(texts[start]) or alone or named):
        return range(start, start)
    end = start + 1
    while end < len(texts) and _goes_on(texts, end):
        end += 1
    return range(start, end)


def _signs(texts: Sequence[str]) -> bool:
    """Whether a signature begins here: offices, and their date."""
    if texts and signed_line(texts[0]) is not None:
        return True
    offices = list(takewhile(is_office, texts))
    return bool(offices) and len(offices) < len(texts) and iso_date(texts[len(offices)]) is not None


def _goes_on(texts: Sequence[str], place: int) -> bool:
    text = texts[place]
    if is_suffix(text) or (not ends_as_title(texts[place - 1]) and _completes(texts[place - 1], text)):
        return True
    found = marker(text) if text else None
    numbered = found is not None and found.style == "1" and is_bare(text)
    named = _ANNEX_LINE.match(text) is not None and is_bare(text) and not _ANNEX_LINE.fullmatch(text.strip())
    return numbered or named or _is_link(text)


def _is_behind_list(text: str) -> bool:
    """Whether a line goes on in a list of annexes (附件2：…), or is the label of the first of them (附件1)."""
    found = marker(text) if text else None
    return bool(_ANNEX_NAMED.match(text)) or (found is not None and found.style == "annex")


def _completes(entry: str, text: str) -> bool:
    """Whether a line is the rest of an entry that the line above broke off."""
    if not text or marker(text) is not None or not is_bare(text) or is_office(text):
        return False
    return len(text) <= _REST or ends_as_title(entry + text)


def _is_link(text: str) -> bool:
    return bool(_FILE.search(text)) and len(text) < 120 and "。" not in text
