"""Runs -> one plain object with all that was asked, came back and was measured: report.json, and what report.html draws.

The page and :mod:`eval.compare` are made of this object alone, so that nothing stands in them that the file does not hold.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

import numpy as np

from eval.faults import CAUSES, LISTED, cause, fault, gold_rank
from eval.metrics import MEASURES, RESAMPLES, SEED, SENTENCE, bootstrap
from eval.provenance import digest
from eval.records import REFERENCE, GroupScore, Outcome, Question, Run
from eval.refusal import Judged, by_kind, refused_below, thresholds
from eval.significance import ROUNDS, holm, randomisation
from index.errors import ClauseNotFound
from ingest.records import Clause

FORMAT = 2
"""Version of report.json; the first had no questions' texts, causes or provenance."""

PRODUCT = "fused"
"""The system that people use; failures are laid out for it."""

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
    :param provenance: what :func:`eval.provenance.provenance` names.
    :param show: gives a clause by its id.
    :return: what JSON holds.
    """
    asked = [outcome.question for outcome in runs[0].outcomes]
    primary = next((run for run in runs if run.system == PRODUCT), runs[-1])
    return {
        "format": FORMAT,
        **provenance,
        "questions": {
            "file": questions.name,
            "sha256": digest(questions),
            "items": {question.id: _question(question) for question in asked},
        },
        "split": split,
        "depth": LISTED,
        "bootstrap": {"resamples": RESAMPLES, "seed": SEED},
        "randomisation": {"rounds": ROUNDS, "seed": SEED},
        "order": [run.system for run in runs],
        "primary": primary.system,
        "systems": {run.system: _system(run, runs) for run in runs},
        "differences": {run.system: _differences(run, primary) for run in runs if run is not primary},
        "clauses": _clauses(runs, show),
    }


def refusal_results(judged: Sequence[Judged], threshold: float, files: Sequence[Path]) -> Object:
    """Gather the chances that decide between an answer and 未找到依据.

    :param judged: questions with judgements.
    :param threshold: of the model in use.
    :param files: the files that the questions came from.
    :return: what JSON holds.
    """
    items = {}
    for one in judged:
        row = asdict(one.example)
        row |= {"found": one.judgement.found, "chance": round(one.judgement.chance, 6)}
        items[row.pop("id")] = row | {"settled": not one.judgement.features}
    curve = [
        {
            "threshold": at,
            "answerable": refused_below(judged, True, at),
            "unanswerable": refused_below(judged, False, at),
        }
        for at in thresholds(threshold)
    ]
    return {
        "threshold": threshold,
        "files": {path.name: digest(path) for path in files},
        "items": items,
        "kinds": [row for sort in (False, True) for row in _kinds(judged, sort)],
        "curve": [{name: round(share, 6) for name, share in point.items()} for point in curve],
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
        share = bootstrap(np.array([[float(not one.judgement.found)] for one in rows]))[0]
        ends = {key: round(value, 6) for key, value in asdict(share).items()}
        yield {"kind": name.strip(), "answerable": answerable, "count": len(rows), **ends}


def _question(question: Question) -> Object:
    return {
        "class": question.kind,
        "query": question.query,
        "split": question.split,
        "note": question.note,
        "gold": [{"clause_id": gold.clause_id, "sentences": list(gold.sentences)} for gold in question.gold],
    }


def _system(run: Run, runs: Sequence[Run]) -> Object:
    elsewhere = [{one.question.id: gold_rank(one) for one in other.outcomes} for other in runs if other is not run]
    questions = {}
    for outcome in run.outcomes:
        id_ = outcome.question.id
        questions[id_] = _outcome(outcome, run.values[id_], [ranks.get(id_) for ranks in elsewhere])
    return {"groups": {group.group: _scores(group) for group in run.groups}, "questions": questions}


def _outcome(outcome: Outcome, values: Mapping[str, float], elsewhere: Sequence[int | None]) -> Object:
    found, rank = fault(outcome, bool(values.get(SENTENCE))), gold_rank(outcome)
    return {
        "class": outcome.question.kind,
        "refused": outcome.refused,
        "ranking": list(outcome.ranking[:LISTED]),
        "sentence": outcome.sentence,
        "scores": {name: round(value, 6) for name, value in values.items()},
        "fault": found,
        "cause": cause(found, rank, elsewhere) if found else None,
        "gold_rank": rank,
    }


def _scores(group: GroupScore) -> Object:
    scores = {
        name: {"value": round(score.value, 6), "low": round(score.low, 6), "high": round(score.high, 6)}
        for name, score in group.scores.items()
    }
    return {"count": group.count, "scores": scores}


def _differences(run: Run, primary: Run) -> Object:
    """Set the primary system against another, over the questions that the overall figures are of."""
    ids = [one.question.id for one in run.outcomes if one.question.answerable and one.question.kind != REFERENCE]
    found: Object = {}
    for name in MEASURES if ids else ():
        if not all(name in side.values[id_] for side in (run, primary) for id_ in ids):
            continue  # not measured for every question
        pairs = [(run.values[id_][name], primary.values[id_][name]) for id_ in ids]
        found[name] = difference(*zip(*pairs, strict=True))
    corrected = holm({name: row["p"] for name, row in found.items()})
    return {name: row | {"holm": round(corrected[name], 6)} for name, row in found.items()}


def difference(first: Sequence[float], second: Sequence[float]) -> Object:
    """Test the second system against the first.

    :param first: one value a question.
    :param second: values of the same questions.
    :return: the paired test, with the 95% bootstrap interval of the difference.
    """
    test = asdict(randomisation(first, second))
    interval = bootstrap(np.subtract(second, first).reshape(-1, 1).astype(np.float64))[0]
    ends = {"low": round(interval.low, 6), "high": round(interval.high, 6)}
    return test | {"difference": round(test["difference"], 6), "p": round(test["p"], 6)} | ends


def causes(found: Mapping[str, Any], system: str) -> dict[str, list[str]]:
    """List the failures of a system by what to mend.

    :param found: what :func:`results` gathered.
    :param system: its name.
    :return: ids of questions by key of :data:`eval.faults.CAUSES`, the most frequent first.
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
