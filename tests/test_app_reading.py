"""The reading pages over their routes: a clause, a document, pictures, the original, and what there is not."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from queue import Queue
from urllib.parse import quote

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from index_fakes import FakeEmbedder, typed_fitted

from app.desk import Desk
from app.render import render
from app.showing.reading import PART, anchor_of, beside, blocks_of, outline_of
from app.tabs import documents, pages, reading
from index.knowledge_base import KnowledgeBase

PDF = Path(__file__).parent.parent / "corpus" / "documents" / "浦民发〔2023〕8号.pdf"
KEY, NUMBER = "浦民发〔2023〕8号", "甲发〔2024〕1号"
CLAUSE = f"{KEY}/一/2"
WEB = """<html><head><meta charset="utf-8"><title>甲区文件</title></head><body>
<p style="text-align:center">甲发〔2024〕1号</p><p style="text-align:center">关于&lt;img src=x onerror="hacked=1"&gt;的通知</p>
<p>一、总体要求</p><p>根据《甲市收养条例》（甲府发〔2020〕5号）制定。坚持&lt;script&gt;以人为本。</p>
<p>二、主要任务</p><p>（一）菠萝。本区每年种植菠萝三百棵。</p><p>（二）香蕉。按照本通知第二部分第（一）项执行。</p></body></html>"""


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """Open a base of a PDF and a hostile web page."""
    folder = tmp_path_factory.mktemp("reading")
    (folder / "corpus").mkdir()
    shutil.copy(PDF, folder / "corpus")
    (folder / "corpus" / "甲.html").write_text(WEB, encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("index.search.embedder.load", lambda settings=None: FakeEmbedder())
        patch.setattr("index.search.searcher.shipped", typed_fitted)
        made = Desk(folder / "store", folder / "corpus")
        made.prepare()
        yield made


@pytest.fixture(scope="module")
def client(desk: Desk) -> TestClient:
    app = FastAPI()
    for part in (pages, reading, documents):
        app.include_router(part.router(desk))
    return TestClient(app, root_path="/kb")


def base_of(desk: Desk) -> KnowledgeBase:
    assert desk.base
    return desk.base


def test_a_clause_with_all_that_belongs_to_it(client: TestClient) -> None:
    reply = client.get(f"/c/{quote(CLAUSE)}")
    assert reply.status_code == 200
    html = reply.text
    assert html.startswith('<!doctype html><html lang="zh-CN"><head><meta charset="utf-8">')
    assert '<base href="/kb/">' in html
    assert "<title>《2023年浦东新区民政工作要点》（浦民发〔2023〕8号）第一部分第2点</title>" in html
    assert "<span>浦民发〔2023〕8号</span> <span>浦东新区民政局</span> <span>2023年2月20日</span>" in html
    assert (
        '<ol class="read-path"><li>一、强化精准救助，兜牢基本民生底线</li><li>2、完善社会力量参与机制</li></ol>' in html
    )
    assert '<p class="read-text">2、完善社会力量参与机制。深化社会救助双向认领工作机制，' in html
    assert "第一部分第2点，第2—3页</p>" in html
    assert f'data-basket="{CLAUSE}"' in html
    assert f'<a rel="prev" href="c/{quote(KEY + "/一/1")}"><b>上一条</b>' in html
    assert f'<a rel="next" href="c/{quote(KEY + "/一/3")}"><b>下一条</b>' in html


def test_words_that_were_read_with_little_confidence_say_so(desk: Desk) -> None:
    document = base_of(desk).document(NUMBER)
    clause = document.clauses[1]
    doubtful = replace(clause, sentences=tuple(replace(one, doubtful=True) for one in clause.sentences))
    assert "（一）菠萝。本区每年种植菠萝三百棵。【存疑】</p>" in render("reading.html", "words", doubtful, ())
    assert "【存疑】" not in render("reading.html", "words", clause, ())


def test_the_pane_has_one_path_for_each_page(client: TestClient) -> None:
    html = client.get("/view/pane", params={"clause": CLAUSE}).text
    assert [html.count(words) for words in ("<img ", "<svg ", "<path ")] == [2, 2, 2]
    assert '<svg viewBox="0 0 595.2756 841.8898"' in html
    assert 'alt="原文第2页，所引文字已框出"' in html
    assert '<button type="button" data-page="3" aria-pressed="false">第3页</button>' in html
    one = client.get("/view/pane", params={"clause": CLAUSE, "sentence": ["0"]}).text
    assert [one.count(words) for words in ("<img ", "<svg ", "<path ")] == [1, 1, 1]


def test_a_web_page_has_no_pane(client: TestClient) -> None:
    assert "这一条没有页面图" in client.get("/view/pane", params={"clause": f"{NUMBER}/二/（一）"}).text
    assert client.get("/view/pane", params={"clause": "没有"}).status_code == 404
    assert "pane-view" not in client.get(f"/c/{quote(NUMBER)}/{quote('二/（一）')}").text


def test_references_are_links_or_say_that_the_base_lacks_them(client: TestClient) -> None:
    html = client.get(f"/c/{quote(NUMBER + '/二/（二）')}").text
    assert f'按照<a href="c/{quote(NUMBER + "/二/（一）")}">本通知第二部分第（一）项</a>执行。' in html
    lacking = client.get(f"/c/{quote(NUMBER + '/一/第1段')}").text
    assert (
        'title="库中没有《甲市收养条例》（甲府发〔2020〕5号）">《甲市收养条例》（甲府发〔2020〕5号）</span>' in lacking
    )
    citing = client.get("/view/citing", params={"clause": f"{NUMBER}/二/（一）"}).text
    assert f'<a href="c/{quote(NUMBER + "/二/（二）")}">' in citing


def test_words_of_a_document_are_only_words(client: TestClient) -> None:
    for address in (
        f"/c/{quote(NUMBER + '/一/第1段')}",
        f"/d/{quote(NUMBER)}",
        "/view/documents",
        "/view/documents/cited",
    ):
        html = client.get(address).text
        assert "<img src=x" not in html
        assert "<script>以人" not in html
    assert "&lt;img src=x onerror=&#34;hacked=1&#34;&gt;" in client.get("/view/documents").text


def test_a_document_with_its_facts_outline_and_clauses(client: TestClient) -> None:
    html = client.get(f"/d/{quote(KEY)}").text
    assert "<div><dt>成文日期</dt><dd>2023年2月20日</dd></div>" in html
    assert "<div><dt>篇幅</dt><dd>13页，27条，0张表</dd></div>" in html
    assert f'<dd>PDF 版 <a href="d/{quote(KEY)}/{quote("原件")}" download>下载原件</a></dd>' in html
    assert f'<li><a href="d/{quote(KEY)}#{quote("一/2")}">2、完善社会力量参与机制</a></li>' in html
    assert '<article class="read-one" id="一/2" tabindex="-1"><p class="read-text">2、完善社会力量' in html
    assert html.count('class="read-one"') == 27
    assert html.count("data-basket=") == 27
    assert "效力：所属年度已过" in html


def test_a_page_of_a_document(client: TestClient) -> None:
    html = client.get(f"/d/{quote(KEY)}?page=7").text
    assert 'class="read-document with-pane at-page"' in html
    assert '<span class="pane-number" aria-live="polite">第7页，共13页</span>' in html
    for page, said in (("99", "没有第99页：这份文件共 13 页"), ("x", "没有第x页"), ("0", "没有第0页")):
        reply = client.get(f"/d/{quote(KEY)}?page={page}")
        assert reply.status_code == 404
        assert said in reply.text
    assert "没有第1页：这份文件没有页面图" in client.get(f"/d/{quote(NUMBER)}?page=1").text


def test_a_document_is_found_by_its_title_and_by_any_spelling(client: TestClient) -> None:
    assert client.get("/d/2023年浦东新区民政工作要点").status_code == 200
    assert client.get("/d/浦民发[2023]8号").status_code == 200


def test_the_original_is_given_to_be_kept_and_never_shown(client: TestClient, desk: Desk) -> None:
    reply = client.get(f"/d/{quote(NUMBER)}/{quote('原件')}")
    assert reply.content == WEB.encode()
    assert reply.headers["content-type"] == "application/octet-stream"
    assert reply.headers["content-disposition"] == f"attachment; filename*=UTF-8''{quote('甲.html')}"
    path = base_of(desk).corpus / "甲.html"
    path.write_text(WEB + " ", encoding="utf-8")
    changed = client.get(f"/d/{quote(NUMBER)}/{quote('原件')}")
    path.write_text(WEB, encoding="utf-8")
    assert changed.status_code == 404
    assert "已不是建库时的那一份" in changed.text


@pytest.mark.parametrize("name", ["../../etc/passwd", "甲.html", "/etc/passwd", "..%2f..%2fREADME.md"])
def test_no_path_of_a_request_leads_to_a_file(client: TestClient, name: str) -> None:
    reply = client.get(f"/d/{name}/{quote('原件')}")
    assert reply.status_code == 404
    assert "root:" not in reply.text


def test_what_there_is_not_is_told_with_what_lies_nearest(client: TestClient) -> None:
    reply = client.get(f"/c/{quote(KEY + '/一/22')}")
    assert reply.status_code == 404
    assert f"<h1>知识库里没有条款“{KEY}/一/22”</h1>" in reply.text
    assert f'<a href="c/{quote(KEY + "/一/2")}">最接近的条款：{KEY}/一/2</a>' in reply.text
    assert f'<a href="d/{quote(KEY)}">这份文件：{KEY}</a>' in reply.text
    other = client.get(f"/d/{quote('浦民发〔2023〕9号')}")
    assert other.status_code == 404
    assert f'<a href="d/{quote(KEY)}">最接近的文件：{KEY}</a>' in other.text
    assert client.get("/view/document/secrets", params={"doc": KEY}).status_code == 404


def test_views_of_a_document(client: TestClient) -> None:
    cites = client.get("/view/document/cites", params={"doc": NUMBER}).text
    assert "<h3>库中没有（1）</h3><ul><li>《甲市收养条例》（甲府发〔2020〕5号） <span>1 次" in cites
    assert "只有一个版式。" in client.get("/view/document/renditions", params={"doc": KEY}).text
    assert "没有更早的文字。" in client.get("/view/document/changes", params={"doc": KEY}).text
    assert "1 次，见" in client.get("/view/documents/cited").text


def test_a_clause_that_is_no_more_shows_the_words_it_had(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("index.search.embedder.load", lambda settings=None: FakeEmbedder())
    monkeypatch.setattr("index.search.searcher.shipped", typed_fitted)
    (tmp_path / "corpus").mkdir()
    file = tmp_path / "corpus" / "甲.html"
    file.write_text(WEB, encoding="utf-8")
    desk = Desk(tmp_path / "store", tmp_path / "corpus")
    seen: Queue[KnowledgeBase] = Queue()
    desk.on_open.append(seen.put)
    desk.prepare()
    assert seen.get(timeout=60) is desk.base  # what is made ready of each base that is opened
    file.write_text(WEB.replace("<p>（二）香蕉。按照本通知第二部分第（一）项执行。</p>", ""), encoding="utf-8")
    desk.prepare()
    app = FastAPI()
    app.include_router(reading.router(desk))
    client = TestClient(app)
    reply = client.get(f"/c/{quote(NUMBER + '/二/（二）')}")
    assert reply.status_code == 404
    assert "已变更，现在没有这个编号" in reply.text
    assert "它原来的文字是：“（二）香蕉。按照本通知第二部分第（一）项执行。”" in reply.text
    assert f'<a href="d/{quote(NUMBER)}">' in reply.text
    changes = client.get("/view/document/changes", params={"doc": NUMBER}).text
    assert f"<li><b>已无</b> {NUMBER}/二/（二）：<q>（二）香蕉。按照本通知第二部分第（一）项执行。</q></li>" in changes


def test_a_picture_is_named_by_what_it_shows_and_never_changes(client: TestClient) -> None:
    digest = hashlib.sha256(PDF.read_bytes()).hexdigest()
    reply = client.get(f"/picture/{digest}/2/110.png")
    assert (reply.status_code, reply.headers["content-type"]) == (200, "image/png")
    assert reply.headers["cache-control"] == "public, max-age=31536000, immutable"
    assert reply.headers["etag"] == f'"{digest[:16]}-2-110"'
    assert reply.content.startswith(b"\x89PNG")
    again = client.get(f"/picture/{digest}/2/110.png", headers={"If-None-Match": reply.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")


@pytest.mark.parametrize("rest", ["2/111.png", "2/99999.png", "0/110.png", "14/110.png", "x/110.png", "-1/110.png"])
def test_no_other_picture_is_drawn(client: TestClient, rest: str) -> None:
    digest = hashlib.sha256(PDF.read_bytes()).hexdigest()
    reply = client.get(f"/picture/{digest}/{rest}")
    assert (reply.status_code, reply.headers.get("cache-control")) in ((404, None), (404, "no-store"))
    assert client.get(f"/picture/{'0' * 64}/2/110.png").status_code == 404


def test_outline_blocks_and_neighbours(desk: Desk) -> None:
    document = base_of(desk).document(NUMBER)
    outline = outline_of(document.clauses)
    assert [(one.words, one.first, [below.words for below in one.below]) for one in outline] == [
        ("一、总体要求", 1, []),
        ("二、主要任务", 2, ["（一）菠萝", "（二）香蕉"]),
    ]
    blocks = blocks_of(document.clauses)
    assert [block.headings for block in blocks] == [((0, "一、总体要求"),), ((0, "二、主要任务"),), ()]
    before, after = beside(document, document.clauses[0])
    assert (before, after) == (None, document.clauses[1])
    assert anchor_of("甲 发/一/第 1段", "甲 发") == "一/第_1段"


def test_a_long_document_is_read_in_parts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("index.search.embedder.load", lambda settings=None: FakeEmbedder())
    monkeypatch.setattr("index.search.searcher.shipped", typed_fitted)
    (tmp_path / "corpus").mkdir()
    articles = "\n".join(f"<p>第{number}条 第{number}号设施由区民政局管理。</p>" for number in range(1, 701))
    page = f'<html><head><meta charset="utf-8"></head><body><p style="text-align:center">甲区设施办法</p>{articles}</body></html>'
    (tmp_path / "corpus" / "甲区设施办法.html").write_text(page, encoding="utf-8")
    desk = Desk(tmp_path / "store", tmp_path / "corpus")
    desk.prepare()
    document = base_of(desk).documents()[0]
    assert len(document.clauses) == 700
    app = FastAPI()
    app.include_router(reading.router(desk))
    html = TestClient(app).get(f"/d/{quote(document.key)}", params={"at": document.clauses[450].clause_id}).text
    assert html.count('class="read-one"') == PART
    assert f'id="{anchor_of(document.clauses[450].clause_id, document.key)}"' in html
    assert html.count('<b aria-current="page">第301—600条</b>') == 2
