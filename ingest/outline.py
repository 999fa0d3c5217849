"""Paragraphs to the tree that the document's own numbering makes (层级结构)."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from ingest.numbering import HEADING_STYLES, Marker, marker

_HEADING_LENGTH = 60
_FIRST_SENTENCE = 40
_ENDS = tuple("。；：？！:;?!")
_ANNEX_LIST = re.compile(r"附\s*件\s*[:：]\s*\S")
"""附件说明 (GB/T 9704-2012 7.3.4): the list of annexes below the text, 附件：1. …"""


@dataclass(eq=False)
class Section:
    """One node: a part, item, box, or the root (whose marker is None).

    ``opening`` are the places of its own numbered paragraph and of those that go on in it; ``body`` those of
    unnumbered paragraphs under it that are clauses of their own, ``tables`` those of tables. ``bare`` is True for a heading without text.
    """

    marker: Marker | None
    parent: Section | None
    heading: str = ""
    opening: list[int] = field(default_factory=list)
    body: list[int] = field(default_factory=list)
    tables: list[int] = field(default_factory=list)
    children: list[Section] = field(default_factory=list)
    bare: bool = True

    @property
    def is_heading(self) -> bool:
        """Whether its own paragraph only heads what is below it, and is no clause."""
        return self.bare and bool(self.children or self.body or self.tables)

    @property
    def path(self) -> list[Section]:
        """From below the root down to this section."""
        return [*(self.parent.path if self.parent else []), self] if self.marker else []


@dataclass
class _Builder:
    """The open sections while the paragraphs go by."""

    texts: Sequence[str]
    frames: Sequence[int | None]
    warn: Callable[[int, str], None]
    root: Section = field(default_factory=lambda: Section(None, None))
    last: dict[str, int] = field(default_factory=dict)
    boxes: frozenset[str] = frozenset()
    frame: int | None = None
    outside: tuple[Section, dict[str, int]] | None = None
    listing: int | None = None

    def __post_init__(self) -> None:
        self.top = self.root


def build(
    places: Sequence[int], texts: Sequence[str], frames: Sequence[int | None], warn: Callable[[int, str], None]
) -> tuple[Section, dict[int, Section]]:
    """Builds the tree of one body.

    The order of the levels is learnt as it comes: an ordinal of a style that is open closes what is below it,
    one of a new style opens a level below. Boxes (专栏, 重大事项) stand in the innermost division and leave the
    run of items round them unbroken.

    :param places: the paragraphs of the body, by place.
    :param texts: every paragraph as shown; a table's is empty.
    :param frames: the frame that each paragraph stands in.
    :param warn: called with (place, message in Chinese) for a gap or a repeat.
    :return: the root, and for each table the section it stands in.
    """
    builder = _Builder(texts, frames, warn, boxes=_box_names(places, texts, frames))
    tables: dict[int, Section] = {}
    for place in places:
        _enter_frame(builder, place)
        found = marker(texts[place]) if texts[place] else None
        if found and found.style == "box" and not _is_box(builder, place, found):
            found = None
        if not texts[place]:
            tables[place] = builder.top
            builder.top.tables.append(place)
        elif _lists_annexes(builder, place, found):
            builder.root.body.append(place)
        elif found is None:
            _add_plain(builder, place)
        elif found.style == "box":
            _open_box(builder, place, found)
        else:
            _open(builder, place, found)
    return builder.root, tables


def _box_names(places: Sequence[int], texts: Sequence[str], frames: Sequence[int | None]) -> frozenset[str]:
    """Words that head boxes without a frame: 专栏, and any that count up from one in the document."""
    numbers: dict[str, list[int]] = defaultdict(list)
    for place in places:
        found = marker(texts[place]) if texts[place] and frames[place] is None else None
        if found and found.style == "box":
            numbers[_name(found)].append(found.number)
    counted = {name for name, run in numbers.items() if len(run) > 1 and run == list(range(1, len(run) + 1))}
    return frozenset(counted | {"专栏"})


def _name(found: Marker) -> str:
    return found.label.rstrip("0123456789一二三四五六七八九十百零〇○")


def _is_box(builder: _Builder, place: int, found: Marker) -> bool:
    return builder.frames[place] is not None or _name(found) in builder.boxes


def _enter_frame(builder: _Builder, place: int) -> None:
    """Closes the box of a frame that has ended, and opens one for a frame whose first line heads none."""
    frame = builder.frames[place]
    if frame == builder.frame:
        return
    if builder.frame is not None:
        _close_box(builder)
    builder.frame = frame
    found = marker(builder.texts[place]) if frame is not None else None
    if frame is not None and (found is None or found.style != "box"):
        _push_box(builder, Marker("box", frame, f"框{frame}", 0), "")


def _close_box(builder: _Builder) -> None:
    if builder.outside is not None:
        builder.top, builder.last = builder.outside
        builder.outside = None


def _open_box(builder: _Builder, place: int, found: Marker) -> None:
    if builder.frames[place] is None:
        _close_box(builder)
    _push_box(builder, found, heading_of(builder.texts[place], found))
    builder.top.opening.append(place)
    builder.top.bare = is_bare(builder.texts[place])


def _push_box(builder: _Builder, found: Marker, heading: str) -> None:
    host = builder.top
    while host.marker is not None and host.parent is not None and host.marker.style not in HEADING_STYLES:
        host = host.parent
    builder.outside = (builder.top, builder.last)
    box = Section(found, host, heading)
    host.children.append(box)
    builder.top, builder.last = box, {}


def _open(builder: _Builder, place: int, found: Marker) -> None:
    if builder.outside is not None and builder.frame is None and _resumes(builder, found):
        _close_box(builder)
    inside = builder.top
    while inside.marker is not None and inside.marker.style not in (found.style, "box") and inside.parent is not None:
        inside = inside.parent
    same = inside.marker is not None and inside.marker.style == found.style and inside.parent is not None
    parent = inside.parent if same and inside.parent is not None else builder.top
    if found.style == "annex":
        parent, builder.last = builder.root, {}
    else:
        _check(builder, place, found, inside if same else None)
    section = Section(
        found, parent, heading_of(builder.texts[place], found), [place], bare=is_bare(builder.texts[place])
    )
    parent.children.append(section)
    builder.top = section
    builder.last[found.style] = found.number


def _resumes(builder: _Builder, found: Marker) -> bool:
    """Whether an ordinal takes up a run outside an unframed box rather than one inside it."""
    if builder.outside is None:
        return False
    outer, last = builder.outside
    styles = {section.marker.style for section in outer.path if section.marker}
    return (
        found.style in styles
        and found.style not in builder.last
        and found.number != 1
        or (
            found.style in ("part", "volume", "chapter", "section", "article", "一、")
            and last.get(found.style, -1) + 1 == found.number
        )
    )


def _check(builder: _Builder, place: int, found: Marker, sibling: Section | None) -> None:
    """A run starts at one, goes on by one, or goes on from the same style's run in the part before."""
    before = builder.last.get(found.style)
    due = {1} if sibling is None else set()
    if sibling is not None and sibling.marker is not None:
        due.add(sibling.marker.number + 1)
    if before is not None:
        due.add(before + 1)
    if found.number in due:
        return
    if sibling is not None and sibling.marker is not None and found.number <= sibling.marker.number:
        builder.warn(place, f"编号“{found.label}”与前面的“{sibling.marker.label}”重复或倒退")
    else:
        after = f"“{sibling.marker.label}”之后" if sibling is not None and sibling.marker is not None else "开头"
        builder.warn(place, f"{after}编号不连续，直接到“{found.label}”")


