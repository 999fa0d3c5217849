"""Documents that a base cites and does not hold, over all its clauses: what a reader would have to look up elsewhere."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from index.links.linker import Linker
from index.links.names import NOT_HELD
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


def cited_not_held(documents: Mapping[str, Document], linker: Linker) -> tuple[Cited, ...]:
    """List the documents that clauses cite and the base does not hold; one is told by its number, else by its title.

    :param documents: documents by key.
    :param linker: follows their references.
    :return: most cited first, then by name.
    """
    found: dict[str, Cited] = {}
    for key, document in documents.items():
        for clause in document.clauses:
            for one in linker.references(clause, key):
                if one.held or one.remark != NOT_HELD or not (one.number or one.title):
                    continue
                name = letters(spelt(one.number or _STATE.sub("", one.title or "")))
                known = found.get(name, Cited(one.number, one.title, 0, ()))
                ids = dict.fromkeys((*known.clause_ids, clause.clause_id))
                found[name] = Cited(known.number, known.title or one.title, known.count + 1, tuple(ids))
    return tuple(sorted(found.values(), key=lambda one: (-one.count, one.name)))
