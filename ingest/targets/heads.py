"""The words before a quantity taken apart: verb, noun, base, and what parts them."""

from __future__ import annotations

import re
from dataclasses import dataclass

from ingest.targets.deadlines import after_time
from ingest.targets.words import (
    BASE,
    BREAK,
    INNER_MAKES,
    LEADING,
    LONG_BRACKET,
    MAKES,
    RATE,
    SHARE,
    TAIL_MAKES,
    TRAILING,
)

Stretch = tuple[int, int]
"""Where a run of words begins and ends in its sentence; a place is one position in it."""


@dataclass(frozen=True)
class Head:
    """The words before a quantity, taken apart: noun, base (每年, 每区), verb, and the subject that the verb parts off.

    ``preposition`` when 在 or the like stands before the quantity, ``reached`` when 达到 or the like does; ``made`` when
    the noun is the verb's object.
    """

    action: str | None
    noun: Stretch
    base: Stretch | None
    preposition: bool
    reached: bool
    made: bool
    subject: Stretch | None


def segment(text: str, place: int) -> Stretch:
    """The stretch between commas or stops round a place."""
    start = max((found.end() for found in BREAK.finditer(text, 0, place)), default=0)
    after = BREAK.search(text, place)
    return start, after.start() if after else len(text)


def head_of(text: str, start: int, end: int) -> Head:
    """Takes the words before a quantity apart.

    :param start: where they begin in the sentence.
    :param end: where they end.
    """
    start = _skip_leading(text, start, end)
    front = re.compile(RATE).match(text, start, end)
    if front and front.end() < end:
        start = _skip_leading(text, front.end(), end)
    reached, end = _skip_trailing(text, start, end)
    tail = re.search(rf"(?:{TAIL_MAKES})$", text[start:end])
    verb = re.compile(rf"(?>{MAKES})(?![的、])").match(text, start, end)
    action, subject = None, None
    if tail and not (verb and verb.end() < end):
        action, end = tail.group(), start + tail.start()
        reached, end = _skip_trailing(text, start, end)
    elif verb:
        action, start = verb.group(), verb.end()
    else:
        action, subject, start = _inner_verb(text, start, end)
    base = None if front is None else front.span()
    preposition = text[end : end + 1] in ("在", "向", "对", "于", "从")
    found = re.compile(rf"(?P<base>{RATE})$").search(text[:end], start) or BASE.search(text[:end], start)
    if found:
        base, end = found.span("base"), found.start()
        reached, end = _skip_trailing(text, start, end)
    made = verb is not None and start == verb.end()
    return Head(action, (start, max(start, end)), base, preposition, reached, made, subject)


def _skip_leading(text: str, start: int, end: int) -> int:
    """Past times, driving verbs and words of scope, as long as a noun is left: 发展 in 发展指数 is part of the name."""
    while True:
        place = after_time(text, start, end)
        found = LEADING.match(text[place:end])
        place += found.end() if found and end - place - found.end() != 1 else 0
        if place == start:
            return start
        start = place


def _skip_trailing(text: str, start: int, end: int) -> tuple[bool, int]:
    """Back over 达到, 原则上, 占总课时, 按…的 and brackets that explain; whether any was there."""
    first = end
    while True:
        found = next(
            (match for pattern in (TRAILING, SHARE, LONG_BRACKET) if (match := pattern.search(text[start:end]))), None
        )
        if found is None:
            return end < first, end
        end = start + found.start()


def _inner_verb(text: str, start: int, end: int) -> tuple[str | None, Stretch | None, int]:
    """A making verb inside the words: verb, where its object begins, and the subject of 城镇新增就业 before it."""
    verbs = list(INNER_MAKES.finditer(text[start:end]))
    if not verbs:
        return None, None, start
    found = verbs[-1]
    short = found.group() == "新增" and re.fullmatch(
        "[\u4e00-\u9fff]{1,11}[^上中里]", text[start : start + found.start()]
    )
    return found.group(), (start, start + found.start()) if short else None, start + found.end()


def stretch_before(text: str, place: int) -> tuple[Stretch, ...]:
    """The noun phrase of the stretch before a comma: the subject, or the object of its verb."""
    while place > 0:
        start, end = segment(text, place - 1)
        a, b = head_of(text, start, start + len(text[start : min(end, place)].rstrip("（"))).noun
        if text[a:b].endswith("建设"):
            b -= 2
        if b - a >= 2 and text[b - 1] != "的":
            return ((a, b),)
        place = start
    return ()


def without_verb(text: str, start: int, end: int) -> Stretch:
    """What names the subject in a stretch of words, without verb and words of scope."""
    return head_of(text, start, end).noun


def heading_name(heading: str) -> str:
    """A heading as a name: without ordinals and driving verbs."""
    return LEADING.sub("", re.sub(r"^[^\u4e00-\u9fff]*", "", heading))
