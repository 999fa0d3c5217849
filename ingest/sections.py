"""One node of a document's outline, and how a numbered paragraph's own words tell a heading from an item."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from ingest.numbering import Marker

DIVISIONS = frozenset(["part", "volume", "book", "chapter", "section"])
"""Levels that stand above the articles, whatever runs go on through them."""

_HEADING_LENGTH = 60
_FIRST_SENTENCE = 40
_BRIEF = 24
"""A numbered line of one sentence no longer than this may head what is below it."""

_ENDS = tuple("。；：？！:;?!")
_PREDICATE = re.compile(
    r"应|须|必须|可以|不得|下列|以下|如下|[，,；;。]|[由是为将按][^\u4e00-\u9fff]?|包括|之一|有关要求|符合|具备|提供下|予以|给予"
)
"""Words by which a line that ends with a colon states something, and does not only name it."""


@dataclass(eq=False)
class Section:
    """One node: a part, item, box, or the root (whose marker is None).

    ``opening`` are the places of its own numbered paragraph and of those that go on in it. ``body`` maps the places of
    unnumbered paragraphs under it that are clauses of their own to their ordinal (段, in an article 款), ``paragraphs``
    counts those, ``tables`` are the places of tables and ``titles`` those of unnumbered headings. ``form`` says what its own line is: ``heading`` (no full
    stop), ``sentence`` (one brief sentence), ``lead`` (a name and a colon), ``item`` (ended by ；) or ``text``.
    """

    marker: Marker | None
    parent: Section | None
    heading: str = ""
    opening: list[int] = field(default_factory=list)
    body: dict[int, int] = field(default_factory=dict)
    tables: list[int] = field(default_factory=list)
    titles: list[int] = field(default_factory=list)
    children: list[Section] = field(default_factory=list)
    form: str = "heading"
    paragraphs: int = 0

    @property
    def style(self) -> str:
        """Style of its ordinal; empty for the root."""
        return self.marker.style if self.marker else ""

    @property
    def is_heading(self) -> bool:
        """Whether its own paragraph only heads what is below it, and is no clause."""
        if self.form == "heading":
            return bool(self.children or self.body or self.tables)
        if self.form == "sentence":
            return bool(self.children or self.body)
        return self.form == "lead" and bool(self.children) and len(self.opening) == 1

    @property
    def path(self) -> list[Section]:
        """From below the root down to this section."""
        return [*(self.parent.path if self.parent else []), self] if self.marker else []

    @property
    def article(self) -> Section | None:
        """The article (条) that it is or stands in."""
        return next((step for step in reversed(self.path) if step.style == "article"), None)

    @property
    def is_listed(self) -> bool:
        """Whether it goes on in a list of items of one line each."""
        return self._before is not None and self._before.form != "text" and self._before.is_leaf

    @property
    def may_head(self) -> bool:
        """Whether its one brief sentence would head an unnumbered paragraph below it: not in an article, nor in a list."""
        return self.form == "sentence" and len(self.opening) == 1 and not self.is_listed and self.article is None

    @property
    def waits(self) -> bool:
        """Whether it is a heading that has nothing below it yet, as all before it in its run have."""
        if self.body or self.children or self.opening[1:] or self.is_listed:
            return False
        return self.form == "heading" or (self.may_head and not (self._before and self._before.is_leaf))

    @property
    def is_leaf(self) -> bool:
        """Whether nothing stands below it."""
        return not (self.children or self.body or self.tables)

    @property
    def division(self) -> Section:
        """The innermost of it and the sections above that a heading alone opened, or the root."""
        return self if self.parent is None or self.form == "heading" else self.parent.division

    def within(self, style: str) -> Section | None:
        """The innermost of it and the sections above of a style, inside the innermost box."""
        inside = self
        while inside.marker is not None and inside.style not in (style, "box") and inside.parent is not None:
            inside = inside.parent
        return inside if inside.marker is not None and inside.style == style else None

    def led_in(self, style: str) -> Section | None:
        """Where a run starts anew below an unnumbered paragraph: that paragraph, now a section, holds the new run."""
        before = next((child.opening[0] for child in reversed(self.children) if child.style == style), None)
        place = next(reversed(self.body), -1)
        if before is None or place < before:
            return None
        number = self.body.pop(place)
        label = f"第{number}{'款' if self.style == 'article' else '段'}"
        led = Section(Marker("paragraph", number, label, 0), self, label, [place], form="text")
        self.children.append(led)
        return led

    @property
    def _before(self) -> Section | None:
        siblings = self.parent.children if self.parent else []
        place = next((place for place in range(len(siblings) - 1, 0, -1) if siblings[place] is self), 0)
        return siblings[place - 1] if place else None

    def add(self, place: int) -> None:
        """Takes an unnumbered paragraph as a clause of its own."""
        self.paragraphs += 1
        self.body[place] = self.paragraphs


def is_bare(text: str) -> bool:
    """Whether a numbered paragraph is a heading alone: short, and not ended as a sentence is."""
    return len(text) <= _HEADING_LENGTH and not text.rstrip("”’》）)").endswith((*_ENDS, "."))


def form_of(text: str, found: Marker) -> str:
    """What a numbered line is: heading, sentence, lead or text (see :class:`Section`).

    >>> from ingest.numbering import marker
    >>> [form_of(line, marker(line)) for line in ("（一）目标", "（一）好设计。", "（一）办理流程：", "（一）应当具备条件：")]
    ['heading', 'sentence', 'lead', 'text']
    """
    if is_bare(text):
        return "heading"
    words = text[found.length :].rstrip()
    if words.endswith(("；", ";")):
        return "item"
    if found.style in ("article", "（1）", "①", "一是") or len(words) > _BRIEF:
        return "text"
    if words.endswith("。") and not re.search(
        r"[。；：:;？]|下列|以下|如下|第[\d一二三四五六七八九十百]+[条款项]", words[:-1]
    ):
        return "sentence"
    return "lead" if words.endswith(("：", ":")) and not _PREDICATE.search(words[:-1]) else "text"


def announces(item: Section, texts: Sequence[str]) -> bool:
    """Whether what stands in an item so far announces more, or lists it: 2.提取额度：, and below it 租住公房的，…；."""
    if not item.opening or not item.is_leaf or item.style in ("article", *DIVISIONS):
        return False
    first, last = (texts[place].rstrip() for place in (item.opening[0], item.opening[-1]))
    return first.endswith(("：", ":")) and last.endswith(("：", ":", "；", ";"))


def heading_of(text: str, found: Marker) -> str:
    """The heading that a numbered paragraph opens with: all of it, or its first sentence if that is short."""
    if is_bare(text):
        return text
    ends = [text.find(mark, found.length) for mark in "。？；："]
    end = min((end for end in ends if end > 0), default=-1)
    heading = text[:end] if 0 < end <= _FIRST_SENTENCE else text[: found.length]
    return heading.strip("、．. ：:")
