"""The force of a document in words and for programs, and what is told of it beside an answer."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from index.answer.days import before, day_words
from index.answer.force import (
    DRAFT,
    ENDED,
    EXPIRED,
    IN_FORCE,
    LABELLED_OVER,
    LABELLED_VALID,
    NOT_ISSUED,
    NOT_YET,
    PARTLY,
    PLAN_OVER,
    PLAN_RUNS,
    REPEALED,
    REPLACED,
    UNSTATED,
    YEAR_OVER,
    YEAR_RUNS,
    name_of,
)
from index.records import Force, Ground
from ingest.records import Document

UNKNOWN = "未载明（文件和库中其他文件都没有写明）"
NO_END = "库中未见废止、代替它的文件"


def force_words(force: Force) -> str:
    """Say in one piece what the force of a document is, by which words, and where they stand.

    :param force: with the status on a day.
    :return: 已废止，自2023年7月1日起（据《…》第三条：“…”）.
    """
    basis = force_basis(force)
    return f"{force_line(force)}（{basis}）" if basis else force_line(force)


def force_line(force: Force) -> str:
    """Say in a few words what the force of a document is, and from when until when.

    :param force: with the status on a day.
    :return: 已废止，自2023年7月1日起.
    """
    if force.status == NOT_ISSUED:
        return f"{NOT_ISSUED}，文件日期{day_words(force.issued or '')}"
    grounds = grounds_of(force)
    if not grounds and force.status == UNSTATED:
        return UNKNOWN
    return force.status + "".join(_day_of(force, one) for one in grounds)


def force_basis(force: Force) -> str:
    """Say by which words a document has its force, where they stand, and what was worked out.

    :param force: with the status on a day.
    :return: 据《…》第三条：“…”；推算：…; empty where nothing is stated.
    """
    if force.status == NOT_ISSUED:
        return ""
    grounds = grounds_of(force)
    shown = dict.fromkeys([*grounds, *([force.labelled] if force.labelled else [])])
    bases = dict.fromkeys(f"据{one.citation}：“{one.words}”" for one in shown)
    rules = [f"推算：{one.rule}" for one in shown if one.rule]
    held = [NO_END] if force.status == IN_FORCE else []
    return "；".join([*bases, *rules, *held])


def basis_words(ground: Ground) -> str:
    """Say by which words a day stands, where they stand, and how it was worked out where it was.

    :param ground: of a force.
    :return: 据《…》第三条：“…”；推算：自2018年7月1日起5年.
    """
    said = f"据{ground.citation}：“{ground.words}”"
    return f"{said}；推算：{ground.rule}" if ground.rule else said


def is_marked(force: Force | None) -> bool:
    """Tell whether a document's force is to stand out beside its citation: it is ended, or not begun."""
    return force is not None and force.status in (*ENDED, NOT_YET, NOT_ISSUED, DRAFT)


def force_json(force: Force | None) -> dict[str, Any] | None:
    """Give a force as JSON holds it; ``until`` is the last day in force, by whichever ground it ends first."""
    if force is None:
        return None
    ends = [one.day for one in (force.until,) if one and one.day]
    ends += [before(one.day) for one in (force.ended,) if one and one.day]
    grounds = [one for one in (force.since, force.until, force.ended, force.plan, force.labelled) if one]
    return {
        "status": force.status,
        "day": force.day,
        "issued": force.issued,
        "since": force.since.day if force.since else None,
        "until": min(ends) if ends else None,
        "words": force_words(force),
        "grounds": [_ground_json(one) for one in grounds],
        "cautions": list(force.cautions),
    }


def forces_text(rows: Iterable[tuple[Document, Force]]) -> str:
    """Write the force of documents for a reader: name, status, and every ground with its words and place."""
    lines: list[str] = []
    for document, force in rows:
        lines.append(f"{name_of(document)}：{force_words(force)}")
        shown = grounds_of(force)
        others = [one for one in (force.since, force.until, force.ended, force.plan) if one and one not in shown]
        lines += [f"  {one.kind}{_told(one)}（{basis_words(one)}）" for one in others]
        lines += [f"  注意：{one}" for one in force.cautions]
    return "\n".join(lines) or "库中没有文件。"


def force_notes(forces: Iterable[Force], documents: Mapping[str, Document], marks: bool) -> Iterator[str]:
    """What is to be told beside an answer from documents: what settles nothing, and those that are ended.

    :param forces: of the documents shown, on the day.
    :param documents: documents by key.
    :param marks: whether those that are ended are told, because no citation bears the mark.
    :return: sentences for the user.
    """
    for force in forces:
        name = name_of(documents[force.document])
        if marks and is_marked(force):
            yield f"{name}{force_words(force)}"
        yield from (f"{name}：{one}" for one in force.cautions)


def grounds_of(force: Force) -> list[Ground]:
    """Give the grounds by which a force has its status."""
    chosen: tuple[Ground | None, ...] = (force.since, force.until)
    if force.status in (REPEALED, REPLACED):
        chosen = (force.ended,)
    elif force.status in (EXPIRED, PARTLY):
        chosen = (force.until,)
    elif force.status in (PLAN_OVER, PLAN_RUNS, YEAR_OVER, YEAR_RUNS):
        chosen = (force.plan,)
    elif force.status == NOT_YET:
        chosen = (force.since,)
    elif force.status == DRAFT:
        chosen = ()
    elif force.status in (LABELLED_OVER, LABELLED_VALID):
        chosen = (force.labelled, force.since)
    return [one for one in chosen if one]


def _day_of(force: Force, ground: Ground) -> str:
    """The day of a ground in words, with the preposition that goes with it."""
    if ground == force.labelled:
        return f"，至{day_words(ground.day)}" if ground.day else "，未写明日期"
    if force.labelled and force.status in (LABELLED_OVER, LABELLED_VALID):
        return f"，{day_words(ground.day)}起施行" if ground.day else ""
    if ground.day is None:
        return "，何日起不能推算" if ground == force.ended else "，有写明的日期不能推算"
    return f"，至{day_words(ground.day)}" if ground in (force.until, force.plan) else f"，自{day_words(ground.day)}起"


def _told(ground: Ground) -> str:
    return day_words(ground.day) if ground.day else ""


def _ground_json(ground: Ground) -> dict[str, Any]:
    return {
        "kind": ground.kind,
        "date": ground.day,
        "stated": ground.is_stated,
        "rule": ground.rule,
        "words": ground.words,
        "clause_id": ground.clause_id,
        "document": ground.key,
        "citation": ground.citation,
    }
