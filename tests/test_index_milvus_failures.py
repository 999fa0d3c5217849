"""Milvus gone, slow, restarted, or half written: it is said in Chinese, tried again within bounds, and generations never mix."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from threading import Thread
from time import sleep

import numpy as np
import pytest
from milvus_places import FILLING, LOCAL, PLACES, Server, Wire, filled, lite, release, server, vectors_in

from index.errors import QueryError, VectorStoreAway, VectorStoreError
from index.search.milvus import filling
from index.search.milvus.address import address_of
from index.search.milvus.client import Client
from index.search.milvus.rows import collection_of
from index.search.vector_store import Scope, WordQuery

pytest.importorskip("milvus_lite", reason="milvus-lite is not installed")
AHEAD = np.array([1.0, 0.0], dtype=np.float32)
CARE = WordQuery({"w:养老": 1.0, "w:床位": 1.0})


def client_at(port: int, seconds: float = 2.0, pauses: tuple[float, ...] = (0.1,)) -> Client:
    return Client(address_of(f"milvus://127.0.0.1:{port}/base?timeout={seconds:g}"), pauses)


@pytest.fixture
def running(tmp_path: Path) -> Iterator[Server]:
    with server(tmp_path / "server.db") as one:
        yield one


def names(pairs):
    return [name for name, _ in pairs]


def test_a_server_that_is_gone_is_told_and_is_found_again_when_it_is_back(running):
    client = client_at(running.port)
    collection = filled(client)
    store = vectors_in(client, collection)
    found = store.by_words(CARE, Scope(), 9)
    running.kill()
    with pytest.raises(VectorStoreError) as told:
        store.by_words(CARE, Scope(), 9)
    assert str(told.value) == (
        f"Milvus {client.address} 连不上（检索时试了 2 次）；请检查服务是否在运行、地址和网络；恢复后再试即可"
    )
    running.start()
    assert store.by_words(CARE, Scope(), 9) == found == LOCAL.by_words(CARE, Scope(), 9)


def test_nothing_listening_is_told(running):
    running.kill()
    with pytest.raises(VectorStoreError, match="连不上（查库名时试了 2 次）"):
        client_at(running.port, 0.5).leads_to()


def test_a_server_that_is_slow_is_told_with_what_was_waited(running):
    client = client_at(running.port)
    store = vectors_in(client, filled(client))
    client.address = replace(client.address, seconds=0.3)
    running.pause()
    with pytest.raises(VectorStoreError) as told:
        store.by_vector(AHEAD, Scope(), 9)
    assert str(told.value) == (
        f"Milvus {client.address} 没有按时回答（检索时试了 2 次，每次最多 0.3 秒）；"
        "请稍候再试；服务一直慢时检查它的负载，或在地址后加 ?timeout=秒数"
    )


def test_a_short_pause_of_the_server_is_waited_out(running):
    client = client_at(running.port, 1.0, (0.5, 0.5, 2.0))
    store = vectors_in(client, filled(client))
    running.pause()
    going_on = Thread(target=lambda: (sleep(1.5), running.go_on()))
    going_on.start()
    assert names(store.by_vector(AHEAD, Scope(), 2)) == ["甲/1", "甲/2"]
    going_on.join()


def test_a_line_that_is_cut_is_taken_up_again_without_a_word(running):
    wire = Wire(running.port)
    client = client_at(wire.port, 3.0, (0.2, 0.5, 1.0))
    store = vectors_in(client, filled(client))
    for _ in range(3):
        wire.cut()
        assert store.by_words(CARE, Scope(), 9) == LOCAL.by_words(CARE, Scope(), 9)
    wire.close()


def test_a_line_that_stays_cut_is_told(running):
    wire = Wire(running.port)
    client = client_at(wire.port, 0.5)
    store = vectors_in(client, filled(client))
    wire.is_down = True
    wire.cut()
    with pytest.raises(VectorStoreAway, match="连不上（检索时试了 2 次）"):
        store.by_words(CARE, Scope(), 9)
    wire.is_down = False
    assert names(store.by_words(CARE, Scope(), 9)) == ["甲/1", "丙/1", "甲/2"]
    wire.close()


def test_a_server_killed_in_the_middle_of_an_upsert_is_written_to_the_end_when_it_is_back(running, monkeypatch):
    monkeypatch.setattr(filling, "BATCH", 3)
    client = client_at(running.port)
    collection = collection_of("base", "abc", "FLAT")
    with pytest.raises(VectorStoreError, match="连不上"):
        filling.fill(client, collection, FILLING, lambda done: running.kill() if done == 3 else None)
    running.start()
    with pytest.raises(VectorStoreError, match="里应有 7 句、6 个条款，现有 3 句、2 个条款；请再运行一次"):
        client.load(collection.name)
        filling.count(client, collection, 7, 6)
    assert filling.fill(client, collection, FILLING, lambda done: None) == 4
    filling.count(client, collection, 7, 6)
    assert filling.fill(client, collection, FILLING, lambda done: None) == 0
    store = vectors_in(client, collection)
    assert store.by_words(CARE, Scope(), 9) == LOCAL.by_words(CARE, Scope(), 9)
    assert names(store.by_vector(AHEAD, Scope(), 9)) == names(LOCAL.by_vector(AHEAD, Scope(), 9))


def test_rows_written_twice_are_there_once(tmp_path):
    client = lite(tmp_path)
    collection = filled(client)
    client.upsert(collection.name, list(FILLING.rows()))
    client.finish(collection.name)
    filling.count(client, collection, 7, 6)
    release(client)


def test_an_open_store_stays_with_its_generation_and_says_when_it_is_gone(tmp_path):
    client = lite(tmp_path)
    first, second = filled(client, "abc"), filled(client, "def")
    client.move_alias(first.name)
    store = vectors_in(client, first)
    client.move_alias(second.name)
    assert client.leads_to() == second.name
    assert names(store.by_words(CARE, Scope(), 1)) == ["甲/1"]
    client.drop(first.name)
    client.drop(first.name)  # what is gone is gone
    for ask in (
        lambda: store.by_words(CARE, Scope(), 1),
        lambda: store.by_vector(AHEAD, Scope(), 1),
        lambda: store.cosines(AHEAD, PLACES.names),
        lambda: store.word_scores(CARE, PLACES.names),
    ):
        with pytest.raises(VectorStoreError, match="里原来打开的那一代内容已被换下或卸载；请重新打开知识库"):
            ask()
    release(client)


def test_a_row_that_is_missing_is_named(tmp_path):
    client = lite(tmp_path)
    store = vectors_in(client, filled(client))
    one = next(FILLING.rows())
    client._called("删除", lambda made, left: made.delete(filled(client).name, filter='id == "甲/1#1"'))
    assert one["id"] == "甲/1#0"
    with pytest.raises(VectorStoreError, match="里缺少 甲/1#1；请运行 python -m index publish 重新发布"):
        store.cosines(AHEAD, ["甲/1"])
    release(client)


def test_a_file_that_another_process_holds_is_told(running):
    client = Client(address_of(f"milvus+lite://{running.folder}/base"), pauses=(0.01,))
    with pytest.raises(VectorStoreError, match="打不开；同一文件同时只能由一个进程打开"):
        client.leads_to()


def test_what_is_not_installed_is_told_with_how_to_install_it(monkeypatch):
    monkeypatch.setitem(sys.modules, "pymilvus", None)
    with pytest.raises(VectorStoreError) as told:
        client_at(1).leads_to()
    assert str(told.value) == (
        "没有安装 pymilvus，不能使用 milvus://127.0.0.1:1/base?timeout=2；请运行 pip install 'policy-clauses[milvus]'"
    )


def test_milvus_writes_nothing_to_the_terminal(running, capfd):
    client = client_at(running.port, 0.3, ())
    assert client.leads_to() == ""
    running.kill()
    with pytest.raises(VectorStoreError):
        client.count("none")
    assert capfd.readouterr() == ("", "")


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("milvus://", "不是 Milvus 的地址"),
        ("milvus://host", "不是 Milvus 的地址"),
        ("milvus://host:99999/base", "里的端口不是 1 到 65535 的数"),
        ("milvus://host:19530/政策", "里的库名“政策”不可用"),
        ("milvus://root:secret@host:19530/base", "Milvus 的地址里不写用户名和口令"),
        ("milvus://host/base?index=LSH", "不认识向量索引 LSH"),
        ("milvus://host/base?timeout=never", "里的 timeout 不是 0 到 600 的秒数"),
        ("milvus://host/base?tls=1", "里有不认识的选项 tls"),
        ("milvus+lite://rows.sqlite/base", "里的文件名不以 .db 结尾"),
        ("http://host:19530/base", "不是 Milvus 的地址"),
    ],
)
def test_an_address_that_is_none_is_refused(text, problem):
    with pytest.raises(QueryError) as told:
        address_of(text)
    assert problem in str(told.value)
    assert "secret" not in str(told.value)


def test_addresses_are_read():
    server, lite_ = (
        address_of("milvuss://milvus.example:443/base?index=hnsw&timeout=9&db=city"),
        address_of("milvus+lite:///data/rows.db/base"),
    )
    assert (server.uri, server.base, server.index, server.seconds, server.database, server.file) == (
        "https://milvus.example:443", "base", "HNSW", 9.0, "city", None,
    )  # fmt: skip
    assert (lite_.uri, lite_.base, lite_.index, lite_.file) == ("/data/rows.db", "base", "FLAT", Path("/data/rows.db"))
    assert address_of("milvus://[::1]/base").uri == "http://[::1]:19530"
