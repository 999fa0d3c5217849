"""The part of report.html on refusing: chances, thresholds, shares by kind, and the questions that were misjudged."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from eval.measures.figures import percent, ranged
from eval.records import SPLITS
from eval.report.markup import Markup, tag
from eval.report.page_figures import as_text, figure, section, table
from eval.report.pictures import ABOVE, BELOW, Curve, curves, mirrored

BINS = 20

Object = Mapping[str, Any]


def refusal_section(found: Object) -> Markup:
    """Draw the chances that decide on 原文写明, and what other thresholds would leave out.

    :param found: what :func:`eval.report.results.results` gathered, with ``refusal``.
    :return: the section; empty where no chances were gathered.
    """
    refusal = found.get("refusal")
    if not refusal:
        return Markup("")
    threshold = refusal["threshold"]
    counts = {sort: _histogram(refusal["items"].values(), sort) for sort in (True, False)}
    settled = sum(item["settled"] for item in refusal["items"].values())
    bins = [
        (f"{place / BINS:.2f}–{(place + 1) / BINS:.2f}", str(counts[True][place]), str(counts[False][place]))
        for place in range(BINS)
    ]
    curve = [
        (f"{row['threshold']:.4g}", percent(row["unanswerable"]), percent(row["answerable"]))
        for row in refusal["curve"]
    ]
    kinds = [
        [(row["kind"], str(row["count"]), ranged(row)) for row in refusal["kinds"] if row["answerable"] == sort]
        for sort in (False, True)
    ]
    return section(
        "拒答：何时不标“原文写明”",
        tag(
            "p",
            f"每题算一个“库里有依据”的把握，低于门槛 {threshold:.4g} 就不标“原文写明”。曲线下面积 {refusal['area']:.3f}（1 为两类完全分开，0.5 为分不开）。{settled} 题按字号条次直接定论，不在分布图内。",
        ),
        *_fitted(refusal["items"]),
        tag("div", *_pictures(refusal, counts), class_="figures"),
        tag("h3", "各类问题未标“原文写明”的比例"),
        tag("div", *(table(("类别", "题数", "未标 %"), rows) for rows in kinds if rows), class_="figures"),
        _misjudged(refusal["items"]),
        as_text(table(("把握", "有答案", "无答案"), bins), table(("门槛", "无答案未标 %", "有答案未标 %"), curve)),
        id_="refusal",
    )


def _pictures(refusal: Object, counts: Mapping[bool, Sequence[int]]) -> tuple[Markup, Markup]:
    threshold = refusal["threshold"]
    spoken = f"把握的分布，门槛 {threshold:.2f}，数值见后面的表"
    shown = mirrored(counts[True], counts[False], ("有答案", "无答案"), threshold, spoken)
    lines = [
        Curve("无答案的题未标 %（越高越好）", _points(refusal["curve"], "unanswerable"), BELOW, False),
        Curve("有答案的题未标 %（越低越好）", _points(refusal["curve"], "answerable"), ABOVE, True),
    ]
    drawn = curves(lines, threshold, "两类问题在不同门槛下未标“原文写明”的比例，数值见后面的表")
    return figure("把握的分布", shown), figure("换一个门槛会怎样（横轴：门槛）", drawn)


def misjudged_line(found: Object) -> list[Markup]:
    """Say how many questions of each sort were misjudged, and of which kind most are, for the head of the report.

    :param found: what :func:`eval.report.results.results` gathered, with or without ``refusal``.
    :return: a paragraph, or nothing where all were judged rightly or none was.
    """
    items = found.get("refusal", {}).get("items", {}).values()
    said = []
    for answerable, fault in ((False, "应拒未拒"), (True, "误拒")):
        sort = [item for item in items if item["answerable"] == answerable]
        kinds = [item["kind"] for item in sort if item["found"] != answerable]
        if kinds:
            counts = {kind: kinds.count(kind) for kind in dict.fromkeys(kinds)}
            ranked = sorted(counts, key=lambda kind: (-counts[kind], kind))
            listed = "、".join(f"{kind} {counts[kind]}" for kind in ranked)
            said.append(f"{len(sort)} 题{'有' if answerable else '无'}答案的{fault} {len(kinds)} 题（{listed}）")
    if not said:
        return []
    link = tag("a", "逐题见“拒答”一节", href="#refusal")
    return [tag("p", "连同专测拒答的题一起看：" + "；".join(said) + "。", link, "。")]


def _fitted(items: Mapping[str, Object]) -> list[Markup]:
    """Warn where the chances are of questions that the model was fitted to."""
    note = "拒答模型也用过 calibration 部分的题来拟合，这一部分的把握和比例因此偏好；公正的数看 test 部分。"
    return [tag("p", note)] if any(item["split"] == SPLITS[0] for item in items.values()) else []


def _misjudged(items: Mapping[str, Object]) -> Markup:
    """List the questions that were refused or answered wrongly, the surest mistakes first."""
    wrong = [(id_, item) for id_, item in items.items() if item["found"] != item["answerable"]]
    wrong.sort(key=lambda pair: (pair[1]["answerable"], -abs(pair[1]["chance"] - 0.5), pair[0]))
    lines = [
        (id_, item["kind"], item["query"], "误拒" if item["answerable"] else "应拒未拒", f"{item['chance']:.2f}")
        for id_, item in wrong
    ]
    summary = tag("summary", f"判错的 {len(lines)} 题，错得最有把握的在前")
    return tag("details", summary, table(("编号", "类别", "问题", "毛病", "把握"), lines), class_="queries")


def _histogram(items: Iterable[Object], answerable: bool) -> list[int]:
    counts = [0] * BINS
    for item in items:
        if item["answerable"] == answerable and not item["settled"]:
            counts[min(int(item["chance"] * BINS), BINS - 1)] += 1
    return counts


def _points(curve: Sequence[Object], name: str) -> list[tuple[float, float]]:
    return [(0.0, 0.0), *((row["threshold"], row[name]) for row in curve)]
