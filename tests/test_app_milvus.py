"""The page over a base in Milvus: it says when the server is gone, waits for it at its start, and answers when it is back."""

from __future__ import annotations

import sys
from pathlib import Path
from threading import Thread

import pytest
from index_fakes import FakeEmbedder, typed_fitted
from milvus_places import server
from office_texts import notice, put

import app.__main__ as command
from app.desk import Desk
from app.tabs.ask import Put, answer
from index.errors import KnowledgeBaseError, VectorStoreError
from index.knowledge_base import KnowledgeBase

pytest.importorskip("milvus_lite", reason="milvus-lite is not installed")
QUESTION = Put("几个街镇开展消防工作")


@pytest.fixture
def corpus(tmp_path, monkeypatch) -> Path:
    """Make a corpus of two documents, and an embedder that needs no model."""
    monkeypatch.setattr("index.search.embedder.load", lambda settings=None: FakeEmbedder())
    monkeypatch.setattr("index.search.searcher.shipped", typed_fitted)
    monkeypatch.setattr("app.desk.AGAIN", 0.2)
    for name in ("消防", "养老"):
        put(tmp_path / "corpus", f"{name}.txt", notice(f"{name}工作的通知", second=f"8个街镇开展{name}工作。"))
    return tmp_path / "corpus"


def test_the_page_says_that_the_server_is_gone_and_answers_when_it_is_back(tmp_path, corpus, capsys):
    with server(tmp_path / "rows.db") as running:
        vectors = f"milvus://127.0.0.1:{running.port}/base?timeout=1"
        desk = Desk(tmp_path / "store", corpus, vectors=vectors)
        running.kill()
        starting = Thread(target=desk.prepare)
        starting.start()
        while "秒后再试" not in desk.progress:
            starting.join(0.05)
        assert desk.progress == (
            f"Milvus {vectors} 连不上（查库名时试了 3 次）；请检查服务是否在运行、地址和网络；恢复后再试即可（0.2 秒后再试）"
        )
        running.start()
        starting.join()
        assert "8个街镇开展消防工作。" in answer(desk, QUESTION)
        running.kill()
        gone = answer(desk, Put("几个街镇开展养老工作"))
        assert f"Milvus {vectors} 连不上（检索时试了 3 次）" in gone and "恢复后再试即可" in gone
        running.start()
        assert "8个街镇开展养老工作。" in answer(desk, Put("几个街镇开展养老工作"))


def test_what_waiting_does_not_mend_ends_the_start(tmp_path, corpus, monkeypatch):
    monkeypatch.setitem(sys.modules, "pymilvus", None)
    desk = Desk(tmp_path / "store", corpus, vectors="milvus://127.0.0.1:1/base")
    with pytest.raises(VectorStoreError, match="没有安装 pymilvus"):
        desk.prepare()


def test_what_is_added_is_published_before_it_is_taken_up(tmp_path, corpus):
    with server(tmp_path / "rows.db") as running:
        vectors = f"milvus://127.0.0.1:{running.port}/base?timeout=5"
        desk = Desk(tmp_path / "store", corpus, vectors=vectors)
        desk.prepare()
        first = desk.base
        put(corpus, "救助.txt", notice("救助工作的通知", second="9个街镇开展救助工作。"))
        KnowledgeBase.update(desk.store)
        desk.take_up()
        assert KnowledgeBase.is_published(desk.store, vectors)
        assert desk.base is not first
        assert "9个街镇开展救助工作。" in answer(desk, Put("几个街镇开展救助工作"))


def test_the_command_reads_where_the_base_lies(tmp_path, monkeypatch, capsys):
    desks = []

    def serve(desk, *rest):
        desks.append(desk)
        raise KnowledgeBaseError("到此为止", "无")

    monkeypatch.setattr(command, "serve", serve)
    assert command.main(["--store", "milvus://host/base", "--texts", str(tmp_path)]) == 1
    assert command.main(["--store", str(tmp_path)]) == 1
    assert command.main(["--store", "milvus://host"]) == 1
    assert [(desk.store, desk.vectors) for desk in desks] == [(tmp_path, "milvus://host/base"), (tmp_path, None)]
    assert capsys.readouterr().err.splitlines()[-1].startswith("“milvus://host”不是 Milvus 的地址；请写成")
