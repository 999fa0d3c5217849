"""How an official cites a clause."""

from __future__ import annotations

from collections.abc import Sequence

from ingest.numbering import Marker
from ingest.records import Metadata

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


def cite(metadata: Metadata, path: Sequence[Marker], tail: str = "", notice: bool = False) -> str:
    """Cites a clause: title, document number, then the ordinals from the outermost in.

    Rule: title before number, 《…》（浦民发〔2023〕74号) (党政机关公文格式 GB/T 9704-2012 7.2.5 for the form of the
    number); 章、节、条、款、项、目 for a text in articles (立法法, 2023, art. 65), where 项 is （一） and 目 is 1.
    Practice: for a notice or plan, whose ordinals GB/T 9704-2012 7.3.3 orders but does not name, 一、 is read as
    第一部分, （一） as 第（一）项, 1 as 第1点, and 一是, boxes and tables by their own words. The citation names
    the plan where a covering notice issues one; the notice itself is cited by the notice's title.

    :param path: the ordinals of the clause, outermost first.
    :param tail: what follows them, such as 第3段 or 表1第9行.
    :param notice: True for a paragraph of the covering notice.
    """
    title = metadata.notice_title if notice and metadata.notice_title else metadata.title
    number = f"（{metadata.number}）" if metadata.number else ""
    in_articles = any(marker.style == "article" for marker in path)
    return book_title(title) + number + "".join(_name(marker, in_articles) for marker in path) + tail


def _name(marker: Marker, in_articles: bool) -> str:
    if marker.style == "一、":
        return f"第{marker.label}部分"
    if marker.style == "（一）":
        return f"第{marker.label}项"
    if marker.style == "1":
        return f"第{marker.label}{'目' if in_articles else '点'}"
    if marker.style in ("（1）", "①"):
        return f"第{marker.label}小点"
    if marker.style == "一是":
        return f"“{marker.label}”"
    return marker.label
