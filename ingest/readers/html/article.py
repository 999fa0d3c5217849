"""The article of a page: which of its blocks are the document, whatever stands round them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from ingest.readers.html.chrome import is_chrome, is_dateline, is_link, is_prose, opens_related
from ingest.readers.html.flow import Block, Flow
from ingest.readers.html.labels import opens_field
from ingest.readers.text import tables_among

_PLAIN_COST = 0.5
"""What each character of a block that is neither prose nor link counts against an element that holds it."""

_TABLE_WORTH = 0.5
_KNOWN_SHARE = 0.5
"""A block is a copy when at least this share of its sentences stands on the page already."""

_LOOSE = 1.3
"""A run of blocks that is worth this many times the best element is the body: it has no element of its own."""

_COPY_SHARE = 0.4
"""A run that repeats this share of the article is a second copy of it."""

_TELLING = 10
"""A block shorter than this, or a sentence shorter than 8, may recur by chance."""

_DAY = re.compile(
    r"[（(]?[\d〇○零一二三四五六七八九十]{4}\s*年\s*[\d一二三四五六七八九十]{1,3}\s*月\s*[\d一二三四五六七八九十]{1,3}\s*日[）)]?"
)
_ADOPTED = re.compile(r"[（(][^（）()]{8,}(?:通过|修订|修正|公布|批准)[）)]")
_NEAR = 6
"""How many blocks above the article its note of adoption may stand."""

_SPLIT = re.compile(r"[。；？！;?!：:]|(?<=\D)\.")


@dataclass(frozen=True, slots=True)
class Article:
    """Which blocks are the document's, by place and in order.

    ``hidden`` is True where only a script shows them, ``copies`` where further copies of the same text were left out.
    """

    places: tuple[int, ...]
    hidden: bool = False
    copies: bool = False


def find_article(flow: Flow) -> Article:
    """Finds the article: the element whose text is most prose and least links and names, with its signature.

    Each block counts for the elements that hold it: prose and tables for, links and other short text against. The
    element that comes out richest is the article; blocks of chrome within it are left out. What only a script shows
    counts where it is not a copy of what is shown anyway. No places are found where nothing on the page is prose.
    """
    weights = _weights(flow.blocks)
    start, end = _richest(flow, weights)
    if start == end:
        return Article(())
    start, end = _widened(flow, start, end)
    start, end = _addressed(flow.blocks, start), _signed(flow.blocks, end)
    places = [*_noted(flow.blocks, start), *_trimmed(flow.blocks, list(range(start, end)), weights)]
    kept = _single(flow.blocks, places)
    shown = sum(block.size for place in kept if not (block := flow.blocks[place]).hidden)
    return Article(tuple(kept), 2 * shown < sum(flow.blocks[place].size for place in kept), len(kept) < len(places))


def _richest(flow: Flow, weights: Sequence[float]) -> tuple[int, int]:
    """The range of the element that is worth most; where the body stands in none of its own, the run of blocks that is."""
    sums = [0.0]
    for weight in weights:
        sums.append(sums[-1] + weight)
    best, element = 0.0, (0, 0)
    for first, last in flow.ranges.values():
        worth = sums[last] - sums[first]
        if worth > best or (worth == best > 0 and last - first < element[1] - element[0]):
            best, element = worth, (first, last)
    most, run = _richest_run(weights, 0, len(weights))
    own, _ = _richest_run(weights, *element)
    return run if most > _LOOSE * own else element


def _richest_run(weights: Sequence[float], first: int, last: int) -> tuple[float, tuple[int, int]]:
    """Worth and range of the run of blocks between two places that is worth most."""
    most, run, here, begin = 0.0, (first, first), 0.0, first
    for place in range(first, last):
        if here <= 0:
            here, begin = 0.0, place
        here += weights[place]
        if here > most:
            most, run = here, (begin, place + 1)
    return most, run


def _weights(blocks: Sequence[Block]) -> list[float]:
    """What each block counts; text that is shown comes before text that is hidden, and a copy counts nothing."""
    weights = [0.0] * len(blocks)
    tables = tables_among([block.set_out for block in blocks])
    in_table = {place for table in tables for place in range(table.start, table.end)}
    known: set[str] = set()
    for place in sorted(range(len(blocks)), key=lambda place: blocks[place].hidden):
        block = blocks[place]
        if block.table is not None or place in in_table:
            weights[place] = 0.0 if block.hidden else _TABLE_WORTH * block.size
        elif is_prose(block) and not opens_field(block.text):
            parts = {part for part in _SPLIT.split(re.sub(r"\s", "", block.text)) if len(part) >= 8}
            copied = sum(len(part) for part in parts & known) > _KNOWN_SHARE * sum(len(part) for part in parts)
            weights[place] = 0.0 if copied else block.size
            known |= parts
        elif is_link(block):
            weights[place] = -block.size
        elif not block.hidden:
            weights[place] = -_PLAIN_COST * block.size
    return weights


def _widened(flow: Flow, start: int, end: int) -> tuple[int, int]:
    """The range of the widest element round the article that adds nothing but plain lines; a table's cell is not left."""
    for node, (first, last) in sorted(flow.ranges.items(), key=lambda item: item[1][1] - item[1][0]):
        if first <= start and end <= last:
            added = (range(first, start), range(end, last))
            if not all(_plain(flow.blocks[place]) for places in added for place in places):
                break
            start, end = first, last
            if node.tag in ("td", "th"):
                break
    return start, end


