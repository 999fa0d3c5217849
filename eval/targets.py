"""Which figures a document sets: the weights of :mod:`ingest.targets.signs`, fitted and judged on offices left out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from scipy.optimize import minimize
from scipy.sparse import csr_matrix

from eval.annotations import (
    HALVES,
    Annotation,
    is_row,
    load_annotations,
    load_charges,
    load_issuers,
    plain,
    plain_value,
)
from eval.reading import Tally
from ingest import read_document
from ingest.linear import LinearModel
from ingest.targets.occasion import occasion_of
from ingest.targets.reading import quantities_of
from ingest.targets.signs import AGREED, RULES, TURNED

FOLDS = 8
OWN = "own"
"""Stands for the offices of the project's own documents, which are in every fit."""

_CORPUS = Path(__file__).parent.parent / "corpus" / "documents"
_WORKERS = 2
_SEEN_TWICE = 2
"""A sign that fewer examples show gets no weight."""
_PENALTY = 10.0
"""Weight of the squared weights against the loss; chosen on offices left out."""
_DIGITS = 3
_LEVELS = (0.35, 0.4, 0.45, 0.5, 0.55)


@dataclass(frozen=True, slots=True)
class Example:
    """One quantity: its signs, whether it is set, and whether the rules alone take it so.

    ``is_fresh`` where nobody looked at the document while the rules were written; the others show no signs of the rules,
    which would seem better than they are.
    """

    office: str
    signs: tuple[str, ...]
    is_set: bool
    is_ruled: bool
    is_fresh: bool


@dataclass(frozen=True, slots=True)
class Examples:
    """The quantities, and how many targets annotated in fresh documents are among none of them."""

    every: tuple[Example, ...]
    unseen: int


def load_examples(folder: Path) -> Examples:
    """Read the quantities of documents that nobody looked at while rules were written, of the tuning half, and of our own.

    The last have no annotation of every quantity: what the rules take for set there is so.

    :param folder: where the documents of other offices lie.
    :return: the examples, in the order of the annotations.
    """
    issuers = load_issuers()
    unseen = [one for half in ("sealed", "later") for one in load_annotations(HALVES[half])]
    fresh, tuned = [*load_charges(), *unseen], load_annotations(HALVES["tuning"])
    annotated = [(folder / one.file, issuers.get(one.file, one.file), one, True) for one in fresh]
    annotated += [(folder / one.file, issuers.get(one.file, one.file), one, False) for one in tuned]
    own = [(path, OWN, None, False) for path in sorted(_CORPUS.iterdir()) if path.suffix != ".html"]
    with ProcessPoolExecutor(_WORKERS) as workers:
        read = list(workers.map(_examples, *zip(*annotated, *own, strict=True)))
    return Examples(tuple(example for ones, _ in read for example in ones), sum(left for _, left in read[: len(fresh)]))


def fit(examples: Sequence[Example]) -> LinearModel:
    """Fit logistic regression with squared weights held small (L-BFGS of scipy).

    :param examples: quantities with their signs.
    :return: the model, its weights rounded.
    """
    counts = Counter(sign for one in examples for sign in one.signs)
    names = sorted(sign for sign, count in counts.items() if count >= _SEEN_TWICE)
    place = {name: at for at, name in enumerate(names)}
    rows = [[place[sign] for sign in one.signs if sign in place] for one in examples]
    ends = np.cumsum([0, *map(len, rows)])
    columns = np.fromiter((at for row in rows for at in row), dtype=np.int32, count=int(ends[-1]))
    matrix = csr_matrix((np.ones(len(columns)), columns, ends), shape=(len(rows), len(names)))
    sides = np.array([1.0 if one.is_set else -1.0 for one in examples])

    def loss(values: np.ndarray) -> tuple[float, np.ndarray]:
        margins = sides * (matrix @ values[:-1] + values[-1])
        pull = -sides / (1 + np.exp(np.clip(margins, -500, 500)))
        slope = np.append(matrix.T @ pull + _PENALTY * values[:-1], pull.sum())
        return float(np.logaddexp(0, -margins).sum() + _PENALTY / 2 * values[:-1] @ values[:-1]), slope

    found = minimize(loss, np.zeros(len(names) + 1), jac=True, method="L-BFGS-B", options={"maxiter": 500}).x
    kept = {name: round(float(value), _DIGITS) for name, value in zip(names, found[:-1], strict=True)}
    return LinearModel({name: value for name, value in kept.items() if value}, round(float(found[-1]), _DIGITS))


