"""python -m eval run --offices DIR: the product and its peers on documents of other offices."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from eval.offices import base as bases
from eval.offices.fitting import home_of
from eval.offices.folds import FOLDS, folds_of, held_out
from eval.offices.gold import Reach, reach
from eval.offices.questions import OfficeQuestion, load
from eval.offices.refit import Fitter, Home, Shown
from eval.offices.report import compared, fold_table, run_of, tables, unreached
from eval.offices.sizes import cases
from eval.records import Run
from eval.systems.cache import Cache
from eval.systems.registry import DEPTH, OFFICES, PRODUCT, Means, systems
from index.errors import StoreError
from index.knowledge_base import KnowledgeBase

FOLDED = f"{PRODUCT}-folds"
"""The product with all that is fitted fitted to the other folds."""


@dataclass(frozen=True, slots=True)
class Ground:
    """What is measured on: an open base, the questions as written and with their gold clauses, and fold by office."""

    base: KnowledgeBase
    asked: tuple[OfficeQuestion, ...]
    reach: Reach
    folds: dict[str, int]


def ground_of(corpus: Path, folder: Path | None) -> Ground:
    """Open or build the base, and find the gold in it.

    :param corpus: folder of the documents.
    :param folder: where base and indexes are kept; None for :data:`eval.offices.base.FOLDER`.
    :return: the ground.
    :raises QuestionsError: when the questions are at fault.
    :raises KnowledgeBaseError: when the base is.
    """
    asked = load()
    base = bases.open_base(corpus, folder or bases.FOLDER)
    return Ground(base, asked, reach(asked, bases.documents_of(base)), dict(folds_of(asked)))


def shown_of(ground: Ground, depth: int) -> tuple[Shown, ...]:
    """Look up all questions in the base, once for every way to fit.

    :param ground: what is measured on.
    :param depth: how many clauses are asked for.
    :return: what the base shows of each question.
    """
    base, folds = ground.base, ground.folds
    sys.stderr.write(f"正在检索 {len(ground.asked)} 题…\n")
    seen = (base.searcher.see(base.read(one.query, depth)) for one in ground.asked)
    pairs = zip(ground.reach.questions, seen, ground.asked, strict=True)
    return tuple(Shown(question, each, folds[one.offices[0]] if one.offices else 0) for question, each, one in pairs)


def fitter_of(ground: Ground, shown: Sequence[Shown], home: Home | None = None) -> Fitter:
    """Put the questions to smaller bases as well, and make what fits to all of it.

    :param ground: what is measured on.
    :param shown: what the whole base shows of each question.
    :param home: questions at home that are fitted to as well.
    :return: the fitter.
    """
    sys.stderr.write("正在小库里检索、逐折拟合…\n")
    owner = {path: one.key for path, one in bases.documents_of(ground.base).items()}
    near = {one.id: owner[one.near] for one in ground.asked if one.near in owner}
    reads = [one.seen.asked for one in shown]
    small = cases(ground.base.searcher, reads, ground.reach.questions, [one.fold for one in shown], near)
    return Fitter(ground.base.searcher, ground.asked, ground.folds, shown, tuple(small), home)


def evaluate(options: argparse.Namespace) -> Iterator[str]:
    """Measure and say what came of it.

    :param options: ``offices``, ``folds``, ``system`` and ``cache``.
    :return: lines for standard output.
    :raises QuestionsError: when the questions are at fault.
    :raises KnowledgeBaseError: when the base is.
    """
    ground = ground_of(options.offices, options.cache)
    offices = {one.id: one.offices[0] if one.offices else "" for one in ground.asked}
    runs = list(_runs(ground, options.system or OFFICES, options))
    yield from tables(runs, offices)
    for run in runs:
        if run.system == FOLDED:
            yield from ("", f"{FOLDED} 逐折（单位为折，贪心均分，种子固定；各折用其余各折拟合）：")
            ids = [
                [ground.asked[place].id for place in held_out(ground.asked, ground.folds, at)] for at in range(FOLDS)
            ]
            yield from fold_table(run, ids, offices)
        if run.system in (PRODUCT, FOLDED):
            yield from ("", f"{run.system} 与同伴：", *compared(runs, run))
    yield ""
    yield from unreached(ground.reach, ground.asked)


def _home(store: Path) -> Home | None:
    """Look up the questions at home, which are fitted to as well; without a base of the corpus they are left out."""
    try:
        return home_of(KnowledgeBase.open(store))
    except StoreError as error:
        sys.stderr.write(f"拟合时不用自家问题：{error}\n")
        return None


def _runs(ground: Ground, names: Sequence[str], options: argparse.Namespace) -> Iterator[Run]:
    questions = ground.reach.questions
    means = Means(Cache((options.cache or bases.FOLDER) / "indexes"), options.embedder)
    for name, search in systems(ground.base, [name for name in names if name != PRODUCT], means).items():
        sys.stderr.write(f"正在评测 {name}…\n")
        yield run_of(name, questions, (search(one.query) for one in questions))
    if PRODUCT in names or options.folds:
        shown = shown_of(ground, DEPTH)
        yield run_of(PRODUCT, questions, (ground.base.searcher.result(one.seen) for one in shown))
        if options.folds:
            yield run_of(FOLDED, questions, fitter_of(ground, shown, _home(options.store)).results())
