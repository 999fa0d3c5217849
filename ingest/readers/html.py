"""Web page to pages: the article's blocks and tables, the metadata block, and the chrome round them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

import charset_normalizer
from lxml import etree, html

from ingest.errors import NoText, UnreadableFile
from ingest.records import Cell, Grid, Line, Page

_BLOCKS = frozenset(
    [
        "address",
        "article",
        "aside",
        "blockquote",
        "body",
        "br",
        "caption",
        "center",
        "dd",
        "div",
        "dl",
        "dt",
        "figure",
        "footer",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hr",
        "li",
        "main",
        "nav",
        "ol",
        "option",
        "p",
        "pre",
        "section",
        "select",
        "table",
        "tbody",
        "td",
        "textarea",
        "tfoot",
        "th",
        "thead",
        "tr",
        "ul",
    ]
)
_HIDDEN = frozenset(["script", "style", "noscript", "template", "head"])
_LABELS = {
    "索引号": "index_number", "文件编号": "number", "发文字号": "number", "文号": "number", "字号": "number",
    "发布机构": "publisher", "发文机关": "issuer", "发布机关": "issuer", "公开类别": "category",
    "发布时间": "published", "发布日期": "published", "成文日期": "date", "标题": "title",
}  # fmt: skip
_DECAY = 0.6
"""How much of a block's score each further ancestor gets when the article is looked for."""

_INDENT = re.compile(r"(?<=[。；：！？.;:）)])[\u3000\xa0]{2,}")
"""Two ideographic spaces after a sentence's end stand for a new paragraph."""


@dataclass
class _Flow:
    """What a walk over the article has gathered so far."""

    lines: list[Line] = field(default_factory=list)
    grids: list[Grid] = field(default_factory=list)

    @property
    def place(self) -> float:
        return float(len(self.lines) + len(self.grids))

    def add(self, text: str) -> None:
        for part in _INDENT.split(text):
            plain = " ".join(part.split())
            if plain:
                self.lines.append(Line(plain, page=0, top=self.place, bottom=self.place, block=True))


def read(name: str, data: bytes) -> tuple[Page, ...]:
    """Reads a web page as one page without edges; what is outside the article goes to ``marks``.

    :param name: file name, for messages.
    :raises UnreadableFile: if it is no web page or its encoding cannot be told.
    :raises NoText: if it has no text.
    """
    root = _parse(name, data)
    article = _article(root)
    flow = _Flow()
    _walk(article, flow)
    if not flow.lines and not flow.grids:
        raise NoText(name, "网页里没有正文", "请确认保存的是完整网页（而不是只有框架或脚本的页面）")
    outside = list(_chunks(root, article))
    labels, used, title = _labels(root, outside, article)
    marks = tuple(chunk for place, chunk in enumerate(outside) if place not in used)
    return (
        Page(
            number=0, width=0.0, height=0.0, lines=tuple(flow.lines), grids=tuple(flow.grids), marks=marks,
            characters=_visible("".join(_texts(root))), labels=tuple(labels),
            label_characters=sum(_visible(outside[place]) for place in used), title=title,
        ),
    )  # fmt: skip


def _parse(name: str, data: bytes) -> html.HtmlElement:
    text = _decode(name, data)
    # lxml refuses a decoded string that still declares its encoding.
    text = re.sub(r"^\s*<\?xml[^>]*\?>", "", text)
    try:
        root = html.document_fromstring(text)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError) as error:
        raise UnreadableFile(name, "不是可以解析的网页", "请用浏览器重新保存该网页") from error
    body = root.find(".//body")
    return root if body is None else body


def _decode(name: str, data: bytes) -> str:
    declared = re.search(rb"charset\s*=\s*[\"']?\s*([A-Za-z0-9_-]+)", data[:4096])
    guesses = ["utf-8-sig", *([declared.group(1).decode("ascii")] if declared else [])]
    for guess in guesses:
        # GB 18030 holds GBK and GB 2312, which pages name but overstep.
        codec = "gb18030" if guess.lower() in ("gbk", "gb2312") else guess
        try:
            return data.decode(codec)
        except (UnicodeDecodeError, LookupError):
            continue
    best = charset_normalizer.from_bytes(data, cp_isolation=["gb18030", "big5", "utf_16"]).best()
    if best is None or b"\x00" in data[:1024]:
        raise UnreadableFile(name, "认不出网页的文字编码", "请用浏览器打开后另存为 UTF-8 编码的网页")
    return str(best)


def _article(body: html.HtmlElement) -> html.HtmlElement:
    """The element whose own blocks hold most of the page's sentences.

    Each block of text gives its length in Chinese sentences' characters to its parent, and ever less to the
    elements above; the richest element is the article. Of equal elements the first in the page is taken.
    """
    scores: dict[html.HtmlElement, float] = {}
    for element in body.iter():
        if not isinstance(element.tag, str) or element.tag in _HIDDEN or _hidden(element):
            continue
        own = "".join(_own_text(element))
        score = float(len(own)) if re.search(r"[，。；：、,;]", own) and element.tag != "a" else 0.0
        holder = (
            element
            if element.tag not in ("p", "span", "font", "strong", "b", "h1", "h2", "h3")
            else element.getparent()
        )
        while score > 1 and holder is not None:
            scores[holder] = scores.get(holder, 0.0) + score
            score *= _DECAY
            holder = holder.getparent() if holder is not body else None
    return max(scores, key=lambda element: scores[element]) if scores else body


