"""What the reading pages show of a document: its outline, its clauses in order, what it cites; a clause among its neighbours."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise
from urllib.parse import quote

from app.addresses import clause_address, document_address
from index.knowledge_base import KnowledgeBase
from index.records import CrossReference
from ingest.records import Clause, Document

PART = 300
"""Clauses of a document that one page shows; the outline leads to those of the others."""

_DEEP = 3
"""Levels of headings that the outline shows."""


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of the outline: its words, the number of the first clause below it (from 1), and the headings below it."""

    words: str
    first: int
    below: tuple[Heading, ...]


@dataclass(frozen=True, slots=True)
class Block:
    """What stands together on the page: a clause, or rows of one table, below the headings that begin there.

    ``headings`` are (level, words); ``columns`` are the names over the rows, empty for a clause.
    """

    headings: tuple[tuple[int, str], ...]
    clauses: tuple[Clause, ...]
    columns: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Cite:
    """A document that another cites: as it is named there, its address where the base holds it, how often, and where first."""

    name: str
    address: str
    count: int
    first: Clause


def outline_of(clauses: Sequence[Clause]) -> tuple[Heading, ...]:
    """Make the outline of a document from the headings above its clauses.

    :param clauses: all of them, in order.
    :return: the outermost headings.
    """
    return _branch([(number, clause.heading_path[:_DEEP]) for number, clause in enumerate(clauses, 1)], 0)


def _branch(paths: Sequence[tuple[int, tuple[str, ...]]], level: int) -> tuple[Heading, ...]:
    found = []
    for words, group in groupby(paths, lambda one: "".join(one[1][level : level + 1])):
        inside = list(group)
        if words:
            found.append(Heading(words, inside[0][0], _branch(inside, level + 1)))
    return tuple(found)


def blocks_of(clauses: Sequence[Clause]) -> list[Block]:
    """Lay out clauses: each below the headings that begin with it, rows of one table together.

    :param clauses: in order.
    :return: blocks in order.
    """
    blocks: list[Block] = []
    path: tuple[str, ...] = ()
    for clause in clauses:
        columns = tuple(name for name, _ in clause.cells)
        if columns and blocks and blocks[-1].columns == columns and path == clause.heading_path:
            blocks[-1] = Block(blocks[-1].headings, (*blocks[-1].clauses, clause), columns)
        else:
            blocks.append(Block(_begins(path, clause), (clause,), columns))
        path = clause.heading_path
    return blocks


def _begins(before: tuple[str, ...], clause: Clause) -> tuple[tuple[int, str], ...]:
    """The headings that stand above a clause and not above the one before it; one that its own text begins with is said there."""
    path = clause.heading_path
    same = next((level for level, words in enumerate(path) if before[level : level + 1] != (words,)), len(path))
    begun = enumerate(path[same:], same)
    return tuple((min(level, _DEEP), words) for level, words in begun if not clause.text.startswith(words))


def anchor_of(clause_id: str, key: str) -> str:
    """Name the place of a clause on the page of its document.

    :param clause_id: its id.
    :param key: key of its document.
    :return: what stands behind the # of the address; without blanks, which no id of HTML holds.
    """
    return "_".join(clause_id.removeprefix(f"{key}/").split())


def place_address(document: Document, number: int) -> str:
    """Give the address of a clause on the page of its document.

    :param document: the document.
    :param number: of the clause, from 1.
    :return: a relative address, with the part where the document has several.
    """
    at = f"?at={number}" if len(document.clauses) > PART else ""
    return (
        f"{document_address(document.key)}{at}#{quote(anchor_of(document.clauses[number - 1].clause_id, document.key))}"
    )


def part_of(number: int) -> int:
    """Tell with which clause the part begins that holds a clause.

    >>> part_of(1), part_of(300), part_of(301)
    (1, 1, 301)

    :param number: of the clause, from 1.
    :return: number of the first clause of its part.
    """
    return max(number - 1, 0) // PART * PART + 1


def beside(document: Document, clause: Clause) -> tuple[Clause | None, Clause | None]:
    """Give the clauses before and after a clause.

    :param document: its document.
    :param clause: the clause.
    :return: its neighbours; None at either end.
    """
    around = [None, *document.clauses, None]
    place = next(place for place, one in enumerate(around) if one and one.clause_id == clause.clause_id)
    return around[place - 1], around[place + 1]


def reference_address(one: CrossReference) -> str:
    """Give where a reference leads.

    :param one: of a clause.
    :return: address of the first clause that is meant, or of the document; empty where the base holds neither.
    """
    if one.clause_ids:
        return clause_address(one.clause_ids[0])
    return document_address(one.number or one.title or "") if one.held and (one.number or one.title) else ""


def words_with_links(
    clause: Clause, references: Iterable[CrossReference]
) -> Iterator[tuple[str, CrossReference | None]]:
    """Cut the text of a clause at what it refers to.

    :param clause: the clause.
    :param references: of it.
    :return: stretches of its text, in order, with the reference that each is.
    """
    text = clause.text
    cuts = {0, len(text)} | {at for one in references for at in (one.start, one.end)}
    for start, end in pairwise(sorted(cuts)):
        yield text[start:end], next((one for one in references if one.start <= start and end <= one.end), None)


def cites_of(base: KnowledgeBase, document: Document) -> list[Cite]:
    """List the other documents that a document cites, most cited first.

    :param base: the base.
    :param document: a document of it.
    :return: each once, held or not.
    """
    own = _name(document.metadata.number, document.metadata.title)
    found: dict[str, Cite] = {}
    for clause in document.clauses:
        for one in base.references(clause.clause_id):
            name = _name(one.number, one.title)
            if not name or name == own:
                continue
            address = document_address(one.number or one.title or "") if one.held else ""
            known = found.get(name, Cite(name, address, 0, clause))
            found[name] = Cite(name, known.address, known.count + 1, known.first)
    return sorted(found.values(), key=lambda cite: (-cite.count, cite.name))


def _name(number: str | None, title: str | None) -> str:
    marked = f"《{title.replace('《', '〈').replace('》', '〉')}》" if title else ""
    return f"{marked}（{number}）" if marked and number else marked or number or ""
