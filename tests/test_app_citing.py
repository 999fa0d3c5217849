"""How a clause is cited in what an official writes, held to the letter."""

from __future__ import annotations

from dataclasses import replace

import pytest
from test_app_render import CLAUSE, DOCUMENT, ROW, SENTENCES, sentence

from app.render import render
from app.showing.citing import digest_of, in_gbt_7714, in_pages, in_prose, note_words, quoted, with_source, words_of

CITATION = "《实施方案》（浦民发〔2023〕74号）第四部分第2点"
WEB = replace(CLAUSE, pages=(0,))


def test_words_with_their_source_behind_them() -> None:
    assert with_source(CLAUSE, SENTENCES[2:3]) == f"“覆盖率达到100%。”（{CITATION}，第7页）"
    assert with_source(WEB) == f"“{CLAUSE.text}”（{CITATION}）"


def test_a_citation_that_leads_the_words() -> None:
    assert in_prose(CLAUSE, SENTENCES[2:3]) == f"{CITATION}规定：“覆盖率达到100%。”"


def test_a_table_row_is_not_put_in_quotation_marks() -> None:
    assert in_prose(ROW) == f"{CITATION}：序号：9；目标值：≥22"
    assert with_source(ROW) == f"序号：9；目标值：≥22（{CITATION}，第5页）"


def test_sentences_in_the_order_of_the_clause_with_what_is_left_out_between_them() -> None:
    assert words_of(CLAUSE, (SENTENCES[3], SENTENCES[1])) == "规范团队建设。……发展社区慈善。"
    assert words_of(CLAUSE, (SENTENCES[2], SENTENCES[1])) == "规范团队建设。覆盖率达到100%。"


def test_marks_inside_a_quotation_change_their_kind() -> None:
    clause = replace(CLAUSE, text="建设“社区云”，打造“慈善‘蓄水池’”。", sentences=())
    assert quoted(clause) == "“建设‘社区云’，打造‘慈善“蓄水池”’。”"


def test_what_was_read_with_little_confidence_is_not_quoted_without_saying_so() -> None:
    one = replace(sentence("覆盖率达到100%。", 16, 7), doubtful=True)
    assert quoted(CLAUSE, [one]) == "“覆盖率达到100%。【存疑】”"


def test_pages() -> None:
    assert in_pages(CLAUSE) == f"{CITATION}，第6—7页"
    assert in_pages(CLAUSE, SENTENCES[2:3]) == f"{CITATION}，第7页"
    assert in_pages(WEB) == CITATION
    assert note_words(CLAUSE) == f"{CITATION}，第6—7页。"


@pytest.mark.parametrize(
    ("left", "entry"),
    [
        ({}, "浦东新区民政局. 实施方案: 浦民发〔2023〕74号[A]. 2023-11-06: 6-7."),
        ({"issuer": None}, "实施方案: 浦民发〔2023〕74号[A]. 2023-11-06: 6-7."),
        ({"number": None}, "浦东新区民政局. 实施方案[A]. 2023-11-06: 6-7."),
        ({"date": None}, "浦东新区民政局. 实施方案: 浦民发〔2023〕74号[A]. 6-7."),
    ],
)
def test_gbt_7714_leaves_out_what_the_document_does_not_say(left: dict[str, None], entry: str) -> None:
    assert in_gbt_7714(CLAUSE, replace(DOCUMENT, **left)) == entry


def test_gbt_7714_of_a_file_without_pages_and_of_one_sentence() -> None:
    assert in_gbt_7714(WEB, DOCUMENT) == "浦东新区民政局. 实施方案: 浦民发〔2023〕74号[A]. 2023-11-06."
    assert in_gbt_7714(CLAUSE, DOCUMENT, SENTENCES[2:3]).endswith("2023-11-06: 7.")


def test_a_digest_tells_words_apart() -> None:
    assert digest_of(CLAUSE) == digest_of(replace(CLAUSE, pages=()))
    assert digest_of(CLAUSE) != digest_of(replace(CLAUSE, text=CLAUSE.text[:-1]))


def test_buttons_to_the_letter() -> None:
    clause = replace(CLAUSE, clause_id="甲/<一>")
    said = f"“覆盖率达到100%。”（{CITATION}，第7页）"
    assert render("copies.html", "copies", clause, DOCUMENT, SENTENCES[2:3]) == (
        '<div class="copies">'
        f'<button type="button" class="take" data-copy="{said}">复制原文＋出处</button>'
        '<details class="forms"><summary class="take">复制出处</summary><div>'
        f'<button type="button" class="take" data-copy="{CITATION}规定：“覆盖率达到100%。”">行文</button>'
        f'<button type="button" class="take" data-copy="{CITATION}，第7页">带页码</button>'
        '<button type="button" class="take" data-copy="浦东新区民政局. 实施方案: 浦民发〔2023〕74号[A]. 2023-11-06: 7.">GB/T 7714</button>'
        "</div></details>"
        f'<button type="button" class="take" data-basket="甲/&lt;一&gt;" data-digest="{digest_of(CLAUSE)}" aria-pressed="false">加入引用篮</button>'
        '<button type="button" class="take" data-copy-address="c/%E7%94%B2/%3C%E4%B8%80%3E" title="复制本条的网址">链接</button>'
        '<button type="button" class="take" data-print>打印</button></div>'
    )
