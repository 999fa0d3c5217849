"""Runs over the questions of other offices -> tables to read in a terminal, and what could not be reached."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, replace

import numpy as np

from eval.measures.figures import heading, percent, ranged, straight
from eval.measures.metrics import REFUSED, RESAMPLES, SEED, SENTENCE, bootstrap
from eval.measures.significance import comparison_lines
from eval.offices.gold import Reach, is_reached
from eval.offices.questions import OfficeQuestion
from eval.records import REFERENCE, UNANSWERABLE, Question, Run
from eval.run import collect
from index.records import SearchResult

EVERYDAY, ALL, REFUSALS = "everyday", "all", "refusals"
GROUPS: Mapping[str, str] = {
    ALL: "有答案的全部",
    EVERYDAY: "日常说法",
    "detail": "具体数目",
    "task": "任务举措",
    "responsible": "责任主体",
    "list": "列举",
    REFERENCE: "按字号条次",
}
"""Groups of questions with an answer; all of them leaves out those by reference, as at home."""

UNSTATED = "unstated"
FIGURES = ("order@1", "order@5", "Hit@1", "Hit@5", "nDCG@10", SENTENCE, "read@500", REFUSED)
TESTED = FIGURES[:-1]
_NOTES = (
    f"单位：%。方括号：95% 置信区间（自助法按单位成组抽取 {RESAMPLES} 次，种子 {SEED}）。每条金标条款（2、3 级）都算对，与本库自测一致。",
    "次序@k 不计拒答；Hit、nDCG、首句命中、读 500 字：拒答计 0。拒答：有答案的越低越好，无答案的越高越好。",
)


def run_of(name: str, questions: Sequence[Question], results: Iterable[SearchResult]) -> Run:
    """Measure what a system gave.

    :param name: of the system.
    :param questions: the questions.
    :param results: what came back for each, in the same order.
    :return: the run; its values also say, as ``unstated``, that a result was not shown as 原文写明.
    """
    pairs = list(zip(questions, results, strict=True))
    run = collect(name, pairs)
    values = {
        question.id: {**run.values[question.id], UNSTATED: float(result.status != "found")}
        for question, result in pairs
    }
    return replace(run, values=values)


def only(run: Run, ids: Iterable[str]) -> Run:
    """Keep the questions of these ids."""
    wanted = set(ids)
    return replace(run, outcomes=tuple(one for one in run.outcomes if one.question.id in wanted))


def in_group(question: Question, group: str) -> bool:
    """Tell whether a question belongs to one of :data:`GROUPS`."""
    return question.counts_overall if group == ALL else question.kind == group


def tables(runs: Sequence[Run], offices: Mapping[str, str]) -> Iterator[str]:
    """Lay the systems side by side: a block for each group, then what is refused of the questions without an answer.

    :param runs: runs of several systems over the same questions.
    :param offices: office of each question by its id.
    :return: lines for a terminal.
    """
    rows = [("题类", "题数", "系统", *map(heading, FIGURES))]
    for group, title in GROUPS.items():
        ids = [one.question.id for one in runs[0].outcomes if in_group(one.question, group)]
        for run in runs if ids else ():
            label = (title, str(len(ids))) if run is runs[0] else ("", "")
            rows.append((*label, run.system, *_figures(run, ids, FIGURES, offices)))
    yield from straight(rows)
    yield ""
    without = [one.question.id for one in runs[0].outcomes if one.question.kind == UNANSWERABLE]
    if without:
        found = [(run.system, *_figures(run, without, (REFUSED, UNSTATED), offices)) for run in runs]
        yield from straight([(f"无答案，{len(without)} 题", "拒答", "未标原文写明"), *found])
    yield from _NOTES


def fold_table(run: Run, folds: Sequence[Sequence[str]], offices: Mapping[str, str]) -> Iterator[str]:
    """Give a run fold by fold.

    :param run: each question of it answered by what was fitted to the other folds.
    :param folds: ids of the questions of each.
    :param offices: office of each question by its id.
    :return: lines for a terminal.
    """
    rows = [("折", "单位数", "题数", *map(heading, FIGURES), "无答案", "拒答")]
    by_id = {one.question.id: one.question for one in run.outcomes}
    for place, ids in enumerate(folds, start=1):
        asked = [id_ for id_ in ids if by_id[id_].counts_overall]
        without = [id_ for id_ in ids if by_id[id_].kind == UNANSWERABLE]
        shares = [percent(_mean(run, asked, name)) for name in FIGURES]
        refused = percent(_mean(run, without, REFUSED))
        names = {offices[id_] for id_ in ids}
        rows.append((str(place), str(len(names)), str(len(asked)), *shares, str(len(without)), refused))
    yield from straight(rows)


def compared(runs: Sequence[Run], product: Run) -> Iterator[str]:
    """Test the product against the best of its peers by nDCG@10, over all questions and over the everyday ones.

    :param runs: all runs.
    :param product: one of them.
    :return: lines in Chinese; none without a peer.
    """
    peers = [run for run in runs if not run.system.startswith(product.system.split("-")[0])]
    for group in (ALL, EVERYDAY) if peers else ():
        ids = [one.question.id for one in product.outcomes if in_group(one.question, group)]
        if ids:
            best = max(peers, key=lambda run: _mean(run, ids, "nDCG@10"))
            yield f"{GROUPS[group]}（最好的同伴：{best.system}）"
            yield from comparison_lines([only(best, ids), only(product, ids)], best.system, TESTED)


def unreached(reach: Reach, asked: Sequence[OfficeQuestion]) -> Iterator[str]:
    """Say which answers no search can reach, and which quotes stand in no clause.

    :param reach: the questions with their gold clauses.
    :param asked: the same questions as they were written.
    :return: lines in Chinese.
    """
    answered = [one for one in reach.questions if one.gold]
    gone = [one.id for one in answered if not is_reached(one)]
    quotes = sum(len(one.quotes) for one in asked)
    lost = sum(map(len, reach.lost.values()))
    yield f"有答案的 {len(answered)} 题中 {len(gone)} 题的答案读不到（计为未中）：{'、'.join(gone) or '无'}"
    yield f"引文 {quotes} 处，{lost} 处不在任何条款里："
    for id_, each in reach.lost.items():
        yield from (f"  {id_}  {quote.grade} 级  {quote.file}：{quote.text}" for quote in each)


def _figures(run: Run, ids: Sequence[str], names: Sequence[str], offices: Mapping[str, str]) -> list[str]:
    table = np.array([[run.values[id_][name] for name in names] for id_ in ids])
    return [ranged(asdict(one)) for one in bootstrap(table, clusters=[offices[id_] for id_ in ids])]


def _mean(run: Run, ids: Sequence[str], name: str) -> float:
    return sum(run.values[id_][name] for id_ in ids) / len(ids) if ids else 0.0