def _lists_annexes(builder: _Builder, place: int, found: Marker | None) -> bool:
    """Whether a paragraph is the list of annexes, or a numbered line that goes on in it."""
    goes_on = (
        builder.listing == place - 1 and found is not None and found.style == "1" and is_bare(builder.texts[place])
    )
    if goes_on or _ANNEX_LIST.match(builder.texts[place]):
        builder.listing = place
        return True
    return False


def _add_plain(builder: _Builder, place: int) -> None:
    """An unnumbered paragraph goes on in a numbered item that has begun its text, else it is a clause of its own."""
    top = builder.top
    if top.opening and not top.bare and not top.body and top.opening[-1] == place - 1:
        top.opening.append(place)
    else:
        top.body.append(place)


def is_bare(text: str) -> bool:
    """Whether a numbered paragraph is a heading alone: short, and not ended as a sentence is."""
    return len(text) <= _HEADING_LENGTH and not text.rstrip("”’》）)").endswith((*_ENDS, "."))


def heading_of(text: str, found: Marker) -> str:
    """The heading that a numbered paragraph opens with: all of it, or its first sentence if that is short."""
    if is_bare(text):
        return text
    ends = [text.find(mark, found.length) for mark in "。？；："]
    end = min((end for end in ends if end > 0), default=-1)
    heading = text[:end] if 0 < end <= _FIRST_SENTENCE else text[: found.length]
    return heading.strip("、．. ：:")
