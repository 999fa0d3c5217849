"""What the page stands on: opened, built, brought up to date; and what the first tab shows of it."""

from __future__ import annotations

from pathlib import Path

import pytest
from index_fakes import WEB_PAGE, FakeEmbedder, typed_fitted

from app.desk import Desk
from app.render import render_shelf
from app.tabs.ask import Put, answer, choices, front
from index.errors import CorpusError
from index.knowledge_base import KnowledgeBase
from index.search.refusal import RefusalModel
from ingest.records import Metadata


@pytest.fixture
def corpus(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Make a corpus of one document, and an embedder that needs no model."""
    monkeypatch.setattr("index.search.embedder.load", lambda settings=None: FakeEmbedder())
    monkeypatch.setattr("index.search.searcher.shipped", typed_fitted)
    folder = tmp_path / "corpus"
    folder.mkdir()
    (folder / "a.html").write_text(
        WEB_PAGE.format(number="甲发〔2024〕1号", title="养老服务实施方案"), encoding="utf-8"
    )
    return folder


def prepared(store: Path, corpus: Path | None = None) -> Desk:
    desk = Desk(store, corpus)
    desk.prepare()
    return desk


def said(capsys: pytest.CaptureFixture[str]) -> list[str]:
    return capsys.readouterr().err.splitlines()


def test_first_start_builds_and_says_how_far_it_is(
    tmp_path: Path, corpus: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    desk = Desk(tmp_path / "store", corpus)
    assert "知识库还在准备" in answer(desk, Put("养老床位"))
    assert "正在准备知识库" in front(desk)
    assert choices(desk) == [("全部文件", "")]
    desk.prepare()
    lines = said(capsys)
    assert lines[0] == f"{tmp_path / 'store'} 里没有知识库，现在从 {corpus} 建立"
    assert lines[1] == "读取 a.html（0%）"
    assert lines[-1] == "完成（100%）"
    assert '<blockquote class="lead"><p>新增养老床位300张。</p></blockquote>' in answer(desk, Put("养老床位新增多少张"))
    assert front(desk) == render_shelf([Metadata("甲发〔2024〕1号", "养老服务实施方案")])
    assert choices(desk) == [("全部文件", ""), ("甲发〔2024〕1号 养老服务实施方案", "甲发〔2024〕1号")]


def test_second_start_only_opens(tmp_path: Path, corpus: Path, capsys: pytest.CaptureFixture[str]) -> None:
    prepared(tmp_path / "store", corpus)
    said(capsys)
    prepared(tmp_path / "store", corpus)
    assert said(capsys) == []


def test_changed_corpus_is_read_again(tmp_path: Path, corpus: Path, capsys: pytest.CaptureFixture[str]) -> None:
    prepared(tmp_path / "store", corpus)
    said(capsys)
    (corpus / "b.html").write_text(WEB_PAGE.format(number="甲发〔2024〕2号", title="助餐服务方案"), encoding="utf-8")
    desk = prepared(tmp_path / "store")
    assert said(capsys)[0] == f"{corpus} 里的文件有变动，正在更新知识库"
    assert [value for _, value in choices(desk)] == ["", "甲发〔2024〕1号", "甲发〔2024〕2号"]


def test_corpus_gone_leaves_what_was_built(tmp_path: Path, corpus: Path, capsys: pytest.CaptureFixture[str]) -> None:
    prepared(tmp_path / "store", corpus)
    said(capsys)
    corpus.rename(tmp_path / "elsewhere")
    desk = prepared(tmp_path / "store")
    assert said(capsys) == [f"知识库没有更新，仍用原有内容：没有文件夹 {corpus}；请给出存放政策文件的文件夹"]
    assert "新增养老床位300张。" in answer(desk, Put("养老床位新增多少张", "甲发〔2024〕1号"))


def test_damaged_store_is_built_again(tmp_path: Path, corpus: Path, capsys: pytest.CaptureFixture[str]) -> None:
    prepared(tmp_path / "store", corpus)
    said(capsys)
    for path in (tmp_path / "store" / "segments").glob("*/documents.jsonl"):
        path.write_bytes(b"{")
    desk = prepared(tmp_path / "store", corpus)
    lines = said(capsys)
    assert lines[0] == f"知识库 {tmp_path / 'store'} 已损坏（documents.jsonl 校验不符），现在从 {corpus} 建立"
    assert "新增养老床位300张。" in answer(desk, Put("养老床位新增多少张"))


def test_damaged_store_is_built_again_from_its_own_corpus(
    tmp_path: Path, corpus: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    prepared(tmp_path / "store", corpus)
    said(capsys)
    for path in (tmp_path / "store" / "segments").glob("*/documents.jsonl"):
        path.write_bytes(b"{")
    (tmp_path / "elsewhere").mkdir()
    monkeypatch.chdir(tmp_path / "elsewhere")  # where a folder "corpus" would be another one
    prepared(tmp_path / "store")
    assert said(capsys)[0].endswith(f"，现在从 {corpus} 建立")


def test_without_a_store_or_a_corpus_the_folder_corpus_is_read(
    tmp_path: Path, corpus: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    prepared(tmp_path / "store")
    assert said(capsys)[:2] == [f"{tmp_path / 'store'} 里没有知识库，现在从 corpus 建立", "读取 a.html（0%）"]


def test_model_that_cannot_be_told_is_told(tmp_path: Path, corpus: Path, capsys: pytest.CaptureFixture[str]) -> None:
    prepared(tmp_path / "store", corpus)
    said(capsys)
    for path in (tmp_path / "store" / "generations").glob("*/manifest.json"):
        path.write_bytes(b"{")
    prepared(tmp_path / "store", corpus)
    assert said(capsys)[1] == f"看不出知识库 {tmp_path / 'store'} 原来用的是哪个向量模型，改用自带模型（0%）"


def test_nothing_to_build_from(tmp_path: Path) -> None:
    with pytest.raises(CorpusError):
        prepared(tmp_path / "store", tmp_path / "none")


def test_bad_question_and_bad_document_are_answered(tmp_path: Path, corpus: Path) -> None:
    desk = prepared(tmp_path / "store", corpus)
    fault = '<div class="message fault" data-told="问题是空的，或只有标点符号"><b>问题是空的，或只有标点符号</b>'
    assert answer(desk, Put("  ")).startswith(fault)
    assert fault in answer(desk, Put("<？>"))
    assert answer(desk, Put("<？>")).startswith('<header class="put"><h2 class="question">&lt;？&gt;</h2></header>')
    assert "超过上限" in answer(desk, Put("长" * 10_000))
    assert "&lt;b&gt;" in answer(desk, Put("养老", "<b>"))


@pytest.mark.parametrize(
    ("status", "title", "tag"),
    [("found", None, "可能相关"), ("related", "相关，未直接写明", "可能相关"), ("not_found", "库中没有", "接近")],
)
def test_three_ways_to_answer(
    tmp_path: Path, corpus: Path, monkeypatch: pytest.MonkeyPatch, status: str, title: str | None, tag: str
) -> None:
    monkeypatch.setattr(RefusalModel, "status", lambda self, measures, is_calibrated: status)
    html = answer(prepared(tmp_path / "store", corpus), Put("养老床位新增多少张"))
    assert html.startswith(
        f'<article class="answer" data-status="{status}" data-told="{title or "找到 3 条，首条无页码"}"'
    )
    verdict = f'<p class="verdict {status}"><b>{title or "原文写明"}</b>'
    assert f'<header class="put"><h2 class="question">养老床位新增多少张</h2></header>{verdict}' in html
    assert ('<div class="hit best">' in html) == (title is None)
    assert "新增养老床位300张。" in html
    assert html.count(f'<span class="tag">{tag}</span>') == (html.count('<details class="hit"') if title else 0)


def test_a_served_page_takes_up_what_another_process_has_written(
    tmp_path: Path, corpus: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.desk._BETWEEN", 0.0)
    desk = prepared(tmp_path / "store", corpus)
    assert desk.catch_up() is None
    (corpus / "b.html").write_text(WEB_PAGE.format(number="甲发〔2024〕2号", title="助餐服务方案"), encoding="utf-8")
    KnowledgeBase.update(tmp_path / "store")
    said(capsys)
    thread = desk.catch_up()
    assert thread is not None
    thread.join()
    assert said(capsys) == ["知识库已换成新的内容"]
    assert [value for _, value in choices(desk)] == ["", "甲发〔2024〕1号", "甲发〔2024〕2号"]
    (tmp_path / "store" / "CURRENT").unlink()
    assert desk.catch_up() is None
    assert "新增养老床位300张。" in answer(desk, Put("养老床位新增多少张", "甲发〔2024〕1号"))


def test_a_document_that_is_no_more_is_told_and_is_no_fault_of_the_server(tmp_path: Path, corpus: Path) -> None:
    """Chosen on a page that was open before a restart, it gave HTTP 500."""
    desk = prepared(tmp_path / "store", corpus)
    assert "知识库里没有文件“甲发〔2024〕9号”" in answer(desk, Put("养老床位新增多少张", "甲发〔2024〕9号"))
