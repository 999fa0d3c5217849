"""Answers, targets, comparisons and renditions as people read them and as programs do."""

from __future__ import annotations

import csv
import io
import unicodedata
from collections.abc import Iterable, Sequence
from typing import Any

from index.output import document_json, hit_json
from index.records import FOUND, Agreement, Answer, Comparison, Hit, Statement
from index.wording import (
    KINDS,
    NEAR,
    NEAR_CLAUSES,
    UNSAID,
    doubt_words,
    first_of_each,
    ground_words,
    is_marked,
    list_words,
    mark_words,
    named,
    place_words,
    reading_words,
    statement_place,
    target_words,
    unit_words,
)
from ingest.records import Difference

_TABLE = (
    "indicator",
    "comparator",
    "value",
    "unit",
    "deadline",
    "baseline",
    "nature",
    "kind",
    "clause_id",
    "page",
    "text",
)
_HEADS = ("指标", "比较", "数值", "单位", "期限", "基准值", "属性", "类别", "条款", "页", "原文")


def answer_text(answer: Answer) -> str:
    """Write an answer as a person would want it: the sentence, where it stands, how much, who, then the rest."""
    lines = [f"{note}。" for note in answer.missing]
    if answer.status != FOUND:
        lines.append(f"{'：'.join(NEAR[answer.status])}。")
        if answer.hits:
            lines += ["", f"{NEAR_CLAUSES[answer.status]}：", *_items(answer.hits)]
    elif answer.kind == "compare":
        lines += [line for comparison in answer.comparisons for line in (*_comparison(comparison), "")]
        lines += _agreements(answer.agreements) if answer.comparisons else _items(answer.hits)
    elif answer.kind == "facts":
        lines += _facts(answer)
    elif answer.kind in ("list", "part"):
        lines += [f"{list_words(answer)}：", *_items(answer.hits)]
    else:
        lines += _clause(answer)
    lines += [f"注意：{warning}" for warning in answer.warnings]
    if readings := reading_words(answer):
        lines += ["", f"（{readings}）"]
    return "\n".join(lines).strip()


def _clause(answer: Answer) -> list[str]:
    best, *others = answer.hits
    lines = [
        *(f"“{sentence.text}”{doubt_words([sentence])}" for sentence in best.evidence),
        f"  —— {place_words(best.clause.citation, best.clause.pages)}",
        *(f"  {words}" for words in (mark_words(best.force), ground_words(best.force)) if words),
        "",
    ]
    lines += [f"目标：{_target(one)}" for one in answer.targets] or [f"目标：{UNSAID}"]
    lines += [f"责任主体：{unit}" for unit in unit_words(answer)]
    lines += _agreements(answer.agreements)
    if others:
        lines += ["", "其他依据：", *_items(answer.hits)[1:]]
    return lines


def _facts(answer: Answer) -> list[str]:
    return [
        f"文件信息：{named(answer.about) if answer.about else ''}",
        *(f"{one.name}：{one.value or UNSAID}" for one in answer.facts),
    ]


def _facts_json(answer: Answer) -> dict[str, Any]:
    facts = [{"name": one.name, "value": one.value, "clause_id": one.clause_id or None} for one in answer.facts]
    return {"about": document_json(answer.about), "facts": facts} if answer.about else {}


def _target(one: Statement) -> str:
    told = target_words(one.target)
    return "，".join((f"{told.indicator} {told.value}", *told.more))


def _agreements(agreements: Sequence[Agreement]) -> list[str]:
    others = ((one.statements[1], one.remark) for one in agreements)
    return [f"同一指标：{_target(other)}，见 {statement_place(other)}：{remark}" for other, remark in others]


def _comparison(comparison: Comparison) -> list[str]:
    lines = [f"【{comparison.indicator}】"]
    for document, side in zip(comparison.documents, comparison.sides, strict=True):
        name = document.number or document.title
        if side is None:
            lines.append(f"  {name}：{UNSAID}")
        else:
            lines.append(f"  {name}：{_target(side)}")
            lines.append(f"    —— {statement_place(side)}")
    return [*lines, f"  {comparison.remark}"] if comparison.remark else lines


def _items(hits: Sequence[Hit]) -> list[str]:
    firsts = first_of_each(hits)
    return [_item(hit, hit.rank in firsts) for hit in hits]


def _item(hit: Hit, grounds: bool) -> str:
    said = hit.evidence[0].text if hit.evidence else hit.clause.text
    doubt = doubt_words(hit.evidence[:1] or hit.clause.sentences)
    marks = (mark_words(hit.force), ground_words(hit.force) if grounds else "") if is_marked(hit.force) else ()
    marked = "".join(f"\n     {words}" for words in marks if words)
    return f"  {hit.rank}. {said}{doubt}\n     —— {place_words(hit.clause.citation, hit.clause.pages)}{marked}"


