"""The pictures of measures in report.html, each with the same figures as a table beside it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from eval.measures.figures import GROUPS, PANELS, chance, fared, heading, points, ranged
from eval.measures.metrics import MEASURES, REFUSED
from eval.records import OVERALL, UNANSWERABLE
from eval.report.markup import Markup, join, tag
from eval.report.pictures import PALETTE, Bar, Cell, bars, heat
from eval.systems.registry import COMPANY

Object = Mapping[str, Any]


def measures_section(found: Object) -> Markup:
    """Draw each measure over all questions: one picture a measure, one bar a system.

    :param found: what :func:`eval.report.results.results` gathered.
    :return: the section.
    """
    systems = found["systems"]
    scores = {name: systems[name]["groups"].get(OVERALL, {}).get("scores", {}) for name in found["order"]}
    names = [name for name in MEASURES if all(name in row for row in scores.values())]
    if not names:
        return section("指标", tag("p", "没有可计入总体的问题。"))
    parts = []
    for title, panel in PANELS.items():
        shown = [_measure(found["order"], scores, name) for name in panel if name in names]
        parts += [tag("h3", title), tag("div", *shown, class_="figures")] if shown else []
    lines = [(heading(name), *(ranged(scores[one][name]) for one in found["order"])) for name in names]
    count = systems[found["order"][0]]["groups"][OVERALL]["count"]
    return section(
        "各系统的指标",
        tag("p", f"总体 {count} 题：有答案、不按字号条次问的。横线是 95% 置信区间；单位 %。{_company(found)}"),
        *parts,
        as_text(table(("指标", *found["order"]), lines)),
    )


def differences_section(found: Object) -> Markup:
    """Set the primary system against each other one, with the paired test.

    :param found: what :func:`eval.report.results.results` gathered.
    :return: the section; empty where there is one system only.
    """
    primary, blocks = found["primary"], []
    for other in found["order"]:
        rows = found["differences"].get(other, {})
        lines = [
            (heading(name), points(row), fared(row), *_chances(row))
            for name, row in ((name, rows[name]) for name in MEASURES if name in rows)
        ]
        if lines:
            heads = ("指标", "差（百分点）", "高/低/平", "p", "p（Holm）")
            blocks.append(tag("div", tag("h3", f"{primary} 减 {other}"), table(heads, lines)))
    if not blocks:
        return Markup("")
    note = (
        f"逐题配对的随机化检验（Smucker、Allan、Carterette 2007；{found['randomisation']['rounds']:,} 次，双侧；"
        "不同的题不超过 16 道时逐一穷举）。Holm 一列按同表指标个数校正；小于 0.05 的加粗。"
    )
    return section("差别是否站得住", tag("p", note), tag("div", *blocks, class_="figures"))


def classes_section(found: Object) -> Markup:
    """Draw a heat map of classes and measures for each system.

    :param found: what :func:`eval.report.results.results` gathered.
    :return: the section.
    """
    figures, texts = [], []
    for system in (found["primary"], *(name for name in found["order"] if name != found["primary"])):
        groups = found["systems"][system]["groups"]
        kept = [name for name in GROUPS if name in groups]
        texts.append(tag("h3", system))
        for title, panel in PANELS.items():
            names = [one for one in panel if any(one in groups[name]["scores"] for name in kept)]
            if not names:
                continue
            cells = {GROUPS[name]: [_cell(name, groups[name]["scores"], one) for one in names] for name in kept}
            heads = [heading(name) for name in names]
            drawn = heat(cells, heads, f"{system} 各题类的指标（{title}），数值见后面的表")
            figures.append(figure(f"{system}：{title}", drawn))
            lines = [
                (
                    f"{GROUPS[name]}（{groups[name]['count']}）",
                    *(ranged(groups[name]["scores"].get(one)) for one in names),
                )
                for name in kept
            ]
            texts.append(table(("题类（题数）", *heads), lines))
    return section(
        "各题类的强弱",
        tag(
            "p",
            "格中为 %，颜色越深越好；“拒答”一列有答案的题类越低越深，查无依据类越高越深。题数少的类区间很宽，见表。",
        ),
        tag("div", *figures, class_="figures"),
        as_text(*texts),
    )


def section(title: str, *children: str, id_: str | None = None) -> Markup:
    """Put a heading over a part of the page."""
    return tag("section", tag("h2", title), *children, id=id_)


def figure(caption: str, picture: Markup) -> Markup:
    """Put a caption over a picture."""
    return tag("figure", tag("figcaption", caption), picture)


def table(heads: Sequence[str], lines: Iterable[Sequence[str]]) -> Markup:
    """Write a table; the first cell of a line is its head."""
    body = [tag("tr", tag("th", line[0], scope="row"), *(tag("td", cell) for cell in line[1:])) for line in lines]
    top = tag("thead", tag("tr", *(tag("th", head, scope="col") for head in heads)))
    return tag("div", tag("table", top, tag("tbody", *body)), class_="wide")


def as_text(*tables: Markup) -> Markup:
    """Fold the figures of a picture away; print unfolds them."""
    return tag("details", tag("summary", "图中数值"), *tables)


def _chances(row: Object) -> tuple[Markup, ...]:
    """Write p and the corrected p, in bold below 0.05."""
    written = [(chance(row[name]), row[name]) for name in ("p", "holm")]
    return tuple(tag("b", text) if value < 0.05 else join((text,)) for text, value in written)


def _measure(order: Sequence[str], scores: Mapping[str, Object], name: str) -> Markup:
    """Draw one measure; a system among other documents has the colour that it has alone, but paler."""
    label = heading(name) + ("（越低越好）" if name == REFUSED else "")
    alone = list(dict.fromkeys(system.removesuffix(COMPANY) for system in order))
    rows = []
    for system in order:
        score, colour = scores[system][name], PALETTE[alone.index(system.removesuffix(COMPANY)) % len(PALETTE)]
        ends = (score["value"], score["low"], score["high"])
        rows.append(Bar(system, *ends, ranged(score), colour, pale=system.endswith(COMPANY)))
    return figure(label, bars(rows, f"{label}：" + "；".join(f"{row.label} {row.text}" for row in rows)))


def _company(found: Object) -> str:
    names = "、".join(found.get("company", {}))
    return f"名字带 {COMPANY}、颜色较浅的，是同一系统在混入 {names} 之后的结果。" if names else ""


def _cell(group: str, scores: Mapping[str, Object], name: str) -> Cell | None:
    if name not in scores:
        return None
    value = scores[name]["value"]
    good = 1 - value if name == REFUSED and group != UNANSWERABLE else value
    return Cell(f"{100 * value:.0f}", good)
