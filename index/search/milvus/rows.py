"""How a generation lies in Milvus: one collection, one row a sentence, named after the generation it holds."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from index.search.lexical import LexicalIndex
from index.search.milvus.address import INDEXES

FORMAT = 1
"""Counts up when rows are made otherwise; a collection of another format is none of this program's."""
LONGEST = 512
"""Bytes (UTF-8) of a text that is kept as it is; a longer one is known by its digest."""
DENSE, SPARSE = "dense", "sparse"
UNUSED = 0
"""Dimension of sparse vectors that no word has: rows that hold no words hold this one, since Milvus takes no empty vector."""
_DIGITS = 16
"""Hexadecimal digits of a digest in a collection's name."""


@dataclass(frozen=True, slots=True)
class Collection:
    """A generation in Milvus: its collection's name, and the index of its vectors."""

    name: str
    index: str


def short(text: str) -> str:
    """Give what a text is known by in a row.

    :param text: id of a clause or a sentence, key of a document.
    :return: itself, or its digest where it is long.
    """
    data = text.encode()
    return text if len(data) <= LONGEST else f"sha256:{hashlib.sha256(data).hexdigest()}"


def sentence_id(clause_id: str, number: int) -> str:
    """Name a sentence.

    >>> sentence_id("浦民发〔2023〕74号/四/（二）/2", 0)
    '浦民发〔2023〕74号/四/（二）/2#0'

    :param clause_id: of its clause.
    :param number: its place in the clause, from 0.
    :return: key of its row.
    """
    return short(f"{clause_id}#{number}")


def collection_of(base: str, generation: str, index: str) -> Collection:
    """Name the collection of a generation; the same generation has the same name wherever it is written from.

    :param base: alias of the base.
    :param generation: its digest.
    :param index: of the vectors.
    :return: the collection.
    """
    digest = hashlib.sha256(f"{generation} {FORMAT}".encode()).hexdigest()[:_DIGITS]
    return Collection(f"{base}_{digest}_{index.lower()}", index)


def index_of(base: str, name: str) -> str | None:
    """Tell the index of the vectors of a collection that holds a generation of a base.

    :param base: its alias.
    :param name: of the collection.
    :return: the index; None where the collection is none of the base's.
    """
    endings = "|".join(INDEXES).lower()
    found = re.fullmatch(rf"{re.escape(base)}_[0-9a-f]{{{_DIGITS}}}_({endings})", name)
    return found[1].upper() if found else None


def collections_of(base: str, names: Iterable[str]) -> list[str]:
    """Keep of the names of collections those of a base.

    :param base: its alias.
    :param names: of all collections.
    :return: names of collections that hold its generations.
    """
    return [name for name in names if index_of(base, name)]


def dimensions(lexical: LexicalIndex) -> Mapping[str, int]:
    """Number the tokens of a base: a token's dimension is its rank, so that no two share one.

    :param lexical: counts of the base's clauses.
    :return: dimensions from 1, by token.
    """
    return {token: number for number, (token, _) in enumerate(lexical.tokens(), start=UNUSED + 1)}
