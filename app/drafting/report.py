"""校核报告 and the corrected draft as Word documents."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from app.drafting.drafts import Card, Side, cards_of, counts_of
from app.drafting.word import Paragraph, Run, plain, write_word
from index.check.findings import MISPLACED, SAME, Checked

TITLE = "引文校核报告"
DRAFT = "文稿"


def report_word(checked: Checked, taken: Collection[int], base: str) -> bytes:
    """Write what was found of a draft.

    :param checked: the draft with its findings.
    :param taken: numbers of the suggestions that were taken up.
    :param base: the version of the base, in words.
    :return: a DOCX file; what differs is struck out in the draft's words and underlined in those of the base.
    """
    cards = cards_of(checked)
    counts = "，".join(f"{sign} {name} {count}" for _, name, sign, count in counts_of(checked))
    paragraphs = [
        plain(TITLE, "title"),
        plain(f"共 {len(cards)} 处引文和出处：{counts}。"),
        plain(f"库版本 {base}。文稿中加删除线、原文中加下划线的是不同之处。", "small"),
    ]
    for one in cards:
        paragraphs += _card(one, taken)
    return write_word(TITLE, paragraphs)


def draft_word(text: str) -> bytes:
    """Write a draft with its paragraphs.

    :param text: the draft, a line for each paragraph; empty lines are left out.
    :return: a DOCX file.
    """
    return write_word(DRAFT, [plain(line.strip()) for line in text.split("\n") if line.strip()])


def _card(one: Card, taken: Collection[int]) -> Iterator[Paragraph]:
    found, slot = one.finding, one.slot
    done = "，已采用建议" if slot and slot.number in taken else ""
    yield plain(f"{one.number}. {one.sign} {one.name}（第{one.line}行{done}）", "heading")
    yield _line("文稿", *_runs(one.said, "old"))
    if found.quoted and found.cited:
        yield _line("所引出处", Run(found.cited))
    if found.held and (len(one.held) > 1 or found.verdict != SAME):
        yield _line("库中原文", *_runs(one.held, "new"))
    if found.citation:
        page = f"，第{found.page}页" if found.page else ""
        yield _line("实际出处" if found.verdict == MISPLACED else "出处", Run(found.citation + page))
    if found.remark:
        yield _line("说明", Run(found.remark))
    if slot:
        yield _line("建议", Run(f"“{one.old}”改为“{slot.put}”" if one.old else f"加上“{slot.put}”"))


def _line(name: str, *runs: Run) -> Paragraph:
    return Paragraph((Run(f"{name}：", bold=True), *runs))


def _runs(side: Side, mark: str) -> Iterator[Run]:
    """Lay out one side; where it lacks words that the other has, 〔缺〕 stands."""
    for text, differs in side:
        yield Run(text or "〔缺〕", mark=mark if differs and text else "")
