"""Web page to pages: the article's blocks and tables, its metadata, and the chrome round them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import takewhile

from ingest.errors import UnreadableFile
from ingest.pages import Grid, Line, Page
from ingest.readers.encoding import decode
from ingest.readers.html.article import Article, find_article
from ingest.readers.html.attachments import attachments
from ingest.readers.html.chrome import is_prose
from ingest.readers.html.count import count_characters
from ingest.readers.html.doubts import doubts
from ingest.readers.html.flow import Block, read_flow, visible
from ingest.readers.html.generated import number_lists, raise_digits
from ingest.readers.html.grids import data_tables, grid_of
from ingest.readers.html.labels import (
    Label,
    force_labels,
    no_longer_in_force,
    number_alone,
    read_labels,
    read_unnamed,
    settle,
)
from ingest.readers.html.refusal import refuse_unless_document
from ingest.readers.html.title import Title, find_title
from ingest.readers.html.tree import Node, parse
from ingest.readers.limits import refuse_if_too_long
from ingest.readers.text import grid_of as rows_as_grid
from ingest.readers.text import tables_among

__all__ = ["read"]

LARGEST = 40 * 1024 * 1024
"""Bytes of a page, at most, pictures within it included."""

_HEAD = 30
"""How many blocks the head of an article may take, fields and tools among them."""


def read(name: str, data: bytes) -> tuple[Page, ...]:
    """Reads a web page as one page without edges; what is outside the article goes to ``marks``.

    :param name: file name, for messages.
    :raises UnreadableFile: if it is no web page or its encoding cannot be told.
    :raises NoText: if it holds no document: scripts, a message of the server, a list of links, only attachments.
    """
    if len(data) > LARGEST:
        problem = f"网页有 {len(data) >> 20} MB，超过上限 {LARGEST >> 20} MB"
        raise UnreadableFile(name, problem, "请用浏览器打开，只选正文另存")
    declared = re.search(rb"charset\s*=\s*[\"']?\s*([A-Za-z0-9_-]+)", data[:4096])
    decoded = decode(name, data, declared[1].decode("ascii") if declared else None)
    root = parse(name, decoded.text)
    refuse_if_too_long(name, visible(root.text()))
    raise_digits(root)
    blocks, article = _read_article(root)
    refuse_unless_document(name, root, blocks, article.places)
    labels = _labels(blocks, article.places)
    fields = dict(settle(labels))
    named = {place for label in labels for place in label.places}
    places = [place for place in article.places or _all_shown(blocks) if place not in named]
    title = find_title(root, blocks, places, fields.get("title")) if places else None
    warnings = doubts(
        blocks, article, named, title, count_characters(decoded.text), visible(root.text()), decoded.damaged
    )
    said = force_labels(labels, blocks, title.text if title else "")
    page = _page(root, blocks, places, labels, fields, title, warnings + no_longer_in_force(said))
    return (replace(page, labels=page.labels + tuple(("force", label) for label in said)),)


def _read_article(root: Node) -> tuple[list[Block], Article]:
    """The blocks of the page, and which of them are the article."""
    tables = data_tables(root)
    flow = read_flow(root, tables)
    article = find_article(flow)
    if number_lists(flow.blocks[place].node for place in article.places):
        flow = read_flow(root, tables)
        article = find_article(flow)
    return flow.blocks, article


def _all_shown(blocks: Sequence[Block]) -> tuple[int, ...]:
    """What is read of a page that is a heading and no more."""
    return tuple(place for place, block in enumerate(blocks) if block.text and not block.hidden)


def _labels(blocks: Sequence[Block], places: Sequence[int]) -> list[Label]:
    """The fields round the article and in its head, those without a name last."""
    kept = set(places)
    head = set(takewhile(lambda place: not is_prose(blocks[place]), places[:_HEAD]))
    named = read_labels(blocks, [place for place in range(len(blocks)) if place not in kept or place in head])
    values = {label.places[-1] for label in named if len(label.places) > 1}
    body = next((place for place in places if is_prose(blocks[place])), 0)
    above = [place for place in range(max(body - _HEAD, 0), body) if place not in values and place not in kept]
    return named + read_unnamed(blocks, above)


def _page(
    root: Node, blocks: Sequence[Block], places: Sequence[int], labels: Sequence[Label], fields: dict[str, str],
    title: Title | None, warnings: tuple[str, ...],
) -> Page:  # fmt: skip
    lines: list[Line] = []
    grids: list[Grid] = []
    by_blanks = {table.start: table for table in tables_among([blocks[place].set_out for place in places])}
    end = 0
    for order, place in enumerate(places):
        block = blocks[place]
        if order in by_blanks:
            grids.append(rows_as_grid(by_blanks[order].rows, order))
            end = by_blanks[order].end
        elif order < end:
            continue
        elif block.table is not None:
            grids.append(grid_of(block.table, float(order)))
        else:
            lines.append(Line(block.text, page=0, top=float(order), bottom=float(order), block=True))
    kept = set(places)
    named = {place for label in labels if label.field not in ("other", "force", "source") for place in label.places}
    named |= _title_place(blocks, kept | named, title)
    marks = (block.text for place, block in enumerate(blocks) if place not in named and place not in kept)
    files = attachments(root)
    # A file that is called by the number is the document itself.
    numbers = [title.number if title else None, *(number_alone(name.rsplit(".", 1)[0]) for name, _ in files)]
    given = next((number for number in numbers if number), None)
    labelled = {**({"number": given} if given else {}), **fields}
    return Page(
        number=0, width=0.0, height=0.0, lines=tuple(lines), grids=tuple(grids), marks=tuple(mark for mark in marks if mark),
        characters=visible(root.text()), labels=tuple(labelled.items()),
        label_characters=sum(blocks[place].size for place in named), title=title.text if title else None,
        attachments=files, warnings=warnings,
    )  # fmt: skip


def _title_place(blocks: Sequence[Block], taken: set[int], title: Title | None) -> set[int]:
    """The place of the first block that is the title and is not taken otherwise."""
    plain = re.sub(r"\s", "", title.text) if title else ""
    same = (
        place for place, block in enumerate(blocks) if place not in taken and re.sub(r"\s", "", block.text) == plain
    )
    place = next(same, None) if plain else None
    return set() if place is None else {place}
