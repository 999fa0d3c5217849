"""Where two source files of one document differ (版式比对), clause by clause."""

from __future__ import annotations

import difflib
from collections.abc import Iterator
from dataclasses import fields

from ingest.records import Clause, Difference, Document, Metadata

_WIDTHS = str.maketrans("，：；？！（）．％＞＜〈〉‘’", ",:;?!().%><<>''")
_CONTEXT = 8


def compare(ours: Document, theirs: Document) -> tuple[Difference, ...]:
    """Lists what differs, in the order of our document; full and half width of one mark count as the same.

    :param ours: the rendition that is quoted.
    :param theirs: another rendition of the same document.
    """
    found = list(_metadata(ours.metadata, theirs.metadata))
    found += [Difference("提醒", "words", "", warning) for warning in theirs.warnings if warning not in ours.warnings]
    others = {clause.clause_id: clause for clause in theirs.clauses}
    for clause in ours.clauses:
        other = others.pop(clause.clause_id, None)
        if other is None:
            found.append(Difference(clause.clause_id, "missing", clause.text, ""))
        elif clause.kind == "row":
            found += _cells(clause, other)
        else:
            found += _words(clause.clause_id, clause.text, other.text)
    found += [Difference(clause_id, "extra", "", clause.text) for clause_id, clause in others.items()]
    return tuple(dict.fromkeys(found))


def _metadata(ours: Metadata, theirs: Metadata) -> Iterator[Difference]:
    for field in fields(Metadata):
        mine, other = getattr(ours, field.name), getattr(theirs, field.name)
        if mine and other and str(mine).translate(_WIDTHS) != str(other).translate(_WIDTHS):
            yield Difference(field.name, "words", str(mine), str(other))


def _cells(ours: Clause, theirs: Clause) -> Iterator[Difference]:
    for (column, value), (other_column, other) in zip(ours.cells, theirs.cells, strict=False):
        if column.translate(_WIDTHS) != other_column.translate(_WIDTHS):
            yield Difference(f"{ours.clause_id.rsplit('/', 1)[0]} 列名", "words", column, other_column)
        if value.translate(_WIDTHS) != other.translate(_WIDTHS):
            yield Difference(f"{ours.clause_id} {column}", "words", value, other)


def _words(place: str, ours: str, theirs: str) -> Iterator[Difference]:
    matcher = difflib.SequenceMatcher(None, ours.translate(_WIDTHS), theirs.translate(_WIDTHS), autojunk=False)
    for tag, a, b, c, d in matcher.get_opcodes():
        if tag != "equal":
            yield Difference(
                place, "words", ours[a:b], theirs[c:d], ours[max(0, a - _CONTEXT) : a], ours[b : b + _CONTEXT]
            )
