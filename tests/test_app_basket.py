"""引用篮: what is shown of it and given out, and what is refused."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from test_app_render import CLAUSE, DOCUMENT, ROW

from app.desk import Desk
from app.drafting.basket import Kept, basket_markdown, basket_text, basket_word, look_up
from app.showing.citing import digest_of
from app.tabs.basket import LARGEST, router
from index.errors import ClauseNotFound
from index.knowledge_base import KnowledgeBase
from ingest.pages import Footnote
from ingest.readers import docx

CITATION = "《实施方案》（浦民发〔2023〕74号）第四部分第2点"
TWO_LINES = replace(CLAUSE, clause_id="甲/一", text="第一条 建设 *社区云*。\n1. 甲<b>。", sentences=())
CLAUSES = {one.clause_id: one for one in (CLAUSE, ROW, TWO_LINES)}


class Base:
    """What the basket asks of a base."""

    sha = "abc"

    def show(self, clause_id: str) -> Any:
        if clause_id not in CLAUSES:
            raise ClauseNotFound(f"知识库里没有条款“{clause_id}”", "请核对编号")
        return CLAUSES[clause_id]

    def document_of(self, clause_id: str) -> Any:
        return SimpleNamespace(metadata=DOCUMENT)


BASE = cast(KnowledgeBase, Base())
ENTRIES = look_up(BASE, [Kept(CLAUSE.clause_id), Kept("没有/一"), Kept("甲/一"), Kept(ROW.clause_id)])


@pytest.fixture
def client(monkeypatch: pytest.MonkeyPatch) -> TestClient:
    desk = Desk(Path("nowhere"))
    desk.base = BASE
    monkeypatch.setattr(desk, "catch_up", lambda: None)
    app = FastAPI()
    app.include_router(router(desk))
    return TestClient(app)


def put(client: TestClient, address: str, *kept: dict[str, str]) -> Any:
    return client.post(address, content=json.dumps(kept))


def test_words_that_have_changed_since_they_were_put_aside() -> None:
    (same, other, unknown) = look_up(
        BASE, [Kept("甲/一", digest_of(TWO_LINES)), Kept("甲/一", "0" * 16), Kept("甲/一")]
    )
    assert [one.has_changed for one in (same, other, unknown)] == [False, True, False]


def test_a_word_document_gives_each_clause_with_its_footnote() -> None:
    (page,) = docx.read("摘录.docx", basket_word(ENTRIES))
    assert [line.text for line in page.lines] == [
        "引文摘录",
        f"{CLAUSE.text}¹",
        "【未列入】知识库里没有条款“没有/一”；请核对编号",
        "第一条 建设 *社区云*。",
        "1. 甲<b>。²",
        "序号：9；目标值：≥22³",
    ]
    assert page.footnotes == (
        Footnote("1", f"{CITATION}，第6—7页。"),
        Footnote("2", f"{CITATION}，第6—7页。"),
        Footnote("3", f"{CITATION}，第5页。"),
    )
    assert basket_word(ENTRIES) == basket_word(ENTRIES)


def test_markdown_keeps_the_words_from_being_read_as_markup() -> None:
    assert basket_markdown(ENTRIES[1:3]) == (
        "# 引文摘录\n\n"
        "【未列入】知识库里没有条款“没有/一”；请核对编号\n\n"
        "> 第一条 建设 \\*社区云\\*。\n>\n> 1\\. 甲\\<b\\>。[^1]\n\n"
        f"[^1]: {CITATION}，第6—7页。\n"
    )


def test_all_as_text() -> None:
    assert basket_text(ENTRIES[:2]) == (
        f"“{CLAUSE.text}”（{CITATION}，第6—7页）\n\n【未列入】知识库里没有条款“没有/一”；请核对编号"
    )


def test_the_view_to_the_letter(client: TestClient) -> None:
    reply = put(client, "/view/basket", {"id": ROW.clause_id, "digest": "0" * 16})
    assert reply.headers["X-Base"] == "abc"
    said = f"序号：9；目标值：≥22（{CITATION}，第5页）"
    assert reply.text == (
        '<div class="bar"><p class="count">共 1 条</p>'
        f'<button type="button" class="take" data-copy="{said}">复制全部</button>'
        '<button type="button" class="take" data-export="basket.docx" data-name="引文摘录.docx">导出 Word</button>'
        '<button type="button" class="take" data-export="basket.md" data-name="引文摘录.md">导出 Markdown</button>'
        '<button type="button" class="take" data-do="clear">清空</button></div>'
        f'<ol class="kept"><li tabindex="0" data-id="浦民发〔2023〕74号/表1/9" data-digest="{digest_of(ROW)}" class="changed">'
        '<p class="said">序号：9；目标值：≥22</p>'
        '<p class="source"><a href="c/%E6%B5%A6%E6%B0%91%E5%8F%91%E3%80%942023%E3%80%9574%E5%8F%B7/%E8%A1%A81/9">'
        f"{CITATION}</a> <span>第5页</span></p>"
        '<p class="note"><b>原文已变更</b>，现在的文字与加入时不同。<button type="button" class="take" data-do="accept">用现在的文字</button></p>'
        '<div class="moves">'
        '<button type="button" class="take" data-do="up" aria-label="第1条上移" disabled>上移</button>'
        '<button type="button" class="take" data-do="down" aria-label="第1条下移" disabled>下移</button>'
        '<button type="button" class="take" data-do="remove" aria-label="移出第1条">移出</button></div></li></ol>'
    )


def test_a_clause_that_is_gone_says_so(client: TestClient) -> None:
    words = put(client, "/view/basket", {"id": "<没有>"}).text
    assert '<p class="note"><b>已不在库中</b>：知识库里没有条款“&lt;没有&gt;”。请核对编号</p>' in words


def test_an_empty_basket_says_how_it_is_filled(client: TestClient) -> None:
    assert put(client, "/view/basket").text.startswith('<p class="empty">引用篮是空的。')


def test_files(client: TestClient) -> None:
    word = put(client, "/basket.docx", {"id": CLAUSE.clause_id})
    assert word.headers["content-type"].endswith("wordprocessingml.document")
    assert word.content == basket_word(ENTRIES[:1])
    assert put(client, "/basket.md", {"id": CLAUSE.clause_id}).text == basket_markdown(ENTRIES[:1])


@pytest.mark.parametrize(
    ("body", "status", "said"),
    [
        (b"", 400, "网页发来的内容不完整"),
        (b'[{"name": 1}]', 400, "网页发来的内容不完整"),
        (json.dumps([{"id": "甲"}] * 201).encode(), 400, "引用篮有 201 条，超过上限 200 条"),
        (b" " * (LARGEST + 1), 413, "引用篮超过上限 0.25 MB"),
    ],
)
def test_what_is_no_basket_is_refused(client: TestClient, body: bytes, status: int, said: str) -> None:
    reply = client.post("/view/basket", content=body)
    assert (reply.status_code, said in reply.text) == (status, True)


def test_before_there_is_a_base() -> None:
    app = FastAPI()
    app.include_router(router(Desk(Path("nowhere"))))
    reply = TestClient(app).post("/view/basket", content=b"[]")
    assert (reply.status_code, "知识库还在准备" in reply.text) == (503, True)
