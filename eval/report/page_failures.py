"""The failures of report.html: by what to mend, then each with what was expected beside what came first."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from eval.measures.faults import CAUSES
from eval.records import CLASSES, FULL, GRADES, IMPORTED, OVERALL, REFERENCE, UNANSWERABLE
from eval.report.markup import Markup, tag
from eval.report.page_figures import section, table
from eval.report.page_refusal import misjudged_line
from eval.report.results import causes
from eval.systems.registry import MERGED, PRODUCT

Object = Mapping[str, Any]

_GOLDS, _LETTERS = 3, 160
"""How many gold clauses a failure shows, and how much of a clause that answers as a whole."""


def mending_section(found: Object) -> Markup:
    """Say what to mend first: causes with how many questions each costs, and where.

    :param found: what :func:`eval.report.results.results` gathered.
    :return: the section.
    """
    primary = found["primary"]
    by_cause = causes(found, primary)
    if not by_cause:
        return section("先修什么", tag("p", f"{primary} 没有一题答错。"), *misjudged_line(found))
    most = max(map(len, by_cause.values()))
    lines = [
        (
            tag("a", CAUSES[key].seen, href=f"#{key}"),
            tag("span", tag("i", style=f"width:{100 * len(ids) / most:.0f}%"), tag("b", str(len(ids))), class_="share"),
            _gain(found, primary, ids),
            _where(found, ids),
            CAUSES[key].remedy,
        )
        for key, ids in by_cause.items()
    ]
    note = (
        f"{primary} 答得不对的题，按该修的部分归类，题多的在前；每题看前 {found['depth']} 条，不在其中的算没取回。“修好后”是这一类全部改对时指标至多升多少，"
        "总体的 95% 置信区间若比它宽，就要更多的题才看得出来。"
    )
    missing = [name for name in MERGED if name not in found["order"]]
    if missing and primary == PRODUCT:
        note += f"本次没有评测 {'、'.join(missing)}，归类时不知道它单独如何。"
    heads = ("看到的", "题数", "修好后", "在哪些题类", "该修哪里")
    return section(
        "先修什么", tag("p", note), tag("div", table(heads, lines), class_="mending"), *misjudged_line(found)
    )


def failures_section(found: Object) -> Markup:
    """Lay every failure of the primary system out.

    :param found: what :func:`eval.report.results.results` gathered.
    :return: the section; empty where nothing failed.
    """
    primary = found["primary"]
    blocks = []
    for key, ids in causes(found, primary).items():
        blocks.append(tag("h3", f"{CAUSES[key].seen}（{len(ids)} 题）", id=key))
        blocks += [_failure(found, primary, id_) for id_ in ids]
    if not blocks:
        return Markup("")
    note = f"左边是标准答案，右边是 {primary} 最先给出的。文件原文照录。"
    return section("逐题看失败", tag("p", note), *blocks)


def questions_section(found: Object) -> Markup:
    """List every question with the rank of its first gold clause in each system.

    :param found: what :func:`eval.report.results.results` gathered.
    :return: the section, folded.
    """
    lines = []
    for id_, item in sorted(found["questions"]["items"].items()):
        rows = [found["systems"][system]["questions"][id_] for system in found["order"]]
        marks = [row["fault"] or "✓" for row in rows]
        cells = [
            mark if not item["gold"] else f"{row['gold_rank'] or '–'} {mark}"
            for row, mark in zip(rows, marks, strict=True)
        ]
        lines.append((id_, CLASSES[item["class"]], item["query"], *cells))
    heads = ("编号", "题类", "问题", *found["order"])
    summary = f"全部 {len(lines)} 题：标准条款的名次（– 为没取回）和毛病（✓ 为没有）"
    return section("全部问题", tag("details", tag("summary", summary), table(heads, lines), class_="long"))


def _gain(found: Object, primary: str, ids: list[str]) -> str:
    """Say by how many points the right sentence would come first, or the unanswerable be refused, more often."""
    groups, kinds = found["systems"][primary]["groups"], [found["questions"]["items"][id_]["class"] for id_ in ids]
    unanswerable = kinds.count(UNANSWERABLE)
    if unanswerable:
        return f"查无依据拒答至多 +{100 * unanswerable / groups[UNANSWERABLE]['count']:.1f}"
    counted = len(kinds) - kinds.count(REFERENCE)
    return f"首句命中至多 +{100 * counted / groups[OVERALL]['count']:.1f}" if counted else "不计入总体"


def _where(found: Object, ids: list[str]) -> str:
    kinds = [found["questions"]["items"][id_]["class"] for id_ in ids]
    ranked = sorted((name for name in CLASSES if name in kinds), key=lambda name: -kinds.count(name))
    return "、".join(f"{CLASSES[name]} {kinds.count(name)}" for name in ranked)


def _failure(found: Object, system: str, id_: str) -> Markup:
    item, row = found["questions"]["items"][id_], found["systems"][system]["questions"][id_]
    head = tag(
        "header",
        tag("span", row["fault"], class_="fault"),
        tag("strong", item["query"]),
        tag("span", f"{id_} · {CLASSES[item['class']]}", class_="id"),
    )
    sides = tag("div", _expected(found, item), _came(found, row), class_="sides")
    return tag("article", head, sides, tag("p", _ranks(found, item, id_), class_="ranks"), id=f"q-{id_}")


def _expected(found: Object, item: Object) -> Markup:
    if not item["gold"]:
        return tag("div", tag("h4", "应当是"), tag("p", "未找到依据：库里没有条款回答它。"), class_="expected")
    blocks = []
    for gold in item["gold"][:_GOLDS]:
        clause = found["clauses"][gold["clause_id"]]
        quoted = gold["sentences"] or [_short(clause["text"])]
        blocks += [
            tag("cite", clause["citation"] + ("" if item["class"] == IMPORTED else _grade(gold["grade"]))),
            *(tag("blockquote", text) for text in quoted),
        ]
    more = len(item["gold"]) - _GOLDS
    rest = [tag("p", f"另有 {more} 条同样可答，见 report.json。")] if more > 0 else []
    return tag("div", tag("h4", "应当是"), *blocks, *rest, class_="expected")


def _came(found: Object, row: Object) -> Markup:
    title = "答的是“未找到依据”；随附的第 1 条“可能相关”" if row["refused"] else "最先给出的"
    if not row["ranking"]:
        return tag("div", tag("h4", title), tag("p", "一条也没有。"), class_="came")
    clause = found["clauses"][row["ranking"][0]]
    sentence = row["sentence"] or _short(clause["text"])
    return tag("div", tag("h4", title), tag("cite", clause["citation"]), tag("blockquote", sentence), class_="came")


def _ranks(found: Object, item: Object, id_: str) -> str:
    """Say where each system has the gold clause, and how sure the base is that it holds an answer."""
    said = []
    if item["gold"]:
        ranks = {one: found["systems"][one]["questions"][id_]["gold_rank"] for one in found["order"]}
        said.append(
            "标准条款的名次：" + "，".join(f"{one} {f'第 {rank}' if rank else '没取回'}" for one, rank in ranks.items())
        )
        read = found["systems"][found["primary"]]["questions"][id_]["read"]
        said.append(f"从上往下读到第 {read:,} 字才读完答案" if read is not None else "所列条款里读不到答案")
    refusal = found.get("refusal", {})
    chance = refusal.get("items", {}).get(id_)
    if chance:
        said.append(f"有依据的把握 {chance['chance']:.2f}，门槛 {refusal['threshold']:.2f}")
    return "；".join(said)


def _grade(grade: int) -> str:
    """Name the grade of a clause that does not answer in full."""
    return f"（{GRADES[grade]}）" if grade in GRADES and grade < FULL else ""


def _short(text: str) -> str:
    return text if len(text) <= _LETTERS else text[:_LETTERS] + "…"
