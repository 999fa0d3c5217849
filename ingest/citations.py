"""How an official cites a clause."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ingest.numbering import Marker
from ingest.numerals import to_chinese

_OPEN, _CLOSE = "《〈<", "》〉>"


def book_title(title: str) -> str:
    """Puts a title in title marks, inner ones alternating: 《…〈…《…》…〉…》.

    Rule: GB/T 15834-2011 4.15, a title inside a title takes single marks.

    >>> book_title("贯彻落实《上海市规划》实施方案")
    '《贯彻落实〈上海市规划〉实施方案》'
    """
    depth, marked = 1, "《"
    for char in title:
        if char in _OPEN:
            depth += 1
            marked += "《〈"[depth % 2 == 0]
        elif char in _CLOSE and depth > 1:
            marked += "》〉"[depth % 2 == 0]
            depth -= 1
        else:
            marked += char
    return marked + "》"


def cite(
    title: str, number: str | None, path: Sequence[Marker], tail: str = "", annex: tuple[str, str] | None = None
) -> str:
    """Cites a clause: title, document number, then the ordinals from the outermost in.

    Rule: title before number, 《…》（浦民发〔2023〕74号) (党政机关公文格式 GB/T 9704-2012 7.2.5 for the form of the
    number); 章、节、条、款、项、目 for a text in articles (立法法, 2023, art. 65), where 项 is （一） and 目 is 1.
    Practice: for a notice or plan, whose ordinals GB/T 9704-2012 7.3.3 orders but does not name, 一、 is read as
    第一部分, （一） as 第（一）项, 1 as 第1点, and 一是, boxes and tables by their own words. An annex is named behind the
    text that it is joined to, with its own title: 《…》（…号）附件1《…》.

    :param title: title of the text that is cited: the plan's, or for a paragraph of the covering notice the notice's.
    :param number: the document's number, or None.
    :param path: the ordinals of the clause, outermost first.
    :param tail: what follows them, such as 第3段 or 表1第9行.
    :param annex: label and title of the annex that the clause stands in.
    """
    numbered = f"（{number}）" if number else ""
    joined = (annex[0] + (book_title(annex[1]) if annex[1] else "")) if annex else ""
    in_articles = any(marker.style == "article" for marker in path)
    return (
        book_title(title)
        + numbered
        + joined
        + "".join(_name(marker, in_articles) for marker in path)
        + _tail(tail, in_articles)
    )


def _tail(tail: str, in_articles: bool) -> str:
    """第2款 of an article is written 第二款."""
    found = re.fullmatch(r"第(\d+)款", tail) if in_articles else None
    return f"第{to_chinese(int(found[1]))}款" if found else tail


def _name(marker: Marker, in_articles: bool) -> str:
    if marker.style == "一、":
        return f"第{marker.label}部分"
    if marker.style == "（一）":
        return f"第{marker.label}项"
    if marker.style == "1":
        return f"第{marker.label}{'目' if in_articles else '点'}"
    if marker.style in ("（1）", "①"):
        return f"第{marker.label}小点"
    if marker.style == "paragraph":
        return _tail(marker.label, in_articles)
    if marker.style == "1.1":
        return f"第{marker.label}条"
    if marker.style == "一是":
        return f"“{marker.label}”"
    return marker.label
