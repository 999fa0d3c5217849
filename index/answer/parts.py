"""A part, a box or a table that a question names and asks nothing else of: shown whole, in reading order."""

from __future__ import annotations

from index.answer.library import Library, listed_hit
from index.question.asked import Asked
from index.records import FOUND, Answer
from ingest.records import Clause


def whole_part(asked: Asked, library: Library) -> Answer | None:
    """Show all clauses that a reference names.

    :param asked: the question as it was read.
    :param library: the documents.
    :return: the answer, its page of the clauses; None where the question asks something, or names one clause or none.
    """
    ids = [one for one in asked.reference.clause_ids if one in library.clauses]
    kept = set(asked.query.kept([asked.query.document] if asked.query.document else list(library.documents)))
    named = [library.clauses[one] for one in ids if library.clauses[one][0] in kept]
    if not asked.is_bare or len(named) < 2:
        return None
    first = asked.query.first
    page = named[first - 1 : first - 1 + asked.query.page]
    hits = tuple(listed_hit(rank, clause, key, library) for rank, (key, clause) in enumerate(page, first))
    return Answer(asked.query, "part", FOUND, hits, warnings=_meanings(named, asked), total=len(named))


def _meanings(named: list[tuple[str, Clause]], asked: Asked) -> tuple[str, ...]:
    """Say that several documents have what is named, where none of them is."""
    keys = list(dict.fromkeys(key for key, _ in named))
    if asked.reference.documents or len(keys) == 1:
        return ()
    return (f"没有写明是哪份文件，{len(keys)} 份文件都有这一处，逐份列出：{'、'.join(keys)}",)
