"""引文校核: how a draft is cut and shown, its reports, and what is refused."""

from __future__ import annotations

import io
import json
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from test_index_check import BASE, CITED, FIRE
from word_files import par, word

from app.desk import Desk
from app.drafting.drafts import MOST_CHARACTERS, Piece, cards_of, counts_of, lines_of, sides, slots_of
from app.drafting.report import draft_word, report_word
from app.render import render_check, render_drafting, render_report
from app.tabs.drafting import LARGEST, router
from index.check.check import MAX_CHARACTERS
from index.check.drafts import read_draft
from index.check.findings import VERDICTS, Checked, Finding
from index.knowledge_base import KnowledgeBase
from ingest.readers import docx as reader

TEXT = "按甲号第三条，“建<设>三百处”。\n另，照抄原文的一句。"
WORDS = Finding(
    "differs", 8, 15, "建<设>三百处", "甲号第三条", 1, 6, "《甲》（甲号）第三条", "甲号/第三条", "建设五百处",
    (((1, 4), (1, 2)), ((4, 5), (2, 3))), (8, 15, "建设五百处"), 7,
)  # fmt: skip
COPIED = Finding(
    "unattributed", 20, 27, "照抄原文的一句", citation="《乙》第一条", clause_id="乙/一", held="照抄原文的一句",
    suggestion=(27, 27, "（《乙》第一条）"),
)  # fmt: skip
CHECKED = Checked(TEXT, (WORDS, COPIED))


def joined(checked: Checked) -> str:
    return "\n".join("".join(piece.text for piece in line.pieces) for line in lines_of(checked))


def test_a_draft_is_cut_where_findings_and_suggestions_begin_and_end() -> None:
    first, second = lines_of(CHECKED)
    assert first.pieces == (
        Piece("按"),
        Piece("甲号第三条", "differs", "", (1,)),
        Piece("，“"),
        Piece("建<设>三百处", "differs", "≠", (1,), (0,)),
        Piece("”。"),
    )
    assert (first.start, second.start) == (0, 18)
    assert second.pieces == (
        Piece("另，"),
        Piece("照抄原文的一句", "unattributed", "＋", (2,)),
        Piece("", slots=(1,)),
        Piece("。"),
    )


def test_words_over_two_lines_and_places_at_the_ends_of_lines() -> None:
    text = "甲乙\n丙丁\n"
    checked = Checked(
        text,
        (
            Finding("differs", 1, 4, "乙\n丙", suggestion=(1, 4, "戊")),
            Finding("unattributed", 3, 5, "丙丁", suggestion=(5, 5, "（己）")),
            Finding("unattributed", 6, 6, "", suggestion=(6, 6, "（庚）")),
        ),
    )
    assert [line.pieces for line in lines_of(checked)] == [
        (Piece("甲"), Piece("乙", "differs", "≠", (1,), (0,))),
        (
            Piece("丙", "differs", "", (1, 2), (0,)),
            Piece("丁", "unattributed", "", (2,)),
            Piece("", slots=(1,)),
        ),
        (Piece("", slots=(2,)),),
    ]


@pytest.mark.parametrize("text", ["", "\n", "甲\n\n乙\n", TEXT])
def test_the_pieces_put_together_are_the_draft(text: str) -> None:
    assert joined(Checked(text, CHECKED.findings if text == TEXT else ())) == text


def test_a_citation_that_two_findings_share_wears_the_graver_verdict() -> None:
    right = Finding("same", 5, 7, "子丑", "甲号", 0, 2)
    wrong = Finding("misplaced", 9, 11, "寅卯", "甲号", 0, 2, suggestion=(0, 2, "乙号"))
    checked = Checked("甲号：“(子丑)寅卯”", (right, wrong, replace(wrong, start=7, end=9)))
    (line,) = lines_of(checked)
    assert line.pieces[0] == Piece("甲号", "misplaced", "", (2, 3, 1), (0,))
    assert len(slots_of(checked)) == 1


def test_a_suggestion_for_words_is_told_from_one_for_a_citation() -> None:
    assert [one.is_wording for one in slots_of(CHECKED).values()] == [True, False]


def test_both_sides_are_cut_where_they_differ() -> None:
    assert sides("建设五百处", [(1, 2), (2, 3)]) == (("建", False), ("设", True), ("五", True), ("百处", False))
    assert sides("", []) == ()


def test_counts_name_every_verdict() -> None:
    assert [(name, count) for _, name, _, count in counts_of(CHECKED)] == [
        ("一致", 0),
        ("有出入", 1),
        ("出处有误", 0),
        ("未见此文", 0),
        ("无此条款", 0),
        ("库中无此文件", 0),
        ("未引出处", 1),
    ]


