"""Reports that ``python -m eval run --out`` wrote, read as data: which there are, and what stands in one."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from index.errors import KnowledgeBaseError

FILE, FORMAT = "report.json", 2
COMMAND = "python -m eval run --out reports/名称"
"""The command that makes one."""

KINDS = {
    "overall": "总体", "exact": "官方原词", "everyday": "日常说法", "target": "指标数值", "unit": "责任主体",
    "comparison": "两文对照", "reference": "按字号条次", "unanswerable": "查无依据", "imported": "外部基准",
}  # fmt: skip
"""The kinds of question as a report calls them, and as a person does."""
MEASURES = {
    "Hit@1": "首条命中", "Hit@5": "前五命中", "nDCG@10": "nDCG@10", "sentence": "首句命中", "read@500": "读500字", "refused": "拒答",
}  # fmt: skip
"""Those of a report's measures that are shown, by their names."""
SPLITS = {"all": "全部题", "calibration": "校准的一半", "test": "测试的一半"}
"""Which questions of a file are asked, as a report calls them and as a person does."""
_MOST_BYTES = 64_000_000
_MOST_RUNS = 200


@dataclass(frozen=True, slots=True)
class Figure:
    """A share from 0 to 1 with the ends of its 95% interval."""

    value: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Group:
    """The figures of a kind of question, in the order of :data:`MEASURES`; None for one that is not measured there."""

    kind: str
    count: int
    figures: tuple[Figure | None, ...]


@dataclass(frozen=True, slots=True)
class Failure:
    """A question that was not answered as it should: what is wrong, and by (clause id, citation) what was expected and what came first.

    ``rank`` is that of the first expected clause, None where it was not listed.
    """

    id: str
    kind: str
    query: str
    fault: str
    rank: int | None
    gold: tuple[tuple[str, str], ...]
    first: tuple[str, str] | None


@dataclass(frozen=True, slots=True)
class Report:
    """A run: what was measured, by which code, and of one of its systems the figures and the failures."""

    commit: str
    questions: str
    split: str
    asked: int
    systems: tuple[str, ...]
    system: str
    groups: tuple[Group, ...]
    failures: tuple[Failure, ...]


def runs_in(folder: Path | None) -> dict[str, Path]:
    """List the reports of a folder: its own, and those of the folders in it.

    :param folder: the folder; None, or one that is not there, holds none.
    :return: files by the name of the run, the newest first, not more than 200.
    :raises KnowledgeBaseError: when the folder cannot be listed.
    """
    if folder is None or not folder.is_dir():
        return {}
    try:
        found = [(folder.name, folder / FILE), *((one.name, one / FILE) for one in sorted(folder.iterdir()))]
        held = [(name, path, path.stat().st_mtime) for name, path in found if path.is_file()]
    except OSError as error:
        raise KnowledgeBaseError(
            f"打不开文件夹 {folder}（{error.strerror}）", "请检查权限，或用 --reports 另选"
        ) from error
    held.sort(key=lambda one: -one[2])
    return {name: path for name, path, _ in held[:_MOST_RUNS]}


def read_report(path: Path, system: str = "") -> Report:
    """Read a report.

    :param path: its file.
    :param system: which of its systems; empty for the one that it is about.
    :return: the report.
    :raises KnowledgeBaseError: when it cannot be read, is too large, of another version, or not what the command writes.
    """
    try:
        stat = path.stat()
        if stat.st_size > _MOST_BYTES:
            raise KnowledgeBaseError(
                f"{path} 有 {stat.st_size // 1_000_000} MB，超过上限 {_MOST_BYTES // 1_000_000} MB",
                "请直接打开同一文件夹里的 report.html",
            )
        found = _parsed(path, stat.st_mtime_ns, stat.st_size)
        if found.get("format") != FORMAT:
            raise _fault(path, f"版本是 {str(found.get('format'))[:20]}，不是 {FORMAT}")
        return _report(found, system)
    except OSError as error:
        raise KnowledgeBaseError(f"打不开 {path}（{error.strerror}）", "请检查权限") from error
    except (ValueError, RecursionError, KeyError, TypeError, AttributeError) as error:
        raise _fault(path, "不是评测报告") from error


def _fault(path: Path, problem: str) -> KnowledgeBaseError:
    return KnowledgeBaseError(f"{path} {problem}", f"请用本版的 {COMMAND} 重新生成")


@lru_cache(maxsize=2)
def _parsed(path: Path, changed: int, size: int) -> Mapping[str, Any]:
    """The file as it is at this moment; a changed one is read again."""
    made: Mapping[str, Any] = json.loads(path.read_bytes())
    return made


def _report(found: Mapping[str, Any], system: str) -> Report:
    systems = tuple(str(one) for one in found["order"])
    name = system if system in systems else str(found["primary"])
    measured, items = found["systems"][name], found["questions"]["items"]
    return Report(
        commit=str(found.get("commit") or ""),
        questions=str(found["questions"]["file"]),
        split=SPLITS.get(found["split"], str(found["split"])),
        asked=len(items),
        systems=systems,
        system=name,
        groups=tuple(_group(kind, measured["groups"][kind]) for kind in _in_order(measured["groups"])),
        failures=tuple(
            _failure(id_, row, items[id_], found["clauses"])
            for id_, row in sorted(measured["questions"].items())
            if row["fault"]
        ),
    )


def _in_order(groups: Mapping[str, Any]) -> Sequence[str]:
    order = list(KINDS)
    return sorted(groups, key=lambda kind: (order.index(kind) if kind in order else len(order), kind))


def _group(kind: str, found: Mapping[str, Any]) -> Group:
    return Group(
        KINDS.get(kind, kind), int(found["count"]), tuple(_figure(found["scores"].get(one)) for one in MEASURES)
    )


def _figure(found: Mapping[str, Any] | None) -> Figure | None:
    return Figure(float(found["value"]), float(found["low"]), float(found["high"])) if found else None


def _failure(id_: str, row: Mapping[str, Any], asked: Mapping[str, Any], clauses: Mapping[str, Any]) -> Failure:
    rank, ranking = row["gold_rank"], list(row["ranking"])
    return Failure(
        id=id_,
        kind=KINDS.get(asked["class"], str(asked["class"])),
        query=str(asked["query"]),
        fault=str(row["fault"]),
        rank=None if rank is None else int(rank),
        gold=tuple(_cited(str(one["clause_id"]), clauses) for one in asked["gold"]),
        first=_cited(str(ranking[0]), clauses) if ranking else None,
    )


def _cited(clause_id: str, clauses: Mapping[str, Any]) -> tuple[str, str]:
    return clause_id, str(clauses.get(clause_id, {}).get("citation") or clause_id)
