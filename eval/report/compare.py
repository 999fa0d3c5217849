"""Two reports -> what changed between them, question by question, and whether it could be chance."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from eval.measures.metrics import MEASURES, REFUSED, SENTENCE
from eval.measures.significance import Values, differences
from eval.questions import QuestionsError
from eval.records import CLASSES, REFERENCE
from eval.report.results import FORMAT

Object = Mapping[str, Any]

WON, LOST, OTHER = "胜", "负", "换"
VERDICTS = (LOST, WON, OTHER)
"""How a question fared, the worst first; 换: no better and no worse, but something else comes first."""

CONDITIONS: Mapping[str, str] = {
    "commit": "代码提交",
    "split": "问题部分",
    "by_order": "只看次序",
    "depth": "所看条数",
    "store": "知识库",
    "corpus": "文件",
    "benchmark": "外部基准",
    "company": "混入的语料",
    "qrels": "判定",
    "rankings": "外部检索结果",
    "reader": "读取程序版本",
    "recipe": "索引设置",
    "embedder": "向量模型",
    "other_embedder": "另一向量模型",
    "search": "检索设置",
    "ranking": "排序权重",
    "lists": "词语和问法的清单",
    "refusal_model": "拒答模型",
    "libraries": "程序库",
}
"""What figures depend on, by key of report.json, in Chinese."""

UNANSWERABLE_REFUSED = "拒答（查无依据）"
_BETTER = (SENTENCE, "MRR@10", "order@5", "order@1")


@dataclass(frozen=True, slots=True)
class Change:
    """A question that fared otherwise; ``before`` and ``after`` hold rank of the gold clause, fault and first clause."""

    id: str
    kind: str
    query: str
    verdict: str
    before: tuple[int | None, str | None, str | None]
    after: tuple[int | None, str | None, str | None]


@dataclass(frozen=True, slots=True)
class Comparison:
    """One system before and after, over the questions that both reports hold alike.

    ``measures`` are paired tests by name, ``kinds`` the questions, won and lost of each class.
    """

    systems: tuple[str, str]
    count: int
    measures: Mapping[str, Object]
    kinds: Mapping[str, tuple[int, int, int]]
    changes: tuple[Change, ...]


def load_report(path: Path) -> Object:
    """Read a report.

    :param path: report.json as ``python -m eval run --out`` writes it.
    :return: what :func:`eval.report.results.results` gathered.
    :raises QuestionsError: when it is no such report, or one of another version.
    """
    remedy = "请给出 python -m eval run --out 写出的 report.json"
    try:
        found = json.loads(path.read_bytes())
    except OSError as error:
        raise QuestionsError(str(path), f"打不开（{error.strerror}）", remedy) from error
    except (ValueError, RecursionError) as error:
        raise QuestionsError(str(path), "不是有效的 JSON", remedy) from error
    if not isinstance(found, dict) or not {"order", "questions", "systems"} <= set(found):
        raise QuestionsError(str(path), "不是评测报告", remedy)
    if found.get("format") != FORMAT:
        version = found.get("format", 1)
        raise QuestionsError(str(path), f"报告是第 {version} 版格式，本程序只认第 {FORMAT} 版", "请重新运行 eval run")
    return found


def pairs(first: Object, second: Object, names: Sequence[str], files: tuple[Path, Path]) -> list[tuple[str, str]]:
    """Choose which system of one report to set against which of the other.

    :param first: a report.
    :param second: another.
    :param names: none for every system that both have; one for that one; two for a system of each.
    :param files: where the reports come from, for the message.
    :return: names of systems, in the first report's order.
    :raises QuestionsError: when a report has no system of the name, or they share none.
    """
    if not names:
        shared = [(name, name) for name in first["order"] if name in second["systems"]]
        if not shared:
            has = f"{'、'.join(first['order'])} 与 {'、'.join(second['order'])}"
            raise QuestionsError(str(files[1]), f"两份报告没有同名的系统（{has}）", "请用 --system 前者 后者 指定")
        return shared
    chosen = (names[0], names[-1])
    for name, report, file in zip(chosen, (first, second), files, strict=True):
        if name not in report["systems"]:
            raise QuestionsError(str(file), f"报告里没有系统“{name}”", f"可用：{'、'.join(report['order'])}")
    return [chosen]


def conditions(first: Object, second: Object) -> Iterator[tuple[str, str, str]]:
    """List what the figures depend on and is not the same in both reports.

    :param first: a report.
    :param second: another.
    :return: name, before and after; ``无`` stands for what one of them lacks.
    """
    sides = [
        dict(_leaves({key: report[key] for key in CONDITIONS if report.get(key) is not None}))
        for report in (first, second)
    ]
    for report, side in zip((first, second), sides, strict=True):
        side[("questions", report["questions"]["file"])] = report["questions"]["sha256"]
    for path in dict.fromkeys([*sides[0], *sides[1]]):
        before, after = (side.get(path, "无") for side in sides)
        if before != after:
            yield " ".join((CONDITIONS.get(path[0], "问题文件"), *path[1:])), before, after


def shared_questions(first: Object, second: Object) -> tuple[list[str], dict[str, list[str]]]:
    """Sort out which questions can be compared.

    :param first: a report.
    :param second: another.
    :return: ids of the questions that both hold alike, and ids of the others by the reason.
    """
    before, after = first["questions"]["items"], second["questions"]["items"]
    same = [id_ for id_ in before if id_ in after and _asked(before[id_]) == _asked(after[id_])]
    left_out = {
        "只在前一份": [id_ for id_ in before if id_ not in after],
        "只在后一份": [id_ for id_ in after if id_ not in before],
        "问法、题类或标准答案改过": [id_ for id_ in before if id_ in after and id_ not in same],
    }
    return sorted(same), {reason: sorted(ids) for reason, ids in left_out.items() if ids}


def compare(first: Object, second: Object, systems: tuple[str, str], ids: Sequence[str]) -> Comparison:
    """Set a system of one report against one of another.

    A question is won or lost by the first of these that differs: the right sentence first, MRR@10, the order of the clauses
    among five and at the first place; one without an answer, by whether it is refused.

    :param first: a report.
    :param second: another.
    :param systems: a system of each.
    :param ids: the questions that both hold alike.
    :return: the comparison.
    """
    items = first["questions"]["items"]
    rows = [
        {id_: one["systems"][name]["questions"][id_] for id_ in ids}
        for one, name in zip((first, second), systems, strict=True)
    ]
    before, after = rows
    verdicts = {id_: _verdict(before[id_], after[id_], bool(items[id_]["gold"])) for id_ in ids}
    kinds = {}
    for kind in CLASSES:
        fared = [verdicts[id_] for id_ in ids if items[id_]["class"] == kind]
        if fared:
            kinds[kind] = (len(fared), fared.count(WON), fared.count(LOST))
    changes = tuple(
        Change(id_, items[id_]["class"], items[id_]["query"], verdict, _state(before[id_]), _state(after[id_]))
        for verdict in VERDICTS
        for id_ in ids
        if verdicts[id_] == verdict
    )
    return Comparison(systems, len(ids), _measures(items, before, after, ids), kinds, changes)


def _measures(items: Object, before: Object, after: Object, ids: Sequence[str]) -> dict[str, Object]:
    """Test each measure over the questions that the overall figures are of, and refusing over the unanswerable."""
    counted = [id_ for id_ in ids if items[id_]["gold"] and items[id_]["class"] != REFERENCE]
    groups = {name: (name, counted) for name in MEASURES}
    groups[UNANSWERABLE_REFUSED] = (REFUSED, [id_ for id_ in ids if not items[id_]["gold"]])
    pairs: dict[str, Values] = {}
    for label, (name, chosen) in groups.items():
        if all(name in side[id_]["scores"] for side in (before, after) for id_ in chosen):
            values = [[side[id_]["scores"][name] for id_ in chosen] for side in (before, after)]
            pairs[label] = (values[0], values[1])  # a measure that one of the reports does not know is left out
    return {label: _means(pairs[label]) | row for label, row in differences(pairs).items()}


def _means(values: Values) -> dict[str, float]:
    return {name: round(sum(side) / len(side), 6) for name, side in zip(("before", "after"), values, strict=True)}


def _verdict(before: Object, after: Object, answerable: bool) -> str:
    names = _BETTER if answerable else (REFUSED,)
    worth = [[side["scores"][name] for name in names] for side in (before, after)]
    if worth[0] != worth[1]:
        return WON if worth[1] > worth[0] else LOST
    return OTHER if _state(before) != _state(after) else ""


def _state(row: Object) -> tuple[int | None, str | None, str | None]:
    return row["gold_rank"], row["fault"], row["ranking"][0] if row["ranking"] else None


def _asked(item: Object) -> tuple[Any, ...]:
    return item["query"], item["class"], item["gold"]


def _leaves(value: Any, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], str]]:  # noqa: ANN401 - JSON
    if isinstance(value, dict) and value:
        for key in value:
            yield from _leaves(value[key], (*path, key))
    else:
        yield path, json.dumps(value, ensure_ascii=False) if not isinstance(value, str) else value
