"""Paragraphs to the tree that the document's own numbering makes (层级结构)."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field

from ingest.boxes import Open, close_box, enter_frame, name_of, names_of_boxes, open_box, resumes
from ingest.numbering import RANKS, Marker, decimal, marker
from ingest.sections import DIVISIONS, Section, announces, form_of, heading_of
from ingest.series import Series, addresses, heads_text, names_list, salutes, sums_up

_NAMED = 4
"""A paragraph that begins with a heading of so many characters speaks of all that stands below it."""


@dataclass
class _Builder:
    """What the outline of one text is built from, and what is open."""

    texts: Sequence[str]
    frames: Sequence[int | None]
    warn: Callable[[int, str], None]
    series: Series
    places: Collection[int]
    boxes: frozenset[str]
    questions: Collection[int]
    subtitles: Collection[int]
    bare_numbers: Mapping[int, Marker]
    now: Open = field(default_factory=Open)


def build(
    places: Sequence[int],
    texts: Sequence[str],
    frames: Sequence[int | None],
    warn: Callable[[int, str], None],
    questions: Collection[int] = (),
    subtitles: Collection[int] = (),
    bare_numbers: Mapping[int, Marker] | None = None,
) -> tuple[Section, dict[int, Section]]:
    """Builds the tree of one text.

    The order of the levels is learnt as it comes. An ordinal that goes on in an open run closes what is below that run;
    one that starts a run opens a level below the innermost that stands above it, by the order of the levels or because
    its own run goes on later. Boxes (专栏, 重大事项) stand in the innermost division and leave the run of items round
    them unbroken. Every place ends in exactly one section.

    :param places: the paragraphs of the text, by place.
    :param texts: every paragraph as shown; a table's is empty.
    :param frames: the frame that each paragraph stands in.
    :param warn: called with (place, message in Chinese) for a gap or a repeat.
    :param questions: places of unnumbered questions, each of which opens a clause with its answer.
    :param subtitles: places of unnumbered headings that turn to the whole text.
    :param bare_numbers: ordinals that only a blank parts from their heading (1 范围), by place.
    :return: the root, and for each table the section it stands in.
    """
    bare = bare_numbers or {}
    series, boxes = Series(places, texts, bare), names_of_boxes(places, texts, frames)
    builder = _Builder(texts, frames, warn, series, frozenset(places), boxes, questions, subtitles, bare)
    tables: dict[int, Section] = {}
    for place in places:
        enter_frame(builder.now, frames[place], texts[place])
        if texts[place]:
            _add(builder, place)
        else:
            tables[place] = builder.now.top
            builder.now.top.tables.append(place)
    return builder.now.root, tables


def _add(builder: _Builder, place: int) -> None:
    """Adds one paragraph to the tree."""
    now = builder.now
    if place in builder.questions:
        _open_question(builder, place)
    elif place in builder.subtitles:
        _head(now, now.root, place)
    elif (found := _ordinal(builder, place)) is not None and found.style == "box":
        open_box(now, place, builder.texts[place], found, builder.frames[place] is not None)
    elif found is not None:
        _open(builder, place, found)
    elif builder.series.notes(place, builder.texts[place]):
        _head(now, now.root, place)
    elif salutes(builder.texts[place]):
        _head(now, now.root if place in builder.series.closing else _outermost(now), place)
    elif _is_head(builder, place):
        _head(now, now.top.division, place)
    else:
        _add_plain(builder, place)


def _ordinal(builder: _Builder, place: int) -> Marker | None:
    """The ordinal of a paragraph, if it is one here: not quoted, not cited, and due where its style is weak."""
    text = builder.texts[place]
    if place in builder.series.quoted:
        return None
    found = builder.bare_numbers.get(place) or marker(text)
    if found is None:
        found = decimal(text)
        is_due = found is not None and _decimal_parent(builder, place, found) is not None
        return found if is_due else builder.series.glued(builder.now.last.get("1"), place, text)
    if found.style == "box" and builder.frames[place] is None and name_of(found) not in builder.boxes:
        return None
    if found.style == "一是" and not builder.series.is_run(found, place, text):
        return None
    return found


def _decimal_parent(builder: _Builder, place: int, found: Marker) -> Section | None:
    """The open section that a decimal goes on in: 4.2.1 in 4.2, 4.2 in 4; None where it is no ordinal here."""
    prefix = found.label.rpartition(".")[0]
    above = next((step for step in reversed(builder.now.top.path) if step.marker and step.marker.label == prefix), None)
    before = builder.now.last.get(f"1.1 {prefix}")
    due = found.follows(before) if before is not None else found.number == 1
    if above is not None:
        return above if due else None
    following = builder.series.after("1.1", place)
    starts = due and (before is not None or (following is not None and following.label == f"{prefix}.2"))
    host = builder.now.top
    while host.parent is not None and host.style not in DIVISIONS:
        host = host.parent
    return host if starts else None


def _open(builder: _Builder, place: int, found: Marker) -> None:
    now = builder.now
    if now.outside is not None and now.frame is None and resumes(now, found):
        close_box(now)
    if found.style == "1.1":
        parent = _decimal_parent(builder, place, found) or now.root
        now.last[f"1.1 {found.label.rpartition('.')[0]}"] = found
    else:
        parent = _parent(builder, place, found)
    text = builder.texts[place]
    section = Section(found, parent, heading_of(text, found), [place], form=form_of(text, found))
    section.paragraphs = int(found.style == "article")
    parent.children.append(section)
    now.top = section
    now.last[found.style] = found


def _parent(builder: _Builder, place: int, found: Marker) -> Section:
    """Where a section of this ordinal belongs; a gap or a repeat is told."""
    now = builder.now
    same = now.top.within(found.style)
    parent = same.parent if same is not None and same.parent is not None else _host(builder, place, found)
    if found.number == 1 and not found.inserted and (led := parent.led_in(found.style)) is not None:
        return led
    _check(builder, place, found, same)
    return parent


def _host(builder: _Builder, place: int, found: Marker) -> Section:
    """The innermost open section that may hold a new level: one of higher rank, or one whose own run goes on."""
    host = builder.now.top
    while host.parent is not None and host.marker is not None and RANKS.get(host.style, -1) > RANKS[found.style]:
        if found.style not in DIVISIONS and builder.series.goes_on(host.marker, place):
            break
        host = host.parent
    return host


def _check(builder: _Builder, place: int, found: Marker, sibling: Section | None) -> None:
    """A run starts at one, goes on by one, or goes on from the same style's run in the part before."""
    before = builder.now.last.get(found.style)
    marked = sibling.marker if sibling is not None else None
    starts = found.number == 1 and not found.inserted and marked is None
    if starts or any(one is not None and found.follows(one) for one in (marked, before)):
        return
    if marked is not None and found.number <= marked.number:
        builder.warn(place, f"编号“{found.label}”与前面的“{marked.label}”重复或倒退")
    else:
        after = f"“{marked.label}”之后" if marked is not None else "开头"
        builder.warn(place, f"{after}编号不连续，直接到“{found.label}”")