def answer_json(answer: Answer) -> dict[str, Any]:
    """Give an answer as JSON holds it."""
    return {
        "query": answer.query.text,
        "kind": answer.kind,
        "status": answer.status,
        "total": answer.total if answer.kind in ("list", "part") else len(answer.hits),
        **({"as_of": answer.query.as_of} if answer.query.as_of else {}),
        "missing": list(answer.missing),
        **(_facts_json(answer) if answer.about else {}),
        "hits": [hit_json(hit) for hit in answer.hits],
        "targets": [statement_json(one) for one in answer.targets],
        "units": [
            {"name": charge.unit.name, "basis": charge.unit.basis, "citation": charge.citation}
            for charge in answer.charges
        ],
        "issuer": answer.issuer,
        "agreements": [
            {"agree": one.agree, "remark": one.remark, "statements": [statement_json(side) for side in one.statements]}
            for one in answer.agreements
        ],
        "comparisons": [comparison_json(one) for one in answer.comparisons],
        "warnings": list(answer.warnings),
        "read_as": [{"word": word, "official": list(official)} for word, official in answer.read_as],
    }


def statement_json(one: Statement) -> dict[str, Any]:
    """Give a target with its place as JSON holds it."""
    target = one.target
    names = (
        "indicator",
        "action",
        "comparator",
        "value",
        "unit",
        "deadline",
        "baseline",
        "baseline_year",
        "nature",
        "definition",
        "kind",
        "text",
    )
    read = {name: getattr(target, name) for name in names}
    return {
        **read,
        "sentence": one.sentence,
        "clause_id": one.clause_id,
        "citation": one.citation,
        "page": one.page,
        "document": one.document.number,
    }


def statements_json(statements: Iterable[Statement]) -> list[dict[str, Any]]:
    """Give targets with their places as JSON holds them."""
    return [statement_json(one) for one in statements]


def comparisons_json(comparisons: Iterable[Comparison]) -> list[dict[str, Any]]:
    """Give comparisons as JSON holds them."""
    return [comparison_json(one) for one in comparisons]


def comparison_json(one: Comparison) -> dict[str, Any]:
    """Give a comparison as JSON holds it; a side that states nothing is null."""
    return {
        "indicator": one.indicator,
        "sides": [
            {"document": document.number or document.title, "statement": statement_json(side) if side else None}
            for document, side in zip(one.documents, one.sides, strict=True)
        ],
        "remark": one.remark,
    }


def comparisons_text(comparisons: Sequence[Comparison]) -> str:
    """Write comparisons for a reader."""
    if not comparisons:
        return "两份文件没有相同的指标。"
    return "\n\n".join("\n".join(_comparison(one)) for one in comparisons)


def statements_csv(statements: Iterable[Statement]) -> str:
    """Write targets as CSV with a header line."""
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerow(_HEADS)
    writer.writerows(_row(one) for one in statements)
    return buffer.getvalue().rstrip("\n")


def statements_text(statements: Sequence[Statement]) -> str:
    """Write targets as a table whose columns line up, a Chinese character counting for two."""
    rows = [_HEADS[:-1], *(_row(one)[:-1] for one in statements)]
    widths = [max(_width(row[column]) for row in rows) for column in range(len(rows[0]))]
    return "\n".join(
        "  ".join(cell + " " * (width - _width(cell)) for cell, width in zip(row, widths, strict=True)).rstrip()
        for row in rows
    )


def _row(one: Statement) -> tuple[str, ...]:
    target = one.target
    known = {
        "clause_id": one.clause_id,
        "page": str(one.page or ""),
        "kind": KINDS[target.kind],
        "indicator": (target.action or "") + target.indicator,
    }
    return tuple(known[name] if name in known else str(getattr(target, name) or "") for name in _TABLE)


def _width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(char) in "WFA" else 1 for char in text)


def differences_text(renditions: Sequence[tuple[str, Sequence[Difference]]], document: str) -> str:
    """Write where the files of a document differ."""
    if not renditions:
        return f"{document} 只有一个版式。"
    lines = []
    for name, differences in renditions:
        lines.append(f"与 {name} 相比，有 {len(differences)} 处不同（以下“本版”为引用所据的版式）：")
        lines += [_difference(one) for one in differences]
    return "\n".join(lines)


def _difference(one: Difference) -> str:
    ours, theirs = (f"“{words}”" if words else "（无）" for words in (one.ours, one.theirs))
    around = f"（…{one.before}［］{one.after}…）" if one.before or one.after else ""
    return f"  {one.place}：本版{ours}，另版{theirs}{around}"
