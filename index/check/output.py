"""Findings as programs and as people read them."""

from __future__ import annotations

from collections import Counter
from dataclasses import asdict
from typing import Any

from index.check.findings import ABSENT, DIFFERS, SAME, UNATTRIBUTED, UNKNOWN, VERDICTS, Checked, Finding


def check_json(checked: Checked) -> dict[str, Any]:
    """Give a checked draft as JSON holds it.

    :param checked: of the knowledge base.
    :return: the number of findings by verdict, and the findings; their spans count characters of ``text``.
    """
    return {
        "text": checked.text,
        "counts": dict(_counts(checked)),
        "faults": len(checked.faults),
        "findings": [{**asdict(one), "is_fault": one.is_fault} for one in checked.findings],
    }


def check_text(checked: Checked) -> str:
    """Write a checked draft for a reader: how many of each verdict, then what is to be mended or cannot be checked.

    :param checked: of the knowledge base.
    :return: lines of Chinese text.
    """
    counts = _counts(checked)
    said = "，".join(f"{name} {counts[verdict]}" for verdict, name in VERDICTS.items() if counts[verdict])
    head = f"共 {len(checked.findings)} 处引文和出处：{said}。" if checked.findings else "没有引文，也没有出处。"
    shown = [one for one in checked.findings if one.verdict != SAME]
    return "\n\n".join([head, *(_finding_text(number, one, checked.text) for number, one in enumerate(shown, 1))])


def finding_words(one: Finding) -> str:
    """Say in a sentence what a finding comes to.

    :param one: a finding.
    :return: its words, without the verdict.
    """
    place = one.citation + (f"，第{one.page}页" if one.page else "")
    if one.verdict == DIFFERS:
        return f"原文是：“{one.held}”（{place}）"
    if one.verdict == UNKNOWN:
        return one.remark
    if one.verdict == ABSENT:
        return "所引之处没有这段文字，库中其他文件里也没有"
    if one.clause_id and one.verdict != SAME:
        likeness = f"，文字是：“{one.held}”" if one.differences else ""
        return f"{one.remark}{'；' if one.remark else ''}{'' if one.verdict == UNATTRIBUTED else '实际'}见于{place}{likeness}"
    return one.remark or place


def _finding_text(number: int, one: Finding, text: str) -> str:
    line = text.count("\n", 0, one.start) + 1
    about = one.quoted or one.cited
    start, end, put = one.suggestion or (0, 0, "")
    old = text[start:end]
    mend = f"“{old}”改为“{put}”" if old else f"在其后加上“{put}”"
    lines = [
        f"{number}. 【{VERDICTS[one.verdict]}】第{line}行：{about}",
        f"   所引出处：{one.cited}" if one.quoted and one.cited else "",
        f"   {finding_words(one)}",
        f"   建议：{mend}" if one.suggestion else "",
    ]
    return "\n".join(part for part in lines if part.strip())


def _counts(checked: Checked) -> Counter[str]:
    return Counter(one.verdict for one in checked.findings)
