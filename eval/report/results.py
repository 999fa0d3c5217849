"""Runs -> one plain object with all that was asked, came back and was measured: report.json, and what report.html draws.

The page and :mod:`eval.report.compare` are made of this object alone, so that nothing stands in them that the file does not hold.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from eval.measures.curve import area
from eval.measures.faults import CAUSES, LISTED, cause, fault, gold_rank
from eval.measures.metrics import MEASURES, RESAMPLES, SEED, SENTENCE
from eval.measures.significance import ROUNDS, differences, paired_values
from eval.records import GroupScore, Interval, Outcome, Question, Run
from eval.refusal import Judged, by_kind, refusal_curve, share_refused, thresholds
from eval.report.provenance import digest
from eval.systems.registry import COMPANY, MERGED, PRODUCT
from index.errors import ClauseNotFound
from ingest.records import Clause

FORMAT = 2
"""Version of report.json; the first had no questions' texts, causes or provenance."""

SHOWN = 5
"""Of how many of the first clauses the text is kept."""

Object = dict[str, Any]


def results(
    runs: Sequence[Run], questions: Path, split: str, provenance: Mapping[str, Any], show: Callable[[str], Clause]
) -> Object:
    """Gather everything about the runs.

    :param runs: runs of several systems over the same questions.
    :param questions: the file of questions, named with its SHA-256.
    :param split: the split that was measured.
    :param provenance: what :func:`eval.report.provenance.provenance` names.
    :param show: gives a clause by its id.
    :return: what JSON holds.
    """
    asked = [outcome.question for outcome in runs[0].outcomes]
    primary = next((run for run in runs if run.system == PRODUCT), runs[-1])
    others = [run for run in runs if run is not primary]
    return {
        "format": FORMAT,
        **provenance,
        "questions": {
            "file": questions.name,
            "sha256": digest(questions),
            "items": {question.id: _question(question) for question in asked},
        },
        "split": split,
        "by_order": any(run.by_order for run in runs),
        "depth": LISTED,
        "bootstrap": {"resamples": RESAMPLES, "seed": SEED},
        "randomisation": {"rounds": ROUNDS, "seed": SEED},
        "order": [run.system for run in runs],
        "primary": primary.system,
        "systems": {run.system: _system(run, runs) for run in runs},
        "differences": {
            run.system: differences({name: paired_values(run, primary, name) for name in MEASURES}) for run in others
        },
        "clauses": _clauses(runs, show),
    }


def refusal_results(judged: Sequence[Judged], threshold: float, files: Sequence[Path]) -> Object:
    """Gather the chances that decide on 原文写明.

    :param judged: questions with judgements.
    :param threshold: of the model in use.
    :param files: the files that the questions came from.
    :return: what JSON holds.
    """
    items = {}
    for one in judged:
        row = {name: value for name, value in asdict(one.example).items() if name != "gold"}
        row |= {"found": one.judgement.found, "chance": round(one.judgement.chance, 6)}
        items[row.pop("id")] = row | {"settled": not one.judgement.measures}
    points = [asdict(point) for point in refusal_curve(judged, thresholds(threshold))]
    return {
        "threshold": threshold,
        "files": {path.name: digest(path) for path in files},
        "items": items,
        "kinds": [row for sort in (False, True) for row in _kinds(judged, sort)],
        "curve": [{name: round(share, 6) for name, share in point.items()} for point in points],
        "area": round(area(refusal_curve(judged)), 6),
    }


def as_json(found: Object) -> str:
    """Write results, so that a later run can be compared with them question by question.

    :param found: what :func:`results` gathered.
    :return: JSON text, byte for byte the same for the same code, store and questions.
    """
    return json.dumps(found, ensure_ascii=False, sort_keys=True, indent=2) + "\n"


def _kinds(judged: Sequence[Judged], answerable: bool) -> Iterator[Object]:
    title = "全部有答案" if answerable else "全部无答案"
    for name, rows in by_kind([one for one in judged if one.example.answerable == answerable], title):
        share = _interval(share_refused(rows))
        yield {"kind": name.strip(), "answerable": answerable, "count": len(rows), **share}


def _question(question: Question) -> Object:
    return {
        "class": question.kind,
        "query": question.query,
        "split": question.split,
        "note": question.note,
        "gold": [asdict(gold) | {"sentences": list(gold.sentences)} for gold in question.gold],
    }


def _system(run: Run, runs: Sequence[Run]) -> Object:
    """Gather one system; what its failures come from is told by the ways that are merged, over the same base."""
    suffix = COMPANY if run.system.endswith(COMPANY) else ""
    ways = [other for other in runs if other is not run and other.system in [name + suffix for name in MERGED]]
    elsewhere = [{one.question.id: gold_rank(one) for one in way.outcomes} for way in ways]
    questions = {}
    for outcome in run.outcomes:
        id_ = outcome.question.id
        questions[id_] = _outcome(outcome, run, [ranks.get(id_) for ranks in elsewhere])
    return {"groups": {group.group: _scores(group) for group in run.groups}, "questions": questions}


def _outcome(outcome: Outcome, run: Run, elsewhere: Sequence[int | None]) -> Object:
    values = run.values[outcome.question.id]
    found, rank = fault(outcome, bool(values.get(SENTENCE)), run.by_order), gold_rank(outcome)
    return {
        "class": outcome.question.kind,
        "refused": outcome.refused,
        "ranking": list(outcome.ranking[:LISTED]),
        "sentence": outcome.sentence,
        "read": outcome.read,
        "scores": {name: round(value, 6) for name, value in values.items()},
        "fault": found,
        "cause": cause(found, rank, elsewhere) if found else None,
        "gold_rank": rank,
    }


def _scores(group: GroupScore) -> Object:
    return {"count": group.count, "scores": {name: _interval(score) for name, score in group.scores.items()}}


def _interval(interval: Interval) -> Object:
    return {name: round(value, 6) for name, value in asdict(interval).items()}


def causes(found: Mapping[str, Any], system: str) -> dict[str, list[str]]:
    """List the failures of a system by what to mend.

    :param found: what :func:`results` gathered.
    :param system: its name.
    :return: ids of questions by key of :data:`eval.measures.faults.CAUSES`, the most frequent first.
    """
    questions = found["systems"][system]["questions"]
    by_cause = {key: [id_ for id_, row in sorted(questions.items()) if row["cause"] == key] for key in CAUSES}
    return dict(sorted(((key, ids) for key, ids in by_cause.items() if ids), key=lambda pair: -len(pair[1])))


def _clauses(runs: Sequence[Run], show: Callable[[str], Clause]) -> Object:
    """Quote the clauses that are shown; what a system cut for itself has an id that no clause has, and stands for itself."""
    outcomes = [outcome for run in runs for outcome in run.outcomes]
    wanted = {gold.clause_id for outcome in outcomes for gold in outcome.question.gold}
    wanted |= {id_ for outcome in outcomes for id_ in outcome.ranking[:SHOWN]}
    found: Object = {}
    for id_ in sorted(wanted):
        try:
            clause = show(id_)
        except ClauseNotFound:
            found[id_] = {"citation": id_, "text": ""}
        else:
            found[id_] = {"citation": clause.citation, "text": clause.text}
    return found
