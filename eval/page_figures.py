"""The pictures of measures in report.html, each with the same figures as a table beside it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from eval.markup import Markup, join, tag
from eval.metrics import MEASURES, REFUSED
from eval.pictures import COLUMNS, PALETTE, Bar, Cell, bars, heat
from eval.records import OVERALL, UNANSWERABLE
from eval.report import GROUPS, HEADINGS

Object = Mapping[str, Any]


def measures_section(found: Object) -> Markup:
    """Draw each measure over all questions: one picture a measure, one bar a system.

    :param found: what :func:`eval.results.results` gathered.
    :return: the section.
    """
    systems = found["systems"]
    scores = {name: systems[name]["groups"].get(OVERALL, {}).get("scores", {}) for name in found["order"]}
    names = [name for name in MEASURES if all(name in row for row in scores.values())]
    if not names:
        return section("指标", tag("p", "没有可计入总体的问题。"))
    figures = []
    for name in names:
        label = HEADINGS.get(name, name) + ("（越低越好）" if name == REFUSED else "")
        rows = [_bar(system, scores[system][name], place) for place, system in enumerate(found["order"])]
        spoken = f"{label}：" + "；".join(f"{row.label} {row.text}" for row in rows)
        figures.append(figure(label, bars(rows, spoken)))
    heads = ("指标", *found["order"])
    lines = [(HEADINGS.get(name, name), *(ranged(scores[one][name]) for one in found["order"])) for name in names]
    count = systems[found["order"][0]]["groups"][OVERALL]["count"]
    return section(
        "各系统的指标",
        tag("p", f"总体 {count} 题：有答案、不按字号条次问的。横线是 95% 置信区间；单位 %。"),
        tag("div", *figures, class_="figures"),
        as_text(table(heads, lines)),
    )


def differences_section(found: Object) -> Markup:
    """Set the primary system against each other one, with the paired test.

    :param found: what :func:`eval.results.results` gathered.
    :return: the section; empty where there is one system only.
    """
    primary, blocks = found["primary"], []
    for other in found["order"]:
        rows = found["differences"].get(other, {})
        lines = [
            (HEADINGS.get(name, name), points(row), f"{row['won']} / {row['lost']} / {tied(row)}", *chances(row))
            for name, row in ((name, rows[name]) for name in MEASURES if name in rows)
        ]
        if lines:
            heads = ("指标", "差（百分点）", "高 / 低 / 平", "p", "p（Holm）")
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

    :param found: what :func:`eval.results.results` gathered.
    :return: the section.
    """
    figures, texts = [], []
    for system in (found["primary"], *(name for name in found["order"] if name != found["primary"])):
        groups = found["systems"][system]["groups"]
        kept = [name for name in GROUPS if name in groups]
        texts.append(tag("h3", system))
        for names in _panels():
            cells = {GROUPS[name]: [_cell(name, groups[name]["scores"], one) for one in names] for name in kept}
            heads = [HEADINGS.get(name, name) for name in names]
            figures.append(figure(system, heat(cells, heads, f"{system} 各题类的指标，数值见后面的表")))
            labels = [f"{GROUPS[name]}（{groups[name]['count']}）" for name in kept]
            rows = [[ranged(groups[name]["scores"].get(one)) for one in names] for name in kept]
            lines = [(label, *row) for label, row in zip(labels, rows, strict=True)]
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


def percent(share: float) -> str:
    """Write a share in percent with one decimal."""
    return f"{100 * share:.1f}"


def ranged(score: Object | None) -> str:
    """Write a share in percent with the ends of its interval; – where there is none."""
    return f"{percent(score['value'])} [{100 * score['low']:.0f},{100 * score['high']:.0f}]" if score else "–"


def points(row: Object) -> str:
    """Write a difference in percentage points with the ends of its interval."""
    return f"{100 * row['difference']:+.1f} [{100 * row['low']:+.0f},{100 * row['high']:+.0f}]"


def tied(row: Object) -> int:
    """Count the questions where two systems are level."""
    return int(row["count"]) - int(row["won"]) - int(row["lost"])


def chances(row: Object) -> tuple[Markup, ...]:
    """Write p and the corrected p, in bold below 0.05."""
    written = [("<0.001" if row[name] < 0.001 else f"{row[name]:.3f}", row[name]) for name in ("p", "holm")]
    return tuple(tag("b", text) if value < 0.05 else join((text,)) for text, value in written)


def _bar(system: str, score: Object, place: int) -> Bar:
    return Bar(system, score["value"], score["low"], score["high"], ranged(score), PALETTE[place % len(PALETTE)])


def _panels() -> list[tuple[str, ...]]:
    """Part the measures into as few heat maps as hold them, of about equal widths."""
    count = -(-len(MEASURES) // COLUMNS)
    width = -(-len(MEASURES) // count)
    return [MEASURES[start : start + width] for start in range(0, len(MEASURES), width)]


def _cell(group: str, scores: Mapping[str, Object], name: str) -> Cell | None:
    if name not in scores:
        return None
    value = scores[name]["value"]
    good = 1 - value if name == REFUSED and group != UNANSWERABLE else value
    return Cell(f"{100 * value:.0f}", good)
