"""Search results as people read them and as programs do (the contract of ``search --json`` and ``--batch``)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from index.answer.force_words import force_json, is_marked
from index.knowledge_base import KnowledgeBase
from index.links.cited import Cited
from index.records import FOUND, NOT_FOUND, CrossReference, Force, Hit, SearchResult
from index.store.build import BuildReport
from index.wording import (
    NEAR,
    doubt_words,
    first_of_each,
    ground_words,
    mark_words,
    page_numbers,
    place_words,
    reference_words,
)
from ingest.records import Clause, Document, Metadata

_TARGET = ("indicator", "comparator", "value", "unit", "deadline", "baseline", "nature", "text")
_REFERENCE = ("text", "start", "end", "number", "title", "held", "clause_ids", "citation", "sentence", "remark")
_LISTED = 5
_WAYS = {"reference": "条号", "lexical": "词语", "dense": "语义"}


def result_json(result: SearchResult) -> dict[str, Any]:
    """Give a result as JSON holds it.

    :param result: what a search gave.
    :return: query, status and hits; the day of ``--as-of`` and what is told of it where one was given.
    """
    told = {"as_of": result.query.as_of, "notes": list(result.notes)} if result.query.as_of else {}
    found = {"query": result.query.text, "status": result.status, "hits": [hit_json(hit) for hit in result.hits]}
    return {**found, **told}


def clause_json(
    clause: Clause, document: Metadata, references: Sequence[CrossReference] = (), force: Force | None = None
) -> dict[str, Any]:
    """Give a clause as JSON holds it.

    :param clause: the clause.
    :param document: its document.
    :param references: what it refers to.
    :param force: of its document; None where no day is known.
    :return: everything one needs to cite it.
    """
    return {
        "clause_id": clause.clause_id,
        "kind": clause.kind,
        "citation": clause.citation,
        "document": document_json(document),
        "heading_path": list(clause.heading_path),
        "text": clause.text,
        "source_text": clause.source_text,
        "cells": [list(cell) for cell in clause.cells],
        "pages": page_numbers(clause.pages),
        "references": [_reference_json(one) for one in references],
        **({"doubtful": True} if doubt_words(clause.sentences) else {}),
        **({"force": force_json(force)} if force else {}),
    }


def shown_json(base: KnowledgeBase, clause_id: str, today: str) -> dict[str, Any]:
    """Give a clause of a base as JSON holds it.

    :param base: the knowledge base.
    :param clause_id: id of the clause, in any widths and brackets.
    :param today: the day (ISO 8601) on which the force of its document is told.
    :return: as :func:`clause_json`.
    :raises ClauseNotFound: when there is none of that id.
    """
    clause = base.show(clause_id)
    document, references = base.document_of(clause.clause_id).metadata, base.references(clause.clause_id)
    return clause_json(clause, document, references, base.force_of(clause.clause_id, today))


def documents_json(base: KnowledgeBase, today: str) -> list[dict[str, Any]]:
    """Give the documents of a base as JSON holds them.

    :param base: the knowledge base.
    :param today: the day (ISO 8601) on which their force is told.
    :return: for each document its key, its file, how much it holds, and its force, in order of the keys.
    """
    return [_held_json(base, one, force) for one, force in base.forces(today)]


def held_json(base: KnowledgeBase, document: str, today: str) -> dict[str, Any]:
    """Give a document of a base as JSON holds it, with its clauses in reading order.

    :param base: the knowledge base.
    :param document: a document number in any spelling, or a title.
    :param today: the day (ISO 8601) on which its force is told.
    :return: as one of :func:`documents_json`, and more.
    :raises DocumentNotFound: when the base does not hold it.
    """
    ((one, force),) = base.forces(today, document)
    told = one.metadata
    return {
        **_held_json(base, one, force),
        "notice_title": told.notice_title,
        "recipients": list(told.recipients),
        "warnings": list(one.warnings),
        "outline": [
            {
                "clause_id": clause.clause_id,
                "kind": clause.kind,
                "heading_path": list(clause.heading_path),
                "pages": page_numbers(clause.pages),
            }
            for clause in one.clauses
        ],
    }


def _held_json(base: KnowledgeBase, document: Document, force: Force) -> dict[str, Any]:
    return {
        "key": document.key,
        "document": document_json(document.metadata),
        "file": document.source.path,
        "clauses": len(document.clauses),
        "targets": len(base.statements(document.key)),
        "force": force_json(force),
    }


def hit_json(hit: Hit) -> dict[str, Any]:
    """Give a hit as JSON holds it.

    :param hit: one clause that was found.
    :return: the contract's object.
    """
    return {
        "rank": hit.rank,
        "score": hit.score,
        "found_by": list(hit.found_by),
        "clause_id": hit.clause.clause_id,
        "citation": hit.clause.citation,
        "document": document_json(hit.document),
        "heading_path": list(hit.clause.heading_path),
        "text": hit.clause.text,
        "evidence": [
            {
                "text": sentence.text,
                "page": next(iter(page_numbers(sentence.pages)), None),
                **({"doubtful": True} if sentence.doubtful else {}),
            }
            for sentence in hit.evidence
        ],
        "pages": page_numbers(hit.clause.pages),
        "units": [{"name": unit.name, "basis": unit.basis} for unit in hit.clause.units],
        "targets": [{name: getattr(target, name) for name in _TARGET} for target in hit.clause.targets],
        "references": [_reference_json(one) for one in hit.references],
        **({"force": force_json(hit.force)} if hit.force else {}),
    }


def _reference_json(one: CrossReference) -> dict[str, Any]:
    return {name: getattr(one, name) for name in _REFERENCE} | {"clause_ids": list(one.clause_ids)}


def document_json(document: Metadata) -> dict[str, Any]:
    """Give what tells one document from others as JSON holds it."""
    return {"number": document.number, "title": document.title, "issuer": document.issuer, "date": document.date}


def result_text(result: SearchResult) -> str:
    """Write a result for a reader: the answering sentence first, then where it stands.

    :param result: what a search gave.
    :return: lines of Chinese text.
    """
    notes = [f"注意：{note}" for note in result.notes]
    if not result.hits:
        return "\n".join([f"{NEAR[NOT_FOUND][0]}。", *notes])
    head = [] if result.status == FOUND else [f"{NEAR[result.status][0]}。下面是最接近的条款，仅供参考：", ""]
    told = [*notes, ""] if notes else []
    firsts = first_of_each(result.hits)
    return "\n".join([*told, *head, "\n\n".join(_hit_text(hit, hit.rank in firsts) for hit in result.hits)])


def _hit_text(hit: Hit, grounds: bool) -> str:
    found_by = "、".join(_WAYS[way] for way in hit.found_by)
    lines = [
        f"{hit.rank}. {place_words(hit.clause.citation, hit.clause.pages)}",
        *(
            [f"   {mark_words(hit.force)}", f"   {ground_words(hit.force)}" if grounds else ""]
            if is_marked(hit.force)
            else []
        ),
        *(f"   ▸ {sentence.text}{doubt_words([sentence])}" for sentence in hit.evidence),
        f"   {' › '.join(hit.clause.heading_path)}" if hit.clause.heading_path else "",
        f"   {hit.clause.clause_id}（按{found_by}找到）",
    ]
    return "\n".join(line for line in lines if line)


def clause_text(clause: Clause, references: Sequence[CrossReference] = (), force: Force | None = None) -> str:
    """Write a clause for a reader, verbatim, and what it refers to.

    :param clause: the clause.
    :param references: what it refers to.
    :param force: of its document; None where no day is known.
    :return: lines of Chinese text.
    """
    return "\n".join(
        [
            place_words(clause.citation, clause.pages),
            *([mark_words(force), *filter(None, [ground_words(force)])] if is_marked(force) else []),
            *([" › ".join(clause.heading_path)] if clause.heading_path else []),
            "",
            clause.text + doubt_words(clause.sentences),
            *(["", "文中所引："] if references else []),
            *dict.fromkeys(f"  {one.text} → {reference_words(one)}" for one in references),
        ]
    )


def cited_text(found: Sequence[Cited]) -> str:
    """Write which documents are cited and not held, most cited first.

    :param found: of the knowledge base.
    :return: lines of Chinese text.
    """
    lines = [f"共 {len(found)} 份文件被援引而库中没有："] if found else ["库中文件所引的文件，库中都有。"]
    for one in found:
        more = f"等{len(one.clause_ids)}条" if len(one.clause_ids) > _LISTED else ""
        lines.append(f"{one.count} 次  {one.name}")
        lines.append(f"    —— {'；'.join(one.clause_ids[:_LISTED])}{more}")
    return "\n".join(lines)


def report_text(report: BuildReport, done: str = "知识库已建好") -> str:
    """Write what a build did.

    :param report: of the build.
    :param done: what was done, in words that the counts follow.
    :return: lines of Chinese text.
    """
    names = [metadata.number or metadata.title for metadata in report.documents]
    listed = "、".join(names[:_LISTED]) + ("等" if len(names) > _LISTED else "")
    return f"{done}：{len(report.documents)} 份文件（{listed}），{report.clauses} 个条款，{report.sentences} 个句子"


def report_json(report: BuildReport) -> dict[str, Any]:
    """Give a report as JSON holds it: what became of each file, by name.

    :param report: of a build.
    :return: counts, and lists of names and messages.
    """
    names = ("read", "reused", "renditions", "kept", "gone", "removed", "unsupported", "faults", "notes")
    return {
        "generation": report.generation,
        "documents": [document_json(one) for one in report.documents],
        "clauses": report.clauses,
        "sentences": report.sentences,
        **{name: list(getattr(report, name)) for name in names},
    }


def report_remarks(report: BuildReport) -> list[str]:
    """Write what the user should know besides.

    :param report: of the build.
    :return: one line for each remark, faults last.
    """
    remarks = [f"同一份文件的另一版式，只存不搜：{name}" for name in report.renditions]
    remarks += [f"文件夹里已没有，移出知识库：{name}" for name in report.gone]
    remarks += [f"已移出知识库，不再读入（要重新加入请用 add）：{name}" for name in report.removed]
    remarks += [f"请核对：{note}" for note in report.notes]
    remarks += [f"不认识这种格式，已跳过：{name}" for name in report.unsupported]
    remarks += [f"沿用上次读到的内容：{name}" for name in report.kept]
    return remarks + [f"出错：{fault}" for fault in report.faults]
