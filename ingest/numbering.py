"""The ordinals that open a paragraph: 附件1, 第一章, 第三条之一, 一、 （一） 1、 4.2 （1） ① 一是, and heads of boxes."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from ingest.numerals import ARABIC, CHINESE, to_chinese, to_number

HEADING_STYLES = frozenset(["annex", "part", "volume", "book", "chapter", "section", "article", "一、", "（一）"])
"""Styles that divide a document; the others number runs inside a division."""

RANKS = {
    style: rank
    for rank, style in enumerate(
        (
            "annex",
            "part",
            "volume",
            "book",
            "chapter",
            "section",
            "article",
            "一、",
            "step",
            "（一）",
            "1",
            "1.1",
            "（1）",
            "①",
            "一是",
        )
    )
}
"""The levels from the outermost in (立法法 art. 65 for 编章节条款项目, GB/T 9704-2012 7.3.3 for 一、（一）1.（1）)."""


@dataclass(frozen=True, slots=True)
class Marker:
    """An ordinal at the start of a paragraph.

    ``style`` names its kind, ``label`` is its canonical form (一, （一）, 1, 4.2, （1）, ①, 一是, 第十条, 重大事项二)
    whatever widths the source used, and ``length`` how many characters of the paragraph it takes. ``number`` is its
    place in its run, and ``inserted`` counts what was inserted behind that number: 1 for 第十二条之一.
    """

    style: str
    number: int
    label: str
    length: int
    inserted: int = 0

    def follows(self, before: Marker) -> bool:
        """Whether this ordinal is the next after ``before`` in one run: 三 after 二, 第三条之一 after 第三条."""
        if self.inserted:
            return self.number == before.number and self.inserted == before.inserted + 1
        return self.number == before.number + 1


_NAMED = {
    "part": "部分",
    "volume": "编",
    "book": "篇(?!文章|论文|报道|报告|稿|小说)",
    "chapter": "章",
    "section": "节",
    "article": "条",
}
_DOTTED = rf"{ARABIC}{{1,3}}(?:[.．]{ARABIC}{{1,3}}){{1,6}}"
_NUMERAL = rf"(?P<n>{CHINESE}{{1,7}}|{ARABIC}{{1,4}})"
"""An ordinal below ten thousand, in which no document has more of one kind."""

_REFERENCE = r"(?!\s*(?:第?\s*[\d一二三四五六七八九十百]+\s*[款项目条]|的|和第|及第|至第|或者?第|与第|、第|规定|所列|所称情形|[,，。；;]))"
"""An ordinal that goes on so is cited inside a sentence: 第三条第二款规定的…, 第四条的规定适用于…."""

_PATTERNS = tuple(
    (style, re.compile(pattern))
    for style, pattern in (
        (
            "annex",
            rf"(?P<annex>附\s*[件录表])\s*(?:(?P<n>{CHINESE}{{1,3}}|{ARABIC}{{1,3}}|[A-H])(?P<below>[-—－]{ARABIC}{{1,2}})?)?\s*[:：]?$",
        ),
        *(
            (
                style,
                rf"第\s*{_NUMERAL}\s*{word}(?:\s*之\s*(?P<inserted>{CHINESE}{{1,3}}))?"
                rf"(?![-—~～/]){_REFERENCE}",
            )
            for style, word in _NAMED.items()
        ),
        ("article", rf"第\s*(?P<dotted>{_DOTTED})\s*条"),
        ("step", rf"第\s*{_NUMERAL}\s*步\s*[:：、]"),
        ("一是", rf"(?P<n>{CHINESE}{{1,3}})是"),
        ("一、", rf"(?P<n>{CHINESE}{{1,4}})\s*[、．.]\s*(?!{CHINESE}{{1,2}}[、和及至](?!{CHINESE}{{1,4}}是))"),
        ("（一）", rf"[（(]\s*(?P<n>{CHINESE}{{1,4}})\s*[）)]\s*[、．.]?\s*"),
        ("（1）", rf"[（(]?\s*(?P<n>{ARABIC}{{1,3}})\s*[）)]\s*[、．.]?\s*"),
        (
            "1",
            rf"(?P<n>{ARABIC}{{1,3}})\s*(?:、(?!\s*{ARABIC}{{1,3}}\s*(?:[、和及型号级类]))|[．.](?!\s*{ARABIC})|[．.](?=\s*(?:19|20){ARABIC}{{2}}(?!{ARABIC})))\s*",
        ),
        (
            "1.1",
            rf"(?P<decimal>{ARABIC}{{1,2}}(?:[.．]{ARABIC}{{1,2}})+)(?![.．\d])[.．、]?\s*(?=[\u4e00-\u9fff《“（(])",
        ),
        ("①", r"(?P<n>[①-⑳])\s*"),
    )
)

_UNSEEN = "\u200b\u200c\u200d\u2060\ufeff"
"""Characters without width, which a page may set before an ordinal."""

_BOX = re.compile(rf"(?P<name>[\u4e00-\u9fff]{{2,6}}?)\s*(?P<n>{CHINESE}{{1,3}}|{ARABIC}{{1,3}})\s*(?:[:：]|\s+|$)")
_NO_BOX = re.compile(r"附件|附表|附录|附|表|图|注|问题|步骤|示例|例|公式|.*第")
_FRAMES = {"part": "第{}部分", "volume": "第{}编", "book": "第{}篇", "chapter": "第{}章", "section": "第{}节", "article": "第{}条", "step": "第{}步", "一是": "{}是", "一、": "{}", "（一）": "（{}）"}  # fmt: skip


def marker(text: str) -> Marker | None:
    """Reads the ordinal that a paragraph opens with.

    A word with an ordinal and a colon (专栏1：, 重大事项一：) may head a box; whether it does is for the
    outline to say, which sees its neighbours. So it is with a decimal (:func:`decimal`).

    >>> marker("（二）扩大供给").label, marker("２１．修订").label, marker("第三条之一 甲").label
    ('（二）', '21', '第三条之一')
    """
    found = _found(text)
    return found if found is None or found.style != "1.1" else None


def decimal(text: str) -> Marker | None:
    """Reads a decimal ordinal, 4.2 or 4.2.1, of at least two parts; 1.5万张 reads so too, and is none.

    >>> decimal("4.2 编码").label, decimal("4.2 编码").number
    ('4.2', 2)
    """
    found = _found(text)
    return found if found is not None and found.style == "1.1" else None


def _found(text: str) -> Marker | None:
    unseen = len(text) - len(text.lstrip(_UNSEEN))
    if unseen and (inside := _found(text[unseen:])) is not None:
        return replace(inside, length=inside.length + unseen)
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
    if groups.get("dotted") or groups.get("decimal"):
        dotted = (groups.get("dotted") or groups["decimal"]).replace("．", ".")
        label = _ordinal(dotted)
        return Marker(
            style, to_number(dotted.rsplit(".", 1)[1]), f"第{label}条" if style == "article" else label, found.end()
        )
    numeral = groups["n"]
    if style == "annex":
        number = ord(numeral) - ord("A") + 1 if numeral and numeral in "ABCDEFGH" else to_number(numeral or "1")
        label = re.sub(r"\s", "", groups["annex"]) + _ordinal(numeral or "")
        below = re.sub(r"\D", "", groups["below"] or "")
        return Marker(style, number, f"{label}-{_ordinal(below)}" if below else label, found.end())
    if style == "①":
        return Marker(style, ord(numeral) - ord("①") + 1, numeral, found.end())
    number = to_number(numeral)
    if style in ("1", "（1）"):
        return Marker(style, number, str(number) if style == "1" else f"（{number}）", found.end())
    label = _FRAMES[style].format(to_chinese(number) if 0 < number < 1000 else numeral)
    inserted = to_number(groups["inserted"]) if groups.get("inserted") else 0
    return Marker(style, number, label + (f"之{to_chinese(inserted)}" if inserted else ""), found.end(), inserted)


def _ordinal(numeral: str) -> str:
    """Half-width digits, or the Chinese numeral as it stands."""
    return "".join(str(int(char)) if char.isdecimal() else char for char in numeral)