def left_out(examples: Examples) -> list[float]:
    """Judge every example by a model that was fitted without its office.

    :param examples: the examples.
    :return: for each the probability that it is set.
    """
    fold = _folds(one for one in examples.every if one.is_fresh)
    models = [fit([one for one in examples.every if fold.get(one.office) != number]) for number in range(FOLDS)]
    return [models[fold.get(one.office, 0)].probability(one.signs) for one in examples.every]


def report(examples: Examples) -> Iterator[str]:
    """Say in lines of text how well figures are told that a document sets, on offices left out.

    :param examples: the examples.
    :return: the lines.
    """
    judged = [(one, value) for one, value in zip(examples.every, left_out(examples), strict=True) if one.is_fresh]
    annotated = sum(one.is_set for one, _ in judged) + examples.unseen
    offices = len({one.office for one, _ in judged})
    yield f"{offices} 个单位，标注的目标值 {annotated} 个，数量词 {len(judged)} 个；{FOLDS} 折，按发文机关留出"
    yield _line("凡数都算", [one for one, _ in judged], annotated)
    yield _line("只用规则", [one for one, _ in judged if one.is_ruled], annotated)
    for level in _LEVELS:
        yield _line(f"权重 {level:.2f} 起", [one for one, value in judged if value >= level], annotated)
    used = [one for one, value in judged if value >= (AGREED if one.is_ruled else TURNED)]
    yield _line(f"合用（规则说是 {AGREED:.2f} 起，说不是 {TURNED:.2f} 起）", used, annotated)


def _line(name: str, chosen: Sequence[Example], annotated: int) -> str:
    tally = Tally(sum(one.is_set for one in chosen), len(chosen), annotated)
    return f"{name}\tF1 {tally.f1:.3f}\t准确率 {tally.precision:.3f}\t召回率 {tally.recall:.3f}"


def _folds(examples: Iterable[Example]) -> dict[str, int]:
    """Share the offices out, the largest first, each to the fold that has least; of equals the first by name."""
    sizes = Counter(one.office for one in examples)
    load, fold = [0] * FOLDS, {}
    for office in sorted(sizes, key=lambda name: (-sizes[name], name)):
        fold[office] = load.index(min(load))
        load[fold[office]] += sizes[office]
    return fold


def _examples(path: Path, office: str, annotation: Annotation | None, is_fresh: bool) -> tuple[list[Example], int]:
    document = read_document(path)
    occasion = occasion_of(document.metadata, document.text)
    key = f"{document.key}/"
    wanted = Counter(annotation.targets if annotation else ())
    within = {name for name, _, _ in annotation.clauses} if annotation else None
    made = []
    for clause in document.clauses:
        name = clause.clause_id.removeprefix(key)
        for value, unit, shown, ruled in quantities_of(clause, occasion) if within is None or name in within else ():
            entry = _meant(wanted, name, plain_value(value), plain(unit))
            signs = tuple(sign for sign in shown if is_fresh or not sign.startswith(RULES))
            made.append(Example(office, signs, ruled if within is None else entry is not None, ruled, is_fresh))
            if entry is not None:
                wanted[entry] -= 1
    return made, sum(count for (name, *_), count in wanted.items() if count > 0 and not is_row(name))


def _meant(wanted: Counter[tuple[str, str, str]], clause: str, value: str, unit: str) -> tuple[str, str, str] | None:
    """The annotated target that a quantity is: of the same unit, else of one that says more (平方米/百户 for 平方米)."""
    alike = [entry for entry, count in wanted.items() if count > 0 and entry[:2] == (clause, value)]
    longer = (entry for entry in alike if unit and entry[2].startswith(f"{unit}/"))
    return (clause, value, unit) if (clause, value, unit) in alike else next(longer, None)
