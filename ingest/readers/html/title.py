"""The title of the document on a page, from all places that may give it, checked against each other."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import unescape

from ingest.readers.html.chrome import is_chrome, is_link, is_path, is_prose, is_tool
from ingest.readers.html.flow import Block
from ingest.readers.html.tree import Node
from ingest.standing import title_mark

_METAS = ("articletitle", "og:title", "dc.title", "dcterms.title", "pubtitle", "title")
_SITES = ("sitename", "columnname", "columntype", "og:site_name", "sitedescription")
_NUMBER = r"[\u4e00-\u9fff]{2,16}\s*[〔\[［（(【]\s*\d{4}\s*[〕\]］)）】]\s*第?\s*\d{1,5}\s*号"
_NOT_TITLE = re.compile(rf"[（(]?{_NUMBER}[）)]?|.*文件|[^\u4e00-\u9fff]*")
"""Lines that may stand above or between those of a title: the number, the red head, a registration code."""

_TAIL = re.compile(rf"(?:\s*[（(]\s*(?P<number>{_NUMBER})\s*[）)]|\s+(?P<plain>{_NUMBER}))\s*$")
_HEAD = re.compile(rf"^\s*(?:[\[【][^\[\]【】]{{1,8}}[\]】]\s*)?(?P<number>{_NUMBER})?\s*")
_SITE = re.compile(r"(?:网|网站|平台|门户|政府|首页|频道|专栏|公开|中心|委员会|[局厅委部署办])$")
_KINDS = re.compile(
    r"(?:通知|通告|公告|公报|通报|决定|决议|命令|令|意见|批复|函|复函|报告|纪要|议案|办法|规定|条例|细则|规则|规程|规范|方案|计划|规划|纲要|要点|措施"
    r"|指南|指引|问答|解答|标准|目录|名录|清单|一览表|基准表|[\u4e00-\u9fff]表|手册|须知|流程|守则|章程|制度|预案|政策|建议|[\u4e00-\u9fff]法)(?:\s*[（(][^（）()]{1,16}[）)])?$"
)
_BETWEEN = re.compile(r"\s*[_|｜]\s*|——|\s+[-–—]\s*|\s*[-–—]\s+|(?<=[\u4e00-\u9fff）)])-(?=[\u4e00-\u9fff])")
_LIKELY = 1.5
"""A candidate worded as a title is worth more than one other place that agrees with a candidate that is not."""

_SHORTEST = 8
_NEAR = 30
"""How many blocks above the article its heading may stand."""


@dataclass(frozen=True, slots=True)
class Title:
    """A title as it stands on the page, without its number and blanks.

    ``sure`` is True where two places agree or it names a kind of document; ``number`` is the document number that stood
    in brackets behind it, or before it.
    """

    text: str
    sure: bool
    number: str | None = None


def find_title(root: Node, blocks: Sequence[Block], article: Sequence[int], given: str | None) -> Title | None:
    """Finds the title among the metadata, the meta tags, the headings above the article and its own first lines.

    Candidates that are a path, a tool, a tab or the name of the site or column are dropped. Of the others the one that
    most places agree on is taken; of equals the one named first in this order.

    :param article: the places of the article's blocks.
    :param given: the title in the page's metadata table.
    """
    sites = {_plain(content) for name, content in metas(root) if name in _SITES}
    sources = [
        [given] if given else [],
        [_without_site(content, sites) for name, content in metas(root) if name in _METAS],
        list(_headings(blocks, article[0])),
        list(_first_lines(blocks, article)),
        [_without_site(node.text_inside(), sites) for node in root.walk() if node.tag == "title"][:1],
    ]
    cleaned = [[found for text in source if (found := _clean(text))] for source in sources]
    ranked: list[tuple[float, int, bool, int, str]] = []
    for order, source in enumerate(cleaned):
        for text in source:
            agreeing = [other for other in cleaned if other is not source and any(_same(text, one) for one in other)]
            of_page = any(other is not cleaned[-1] for other in agreeing)
            if _is_document(text) or not (_SITE.search(text) or (_plain(text) in sites and not of_page)):
                worth = len(agreeing) + _LIKELY * _is_document(text) + 0.5 * ("关于" in text)
                ranked.append((worth, -order, bool(_KINDS.search(text)), len(text), text))
    if not ranked:
        return None
    worth, *_, text = max(ranked)
    return Title(text, worth >= 1 and len(text) >= _SHORTEST, _number(sources, text))


def _is_document(text: str) -> bool:
    """Whether a title says of what it is, or names a kind of document; 通知公告 alone is the name of a column."""
    return "关于" in text or (len(text) >= _SHORTEST and bool(_KINDS.search(text)))


def metas(root: Node) -> Iterator[tuple[str, str]]:
    """The meta tags of a page: lower-case name and content."""
    for node in root.walk():
        if node.tag == "meta":
            name = node.attributes.get("name") or node.attributes.get("property") or ""
            yield name.strip().lower(), " ".join(node.attributes.get("content", "").split())


def _headings(blocks: Sequence[Block], start: int) -> Iterator[str]:
    """Lines above the article that are set as headings or named so in the markup, nearest first."""
    for place in range(start - 1, max(start - _NEAR, 0) - 1, -1):
        block = blocks[place]
        names = " ".join(block.node.attributes.get(name, "") for name in ("class", "id")).lower()
        headed = block.node.tag in ("h1", "h2", "h3", "h4") or re.search(r"title|tit\b|bt\b|biaoti", names)
        if headed and not is_link(block) and not block.hidden:
            yield block.text


def _first_lines(blocks: Sequence[Block], article: Sequence[int]) -> Iterator[str]:
    """The article's own first lines, alone and joined, as far as they are no sentence."""
    joined = ""
    for place in article[:8]:
        text = blocks[place].text
        if re.fullmatch(_NOT_TITLE, text):
            continue
        if (
            is_prose(blocks[place])
            and not _KINDS.search(text)
            or text.endswith(("：", ":", "。", "？"))
            or len(joined) > 120
        ):
            return
        yield text
        joined += text
        yield joined


