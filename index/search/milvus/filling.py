"""Rows of a generation and their way into its collection: sent in batches, not again where they are there, counted at the end."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

import numpy as np
from numpy.typing import NDArray

from index.errors import VectorStoreError
from index.search.dense import DenseIndex
from index.search.lexical import LexicalIndex
from index.search.milvus.client import Client, Row
from index.search.milvus.expressions import one_of
from index.search.milvus.rows import DENSE, SPARSE, UNUSED, Collection, dimensions, sentence_id, short
from index.search.places import Places

BATCH = 1000
"""Rows that are written in one call."""
_CLAUSES = 50_000
"""Clauses whose words are held at once."""


class RowsMissing(VectorStoreError):
    """A collection does not hold what was counted of its generation."""


@dataclass(frozen=True, slots=True)
class Filling:
    """What rows are made of: clauses and their places, counts, vectors, and what is ``known`` of each document, by its key."""

    places: Places
    lexical: LexicalIndex
    dense: DenseIndex
    known: Mapping[str, Row]

    def rows(self) -> Iterator[Row]:
        """Give a row a sentence, in order; a clause's words stand in the row of its first one."""
        words = _words(self.lexical)
        for name in self.places.names:
            rows, first = self.places.rows(name), next(words)
            vectors = self.dense.vectors(np.arange(rows.start, rows.stop, dtype=np.int64))
            key = self.places.key_of(name)
            shared = {"clause": short(name), "document": short(key), **self.known[key]}
            for number, vector in enumerate(vectors):
                own = {"first": number == 0, DENSE: vector, SPARSE: first if number == 0 else {UNUSED: 1.0}}
                yield {"id": sentence_id(name, number), **shared, **own}


def fill(client: Client, collection: Collection, filling: Filling, tell: Callable[[int], None]) -> int:
    """Send rows; those that a call which was cut off has written are not sent again.

    :param client: of the base.
    :param collection: to write; made where it is not there.
    :param filling: what its rows are made of.
    :param tell: told how many rows are there.
    :return: how many were sent.
    :raises VectorStoreError: when Milvus does not answer.
    """
    is_new = collection.name not in client.collections()
    if is_new:
        client.create(collection, filling.dense.dimension)
    else:
        client.load(collection.name)
    done = sent = 0
    for batch in _batches(filling.rows()):
        rows = batch if is_new else _missing(client, collection, batch)
        if rows:
            client.upsert(collection.name, rows)
        sent, done = sent + len(rows), done + len(batch)
        tell(done)
    client.finish(collection.name)
    return sent


def count(client: Client, collection: Collection, sentences: int, clauses: int) -> None:
    """See to it that a collection holds a row for each sentence, and words for each clause.

    :param client: of the base.
    :param collection: to count.
    :param sentences: number of sentences of the generation.
    :param clauses: number of its clauses.
    :raises RowsMissing: when it holds more or fewer.
    """
    held = client.count(collection.name), client.count(collection.name, "first == true")
    if held != (sentences, clauses):
        raise RowsMissing(
            f"Milvus {client.address} 里应有 {sentences} 句、{clauses} 个条款，现有 {held[0]} 句、{held[1]} 个条款",
            "请再运行一次 python -m index publish",
        )


def _missing(client: Client, collection: Collection, batch: Sequence[Row]) -> list[Row]:
    where = one_of("id", (row["id"] for row in batch))
    held = {row["id"] for row in client.rows(collection.name, where, ("id",), len(batch))}
    return [row for row in batch if row["id"] not in held]


def _batches(rows: Iterator[Row]) -> Iterator[list[Row]]:
    while batch := list(islice(rows, BATCH)):
        yield batch


def _words(lexical: LexicalIndex) -> Iterator[dict[int, float]]:
    """Give the impacts of each clause's tokens, by their dimensions."""
    numbers = dimensions(lexical)
    for start in range(0, lexical.count, _CLAUSES):
        yield from _words_of(lexical, numbers, range(start, min(start + _CLAUSES, lexical.count)))


def _words_of(lexical: LexicalIndex, numbers: Mapping[str, int], part: range) -> Iterator[dict[int, float]]:
    places: list[NDArray[np.int64]] = [np.zeros(0, np.int64)]
    tokens: list[NDArray[np.int64]] = [np.zeros(0, np.int64)]
    impacts: list[NDArray[np.float32]] = [np.zeros(0, np.float32)]
    for token, held, given in lexical.impacts():
        within = (held >= part.start) & (held < part.stop)
        places.append(held[within])
        tokens.append(np.full(int(within.sum()), numbers[token], np.int64))
        impacts.append(given[within])
    order = np.argsort(np.concatenate(places), kind="stable")
    ends = np.searchsorted(np.concatenate(places)[order], np.arange(part.start, part.stop + 1))
    dimension, impact = np.concatenate(tokens)[order].tolist(), np.concatenate(impacts)[order].tolist()
    for at in range(len(part)):
        one = slice(int(ends[at]), int(ends[at + 1]))
        yield dict(zip(dimension[one], impact[one], strict=True)) or {UNUSED: 1.0}
