"""What each text of a file is to the others: covering notice, decision, the document itself, annexes."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from ingest.heads.lines import plain
from ingest.heads.text import Text
from ingest.numbering import marker

_ISSUES = re.compile(r"印发|发布|转发|公布|下发|颁布|颁发|制定")
_ANNEXES = ("附件", "附录", "附表")
_CALLS = re.compile(r"征求[^。]{0,80}意见|意见征集|征集[^。]{0,80}意见")
_DRAFT = re.compile(r"[（(][^（）()]*(?:稿|草案)[）)]$")
_NAMED = 12
_SHORT = 4
"""A covering text has no more paragraphs than this, and no ordinals."""


@dataclass(frozen=True)
class Part:
    """One text as clauses are cut from it.

    ``prefix`` is what its clause ids begin with behind the document's key: empty for the document itself, 通知, 决定,
    附件1. ``title`` is the text's own, ``cited`` what its citations name; ``is_notice`` for a covering text. ``places``
    are its paragraphs in order, ``subtitles`` those of headings of lists inside it.
    """

    prefix: str
    title: str
    is_notice: bool
    is_annex: bool
    places: tuple[int, ...]
    subtitles: frozenset[int] = field(default=frozenset())


@dataclass(frozen=True)
class Roles:
    """The parts in order, which of them is the document itself, and which covers it."""

    parts: tuple[Part, ...]
    main: int
    covering: int | None


def roles(texts: Sequence[Text], shown: Sequence[str]) -> Roles:
    """Tells the role of each text from its label, its title, and what the first text says of the others."""
    first = texts[0]
    others = [index for index in range(1, len(texts)) if texts[index].body or texts[index].title]
    prefixes = {0: _annex(texts, 0) if first.label is not None and _is_series(texts, [0, *others]) else ""} | {
        index: _annex(texts, index) for index in others
    }
    main, covering = 0, None
    unlabelled = [index for index in others if texts[index].label is None]
    if others and not first.body and not first.title:
        main = others[0]
        prefixes = prefixes if _is_series(texts, others) else _promoted(prefixes, main)
    elif others and _covers(first, texts, others, shown):
        prefixes[0] = "通知"
        covering, main = 0, others[0]
        prefixes = _promoted(prefixes, others[0])
        if first.head.order and _decides(texts, others[0], shown):
            prefixes, main = _decision(prefixes, texts, others[0], others)
            covering = 0 if main != others[0] else None
    elif unlabelled and _decides(texts, 0, shown):
        prefixes, main = _decision(prefixes, texts, 0, others)
        covering = 0 if main else None
    parts = tuple(
        Part(
            prefixes[index], texts[index].title, prefixes[index] == "通知", prefixes[index].startswith(_ANNEXES),
            tuple(texts[index].body), frozenset(texts[index].subtitles),
        )
        for index in prefixes
    )  # fmt: skip
    order = list(prefixes)
    return Roles(parts, order.index(main), order.index(covering) if covering is not None else None)


def _annex(texts: Sequence[Text], index: int) -> str:
    """The label of an annex; 附表1 behind 附件2 belongs to it."""
    label = texts[index].label
    if label is None:
        return "附件"
    above = next((one.label.label for one in reversed(texts[:index]) if one.label and _is_annex(one)), "")
    return f"{above}/{label.label}" if above and not _is_annex(texts[index]) else label.label


def _is_annex(text: Text) -> bool:
    return text.label is not None and not text.label.label.startswith("附表")


def _is_series(texts: Sequence[Text], others: Sequence[int]) -> bool:
    """Whether a file without its notice holds 附件1 and 附件2, each a text of its own."""
    labels = [texts[index].label for index in others if texts[index].body and _is_annex(texts[index])][:2]
    return [label.number for label in labels if label is not None] == [1, 2]


def _promoted(prefixes: dict[int, str], index: int) -> dict[int, str]:
    return {**prefixes, index: ""}


def _covers(first: Text, texts: Sequence[Text], others: Sequence[int], shown: Sequence[str]) -> bool:
    """Whether the first text only issues what follows: short, without ordinals, and it says so; or sets it out for comment."""
    words = first.title + "".join(shown[place] for place in first.body)
    numbered = any(marker(shown[place]) is not None for place in first.body if shown[place])
    following = texts[others[0]]
    if _CALLS.search(first.title) and _is_draft(following, first):
        return True
    named = bool(following.title) and plain(following.title) in plain(words)
    if named and re.search(rf"(?:{_ISSUES.pattern}).*{re.escape(plain(following.title)[:_NAMED])}", plain(first.title)):
        return True
    if numbered or len(first.body) > _SHORT or not (first.head.order or _ISSUES.search(words)):
        return False
    labelled = [index for index in others if texts[index].label is not None]
    return named or following.label is None or len(labelled) == 1 or first.head.order


def _is_draft(text: Text, call: Text) -> bool:
    """Whether a text is the draft (征求意见稿) that a call for comments names, or says that it is one."""
    name = plain(text.title[max(text.title.find("关于"), 0) :])
    return bool(_DRAFT.search(text.title)) or (bool(name) and name in plain(call.title))


def _decides(texts: Sequence[Text], index: int, shown: Sequence[str]) -> bool:
    """Whether a text is a decision that amends what follows it whole."""
    words = texts[index].title + "".join(shown[place] for place in texts[index].body[:2])
    return texts[index].title.endswith(("决定", "决定》")) or bool(
        re.search(r"作如下修改|作出?如下修改|予以修改", words)
    )


def _decision(
    prefixes: dict[int, str], texts: Sequence[Text], index: int, others: Sequence[int]
) -> tuple[dict[int, str], int]:
    """The decision's own prefix, and the amended texts without one; the one amended text is the document itself."""
    amended = [other for other in others if other > index and texts[other].label is None]
    if not amended:
        return {**prefixes, index: ""}, index
    named = {**prefixes, index: "决定"} | {other: "" for other in amended}
    return named, amended[0] if len(amended) == 1 else index