def _clean(text: str | None) -> str:
    """A candidate without its number and marks of the site; empty if it can be no title."""
    plain = " ".join(unescape(text or "").split())
    plain, _ = title_mark(_HEAD.sub("", _TAIL.sub("", plain)).strip())
    cut = plain.endswith(("...", "…"))
    if len(re.findall(r"[\u4e00-\u9fff]", plain)) < 4 or len(plain) > 200 or cut or is_path(plain) or is_tool(plain):
        return ""
    if (
        is_chrome(Block(plain, Node("p", {})))
        or plain.endswith(("。", "：", ":", "；"))
        or re.match(r"\d{4}\s*年.*日$", plain)
    ):
        return ""
    # A blank between Chinese names only lays them out.
    return re.sub(r"(?<![A-Za-z0-9]) | (?![A-Za-z0-9])", "", plain)


def _without_site(text: str, sites: set[str]) -> str:
    """What a page's title tag says between the names of site and column."""
    parts = _BETWEEN.split(text.strip())
    while len(parts) > 1 and _names_site(parts[-1], sites):
        parts.pop()
    while len(parts) > 1 and _names_site(parts[0], sites):
        parts.pop(0)
    return parts[0] if parts else ""


def _names_site(part: str, sites: set[str]) -> bool:
    return _plain(part) in sites or bool(_SITE.search(part) and not _KINDS.search(part))


def _number(sources: Sequence[Sequence[str | None]], title: str) -> str | None:
    """The document number behind the title or before it, in whichever place has it."""
    for text in (text for source in sources for text in source):
        behind, before = _TAIL.search(text or ""), _HEAD.match(text or "")
        number = (behind["number"] or behind["plain"]) if behind else before["number"] if before else None
        if number and _same(_clean(text), title):
            return number
    return None


def _same(one: str, other: str) -> bool:
    return _plain(one) == _plain(other)


def _plain(text: str) -> str:
    return re.sub(r"[\W_]", "", unicodedata.normalize("NFKC", text))