def _is_head(builder: _Builder, place: int) -> bool:
    """Whether an unnumbered line heads what is below it."""
    if (
        builder.frames[place] is not None
        or builder.now.top.article
        or place + 1 not in builder.places
        or _ordinal(builder, place + 1) is not None
    ):
        return False
    before = builder.texts[place - 1] if place - 1 in builder.places and builder.now.top.opening != [place - 1] else ""
    if builder.now.top.opening == [place - 1] and builder.now.top.form in ("text", "item"):
        before = builder.texts[place - 1]
    return heads_text(before, builder.texts[place], builder.texts[place + 1])


def _head(now: Open, section: Section, place: int) -> None:
    section.titles.append(place)
    now.top = section


def _outermost(now: Open) -> Section:
    """The part of the text that is open, as its heading alone names it; the root where there is none."""
    first = next(iter(now.top.path), now.root)
    return first if first.is_heading else now.root


def _open_question(builder: _Builder, place: int) -> None:
    """An unnumbered question opens a clause that its answer goes on in."""
    now = builder.now
    now.root.paragraphs += 1
    label = f"第{now.root.paragraphs}段"
    section = Section(
        Marker("question", now.root.paragraphs, label, 0), now.root, builder.texts[place], [place], form="text"
    )
    now.root.children.append(section)
    now.top, now.last = section, {}


