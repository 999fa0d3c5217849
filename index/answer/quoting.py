"""Every string that an answer quotes is checked against its document before it is shown."""

from __future__ import annotations

from collections.abc import Iterable

from index.answer.library import Library
from index.errors import KnowledgeBaseError
from index.records import Answer, Force
from ingest.records import Clause, Document

_REBUILD = "请运行 python -m index build 重建知识库"


class QuoteError(KnowledgeBaseError):
    """An answer would quote words that its document does not hold; it is not shown."""


def verify(answer: Answer, library: Library) -> Answer:
    """Checks every quoted string against its document before it is shown; there is no way round this.

    :raises QuoteError: when a quotation is not, character by character, what the document says.
    """
    for hit in answer.hits:
        key, clause = library.clauses.get(hit.clause.clause_id, ("", None))
        if clause is None or clause.text != hit.clause.text or clause.citation != hit.clause.citation:
            raise QuoteError(f"条款“{hit.clause.clause_id}”与文件不符", _REBUILD)
        _check(clause, library.documents[key], (sentence.text for sentence in hit.evidence))
        _check_force(hit.force, library)
    sides = [side for comparison in answer.comparisons for side in comparison.sides if side]
    linked = [one for agreement in answer.agreements for one in agreement.statements]
    for one in [*answer.targets, *sides, *linked]:
        key, clause = library.clauses[one.clause_id]
        _check(clause, library.documents[key], (one.target.text, one.sentence))
    for charge in answer.charges:
        owners = [hit.clause for hit in answer.hits if hit.clause.citation == charge.citation]
        if not any(
            charge.unit.sentence in clause.text and charge.unit.name in charge.unit.sentence for clause in owners
        ):
            raise QuoteError(f"责任主体“{charge.unit.name}”不在条款原文中", _REBUILD)
    return answer


def _check_force(force: Force | None, library: Library) -> None:
    """The words of a ground are its clause's, with what stands above a list before ……; those of a plan are its title.

    Those of a site's label are what was read of it.
    """
    label = force.labelled if force else None
    if label and label.words not in (one.text for one in library.documents[label.key].statements):
        raise QuoteError(f"引文“{label.words[:30]}”不在 {label.key} 网页标注中", _REBUILD)
    grounds = (force.since, force.until, force.ended, force.plan) if force else ()
    for one in (ground for ground in grounds if ground):
        key, clause = library.clauses.get(one.clause_id, (one.key, None))
        above = (
            (*clause.heading_path, library.documents[key].text) if clause else (library.documents[key].metadata.title,)
        )
        *said, words = one.words.split("……", 1)
        if words not in (clause.text if clause else above[0]) or not all(
            any(part in text for text in above) for part in said
        ):
            raise QuoteError(f"引文“{one.words[:30]}”不在 {one.clause_id or one.key} 原文中", _REBUILD)


def _check(clause: Clause, document: Document, quoted: Iterable[str]) -> None:
    source = (
        clause.text
        if clause.kind != "row"
        else "；".join(f"{name}：{value}" if name else value for name, value in clause.cells if value)
    )
    if clause.kind != "row" and clause.text not in document.text:
        raise QuoteError(f"条款“{clause.clause_id}”与文件不符", _REBUILD)
    for text in quoted:
        if text not in source:
            raise QuoteError(f"引文“{text[:30]}”不在 {clause.clause_id} 原文中", _REBUILD)