def test_every_verdict_has_a_sign_of_its_own() -> None:
    signs = [sign for _, _, sign, _ in counts_of(CHECKED)]
    assert len(set(signs)) == len(VERDICTS)
    assert all(signs)


def test_the_draft_and_a_card_to_the_letter() -> None:
    html = render_check(CHECKED)
    assert (
        '<p data-start="0">按<mark class="differs" data-findings="1">甲号第三条</mark>，“'
        '<mark class="differs" data-findings="1" data-slots="0" data-sign="≠">建&lt;设&gt;三百处</mark>”。</p>'
        '<p data-start="18">另，<mark class="unattributed" data-findings="2" data-sign="＋">照抄原文的一句</mark>'
        '<span data-slots="1"></span>。</p>'
    ) in html
    assert (
        '<li class="finding differs" data-number="1" data-verdict="differs" data-fault tabindex="-1">'
        '<h3><span class="sign" aria-hidden="true">≠</span>有出入<small>第1行</small></h3>'
        '<dl><dt>文稿</dt><dd class="words">建<mark>&lt;设&gt;</mark><mark>三</mark>百处</dd>'
        "<dt>所引出处</dt><dd>甲号第三条</dd>"
        '<dt>库中原文</dt><dd class="words">建<mark>设</mark><mark>五</mark>百处</dd>'
        '<dt>出处</dt><dd><a href="c/%E7%94%B2%E5%8F%B7/%E7%AC%AC%E4%B8%89%E6%9D%A1" target="_blank">《甲》（甲号）第三条</a> <small>第7页</small></dd>'
        "<dt>建议</dt><dd>“建&lt;设&gt;三百处”改为“<ins>建设五百处</ins>”</dd></dl>"
        '<div class="acts"><button type="button" class="take" data-take="0" data-start="8" data-end="15" data-put="建设五百处" data-wording>采用</button>'
        '<button type="button" class="take" data-undo="0" hidden>撤销</button>'
        '<button type="button" class="take" data-see>看文稿</button></div></li>'
    ) in html
    assert "<dt>建议</dt><dd>加上“<ins>（《乙》第一条）</ins>”</dd>" in html


def test_a_gap_is_told_in_words_too() -> None:
    lacking = replace(WORDS, held="建设处", differences=(((1, 5), (1, 2)), ((5, 6), (2, 2))))
    assert '建<mark>设</mark><mark class="gap"><span class="unseen">此处缺字</span></mark>处' in render_check(
        Checked(TEXT, (lacking,))
    )


def test_a_draft_without_quotations_says_so() -> None:
    assert "文稿里没有引文，也没有出处。" in render_check(Checked("甲。", ()))


def test_the_report_as_a_word_document() -> None:
    data = report_word(CHECKED, [1], "abc")
    (page,) = reader.read("报告.docx", data)
    assert [line.text for line in page.lines] == [
        "引文校核报告",
        "共 2 处引文和出处：✓ 一致 0，≠ 有出入 1，↷ 出处有误 0，✗ 未见此文 0，∅ 无此条款 0，？ 库中无此文件 0，＋ 未引出处 1。",
        "库版本 abc。文稿中加删除线、原文中加下划线的是不同之处。",
        "1. ≠ 有出入（第1行）",
        "文稿：建<设>三百处",
        "所引出处：甲号第三条",
        "库中原文：建设五百处",
        "出处：《甲》（甲号）第三条，第7页",
        "建议：“建<设>三百处”改为“建设五百处”",
        "2. ＋ 未引出处（第2行，已采用建议）",
        "文稿：照抄原文的一句",
        "库中原文：照抄原文的一句",
        "出处：《乙》第一条",
        "建议：加上“（《乙》第一条）”",
    ]
    assert data == report_word(CHECKED, [1], "abc")


def test_what_differs_is_struck_out_and_underlined_in_the_report() -> None:
    from docx import Document

    paragraphs = Document(io.BytesIO(report_word(CHECKED, [], "abc"))).paragraphs
    assert [(run.text, run.font.strike) for run in paragraphs[4].runs[1:]] == [
        ("建", None),
        ("<设>", True),
        ("三", True),
        ("百处", None),
    ]
    assert [run.text for run in paragraphs[6].runs if run.underline] == ["设", "五"]


def test_the_report_as_a_page_stands_by_itself() -> None:
    html = render_report(CHECKED, [1], "abc")
    assert html.startswith('<!doctype html><html lang="zh-CN"><head><meta charset="utf-8">')
    assert "共 2 处引文和出处。库版本 abc。" in html
    assert '<dd class="words">建<mark>&lt;设&gt;</mark><mark>三</mark>百处</dd>' in html
    assert "<small>第2行，已采用建议</small>" in html
    assert "href" not in html
    assert "src=" not in html


