"""python -m eval reading: how documents of other offices are read, against what people annotated from the sources."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from eval.annotations import HEADS, Annotation, is_row, plain, plain_value
from eval.measures.figures import pad
from ingest import read_document
from ingest.errors import IngestError

_IN_FIGURES = re.compile(r"\d|[一二三四五六七八九十百千万亿]")
"""Values in figures; the annotations hold no others, so that 全覆盖 and 全部 are not judged."""

KINDS = {"clauses": "条款", "rows": "表格行", "targets": "目标值", "units": "责任主体"}
_HEADS = dict(zip(HEADS, ("字号", "题目", "发文机关", "日期"), strict=True))
_WORKERS = 2


@dataclass(frozen=True, slots=True)
class Reading:
    """What the reader made of one file, in the form of an annotation; ``fault`` where it was refused."""

    heads: Mapping[str, str]
    entries: Mapping[str, tuple[tuple[str, ...], ...]]
    fault: str | None = None


@dataclass(frozen=True, slots=True)
class Tally:
    """Entries that agree, that were read, and that were annotated."""

    right: int = 0
    read: int = 0
    annotated: int = 0

    def __add__(self, other: Tally) -> Tally:
        return Tally(self.right + other.right, self.read + other.read, self.annotated + other.annotated)

    @property
    def precision(self) -> float:
        """Right ones among those read; 1 where nothing was read."""
        return self.right / self.read if self.read else 1.0

    @property
    def recall(self) -> float:
        """Right ones among those annotated; 1 where nothing was annotated."""
        return self.right / self.annotated if self.annotated else 1.0

    @property
    def f1(self) -> float:
        """Twice the right ones over both; 1 where there is neither."""
        both = self.read + self.annotated
        return 2 * self.right / both if both else 1.0


@dataclass(frozen=True, slots=True)
class Judged:
    """One document: which heads agree, a tally for each of :data:`KINDS`, and what differs."""

    annotation: Annotation
    heads: Mapping[str, bool]
    tallies: Mapping[str, Tally]
    differences: tuple[str, ...]


def read_all(folder: Path, annotations: Sequence[Annotation]) -> list[Reading]:
    """Read the files of annotations, in worker processes.

    :param folder: where they lie.
    :param annotations: whose files.
    :return: the readings, in the order of the annotations.
    """
    with ProcessPoolExecutor(_WORKERS) as workers:
        return list(workers.map(partial(_read, folder), [one.file for one in annotations]))


def judge(annotation: Annotation, reading: Reading) -> Judged:
    """Hold a reading against its annotation: a clause agrees when id and both ends do; a refusal is right where nothing can be read.

    :param annotation: how the document should be read.
    :param reading: how it was.
    :return: what agrees and what does not.
    """
    found = _within(annotation, reading)
    is_sound = (reading.fault is None) == annotation.readable
    heads = {name: is_sound and reading.heads.get(name, "") == annotation.heads[name] for name in HEADS}
    differences = [reading.fault] if reading.fault else []
    differences += [
        f"{_HEADS[name]}：读作“{reading.heads.get(name, '')}”，应为“{annotation.heads[name]}”"
        for name, agrees in heads.items()
        if not agrees
    ]
    tallies = {}
    for kind, title in KINDS.items():
        read, wanted = Counter(found[kind]), Counter(getattr(annotation, kind))
        tallies[kind] = Tally((read & wanted).total(), read.total(), wanted.total())
        differences += [f"{title} 漏：{'｜'.join(one)}" for one in wanted - read]
        differences += [f"{title} 多：{'｜'.join(one)}" for one in read - wanted]
    return Judged(annotation, heads, tallies, tuple(differences))


def report(judged: Sequence[Judged], with_failures: bool = False) -> Iterator[str]:
    """Say in lines of text how well was read, by format.

    :param judged: at least one document.
    :param with_failures: whether to list what differs, document by document.
    :return: the lines.
    """
    formats = ["", *dict.fromkeys(one.annotation.format for one in judged)]
    yield f"{pad('', 12)}" + "".join(pad(name or "全部", 26) for name in formats)
    sets = [[one for one in judged if name in ("", one.annotation.format)] for name in formats]
    yield pad("文件", 12) + "".join(pad(str(len(ones)), 26) for ones in sets)
    for name, title in _HEADS.items():
        yield pad(title, 12) + "".join(pad(_share(one.heads[name] for one in ones), 26) for ones in sets)
    for kind, title in KINDS.items():
        yield pad(title, 12) + "".join(pad(_tally_words(sum_of(ones, kind)), 26) for ones in sets)
    yield "题头：对的比例。其余：F1（准确率 召回率 标注数）；条款、表格行要编号和首尾各八字都对，目标值要条款、数值、单位都对，责任主体要条款、名称都对。"
    for one in judged if with_failures else ():
        yield ""
        yield one.annotation.file
        yield from (f"  {difference}" for difference in one.differences)


def sum_of(judged: Iterable[Judged], kind: str) -> Tally:
    """Add up the tallies of one kind.

    :param judged: documents.
    :param kind: one of :data:`KINDS`.
    :return: the sum.
    """
    return sum((one.tallies[kind] for one in judged), Tally())


def _share(values: Iterable[bool]) -> str:
    every = list(values)
    return f"{sum(every) / len(every):.3f}"


def _tally_words(one: Tally) -> str:
    return f"{one.f1:.3f} ({one.precision:.3f} {one.recall:.3f} {one.annotated})"


def _read(folder: Path, file: str) -> Reading:
    try:
        document = read_document(folder / file)
    except IngestError as fault:
        return Reading({}, {kind: () for kind in KINDS}, str(fault))
    facts, key = document.metadata, f"{document.key}/"
    entries: dict[str, list[tuple[str, ...]]] = {kind: [] for kind in KINDS}
    for clause in document.clauses:
        name = clause.clause_id.removeprefix(key)
        text = plain("".join(value for _, value in clause.cells) if clause.kind == "row" else clause.text)
        entries["rows" if clause.kind == "row" else "clauses"].append((name, text[:8], text[-8:]))
        goals = (one for one in clause.targets if one.kind in ("target", "limit"))
        values = ((plain_value(one.value), plain(one.unit)) for one in goals)
        entries["targets"] += [(name, *one) for one in values if _IN_FIGURES.search(one[0])]
        entries["units"] += [(name, plain(one.name)) for one in clause.units]
    heads = {name: plain(getattr(facts, name)) for name in HEADS}
    return Reading(heads, {kind: tuple(ones) for kind, ones in entries.items()})


def _within(annotation: Annotation, reading: Reading) -> Mapping[str, tuple[tuple[str, ...], ...]]:
    """Leave out of a reading what was not annotated: clauses behind the last, and rows that were passed over."""
    found: dict[str, tuple[tuple[str, ...], ...]] = dict(reading.entries)
    if not annotation.has_all_rows:
        annotated = {name for name, _, _ in annotation.rows}
        found["rows"] = tuple(one for one in found["rows"] if one[0] in annotated)
    names = [name for name, *_ in found["clauses"]]
    if annotation.upto in names:
        kept = set(names[: names.index(annotation.upto) + 1])
        keep: Callable[[tuple[Any, ...]], bool] = lambda one: one[0] in kept or is_row(one[0])  # noqa: E731
        found = {kind: tuple(filter(keep, ones)) for kind, ones in found.items()}
    return found
