"""What a user should look at on a page that was read: said as warnings, in Chinese."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from ingest.readers.html.article import Article
from ingest.readers.html.chrome import is_prose
from ingest.readers.html.flow import Block, visible
from ingest.readers.html.title import Title

_SET_ASIDE = 0.05
"""Prose beside the article worth a warning, as a share of the article."""

_FEW = 40
"""Less prose than this beside an article is a message of the site."""

_ORDINAL = re.compile(
    r"第[一二三四五六七八九十百零\d]{1,6}条|[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十]{1,3}[）)]"
)

_DROPPED = 0.01
"""Characters that the parser may drop without a warning, as a share of the page."""


def doubts(
    blocks: Sequence[Block], article: Article, named: Collection[int], title: Title | None, source: int, read: int,
    damaged: int,
) -> tuple[str, ...]:  # fmt: skip
    """Says what is doubtful: characters lost, a hidden body, copies, text set aside, an uncertain title.

    :param named: places of the metadata.
    :param source: visible characters of the markup, counted without the parser.
    :param read: visible characters of the tree.
    :param damaged: characters that could not be decoded.
    """
    found = []
    if damaged:
        found.append(f"有 {damaged} 个字无法解码，显示为“\ufffd”，请对照原文")
    if source - read > _DROPPED * read:
        found.append(f"网页标签有错，有 {source - read} 字没有解析出来，请用浏览器重新保存该网页")
    if article.hidden:
        found.append("正文在网页中是隐藏的，由脚本显示；已按正文收入，请核对")
    if article.copies:
        found.append("正文在网页中不止一份，只收入第一份")
    found += _set_aside(blocks, article, named)
    if title is None:
        found.append("网页没有给出标题，以正文首行为准，请核对")
    elif not title.sure:
        found.append(f"标题“{title.text}”只有一处写明，请核对")
    return tuple(found)


def _set_aside(blocks: Sequence[Block], article: Article, named: Collection[int]) -> list[str]:
    """A warning where much beside the article reads like text of the document."""
    kept = {*article.places, *named}
    own = "".join(blocks[place].text for place in article.places)
    left = [block for place, block in enumerate(blocks) if place not in kept and not block.hidden and is_prose(block)]
    beside = [block for block in left if block.text not in own]
    size = sum(block.size for block in beside)
    # Messages of a site are short and bear no ordinal.
    numbered = any(_ORDINAL.match(block.text) for block in beside)
    if size <= max(_SET_ASIDE * visible(own), 0 if numbered else _FEW):
        return []
    return [f"正文以外还有 {size} 字像正文的文字未收入，如“{beside[0].text[:30]}”，请核对"]
