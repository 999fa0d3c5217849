"""What a browser shows beyond the characters in the markup: numbers of ordered lists, and raised digits."""

from __future__ import annotations

import re
from collections.abc import Iterable

from ingest.numerals import to_chinese
from ingest.readers.html.tree import Node

_RAISED = str.maketrans("0123456789+-−", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻")
_STYLE = re.compile(r"list-style(?:-type)?\s*:\s*([a-z-]+)")
_CHINESE = ("cjk-ideographic", "cjk-decimal", "simp-chinese-informal", "trad-chinese-informal")
_NUMBERED = re.compile(
    r"\s*(?:[（(]?\s*[\d０-９一二三四五六七八九十百]{1,4}\s*[)）.．、]|第[\d０-９一二三四五六七八九十百]+[编篇章节条]|[①-⑳])"
)


def raise_digits(root: Node) -> None:
    """Makes m<sup>2</sup> m² and 10<sup>4</sup> 10⁴; a raised number behind anything else is a note's mark and stays."""
    before = ""
    stack: list[Node | str] = [root]
    while stack:
        part = stack.pop()
        if isinstance(part, str):
            before = (before + part.rstrip())[-8:]
            continue
        if part.tag == "sup" and re.search(r"(?:[A-Za-z]|(?:^|\D)10)$", before):
            text = part.text().strip()
            if re.fullmatch(r"[+\-−]?\d{1,3}", text):
                part.content = [text.translate(_RAISED)]
        stack.extend(reversed(part.content))


def number_lists(nodes: Iterable[Node]) -> bool:
    """Writes the numbers of the ordered lists round some elements into the tree as text.

    :param nodes: elements of the article; navigation is made of the same lists, and shows no numbers.
    :return: whether any number was written.
    """
    lists = {above: None for node in nodes for above in (node, *node.ancestors) if above.tag == "ol"}
    return any([_number(ol) for ol in lists])


def _number(ol: Node) -> bool:
    """Numbers the items of one list as its attributes and style say; items that bring a number of their own stay."""
    items = [child for child in ol.content if isinstance(child, Node) and child.tag == "li"]
    if not items or any(_NUMBERED.match(item.text()) for item in items):
        return False
    down = "reversed" in ol.attributes
    number = _whole(ol.attributes.get("start")) or (len(items) if down else 1)
    for item in items:
        number = _whole(item.attributes.get("value")) or number
        found = _STYLE.search(item.attributes.get("style", "")) or _STYLE.search(ol.attributes.get("style", ""))
        label = _label(number, found[1] if found else "", ol.attributes.get("type", "1"))
        if label:
            item.content.insert(0, label)
        number += -1 if down else 1
    return True


def _label(number: int, style: str, kind: str) -> str:
    """The number as shown, with its mark; empty where the list shows none."""
    if style in ("none", "disc", "circle", "square", "inherit"):
        return ""
    if style in _CHINESE and 0 < number < 1000:
        return f"{to_chinese(number)}、"
    letters = {"a": "a", "A": "A", "lower-alpha": "a", "lower-latin": "a", "upper-alpha": "A", "upper-latin": "A"}
    first = letters.get(style) or (letters.get(kind) if not style else None)
    if first and 0 < number <= 26:
        return f"{chr(ord(first) + number - 1)}. "
    return f"{number}. "


def _whole(text: str | None) -> int | None:
    plain = (text or "").strip()
    return int(plain) if re.fullmatch(r"[0-9]{1,4}", plain) else None
