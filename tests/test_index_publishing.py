"""A store's generation in Milvus: published whole, swapped at once, resumed where it was cut off, told where it is another."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from index_fakes import FakeEmbedder, typed_fitted
from milvus_places import release
from office_texts import notice, put

from index.__main__ import main
from index.errors import VectorStoreError
from index.knowledge_base import KnowledgeBase
from index.search.milvus import filling
from index.search.milvus.client import Client
from index.search.milvus.rows import collections_of
from index.store.publishing import client_of

pytest.importorskip("milvus_lite", reason="milvus-lite is not installed")
QUESTION = "几个街镇开展第2项工作"


@pytest.fixture
def corpus(tmp_path, monkeypatch) -> Path:
    """Make a corpus of three documents, and an embedder that needs no model."""
    monkeypatch.setattr("index.search.embedder.load", lambda settings=None: FakeEmbedder())
    monkeypatch.setattr("index.search.searcher.shipped", typed_fitted)
    for count in (1, 2, 3):
        put(tmp_path / "corpus", f"{count}.txt", text_of(count))
    return tmp_path / "corpus"


@pytest.fixture
def vectors(tmp_path) -> Iterator[str]:
    """Give an address in milvus-lite."""
    address = f"milvus+lite://{tmp_path / 'rows.db'}/base"
    yield address
    release(client_of(address))


@pytest.fixture
def store(tmp_path, corpus) -> Path:
    """Build a store."""
    KnowledgeBase.build(corpus, tmp_path / "store")
    return tmp_path / "store"


def text_of(count):
    return notice(
        f"第{count}项工作的通知",
        f"青民发〔2024〕{count}号",
        "坚持做好有关工作。",
        f"{count}个街镇开展第{count}项工作。",
    )


def asked(base):
    result = base.search(QUESTION)
    return result.status, [(hit.clause.clause_id, round(hit.score, 4), hit.found_by) for hit in result.hits]


def test_what_was_published_answers_as_the_folder_does(store, vectors):
    first, again = KnowledgeBase.publish(store, vectors), KnowledgeBase.publish(store, vectors)
    base = KnowledgeBase.open(store, vectors=vectors)
    sentences = len(base.searcher.passages)
    assert (first.rows, first.sent, first.removed) == (sentences, sentences, ())
    assert (again.collection, again.rows, again.sent) == (first.collection, sentences, 0)
    assert asked(base) == asked(KnowledgeBase.open(store))
    assert base.ask(QUESTION).status == "found"
    assert KnowledgeBase.verify_published(store, vectors) == sentences
    assert base.searcher.dense.count == 0  # the vectors lie there, not here


def test_another_generation_is_told_and_an_open_base_stays_with_its_own(store, corpus, vectors):
    KnowledgeBase.publish(store, vectors)
    before = KnowledgeBase.open(store, vectors=vectors)
    answer = asked(before)
    put(corpus, "4.txt", text_of(4))
    KnowledgeBase.update(store)
    with pytest.raises(VectorStoreError) as told:
        KnowledgeBase.open(store, vectors=vectors)
    assert str(told.value) == (
        f"Milvus {vectors} 里发布的内容与文件夹里的知识库不是同一代；"
        f"请运行 python -m index publish --store {vectors} 发布"
    )
    assert not KnowledgeBase.is_published(store, vectors)
    assert KnowledgeBase.publish(store, vectors).removed == ()
    assert KnowledgeBase.is_published(store, vectors)
    assert asked(before) == answer  # from the rows that it was opened with
    after = KnowledgeBase.open(store, vectors=vectors)
    newer = asked(after)
    assert len(after.searcher.passages) > len(before.searcher.passages)
    put(corpus, "5.txt", text_of(5))
    KnowledgeBase.update(store)
    assert len(KnowledgeBase.publish(store, vectors).removed) == 1
    assert asked(after) == newer
    with pytest.raises(VectorStoreError, match="里原来打开的那一代内容已被换下或卸载；请重新打开知识库"):
        asked(before)


def test_a_generation_that_is_half_written_is_not_used_and_written_to_the_end(store, corpus, vectors, monkeypatch):
    published = KnowledgeBase.publish(store, vectors)
    answer = asked(KnowledgeBase.open(store, vectors=vectors))
    put(corpus, "4.txt", text_of(4))
    KnowledgeBase.update(store)
    monkeypatch.setattr(filling, "BATCH", 2)
    monkeypatch.setattr(Client, "upsert", cut_off(Client.upsert, after=2))
    with pytest.raises(VectorStoreError, match="cut off"):
        KnowledgeBase.publish(store, vectors)
    client = client_of(vectors)
    assert client.leads_to() == published.collection
    assert len(collections_of("base", client.collections())) == 2
    monkeypatch.undo()
    monkeypatch.setattr("index.search.embedder.load", lambda settings=None: FakeEmbedder())
    monkeypatch.setattr("index.search.searcher.shipped", typed_fitted)
    done = KnowledgeBase.publish(store, vectors)
    assert done.sent == done.rows - 4
    assert client.leads_to() == done.collection
    assert asked(KnowledgeBase.open(store, vectors=vectors))[0] == answer[0]


def test_halves_of_other_generations_are_removed(store, corpus, vectors, monkeypatch):
    with monkeypatch.context() as one:
        one.setattr(Client, "upsert", cut_off(Client.upsert, after=0))
        with pytest.raises(VectorStoreError, match="cut off"):
            KnowledgeBase.publish(store, vectors)
    with pytest.raises(VectorStoreError, match="里没有发布过知识库；请运行 python -m index publish"):
        KnowledgeBase.open(store, vectors=vectors)
    put(corpus, "4.txt", text_of(4))
    KnowledgeBase.update(store)
    done = KnowledgeBase.publish(store, vectors)
    assert len(done.removed) == 1
    assert collections_of("base", client_of(vectors).collections()) == [done.collection]


def test_the_commands_write_the_folder_first_and_then_publish(tmp_path, corpus, vectors, capsys):
    there = ["--store", vectors, "--texts", str(tmp_path / "store")]
    assert main(["build", str(corpus), *there]) == 0
    assert capsys.readouterr().err.endswith("[ 90%] 建立索引、核对\n[100%] 完成\n")
    assert main(["search", QUESTION, "--json", *there]) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["hits"][0]["clause_id"].startswith("青民发〔2024〕2号/")
    put(tmp_path, "4.txt", text_of(4))
    assert main(["add", str(tmp_path / "4.txt"), *there]) == 0
    assert main(["remove", "青民发〔2024〕1号", *there]) == 0
    capsys.readouterr()
    assert main(["documents", "--json", *there]) == 0
    assert len(json.loads(capsys.readouterr().out)) == 3
    assert main(["verify", *there]) == 0
    assert "与文件夹里的知识库是同一代，句数一致" in capsys.readouterr().err
    assert main(["publish", *there]) == 0
    assert "句，其中新写入 0 句" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["publish", "--store", "folder"], "publish 要用 --store 给出 Milvus 地址"),
        (["search", "养老", "--texts", "folder"], "--texts 只与 Milvus 地址同用"),
        (["search", "养老", "--store", "milvus://host"], "不是 Milvus 的地址"),
    ],
)
def test_a_place_that_cannot_be_is_refused(arguments, told, capsys):
    with pytest.raises(SystemExit) as ended:
        main(arguments)
    assert ended.value.code == 2
    assert told in capsys.readouterr().err


def cut_off(upsert, after):
    """Let a number of calls through, and none behind them."""
    calls = []

    def called(client, name, rows):
        calls.append(len(rows))
        if len(calls) > after:
            raise VectorStoreError("cut off", "none")
        upsert(client, name, rows)

    return called


def test_rows_that_were_lost_are_written_again(store, vectors):
    done = KnowledgeBase.publish(store, vectors)
    client = client_of(vectors)
    client._called("删除", lambda one, left: one.delete(done.collection, filter="first == true and year == 2024"))
    with pytest.raises(VectorStoreError, match="里应有 6 句、6 个条款，现有 0 句、0 个条款；请再运行一次"):
        KnowledgeBase.verify_published(store, vectors)
    assert KnowledgeBase.publish(store, vectors).sent == 6
    assert KnowledgeBase.verify_published(store, vectors) == 6
