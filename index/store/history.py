"""What a document said before: the texts that a later reading of its file replaced, and what became of their clauses."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from index.store.entries import EARLIER, Entry
from index.store.held import Held
from index.store.readings import Readings
from ingest.records import Clause, Document

_KEPT = 5
"""Earlier texts of one file that are kept; older ones go."""

SAME, MOVED, CHANGED, GONE = "same", "moved", "changed", "gone"
"""未变, 移动, 文字有变 and 已无: what became of a clause of an earlier text."""


@dataclass(frozen=True, slots=True)
class Change:
    """What became of a clause: ``now`` is the clause that has its text, or its id; None where there is none."""

    kind: str
    before: Clause
    now: Clause | None


def earlier_texts(read: Readings, held: Held) -> Iterator[Entry]:
    """Keep the texts that a later reading replaces now, and those that were replaced before.

    :param read: what was read of the corpus.
    :param held: what the store holds.
    :return: entries of earlier texts; a text is kept only where a clause of it has changed.
    """
    names = {entry.name for entry in read.entries}
    replaced = {entry.name: before for entry in read.entries if (before := _replaced(entry, read, held))}
    for entry in held.entries:
        if entry.standing == EARLIER and entry.name in names:
            age = entry.age + (entry.name in replaced)
            if age <= _KEPT:
                yield replace(entry, age=age)
    yield from (replace(entry, standing=EARLIER, age=1) for entry in replaced.values())


def changes(before: Document, now: Document) -> tuple[Change, ...]:
    """Tell what became of each clause of an earlier text.

    :param before: the earlier text.
    :param now: the text that took its place.
    :return: a change for each of its clauses, in order.
    """
    by_id = {clause.clause_id: clause for clause in now.clauses}
    by_text: dict[str, Clause] = {}
    for clause in now.clauses:
        by_text.setdefault(clause.text, clause)

    def became(clause: Clause) -> Change:
        own, alike = by_id.get(clause.clause_id), by_text.get(clause.text)
        if own and own.text == clause.text:
            return Change(SAME, clause, own)
        if alike:
            return Change(MOVED, clause, alike)
        return Change(CHANGED if own else GONE, clause, own)

    return tuple(became(clause) for clause in before.clauses)


def _replaced(entry: Entry, read: Readings, held: Held) -> Entry | None:
    """Give the entry of a file before it was read anew, where its clauses have changed."""
    before = held.current.get(entry.name)
    if entry.name not in read.read or before is None:
        return None
    was, now = held.document(before), held.document(entry)
    same = [(one.clause_id, one.text) for one in was.clauses] == [(one.clause_id, one.text) for one in now.clauses]
    return None if same else before
