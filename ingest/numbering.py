"""The ordinals that open a paragraph: 附件1, 第一章, 第三条, 一、 （一） 1、 （1） ① 一是, and heads of boxes."""

from __future__ import annotations

import re
from dataclasses import dataclass

from ingest.numerals import ARABIC, CHINESE, to_chinese, to_number

HEADING_STYLES = frozenset(["annex", "part", "volume", "chapter", "section", "article", "一、", "（一）"])
"""Styles that divide a document; the others number runs inside a division."""


@dataclass(frozen=True, slots=True)
class Marker:
    """An ordinal at the start of a paragraph.

    ``style`` names its kind, ``label`` is its canonical form (一, （一）, 1, （1）, ①, 一是, 第十条, 重大事项二)
    whatever widths the source used, and ``length`` how many characters of the paragraph it takes.
    """

    style: str
    number: int
    label: str
    length: int


_NAMED = {"part": "部分", "volume": "编", "chapter": "章", "section": "节", "article": "条"}
_DOTTED = rf"{ARABIC}+(?:[.．]{ARABIC}+)+"

_PATTERNS = tuple(
    (style, re.compile(pattern))
    for style, pattern in (
        ("annex", rf"附\s*[件录]\s*(?P<n>{CHINESE}{{1,3}}|{ARABIC}{{1,3}})?\s*[:：]?$"),
        *(
            (style, rf"第\s*(?P<n>{CHINESE}+|{ARABIC}+)\s*{word}(?![^\s：:、，。（(\u4e00-\u9fff])")
            for style, word in _NAMED.items()
        ),
        ("article", rf"第\s*(?P<dotted>{_DOTTED})\s*条"),
        ("一是", rf"(?P<n>{CHINESE}{{1,3}})是"),
        ("一、", rf"(?P<n>{CHINESE}{{1,4}})\s*[、．.]\s*"),
        ("（一）", rf"[（(]\s*(?P<n>{CHINESE}{{1,4}})\s*[）)]\s*[、．.]?\s*"),
        ("（1）", rf"[（(]\s*(?P<n>{ARABIC}{{1,3}})\s*[）)]\s*[、．.]?\s*"),
        ("1", rf"(?P<n>{ARABIC}{{1,3}})\s*(?:、|[．.](?!\s*{ARABIC}))\s*"),
        ("①", r"(?P<n>[①-⑳])\s*"),
    )
)

_BOX = re.compile(rf"(?P<name>[\u4e00-\u9fff]{{2,6}}?)\s*(?P<n>{CHINESE}{{1,3}}|{ARABIC}{{1,3}})\s*(?:[:：]|\s+|$)")
_NO_BOX = re.compile(r"附件|附表|附录|附|表|图|注|问题|步骤|.*第")
_FRAMES = {"part": "第{}部分", "volume": "第{}编", "chapter": "第{}章", "section": "第{}节", "article": "第{}条", "一是": "{}是", "一、": "{}", "（一）": "（{}）"}  # fmt: skip


def marker(text: str) -> Marker | None:
    """Reads the ordinal that a paragraph opens with.

    A word with an ordinal and a colon (专栏1：, 重大事项一：) may head a box; whether it does is for the
    outline to say, which sees its neighbours.

    >>> marker("（二）扩大供给").label, marker("２１．修订").label, marker("五是完善").label
    ('（二）', '21', '五是')
    """
    for style, pattern in _PATTERNS:
        found = pattern.match(text)
        if found:
            return _made(style, found)
    found = _BOX.match(text)
    if found and not _NO_BOX.match(found["name"]):
        number = to_number(found["n"])
        return Marker("box", number, found["name"] + _ordinal(found["n"]), found.end())
    return None


def _made(style: str, found: re.Match[str]) -> Marker:
    groups = found.groupdict()
    if groups.get("dotted"):
        dotted = groups["dotted"].replace("．", ".")
        return Marker(style, to_number(dotted.rsplit(".", 1)[1]), f"第{_ordinal(dotted)}条", found.end())
    numeral = groups["n"]
    if style == "annex":
        return Marker(style, to_number(numeral) if numeral else 1, "附件" + _ordinal(numeral or ""), found.end())
    if style == "①":
        return Marker(style, ord(numeral) - ord("①") + 1, numeral, found.end())
    number = to_number(numeral)
    if style in ("1", "（1）"):
        return Marker(style, number, str(number) if style == "1" else f"（{number}）", found.end())
    return Marker(
        style, number, _FRAMES[style].format(to_chinese(number) if 0 < number < 1000 else numeral), found.end()
    )


def _ordinal(numeral: str) -> str:
    """Half-width digits, or the Chinese numeral as it stands."""
    return "".join(str(int(char)) if char.isdecimal() else char for char in numeral)
