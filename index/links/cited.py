"""Documents that a base cites and does not hold, over all its clauses: what a reader would have to look up elsewhere."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from index.links.linker import Linker
from index.links.names import NOT_HELD
from index.records import CrossReference
from index.references.spelling import letters, spelt
from ingest.records import Document

_STATE = re.compile("^中华人民共和国(?=.*(?:法|法典|条例|细则)$)")
"""What the title of a law is cited with and without."""


@dataclass(frozen=True, slots=True)
class Cited:
    """A document that is not held: number and title as they are first cited (None where no clause gives them).

    ``count`` is how many times it is cited, ``clause_ids`` the clauses that cite it, in the documents' order.
    """

    number: str | None
    title: str | None
    count: int
    clause_ids: tuple[str, ...]

    @property
    def name(self) -> str:
        """The title in marks, with the number behind it: 《甲办法》（甲发〔2023〕1号）."""
        title = f"《{self.title}》" if self.title else ""
        return f"{title}（{self.number}）" if title and self.number else title or self.number or ""


def followed(documents: Mapping[str, Document], linker: Linker) -> dict[str, tuple[CrossReference, ...]]:
    """Follow the references of all clauses.

    :param documents: documents by key.
    :param linker: follows their references.
    :return: what each clause refers to, by its id, in the documents' order; clauses that refer to nothing are left out.
    """
    every = ((clause, key) for key, document in documents.items() for clause in document.clauses)
    return {clause.clause_id: found for clause, key in every if (found := linker.references(clause, key))}


def cited_not_held(references: Mapping[str, Sequence[CrossReference]]) -> tuple[Cited, ...]:
    """List the documents that clauses cite and the base does not hold; one is told by its number, else by its title.

    :param references: what each clause refers to, by its id.
    :return: most cited first, then by name.
    """
    found: dict[str, Cited] = {}
    for clause_id, ones in references.items():
        for one in ones:
            if one.held or one.remark != NOT_HELD or not (one.number or one.title):
                continue
            name = letters(spelt(one.number or _STATE.sub("", one.title or "")))
            known = found.get(name, Cited(one.number, one.title, 0, ()))
            ids = dict.fromkeys((*known.clause_ids, clause_id))
            found[name] = Cited(known.number, known.title or one.title, known.count + 1, tuple(ids))
    return tuple(sorted(found.values(), key=lambda one: (-one.count, one.name)))


def citing(references: Mapping[str, Sequence[CrossReference]]) -> dict[str, tuple[str, ...]]:
    """Turn references round: by which other clauses each clause is referred to.

    :param references: what each clause refers to, by its id.
    :return: ids by the id of the clause that is meant, in the documents' order.
    """
    found: dict[str, dict[str, None]] = {}
    for clause_id, ones in references.items():
        for meant in (meant for one in ones for meant in one.clause_ids if meant != clause_id):
            found.setdefault(meant, {})[clause_id] = None
    return {meant: tuple(ids) for meant, ids in found.items()}
