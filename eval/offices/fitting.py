"""python -m eval fit --offices DIR: the weights of the order and the model of refusing, fitted to documents of many offices."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import numpy as np

from eval.files import write
from eval.measures.figures import straight
from eval.offices.refit import Fitter, Home, fit
from eval.offices.sizes import SIZES
from eval.questions import QUESTIONS
from eval.records import CALIBRATION, UNANSWERABLE
from eval.refusal import EVERYDAY, FILES, load_examples
from index.knowledge_base import KnowledgeBase
from index.search import ranking, refusal
from index.search.fitted import Fitted

BINS = 10
"""Parts of equal width into which chances are put, to see whether they are what they say."""


def save(fitted: Fitted) -> None:
    """Write what was fitted where the package keeps it.

    :param fitted: weights and model.
    """
    by = dict(fitted.made_with)
    weights = {name: round(float(one), 4) for name, one in zip(ranking.FEATURES, fitted.weights, strict=True)}
    weights[ranking.READ] = round(fitted.read, 4)
    write(ranking.FILE, json.dumps({"fitted_with": by, "weights": weights}, indent=2) + "\n")
    model = fitted.refusal
    parts = {"stated": _raw(model.stated), "related": _raw(model.related)}
    write(refusal.FILE, json.dumps({**parts, "careful": model.careful, "fitted_with": by}, indent=2) + "\n")
    for kept in (ranking.weights, ranking.weight_of_reading, ranking.made_with, refusal.model):
        kept.cache_clear()


def home_of(base: KnowledgeBase) -> Home:
    """Look up the questions at home that may be fitted to.

    :param base: of the corpus.
    :return: those of the calibration half, with what the base shows of each.
    """
    folder = QUESTIONS.parent
    examples = load_examples((QUESTIONS, folder / EVERYDAY), [folder / name for name in FILES])
    chosen = [one for one in examples if one.split == CALIBRATION]
    return Home(base.searcher, tuple((one, base.searcher.see(base.read(one.query))) for one in chosen))


def _raw(model: refusal.Logistic) -> dict[str, Any]:
    rows = zip(refusal.FEATURES, model.means, model.deviations, model.weights, strict=True)
    features = {name: dict(zip(("mean", "deviation", "weight"), row, strict=True)) for name, *row in rows}
    return {"features": features, "bias": model.bias, "threshold": model.threshold}


def report(fitter: Fitter, to_write: bool) -> Iterator[str]:
    """Say how what is fitted to other offices does on those left out, by size of base, and whether chances are what they say.

    :param fitter: with what the bases show.
    :param to_write: whether to fit to all and write it down.
    :return: lines for a terminal.
    """
    judged = fitter.judged()
    yield from straight(
        [
            ("库的大小", "有答案", "原文写明", "相关", "未找到", "无答案", "原文写明", "相关", "未找到"),
            *_by_size(judged),
        ]
    )
    yield "对有答案的，“未找到”是误拒；对无答案的，“原文写明”是误答。各折用其余各折拟合。"
    yield ""
    yield from straight([("估计的可能", "题数", "真有答案"), *_reliability(judged)])
    whole = fit(fitter.searcher, fitter.shown, fitter.cases, fitter.home)
    yield ""
    yield "排序权重：" + "，".join(
        f"{name} {one:.3f}"
        for name, one in zip((*ranking.FEATURES, ranking.READ), (*whole.weights, whole.read), strict=True)
    )
    for name, model in (("直接写明", whole.refusal.stated), ("有关", whole.refusal.related)):
        pairs = zip(refusal.FEATURES, model.weights, strict=True)
        yield f"{name}：" + "，".join(f"{one} {weight:+.2f}" for one, weight in pairs) + f"；门槛 {model.threshold}"
    if to_write:
        save(whole)
        yield f"已写下 {ranking.FILE} 和 {refusal.FILE}"


def _by_size(judged: Sequence[Mapping[str, Any]]) -> Iterator[tuple[str, ...]]:
    for size in (*SIZES, 0):
        cells: list[str] = [str(size or "全部")]
        for answerable in (True, False):
            own = [one["status"] for one in judged if one["size"] == size and one["answerable"] == answerable]
            shares = [f"{100 * own.count(name) / max(len(own), 1):.1f}" for name in ("found", "related", "not_found")]
            cells += [str(len(own)), *shares]
        yield tuple(cells)
    near = [one["status"] for one in judged if not one["size"] and one["kind"] == UNANSWERABLE]
    if near:
        shares = [f"{100 * near.count(name) / len(near):.1f}" for name in ("found", "related", "not_found")]
        yield ("其中写成无答案的", "", "", "", "", str(len(near)), *shares)


def _reliability(judged: Sequence[Mapping[str, Any]]) -> Iterator[tuple[str, ...]]:
    chances = np.array([one["chance"] for one in judged])
    right = np.array([one["answerable"] for one in judged], dtype=float)
    places = np.minimum((chances * BINS).astype(int), BINS - 1)
    for place in range(BINS):
        own = right[places == place]
        if len(own):
            yield (f"{place / BINS:.1f}–{(place + 1) / BINS:.1f}", str(len(own)), f"{100 * own.mean():.1f}")
