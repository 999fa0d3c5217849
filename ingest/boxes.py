"""Boxes (专栏1, 重大事项二): parts of a page that stand beside the run of items and leave it unbroken."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from ingest.numbering import HEADING_STYLES, Marker, marker
from ingest.sections import Section, form_of, heading_of


@dataclass
class Open:
    """The innermost open section while paragraphs go by, the last ordinal of each style, and the box that is open.

    ``outside`` keeps what was open where a box began; ``frame`` is the frame (框) that the last paragraph stood in.
    """

    root: Section = field(default_factory=lambda: Section(None, None))
    last: dict[str, Marker] = field(default_factory=dict)
    frame: int | None = None
    outside: tuple[Section, dict[str, Marker]] | None = None

    def __post_init__(self) -> None:
        self.top = self.root


def names_of_boxes(places: Sequence[int], texts: Sequence[str], frames: Sequence[int | None]) -> frozenset[str]:
    """Words that head boxes without a frame: 专栏, and any that count up from one in the document."""
    numbers: dict[str, list[int]] = defaultdict(list)
    for place in places:
        found = marker(texts[place]) if texts[place] and frames[place] is None else None
        if found and found.style == "box":
            numbers[name_of(found)].append(found.number)
    counted = {name for name, run in numbers.items() if len(run) > 1 and run == list(range(1, len(run) + 1))}
    return frozenset(counted | {"专栏"})


def name_of(found: Marker) -> str:
    """The word of a box's ordinal, as 专栏."""
    return found.label.rstrip("0123456789一二三四五六七八九十百零〇○")


def enter_frame(now: Open, frame: int | None, text: str) -> None:
    """Closes the box of a frame that has ended, and opens one for a frame whose first line heads none."""
    if frame == now.frame:
        return
    if now.frame is not None:
        close_box(now)
    now.frame = frame
    found = marker(text) if frame is not None else None
    if frame is not None and (found is None or found.style != "box"):
        _push(now, Marker("box", frame, f"框{frame}", 0), "")


def close_box(now: Open) -> None:
    """Goes on with what was open where the box began."""
    if now.outside is not None:
        now.top, now.last = now.outside
        now.outside = None


def open_box(now: Open, place: int, text: str, found: Marker, framed: bool) -> None:
    """Opens a box that its own line heads."""
    if not framed:
        close_box(now)
    _push(now, found, heading_of(text, found))
    now.top.opening.append(place)
    now.top.form = form_of(text, found)


def _push(now: Open, found: Marker, heading: str) -> None:
    host = now.top
    while host.marker is not None and host.parent is not None and host.style not in HEADING_STYLES:
        host = host.parent
    now.outside = (now.top, now.last)
    box = Section(found, host, heading)
    host.children.append(box)
    now.top, now.last = box, {}


def resumes(now: Open, found: Marker) -> bool:
    """Whether an ordinal takes up a run outside an unframed box rather than one inside it."""
    if now.outside is None:
        return False
    outer, last = now.outside
    styles = {section.style for section in outer.path}
    before = last.get(found.style)
    return (
        found.style in styles
        and found.style not in now.last
        and found.number != 1
        or (
            found.style in ("part", "volume", "book", "chapter", "section", "article", "一、")
            and before is not None
            and found.follows(before)
        )
    )