def _own_text(element: html.HtmlElement) -> Iterator[str]:
    yield element.text or ""
    for child in element:
        yield child.tail or ""


def _hidden(element: html.HtmlElement) -> bool:
    return any("display:none" in (up.get("style") or "").replace(" ", "") for up in (element, *element.iterancestors()))


def _walk(element: html.HtmlElement, flow: _Flow) -> None:
    """Adds the blocks and data tables below ``element`` to ``flow`` in reading order."""
    pending: list[str] = []

    def flush() -> None:
        flow.add("".join(pending))
        pending.clear()

    def visit(node: html.HtmlElement) -> None:
        if not isinstance(node.tag, str) or node.tag in _HIDDEN:
            return
        rows = _table_rows(node) if node.tag == "table" else ()
        if rows:
            flush()
            flow.grids.append(Grid(rows, page=0, top=flow.place, bottom=flow.place))
            return
        block = node.tag in _BLOCKS
        if block:
            flush()
        pending.append(node.text or "")
        for child in node:
            visit(child)
            pending.append(child.tail or "")
        if block:
            flush()

    visit(element)
    flush()


def _table_rows(table: html.HtmlElement) -> tuple[tuple[Cell | None, ...], ...]:
    """The cells of a data table by row and column, spans filled in; nothing for a table used as layout."""
    rows = table.xpath("./tr | ./tbody/tr | ./thead/tr | ./tfoot/tr")
    if len(rows) < 2 or table.xpath(".//table"):
        return ()
    grid: dict[tuple[int, int], Cell] = {}
    for y, row in enumerate(rows):
        x = 0
        for item in row.xpath("./td | ./th"):
            while (y, x) in grid:
                x += 1
            flow = _Flow()
            _walk(item, flow)
            cell = Cell(tuple(flow.lines))
            wide, high = _count(item, "colspan"), _count(item, "rowspan")
            grid.update({(y + dy, x + dx): cell for dy in range(high) for dx in range(wide)})
            x += wide
    width = 1 + max(x for _, x in grid) if grid else 0
    if width < 2:
        return ()
    return tuple(tuple(grid.get((y, x)) for x in range(width)) for y in range(len(rows)))


def _count(cell: html.HtmlElement, name: str) -> int:
    value = (cell.get(name) or "1").strip()
    return min(max(int(value), 1), 200) if value.isdecimal() else 1


def _chunks(root: html.HtmlElement, article: html.HtmlElement) -> Iterator[str]:
    """Every piece of text of the page outside the article."""
    for text in _texts(root, article):
        if text.strip():
            yield " ".join(text.split())


def _texts(element: html.HtmlElement, skip: html.HtmlElement | None = None) -> Iterator[str]:
    if element is skip or not isinstance(element.tag, str) or element.tag in _HIDDEN:
        return
    yield element.text or ""
    for child in element:
        yield from _texts(child, skip)
        yield child.tail or ""


def _labels(
    root: html.HtmlElement, outside: list[str], article: html.HtmlElement
) -> tuple[list[tuple[str, str]], set[int], str | None]:
    """Metadata given by name round the article, the places of their chunks, and the page's own title."""
    labels: list[tuple[str, str]] = []
    used: set[int] = set()
    for place, chunk in enumerate(outside):
        name, _, value = re.sub(r"\s+", "", chunk).replace(":", "：").partition("：")
        following = outside[place + 1] if place + 1 < len(outside) else ""
        if name not in _LABELS or place in used:
            continue
        if value:
            labels.append((_LABELS[name], value))
            used.add(place)
        elif following and re.sub(r"[\s:：]", "", following) not in _LABELS:
            labels.append((_LABELS[name], following))
            used |= {place, place + 1}
    title = _title(root, labels)
    for place, chunk in enumerate(outside):
        if title and re.sub(r"\s", "", chunk) == re.sub(r"\s", "", title):
            used.add(place)
            break
    return labels, used, title


def _title(root: html.HtmlElement, labels: list[tuple[str, str]]) -> str | None:
    """The article's title: a metadata field, else the page's only level-one heading, else the site's meta tag."""
    given = [value for name, value in labels if name == "title"]
    headings = [" ".join(heading.text_content().split()) for heading in root.xpath(".//h1")]
    metas = root.getroottree().xpath("//meta[@name='ArticleTitle']/@content")
    candidates = (
        given or [heading for heading in headings if heading][:1] or [" ".join(str(meta).split()) for meta in metas]
    )
    return candidates[0] if candidates else None


def _visible(text: str) -> int:
    return sum(not char.isspace() for char in text)
