"""Offices as folds: what is fitted on some offices is judged on the others."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Mapping, Sequence

from eval.measures.metrics import SEED
from eval.offices.questions import OfficeQuestion

FOLDS = 5


def folds_of(questions: Sequence[OfficeQuestion], count: int = FOLDS, seed: int = SEED) -> Mapping[str, int]:
    """Divide the offices into folds of like size by number of questions.

    Offices are taken from the one with most questions down, equals in an order drawn by the seed, and each goes to the fold that has
    fewest questions so far, the first of equals. Questions count for the office of their best answer.

    :param questions: the questions.
    :param count: how many folds.
    :param seed: of the order of equals.
    :return: fold from 0 by office, of every office that a question has.
    """
    sizes = Counter(one.offices[0] for one in questions if one.offices)
    others = dict.fromkeys(office for one in questions for office in one.offices)
    names = sorted(others)
    random.Random(seed).shuffle(names)
    totals = [0] * count
    found: dict[str, int] = {}
    for name in sorted(names, key=lambda one: -sizes[one]):
        fold = min(range(count), key=lambda one: totals[one])
        found[name] = fold
        totals[fold] += sizes[name]
    return found


def held_out(questions: Sequence[OfficeQuestion], folds: Mapping[str, int], fold: int) -> list[int]:
    """List the questions of a fold: those whose best answer is of one of its offices.

    :param questions: the questions.
    :param folds: fold by office.
    :param fold: which.
    :return: their places.
    """
    return [place for place, one in enumerate(questions) if one.offices and folds[one.offices[0]] == fold]


def fitted_to(questions: Sequence[OfficeQuestion], folds: Mapping[str, int], fold: int) -> list[int]:
    """List the questions that may be fitted to when a fold is left out: those that none of its offices answers, not even in part.

    :param questions: the questions.
    :param folds: fold by office.
    :param fold: the fold left out.
    :return: their places.
    """
    return [at for at, one in enumerate(questions) if one.offices and fold not in map(folds.__getitem__, one.offices)]
