"""Web page to pages: the article's blocks and tables, its metadata, and the chrome round them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ingest.readers.encoding import decode
from ingest.readers.html.article import Article, find_article
from ingest.readers.html.attachments import attachments
from ingest.readers.html.chrome import is_prose
from ingest.readers.html.flow import Block, read_flow, visible
from ingest.readers.html.formats import refuse_other_formats
from ingest.readers.html.generated import number_lists, raise_digits
from ingest.readers.html.grids import data_tables, grid_of
from ingest.readers.html.labels import Label, read_labels, read_unnamed, settle
from ingest.readers.html.refusal import refuse_unless_document
from ingest.readers.html.title import Title, find_title
from ingest.readers.html.tree import Node, parse
from ingest.records import Grid, Line, Page

__all__ = ["read"]

_SET_ASIDE = 0.05
"""Prose beside the article worth a warning, as a share of the article."""

_HEAD = 30
"""How many blocks the head of an article may take, fields and tools among them."""


def read(name: str, data: bytes) -> tuple[Page, ...]:
    """Reads a web page as one page without edges; what is outside the article goes to ``marks``.

    :param name: file name, for messages.
    :raises UnreadableFile: if it is no web page or its encoding cannot be told.
    :raises NoText: if it holds no document: scripts, a message of the server, a list of links, only attachments.
    """
    refuse_other_formats(name, data)
    declared = re.search(rb"charset\s*=\s*[\"']?\s*([A-Za-z0-9_-]+)", data[:4096])
    decoded = decode(name, data, declared[1].decode("ascii") if declared else None)
    root = parse(name, decoded.text)
    raise_digits(root)
    tables = data_tables(root)
    flow = read_flow(root, tables)
    article = find_article(flow)
    if number_lists(flow.blocks[place].node for place in article.places):
        flow = read_flow(root, tables)
        article = find_article(flow)
    refuse_unless_document(name, root, flow.blocks, article.places)
    places = article.places or tuple(place for place, block in enumerate(flow.blocks) if block.text)
    labels = _labels(flow.blocks, places)
    fields = dict(settle(labels))
    places = tuple(place for place in places if not any(place in label.places for label in labels))
    title = find_title(root, flow.blocks, places, fields.get("title")) if places else None
    named = {place for label in labels for place in label.places}
    warnings = _doubts(flow.blocks, places, named, article) + _title_doubts(title)
    if decoded.damaged:
        warnings.insert(0, f"有 {decoded.damaged} 个字无法解码，显示为“\ufffd”，请对照原文")
    return (_page(root, flow.blocks, places, labels, fields, title, tuple(warnings)),)


def _labels(blocks: Sequence[Block], places: Sequence[int]) -> list[Label]:
    """The fields round the article and in its head."""
    kept = set(places)
    head = {
        place for place in places[:_HEAD] if place < next((one for one in places if is_prose(blocks[one])), places[0])
    }
    named = read_labels(blocks, [place for place in range(len(blocks)) if place not in kept or place in head])
    taken = {place for label in named for place in label.places}
    above = [place for place in range(max(places[0] - _HEAD, 0), places[0]) if place not in taken]
    return named + read_unnamed(blocks, above)


def _page(
    root: Node, blocks: Sequence[Block], places: Sequence[int], labels: Sequence[Label], fields: dict[str, str],
    title: Title | None, warnings: tuple[str, ...],
) -> Page:  # fmt: skip
    lines: list[Line] = []
    grids: list[Grid] = []
    for order, place in enumerate(places):
        block = blocks[place]
        if block.table is not None:
            grids.append(grid_of(block.table, float(order)))
        else:
            lines.append(Line(block.text, page=0, top=float(order), bottom=float(order), block=True))
    named = {place for label in labels if label.field != "other" for place in label.places}
    named |= _title_place(blocks, places, title)
    marks = [block.text for place, block in enumerate(blocks) if place not in named and place not in set(places)]
    if title and title.number:
        fields.setdefault("number", title.number)
    return Page(
        number=0, width=0.0, height=0.0, lines=tuple(lines), grids=tuple(grids), marks=tuple(mark for mark in marks if mark),
        characters=visible(root.text()), labels=tuple(fields.items()),
        label_characters=sum(blocks[place].size for place in named), title=title.text if title else None,
        attachments=attachments(root), warnings=warnings,
    )  # fmt: skip


def _title_place(blocks: Sequence[Block], places: Sequence[int], title: Title | None) -> set[int]:
    """The place of the first block outside the article that is the title."""
    kept = set(places)
    plain = re.sub(r"\s", "", title.text) if title else ""
    same = (place for place, block in enumerate(blocks) if place not in kept and re.sub(r"\s", "", block.text) == plain)
    place = next(same, None) if plain else None
    return set() if place is None else {place}


def _doubts(blocks: Sequence[Block], places: Sequence[int], named: set[int], article: Article) -> list[str]:
    """What a user must look at: a hidden body, copies, text set aside.

    :param named: places of the metadata.
    """
    doubts = []
    if article.hidden:
        doubts.append("正文在网页中是隐藏的，由脚本显示；已按正文收入，请核对")
    if article.copies:
        doubts.append("正文在网页中不止一份，只收入第一份")
    own = "".join(blocks[place].text for place in places)
    left = [block for place, block in enumerate(blocks) if place not in named and not block.hidden and is_prose(block)]
    beside = [block for block in left if block.text not in own]
    size = sum(block.size for block in beside)
    if size > max(_SET_ASIDE * visible(own), 40):
        doubts.append(f"正文以外还有 {size} 字像正文的文字未收入，如“{beside[0].text[:30]}”，请核对")
    return doubts


def _title_doubts(title: Title | None) -> list[str]:
    if title is None:
        return ["网页没有给出标题，以正文首行为准，请核对"]
    return [] if title.sure else [f"标题“{title.text}”只有一处写明，请核对"]
