"""Markup to a tree of plain nodes with the text that a reader sees; the only place that knows the parser."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from lxml import etree, html

from ingest.errors import UnreadableFile

_SILENT = frozenset(["script", "style", "noscript", "head", "title", "meta", "link", "object", "audio", "video"])
"""Elements whose content a browser never shows as text."""

_DEEPEST = 2000
"""The parser cuts off what is nested deeper than about 2,048 elements."""

_INLINE = re.compile(r"</?(?:font|span|b|i|u|strong|em|small|big|ins|a|o:p)(?:\s[^<>]*)?>", re.IGNORECASE)
_OVERLOADED = re.compile(
    r"<[a-z][\w:-]*(?:\s++[^\s<>\"'=]++(?:\s*+=\s*+(?:\"[^\"]*+\"|'[^']*+'|[^\s<>\"'=]++))?+){2000}", re.IGNORECASE
)
"""An element of so many attributes that the parser, which compares each with all others, would hardly end."""

_ENDS = re.compile(r"</(?:body|html)\s*>", re.IGNORECASE)
INVISIBLE = dict.fromkeys([*range(0x200B, 0x2010), 0x2060, 0xFEFF, 0xAD, *range(9), 0xB, *range(0xE, 0x20), 0x7F])
"""Zero-width characters, soft hyphens and control characters: on no page, and in no identifier."""

_UNDER_SCRIPT = ("text/html", "text/template", "text/x-template", "text/x-handlebars", "text/plain")
_SENTENCE = re.compile(r"[\u4e00-\u9fff][^\n]{0,200}?[，。；：]")


@dataclass(slots=True, eq=False)
class Node:
    """One element: lower-case name, attributes, and its content, strings and nodes in order.

    ``silent`` elements are never shown; ``hidden`` ones only after a script has run, with all below them.
    """

    tag: str
    attributes: Mapping[str, str]
    parent: Node | None = None
    content: list[Node | str] = field(default_factory=list)

    @property
    def silent(self) -> bool:
        """Whether the element's content is no text of the page."""
        return self.tag in _SILENT

    @property
    def hidden(self) -> bool:
        """Whether the element itself hides its content (style display:none, visibility:hidden, attribute hidden, template).

        A whole page is hidden only until it is loaded.
        """
        if self.tag in ("html", "body"):
            return False
        if self.tag == "template":
            return True
        style = self.attributes.get("style", "").replace(" ", "").lower()
        return "hidden" in self.attributes or "display:none" in style or "visibility:hidden" in style

    @property
    def ancestors(self) -> Iterator[Node]:
        """The elements round this one, innermost first."""
        node = self.parent
        while node is not None:
            yield node
            node = node.parent

    def walk(self) -> Iterator[Node]:
        """The element and all below it in the order of the page, silent ones too."""
        stack = [self]
        while stack:
            node = stack.pop()
            yield node
            stack.extend(child for child in reversed(node.content) if isinstance(child, Node))

    def text_inside(self) -> str:
        """The text directly in it, be the element silent or not."""
        return "".join(part for part in self.content if isinstance(part, str))

    def text(self) -> str:
        """All its text, as it stands in the page; silent elements have none."""
        parts: list[str] = []
        stack: list[Node | str] = [self]
        while stack:
            part = stack.pop()
            if isinstance(part, str):
                parts.append(part)
            elif not part.silent:
                stack.extend(reversed(part.content))
        return "".join(parts)


def parse(name: str, text: str) -> Node:
    """Parses a page to its outermost element.

    :param name: file name, for messages.
    :raises UnreadableFile: if it is no markup, or nested too deeply to be read whole.
    """
    # A decoded string that still declares its encoding is refused by the parser, and what follows the end of a page,
    # which browsers show, is dropped by it.
    if _OVERLOADED.search(text):
        raise UnreadableFile(name, "网页里一个标签有上千个属性，不是正常的网页", "请用浏览器打开后重新保存该网页")
    text = _ENDS.sub("", re.sub(r"^\s*<\?xml[^>]*\?>", "", text)).replace("\0", "")
    root, depth = _build(name, text)
    if depth >= _DEEPEST:
        # Formatting that was never closed nests without end, and does nothing to the text.
        root, depth = _build(name, _INLINE.sub("", text))
    if depth >= _DEEPEST:
        raise UnreadableFile(name, f"网页标签嵌套超过 {_DEEPEST} 层，读不全", "请用浏览器打开后重新保存该网页")
    return root


def _build(name: str, text: str) -> tuple[Node, int]:
    """The tree, and how deep it goes."""
    try:
        source = html.document_fromstring(text, parser=html.HTMLParser(huge_tree=True))
    except (etree.ParserError, etree.XMLSyntaxError, ValueError) as error:
        raise UnreadableFile(name, "不是可以解析的网页", "请用浏览器重新保存该网页") from error
    root, deepest = Node("", {}), 0
    stack = [root]
    for event, element in etree.iterwalk(source, events=("start", "end", "comment", "pi")):
        if event == "start":
            node = Node(
                str(element.tag).lower(),
                {str(k): str(v).translate(INVISIBLE) for k, v in element.attrib.items()},
                stack[-1],
            )
            stack[-1].content.append(node)
            stack.append(node)
            deepest = max(deepest, len(stack))
            _add_text(node, element.text)
        else:
            if event == "end":
                _unfold(name, stack.pop())
            _add_text(stack[-1], element.tail)
    return root, deepest


def _add_text(node: Node, text: str | None) -> None:
    plain = (text or "").translate(INVISIBLE)
    if plain:
        node.content.append(plain)


def _unfold(name: str, node: Node) -> None:
    """Puts markup that scripts show later, kept as text in a textarea, template script or frame, into the tree."""
    markup = node.attributes.get("srcdoc", "")
    shown = node.tag == "iframe" and bool(markup)
    if not shown:
        kept = node.tag == "textarea" or (node.tag == "script" and node.attributes.get("type") in _UNDER_SCRIPT)
        markup = "".join(part for part in node.content if isinstance(part, str)) if kept else ""
        if "<" not in markup or not _SENTENCE.search(markup):
            return
    inner, _ = _build(name, markup)
    node.tag, node.content = "div", inner.content
    for child in node.content:
        if isinstance(child, Node):
            child.parent = node
    if not shown:
        node.attributes = {**node.attributes, "hidden": ""}
