"""Comparisons as people read them in a terminal, and as programs do."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from eval.measures.faults import ANSWERED_WRONGLY
from eval.measures.figures import chance, fared, heading, percent, points, straight
from eval.measures.significance import EXACT_UP_TO, ROUNDS
from eval.records import CLASSES
from eval.report.compare import (
    LOST,
    VERDICTS,
    WON,
    Comparison,
    compare,
    conditions,
    load_report,
    pairs,
    shared_questions,
)

Object = Mapping[str, Any]

_SHOWN = 10


def report(files: tuple[Path, Path], names: Sequence[str], as_object: bool) -> Iterator[str]:
    """Compare two reports.

    :param files: report.json of before and of after.
    :param names: systems, as :func:`eval.report.compare.pairs` takes them.
    :param as_object: whether to give one JSON object.
    :return: lines.
    :raises QuestionsError: when a report cannot be used, or they have no question in common.
    """
    first, second = map(load_report, files)
    chosen = pairs(first, second, names, files)
    ids, left_out = shared_questions(first, second)
    found = [compare(first, second, systems, ids) for systems in chosen]
    changed = list(conditions(first, second))
    if as_object:
        whole = {"conditions": changed, "left_out": left_out, "comparisons": [asdict(one) for one in found]}
        yield json.dumps(whole, ensure_ascii=False, sort_keys=True, indent=2)
        return
    yield from _conditions(changed)
    for reason, some in left_out.items():
        yield f"不比的题，{reason}：{len(some)} 题（{'、'.join(some[:_SHOWN])}{'……' if len(some) > _SHOWN else ''}）"
    for one in found:
        yield ""
        yield from _comparison(one)


def _conditions(changed: Sequence[tuple[str, str, str]]) -> Iterator[str]:
    yield "条件有变：" if changed else "两份报告的代码、设置、文件和问题都相同。"
    for name, before, after in changed:
        yield f"  {name}：{before} → {after}"


def _comparison(found: Comparison) -> Iterator[str]:
    before, after = found.systems
    yield f"== {before} → {after}，同样的 {found.count} 题 =="
    if not found.count:
        yield "没有两份都有的题，无从比较。"
        return
    heads = ("指标", "题数", "前 %", "后 %", "差（95% 区间）", "高/低/平", "p", "p（Holm）")
    yield from straight([heads, *(_measure(name, row) for name, row in found.measures.items())])
    yield f"p：逐题配对的随机化检验，双侧，{ROUNDS} 次；不同的题不超过 {EXACT_UP_TO} 道时穷举。Holm 按上表行数校正。"
    yield ""
    kinds = [
        (CLASSES[kind], *map(str, (count, won, lost, count - won - lost)))
        for kind, (count, won, lost) in found.kinds.items()
    ]
    totals = [sum(row[place] for row in found.kinds.values()) for place in range(3)]
    whole = ("合计", *map(str, (*totals, totals[0] - totals[1] - totals[2])))
    yield from straight([("题类", "题数", WON, LOST, "平"), *kinds, whole])
    yield "胜负：依次看首句命中、MRR@10、次序@5、次序@1；查无依据类看是否拒答。"
    for verdict in VERDICTS:
        changes = [one for one in found.changes if one.verdict == verdict]
        if changes:
            yield ""
            yield f"{_TITLES[verdict]}（{len(changes)} 题）："
        for one in changes:
            yield f"  {one.id} {CLASSES[one.kind]}  {one.query}"
            yield f"      前：{_state(one.before)}"
            yield f"      后：{_state(one.after)}"


_TITLES = {WON: "变好的题", LOST: "变差的题", VERDICTS[2]: "不好不坏、但首位条款或毛病换了的题"}


def _measure(name: str, row: Object) -> tuple[str, ...]:
    means = (percent(row["before"]), percent(row["after"]))
    return (heading(name), str(row["count"]), *means, points(row), fared(row), chance(row["p"]), chance(row["holm"]))


def _state(state: tuple[int | None, str | None, str | None]) -> str:
    rank, fault, first = state
    if fault == ANSWERED_WRONGLY or (rank is None and fault is None):
        return f"{fault or '对，答“未找到依据”'}，首位 {first or '无'}"
    place = f"标准条款第 {rank} 位" if rank else "标准条款没取回"
    return f"{fault or '对'}，{place}，首位 {first or '无'}"