def _plain(block: Block) -> bool:
    return not (
        block.hidden
        or is_link(block)
        or is_chrome(block)
        or opens_field(block.text)
        or opens_related(block.text)
        or is_dateline(block.text)
    )


def _addressed(blocks: Sequence[Block], start: int) -> int:
    """The start of the article with the recipients (主送机关) that stand before it in an element of their own."""
    above = blocks[start - 1] if start else None
    return start - 1 if above and above.text.endswith(("：", ":")) and len(above.text) > 4 and _plain(above) else start


def _noted(blocks: Sequence[Block], start: int) -> list[int]:
    """The place of the note of adoption (题注) that stands under the heading, apart from the article."""
    near = range(max(start - _NEAR, 0), start)
    return [place for place in near if _ADOPTED.fullmatch(blocks[place].text) and not blocks[place].hidden][-1:]


def _signed(blocks: Sequence[Block], end: int) -> int:
    """The end of the article with the signature and date that stand in elements of their own behind it."""
    for place in range(end, min(end + 5, len(blocks))):
        if _DAY.fullmatch(blocks[place].text):
            return place + 1
        if is_link(blocks[place]) or is_chrome(blocks[place]) or not 2 <= len(blocks[place].text) <= 30:
            break
    return end


def _trimmed(blocks: Sequence[Block], places: list[int], weights: Sequence[float]) -> list[int]:
    """The places less the chrome at head and foot, and less copies for printing that stand hidden among them."""
    hidden = sum(blocks[place].hidden for place in places) > len(places) / 2
    places = [
        place
        for place in places
        if blocks[place].text and (hidden or not (blocks[place].hidden and weights[place] <= 0))
    ]
    body = [place for place in places if weights[place] > 0]
    first, last = (body[0], body[-1]) if body else (places[0], places[-1])
    behind = (place for place in places if place > last and opens_related(blocks[place].text))
    related = next(behind, len(blocks))
    return [
        place
        for place in places
        if first <= place <= last or (place < related and not _apart(blocks[place], is_head=place < first))
    ]


def _apart(block: Block, is_head: bool) -> bool:
    """Whether a block at the head or the foot of the article is chrome; behind a head of links all is."""
    return is_chrome(block) or is_link(block) or (is_head and is_dateline(block.text))


def _single(blocks: Sequence[Block], places: list[int]) -> list[int]:
    """The places less every further copy of the whole text, found as a long run of blocks that came before."""
    total = sum(blocks[place].size for place in places)
    while True:
        seen: set[str] = set()
        best, run, here, begin = 0, (0, 0), 0, 0
        for index, place in enumerate(places):
            text = re.sub(r"\s", "", blocks[place].text)
            known, size = text in seen, len(text) if len(text) >= _TELLING else 0
            seen.add(text)
            here += size if known else -2 * size
            if here <= 0 and not known:
                here, begin = 0, index + 1
            elif known and here > 0 and here >= best:
                best, run = here, (begin, index + 1)
        if sum(blocks[place].size for place in places[run[0] : run[1]]) < _COPY_SHARE * total:
            return places
        places = places[: run[0]] + places[run[1] :]
