"""Outcomes -> measures per question -> means with confidence intervals per class.

A question that was refused, or for which nothing came back, counts as 0 and stays in the denominator; the order of what
was listed beside a refusal is measured separately.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import ir_measures
import numpy as np
from ir_measures import RR, Measure, Qrel, R, ScoredDoc, Success, nDCG
from numpy.typing import NDArray

from eval.measures.positions import document_of, part_of
from eval.records import CLASSES, IMPORTED, OVERALL, GroupScore, Interval, Outcome

RANKED: Mapping[str, Measure] = {
    "Hit@1": Success @ 1,
    "Hit@3": Success @ 3,
    "Hit@5": Success @ 5,
    "R@10": R @ 10,
    "R@100": R @ 100,
    "MRR@10": RR @ 10,
    "nDCG@10": nDCG @ 10,
}
"""Measures of the order of the clauses. Every gold clause is relevant; nDCG alone weighs their grades, by linear gain
over log2(rank + 1): K. Järvelin, J. Kekäläinen, Cumulated Gain-Based Evaluation of IR Techniques (2002)."""

SENTENCE = "sentence"
LEVELS: Mapping[str, tuple[str, int]] = {
    "document@1": ("document", 1),
    "document@5": ("document", 5),
    "part@1": ("part", 1),
    "part@5": ("part", 5),
}
"""Whether the right document, or the right part of it, is among the first; not measured where ids name no document."""

READ: Mapping[str, int] = {"read@200": 200, "read@500": 500, "read@1000": 1000}
"""Whether the answer has been read within so many characters, going down the list as it is shown."""
ORDER: Mapping[str, int] = {"order@1": 1, "order@5": 5}
"""Success at a rank by the order of the clauses alone, which a system that refuses lists as well."""
REFUSED = "refused"
MEASURES = (*RANKED, SENTENCE, *LEVELS, *READ, *ORDER, REFUSED)
"""Names of all measures, as the report and its JSON file give them."""

RESAMPLES = 10_000
SEED = 20231106


def measure(outcomes: Sequence[Outcome], by_order: bool = False) -> dict[str, dict[str, float]]:
    """Score each question by itself.

    The ranked measures judge the order of the clauses, ``sentence`` the one that a person is shown first. A
    system that refused has given neither, whatever it lists beside, so they are 0; ``refused`` is then 1. Only
    :data:`ORDER` looks at the list all the same, so that ranking and refusing can be told apart.

    :param outcomes: outcomes of one system, one a question.
    :param by_order: take what is listed beside a refusal for what was given; for benchmarks of ranking alone.
    :return: question id -> measure -> value from 0 to 1; an unanswerable question has ``refused`` only.
    :raises ValueError: if a ranking names a clause twice, which would make its ranks ambiguous.
    """
    found: dict[str, dict[str, float]] = {}
    for outcome in outcomes:
        _check_ranking(outcome)
        row = found[outcome.question.id] = {REFUSED: float(outcome.refused)}
        if outcome.question.answerable:
            row |= _row(replace(outcome, refused=False) if by_order else outcome)
    ranked = [outcome for outcome in outcomes if outcome.question.answerable]
    if by_order:
        ranked = [replace(outcome, refused=False) for outcome in ranked]
    names = {str(library): name for name, library in RANKED.items()}
    for metric in ir_measures.iter_calc(list(RANKED.values()), _qrels(ranked), _run(ranked)):
        found[metric.query_id][names[str(metric.measure)]] = float(metric.value)
    return found


def sentence_first(outcome: Outcome) -> bool:
    """Whether the one sentence that is shown first answers the question.

    :param outcome: what a system gave.
    :return: True where it did not refuse, its first clause is gold, and its first evidence equals or holds a
        gold sentence of that very clause; any sentence of it will do where the clause answers as a whole.
    """
    if outcome.refused or not outcome.ranking or outcome.sentence is None:
        return False
    sentence, first = outcome.sentence, outcome.ranking[0]
    golds = [gold for gold in outcome.question.gold if gold.clause_id == first]
    return any(not gold.sentences or any(wanted in sentence for wanted in gold.sentences) for gold in golds)


def summarise(outcomes: Sequence[Outcome], values: Mapping[str, Mapping[str, float]]) -> tuple[GroupScore, ...]:
    """Average one system's values, over all and per class.

    Overall means the answerable questions that are not by reference (:attr:`eval.records.Question.counts_overall`).

    :param outcomes: outcomes of one system.
    :param values: what :func:`measure` gave for them.
    :return: overall, then each class that has questions, in the order of :data:`eval.records.CLASSES`; an imported
        benchmark has no classes and gives overall alone.
    """
    groups = {OVERALL: [o.question.id for o in outcomes if o.question.counts_overall]}
    for kind in (one for one in CLASSES if one != IMPORTED):
        groups[kind] = [o.question.id for o in outcomes if o.question.kind == kind]
    return tuple(_group(name, [values[id_] for id_ in ids]) for name, ids in groups.items() if ids)


def bootstrap(
    values: NDArray[np.float64],
    resamples: int = RESAMPLES,
    seed: int = SEED,
    clusters: Sequence[object] | None = None,
) -> tuple[Interval, ...]:
    """Mean of each column with its 95% percentile-bootstrap interval.

    B. Efron, R. J. Tibshirani, An Introduction to the Bootstrap (1993), ch. 13. Rows (questions) are drawn
    with replacement; the columns of a draw, and equal shapes under one seed, share their rows. Where all rows
    are equal the interval has no width: that says nothing was seen to vary, not that nothing can. Where questions lie in
    clusters (offices), whole clusters are drawn (A. C. Davison, D. V. Hinkley, Bootstrap Methods and their Application (1997), 3.8).

    :param values: one row a question, one column a measure; at least one row.
    :param resamples: how often to draw.
    :param seed: of the generator.
    :param clusters: the cluster of each row; None where each is one by itself.
    :return: one interval a column.
    :raises ValueError: if there is no row.
    """
    if not len(values):
        raise ValueError("bootstrap needs at least one row")
    sums, sizes = values, np.ones(len(values), dtype=np.int64)
    if clusters is not None:
        places = {name: place for place, name in enumerate(dict.fromkeys(clusters))}
        member = np.array([[places[name] == place for name in clusters] for place in places.values()], dtype=np.float64)
        sums, sizes = member @ values, member.sum(axis=1).astype(np.int64)
    rows = len(sums)
    counts = np.random.default_rng(seed).multinomial(rows, np.full(rows, 1 / rows), size=resamples)
    low, high = np.percentile(counts @ sums / (counts @ sizes)[:, None], [2.5, 97.5], axis=0)
    return tuple(Interval(float(m), float(a), float(b)) for m, a, b in zip(values.mean(axis=0), low, high, strict=True))


def _row(outcome: Outcome) -> dict[str, float]:
    """Measure what ir_measures does not know: the sentence, the levels above the clause, reading, and mere order."""
    wanted = {gold.clause_id for gold in outcome.question.gold}
    read = float("inf") if outcome.refused or outcome.read is None else outcome.read
    row = {SENTENCE: float(sentence_first(outcome))}
    if all(document_of(clause_id) for clause_id in wanted):
        row |= {name: float(not outcome.refused and _reaches(outcome, *level)) for name, level in LEVELS.items()}
    row |= {name: float(read <= limit) for name, limit in READ.items()}
    return row | {name: float(not wanted.isdisjoint(outcome.ranking[:depth])) for name, depth in ORDER.items()}


def _reaches(outcome: Outcome, level: str, depth: int) -> bool:
    """Tell whether one of the first clauses stands in a document, or a part, in which a gold clause stands."""
    wanted = [gold.clause_id for gold in outcome.question.gold]
    if level == "document":
        return bool({*map(document_of, wanted)} & {*map(document_of, outcome.ranking[:depth])})
    shown = outcome.parts or tuple((part_of(clause_id),) for clause_id in outcome.ranking)
    return bool({*map(part_of, wanted)} & {part for parts in shown[:depth] for part in parts})


def _group(name: str, rows: Sequence[Mapping[str, float]]) -> GroupScore:
    measures = [measure_ for measure_ in MEASURES if all(measure_ in row for row in rows)]
    table = np.array([[row[measure_] for measure_ in measures] for row in rows])
    return GroupScore(name, len(rows), dict(zip(measures, bootstrap(table), strict=True)))


def _qrels(outcomes: Sequence[Outcome]) -> list[Qrel]:
    return [Qrel(o.question.id, gold.clause_id, gold.grade) for o in outcomes for gold in o.question.gold]


def _run(outcomes: Sequence[Outcome]) -> list[ScoredDoc]:
    """Give scores that fall by one a rank: measures sort by score, and must not break ties in their own way."""
    given = [outcome for outcome in outcomes if not outcome.refused]
    return [ScoredDoc(o.question.id, id_, float(-rank)) for o in given for rank, id_ in enumerate(o.ranking)]


def _check_ranking(outcome: Outcome) -> None:
    if len(set(outcome.ranking)) < len(outcome.ranking):
        raise ValueError(f"ranking for question {outcome.question.id} names a clause twice: {outcome.ranking}")
