"""How well targets and responsible units are read, against the hand annotation, field by field."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from ingest import read_document

DATA = Path(__file__).parent / "data"

Entry = Mapping[str, Any]

TARGET_FIELDS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("value+unit+comparator", ("value", "unit", "comparator")),
    ("+ indicator", ("value", "unit", "comparator", "indicator")),
    ("+ deadline", ("value", "unit", "comparator", "deadline")),
    ("+ indicator + deadline", ("value", "unit", "comparator", "indicator", "deadline")),
    ("+ kind", ("value", "unit", "comparator", "kind")),
    ("+ action", ("value", "unit", "comparator", "action")),
    ("+ baseline + year", ("value", "unit", "comparator", "baseline", "baseline_year")),
    ("+ nature + definition", ("value", "unit", "comparator", "nature", "definition")),
    ("+ words", ("value", "unit", "comparator", "text")),
)
UNIT_FIELDS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("name", ("name",)),
    ("name + basis", ("name", "basis")),
    ("name + basis + sentence", ("name", "basis", "sentence")),
)


@dataclass(frozen=True, slots=True)
class Score:
    """Counts over all clauses that were annotated; an entry is right when every field named agrees exactly."""

    fields: str
    right: int
    wrong: int
    missed: int

    @property
    def precision(self) -> float:
        """Right ones among those read; 1 where nothing was read."""
        return self.right / (self.right + self.wrong) if self.right + self.wrong else 1.0

    @property
    def recall(self) -> float:
        """Right ones among those annotated; 1 where nothing was annotated."""
        return self.right / (self.right + self.missed) if self.right + self.missed else 1.0

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall."""
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0


def score(
    read: Mapping[str, Sequence[Entry]],
    gold: Mapping[str, Sequence[Entry]],
    fields: Iterable[tuple[str, tuple[str, ...]]],
) -> list[Score]:
    """Matches entries clause by clause, each at most once.

    :param read: entries by clause id; a clause that was annotated and not read counts as nothing read.
    :param gold: annotated entries by clause id.
    :param fields: names of the field sets with their fields.
    """
    scores = []
    for name, keys in fields:
        right = wrong = missed = 0
        for clause_id, expected in gold.items():
            left = [tuple(entry[key] for key in keys) for entry in expected]
            for entry in read.get(clause_id, ()):
                found = tuple(entry[key] for key in keys)
                if found in left:
                    left.remove(found)
                    right += 1
                else:
                    wrong += 1
            missed += len(left)
        scores.append(Score(name, right, wrong, missed))
    return scores


def annotation(path: Path, name: str) -> dict[str, list[Entry]]:
    """Reads an annotation: one clause a line.

    :param path: targets.jsonl or units.jsonl.
    :param name: ``targets`` or ``units``.
    """
    lines = (json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip())
    return {line["clause_id"]: line[name] for line in lines}


def read_all(paths: Iterable[Path]) -> tuple[dict[str, list[Entry]], dict[str, list[Entry]]]:
    """Reads targets and units of every clause of the files, by clause id.

    Spans of time that something may take (时限) are left out, for the annotation holds none.
    """
    clauses = [clause for path in paths for clause in read_document(path).clauses]
    targets: dict[str, list[Entry]] = {
        clause.clause_id: [asdict(one) for one in clause.targets if one.kind != "limit"] for clause in clauses
    }
    units: dict[str, list[Entry]] = {clause.clause_id: [asdict(one) for one in clause.units] for clause in clauses}
    return targets, units


def report(corpus: Path, samples: Path | None = None, data: Path = DATA) -> Iterator[str]:
    """The tables of both kinds, as lines of text.

    :param corpus: folder with the annotated PDFs.
    :param samples: folder with three other annotated documents.
    """
    yield from _tables("", "", sorted(corpus.glob("**/*.pdf")), data)
    if samples is not None:
        lines = (data / "unseen_targets.jsonl").read_text(encoding="utf-8").splitlines()
        names = sorted({json.loads(line)["file"] for line in lines if line.strip()})
        yield ""
        yield from _tables("unseen_", "（另三份文件）", [samples / name for name in names], data)


def _tables(prefix: str, remark: str, paths: Sequence[Path], data: Path) -> Iterator[str]:
    targets, units = read_all(paths)
    for title, read, name, fields in (
        ("目标值", targets, "targets", TARGET_FIELDS),
        ("责任主体", units, "units", UNIT_FIELDS),
    ):
        yield f"{title + remark:<24} 准确率  召回率     F1   对  错  漏"
        gold = annotation(data / f"{prefix}{name}.jsonl", name)
        yield from (_line(entry) for entry in score(read, gold, fields))


def _line(entry: Score) -> str:
    return f"{entry.fields:<28} {entry.precision:6.3f} {entry.recall:6.3f} {entry.f1:6.3f} {entry.right:4} {entry.wrong:3} {entry.missed:3}"