def test_a_draft_as_a_word_document_keeps_its_paragraphs() -> None:
    (page,) = reader.read("文稿.docx", draft_word("标题\n\n　　第一段。\n第二段。\n"))
    assert [line.text for line in page.lines] == ["标题", "第一段。", "第二段。"]


def test_the_frame_tells_the_limits_and_the_verdicts() -> None:
    html = render_drafting([".docx", ".txt", ".md"])
    assert 'data-most="500000"' in html
    assert 'accept=".docx,.txt,.md"' in html
    assert "至多 500,000 个字；文件为 DOCX、TXT、MD，至多 5 MB。" in html
    assert '<dt class="unknown"><span class="sign" aria-hidden="true">？</span>库中无此文件</dt>' in html


def test_the_limit_is_the_one_of_the_base() -> None:
    assert MOST_CHARACTERS == MAX_CHARACTERS


@pytest.fixture
def client(monkeypatch: pytest.MonkeyPatch) -> TestClient:
    desk = Desk(Path("nowhere"))
    desk.base = cast(KnowledgeBase, SimpleNamespace(sha="0123456789abcdef", check=BASE.check, read_draft=read_draft))
    monkeypatch.setattr(desk, "catch_up", lambda: None)
    app = FastAPI()
    app.include_router(router(desk))
    return TestClient(app)


DRAFT = f"{CITED}第二条规定：“{FIRE}。”"


def test_pasted_words_are_checked(client: TestClient) -> None:
    reply = client.post("/view/check?kind=text", content=f"{DRAFT}\r\n完。".encode())
    assert reply.status_code == 200
    assert reply.headers["X-Base"] == "0123456789abcdef"
    assert 'data-filter="same" aria-pressed="false">' in reply.text
    assert "完。</p>" in reply.text
    assert reply.text.count("<p data-start=") == 2


@pytest.mark.parametrize(
    ("kind", "body"),
    [("docx", word(par(DRAFT))), ("txt", DRAFT.encode("gb18030")), ("md", f"## 稿\n\n{DRAFT}".encode())],
)
def test_files_are_read_by_their_kind_and_their_content(client: TestClient, kind: str, body: bytes) -> None:
    reply = client.post(f"/view/check?kind={kind}", content=body)
    assert (reply.status_code, f'data-sign="✓">{FIRE}</mark>' in reply.text) == (200, True)


@pytest.mark.parametrize(
    ("kind", "body", "status", "said"),
    [
        ("docx", DRAFT.encode(), 400, "文稿.docx"),
        ("txt", word(par(DRAFT)), 400, "文稿.txt"),
        ("pdf", b"%PDF-1.4", 400, "不认识这种文件"),
        ("", b"", 400, "不认识这种文件"),
        ("text", "甲".encode("gb18030"), 400, "文稿不是 UTF-8 文字"),
        ("text", ("甲" * (MAX_CHARACTERS + 1)).encode(), 400, "超过上限 500000 个字"),
        ("text", b"a" * (LARGEST + 1), 413, "文稿超过上限 5 MB"),
    ],
)
def test_what_cannot_be_checked_is_told(client: TestClient, kind: str, body: bytes, status: int, said: str) -> None:
    reply = client.post(f"/view/check?kind={kind}", content=body)
    assert (reply.status_code, said in reply.text) == (status, True)
    assert 'class="message fault"' in reply.text


def test_reports_and_the_corrected_draft_are_given_out(client: TestClient) -> None:
    asked: dict[str, Any] = {"text": DRAFT, "taken": []}
    (page,) = reader.read("报告.docx", client.post("/report.docx", content=json.dumps(asked)).content)
    assert "1. ✓ 一致（第1行）" in [line.text for line in page.lines]
    assert "库版本 0123456789ab。" in client.post("/report.html", content=json.dumps(asked)).text
    (page,) = reader.read("改后.docx", client.post("/draft.docx", content="甲。\n乙。".encode()).content)
    assert [line.text for line in page.lines] == ["甲。", "乙。"]


def test_nothing_of_a_draft_stays_on_the_disk(
    client: TestClient, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    client.post("/view/check?kind=txt", content=DRAFT.encode())
    assert list(tmp_path.iterdir()) == []


def test_cards_know_their_lines() -> None:
    assert [(one.number, one.line) for one in cards_of(CHECKED)] == [(1, 1), (2, 2)]
