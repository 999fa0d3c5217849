"""Clause or table row to targets (目标值), by rules over structure and words; what is not written stays None."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from ingest.linear import LinearModel, load_model
from ingest.records import Clause, Target
from ingest.targets.baselines import baseline, is_old
from ingest.targets.conditions import commits, condition, differs, is_case, states
from ingest.targets.deadlines import deadline
from ingest.targets.heads import Stretch, heading_name, segment
from ingest.targets.indicators import Name, name_of
from ingest.targets.limits import OWN_TERM, is_limit, limited
from ingest.targets.occasion import Occasion
from ingest.targets.quantities import Quantity, quantities
from ingest.targets.rows import row_targets
from ingest.targets.said import Said, definition_start, is_past, said_in
from ingest.targets.signs import AGREED, TURNED, WEIGHTS, signs
from ingest.targets.wholes import in_whole, wholes
from ingest.targets.words import REACHES

SET = ("target", "limit")
"""Kinds of what a document sets; the others only tell or restrict."""


_FIGURE_BEFORE = re.compile(r"\d[十百千万亿]*(?:元|%|个|名|分|平方米)?[、和或]$")
"""Ends the words before a figure that follows another at once, and so has no words of its own: 200万元、100万元."""


@dataclass(frozen=True)
class _Found:
    """A quantity that was read, with its name."""

    quantity: Quantity
    name: Name
    target: Target


def read_targets(clause: Clause, occasion: Occasion) -> tuple[Target, ...]:
    """Reads the targets of a clause, in the order of the text.

    :param occasion: when the document speaks.
    :return: targets, achieved figures and conditions, each with the words it was read from.
    """
    if clause.kind == "row":
        return tuple(row_targets(clause))
    return tuple(target for reading in said_in(clause, occasion) for target in _sentence_targets(reading))


def quantities_of(clause: Clause, occasion: Occasion) -> Iterator[tuple[str, str | None, list[str], bool]]:
    """The quantities that a clause may set, for fitting: value, unit, signs, and whether the rules alone take it as set."""
    for reading in said_in(clause, occasion) if clause.kind != "row" else ():
        for one, shown, found in _figures(reading, wholes(reading), None):
            yield one.value, one.unit, shown, found is not None and found.target.kind in SET


def _sentence_targets(reading: Said) -> Iterator[Target]:
    whole = wholes(reading)
    marks = [(found.start(), target) for found, target in whole]
    figures = _figures(reading, whole, load_model(WEIGHTS))
    marks += [(quantity.start, found.target) for quantity, _, found in figures if found]
    yield from (target for _, target in sorted(marks, key=lambda mark: mark[0]))


def _figures(
    reading: Said, whole: list[tuple[re.Match[str], Target]], model: LinearModel | None
) -> Iterator[tuple[Quantity, list[str], _Found | None]]:
    """Each quantity of a sentence with its signs and what it is read as; by the rules alone where there is no model."""
    places = [found.start() for found, _ in whole]
    previous: _Found | None = None
    for quantity in _measured(reading, [found for found, _ in whole]):
        shown, found_one = _figure(reading, quantity, previous, places, model)
        yield quantity, shown, found_one
        if found_one is not None:
            places.append(quantity.start)
            previous = found_one


def _measured(reading: Said, whole: list[re.Match[str]]) -> Iterator[Quantity]:
    """The quantities that a sentence may set: neither inside a definition, nor an old value, nor how many the whole has."""
    text, end = reading.text, definition_start(reading.text)
    for quantity in quantities(text):
        if (
            quantity.start < end
            and not is_old(text, quantity)
            and not any(in_whole(text, quantity, one) for one in whole)
        ):
            yield quantity


def _figure(
    reading: Said, quantity: Quantity, previous: _Found | None, marks: list[int], model: LinearModel | None
) -> tuple[list[str], _Found | None]:
    """Reads one quantity as target, achieved figure or condition; None where it is none of them."""
    text, past = reading.text, is_past(reading, quantity)
    old, start = baseline(text, quantity)
    left = (_left_start(text, quantity, previous, marks), start)
    listed = previous is not None and _listed(text, previous.quantity, left)
    before = previous.name if previous else None
    kind, name = _by_rules(reading, quantity, left, before, listed) if quantity.is_plain else (None, None)
    shown = signs(text, quantity, reading.occasion.title, past, kind)
    enough = AGREED if kind in SET else TURNED
    if model is not None and (model.probability(shown) >= enough) != (kind in SET):
        kind, name = _turned(reading, quantity, left, before, kind)
    if kind in SET and name is not None and not _says_enough(text, name):
        name = _plainest(text, quantity)
    if kind is None or name is None or not _says_enough(text, name):
        return shown, None
    if quantity.is_time and kind in ("limit", "achieved") and limited(text, quantity) in name.pieces:
        quantity = replace(quantity, comparator="≤")
    elif name.action is None and previous and listed and quantity.unit != "%":
        name = Name(previous.target.action, name.pieces, name.borrowed, name.others)
    return shown, _Found(quantity, name, _target(reading, quantity, name, kind, old))


def _by_rules(
    reading: Said, quantity: Quantity, left: Stretch, previous: Name | None, listed: bool
) -> tuple[str | None, Name | None]:
    """What the rules take a quantity for, with its name."""
    text = reading.text
    is_old_changed = left[1] != quantity.start
    set_kind = "achieved" if is_past(reading, quantity) else "limit"
    limit = is_limit(text, quantity)
    if limit and (done := limited(text, quantity)):
        return set_kind, Name(None, (done,))
    held = None if limit else condition(text, quantity, left, previous)
    if held is not None:
        return "condition", held
    stated = is_old_changed or states(text, quantity, left[0])
    limit = quantity.is_time if is_old_changed else limit and not stated
    if not (limit or stated):
        return None, None
    name = name_of(text, quantity, left, previous, reading.heading)
    if name.action is None and not listed and not limit and not commits(text, quantity, left):
        return None, None
    if is_case(text, quantity):
        return "condition", name
    return ("achieved" if is_past(reading, quantity) else "limit" if limit else "target"), name


def _turned(
    reading: Said, quantity: Quantity, left: Stretch, previous: Name | None, kind: str | None
) -> tuple[str | None, Name | None]:
    """What a quantity is where the weights decide against the rules: set after all, or a condition, or nothing."""
    text = reading.text
    if kind in SET:
        held = condition(text, quantity, left, previous)
        return ("condition", held) if held else (None, None)
    if OWN_TERM.search(text) or differs(text, quantity, left[0]):
        return kind, None
    if quantity.is_time and (done := limited(text, quantity)):
        return "limit", Name(None, (done,))
    return ("limit" if quantity.is_time else "target"), name_of(text, quantity, left, previous, reading.heading)


def _plainest(text: str, quantity: Quantity) -> Name:
    """The words next to a quantity that no noun names: those before it in its stretch, else behind it (安排1亿元，实施…政策)."""
    start, end = segment(text, quantity.start)
    behind = end + (text[end : end + 1] == "，")
    pieces = ((start, quantity.start), (quantity.end, end), (behind, segment(text, behind)[1]))
    lengths = [len(re.findall("[\u4e00-\u9fff]", text[a:b])) for a, b in pieces]
    best = 0 if lengths[0] > 4 else 1 if lengths[1] > 1 else 2 if lengths[2] > 1 else 0
    return Name(None, (pieces[best],))


def _says_enough(text: str, name: Name) -> bool:
    return len(re.findall("[\u4e00-\u9fff]", "".join(text[a:b] for a, b in name.pieces))) >= 2


def _target(reading: Said, quantity: Quantity, name: Name, kind: str, old: str | None) -> Target:
    text = reading.text
    shown = reading.shown
    words = heading_name(reading.heading) if name.borrowed else "".join(shown[a:b] for a, b in name.pieces)
    first = min([quantity.start if quantity.bound else quantity.number_start, *(a for a, _ in name.pieces)])
    last = max([quantity.end, *(b for _, b in name.pieces)])
    return Target(
        indicator=words, comparator=quantity.comparator, value=quantity.value, unit=quantity.unit,
        text=shown[first:last], start=reading.start + first, end=reading.start + last,
        action=name.action if kind == "target" else None,
        deadline=deadline(text, quantity.start, reading.occasion.title_year), baseline=old, kind=kind,
    )  # fmt: skip


def _left_start(text: str, quantity: Quantity, previous: _Found | None, marks: list[int]) -> int:
    """Where the words that may name a quantity begin: after a comma, an open bracket, or the one before and its noun."""
    start, _ = segment(text, quantity.start)
    opened = text.rfind("（", start, quantity.start)
    if opened >= 0 and "）" not in text[opened : quantity.start]:
        start = opened + 1
    if _FIGURE_BEFORE.search(text[start : quantity.start]):
        return quantity.start
    ends = [
        mark + len("全覆盖") for mark in marks if start <= mark < quantity.start and text.startswith("全覆盖", mark)
    ]
    if previous and start < previous.quantity.end:
        ends.append(previous.quantity.end)
    if not ends:
        return start
    noun = re.compile(r"[^、（和及与并]*(?:（[^）]*）[^、（和及与并]*)?[、（和及与并]").match(
        text, max(ends), quantity.start
    )
    return noun.end() if noun else max(ends)


def _listed(text: str, before: Quantity, left: Stretch) -> bool:
    """Whether a quantity goes on in the list or bracket of the one before, and so shares its verb."""
    words = text[slice(*left)]
    if re.search(REACHES, words):
        return False
    between = re.fullmatch(
        r"[^，。；：]*?[、（含其中和及与]*(?:（[^）]*）)?[、（含其中和及与]*", text[before.end : left[0]]
    )
    if not words and before.is_count and re.fullmatch("[^，。；：、]*，", text[before.end : left[0]]):
        return not re.search("达到|实现|完成|建成", text[slice(*segment(text, left[1]))])
    return bool(between) or words.startswith(("每", "、", "含"))