def _add_plain(builder: _Builder, place: int) -> None:
    """Adds an unnumbered paragraph where it belongs.

    It goes on in a numbered item that has begun its text, is a clause of its own under a heading, a further 款 of the
    article whose items have ended, or a paragraph of the whole text where it closes it.
    """
    now = builder.now
    above = _turns_to(builder, place)
    if above is not None:
        above.add(place)
        now.top = above
        return
    top = now.top
    is_new = not (top.body or top.tables or top.children)
    is_named = top.form == "heading" and len(top.opening) == 1
    if top.style == "article" and is_new:
        top.form = "text"
    if top.may_head and place not in builder.series.quoted:
        top.form = "heading"
    if is_new and top.form != "heading" and top.opening and top.opening[-1] == place - 1:
        if top.style == "article" and not is_named:
            top.paragraphs += 1
        top.opening.append(place)
    else:
        top.add(place)


def _turns_to(builder: _Builder, place: int) -> Section | None:
    """The section above the open item that a paragraph turns to, or None where it stays with the item."""
    now, series = builder.now, builder.series
    top = now.top
    if place in series.closing and not top.waits:
        return now.root
    if addresses(builder.texts[place]):
        return _outermost(now)
    if top.marker is None or place in series.quoted or announces(top, builder.texts):
        return None
    ending = builder.texts[place].rstrip().endswith(("：", ":"))
    following = series.after(top.style, place)
    restarts = ending and following is not None and following.number == 1 and _next_is(builder, place, top.style)
    if restarts and top.parent is not None and top.style not in ("article", *DIVISIONS):
        return top.parent
    if _is_led(builder, top, place) or _sums_up(builder, top, place):
        return top.parent
    article = top.article
    if article is not None and top is not article and top.style != "paragraph":
        goes_on = any(step.marker and series.goes_on(step.marker, place) for step in top.path[len(article.path) :])
        heads = top.form == "heading" and not top.is_listed
        return None if goes_on or heads else article
    return None


def _is_led(builder: _Builder, top: Section, place: int) -> bool:
    """Whether the run of an item has ended that an unnumbered paragraph led in (…如下：), whose level goes on."""
    above = top.parent
    if above is None or top.marker is None or not above.body or top.style in ("article", "paragraph", *DIVISIONS):
        return False
    first = next(child for child in above.children if child.style == top.style)
    last = next(reversed(above.body))
    led = last < first.opening[0] and (
        builder.texts[last].rstrip().endswith(("：", ":")) or (names_list(builder.texts[last]) and first.form == "item")
    )
    heads = top.form == "heading" or (top.may_head and not any(child.is_leaf for child in above.children[:-1]))
    return led and above.marker is not None and not heads and not builder.series.goes_on(top.marker, place)


def _sums_up(builder: _Builder, top: Section, place: int) -> bool:
    """Whether a paragraph behind the last of several items speaks of them all."""
    above = top.parent
    if top.marker is None or above is None or top.article is not None or top.waits:
        return False
    is_list = sum(child.style == top.style for child in above.children) > 1
    name = above.heading[above.marker.length :] if above.marker and above.form == "heading" else ""
    turns = sums_up(builder.texts[place]) or (len(name) >= _NAMED and builder.texts[place].startswith(name))
    return is_list and turns and not builder.series.goes_on(top.marker, place)


def _next_is(builder: _Builder, place: int, style: str) -> bool:
    """Whether the very next paragraph opens with an ordinal of a style."""
    return builder.series.place_after(style, place) == place + 1
