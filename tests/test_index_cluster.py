"""Files read on the workers of a ray cluster: the same store, byte for byte, the same faults; a cluster at fault is told."""

from __future__ import annotations

import os
import signal
import socket
import sys
from importlib.util import find_spec
from pathlib import Path
from types import SimpleNamespace

import pytest
from index_fakes import FakeEmbedder
from office_texts import notice, put
from test_ingest_signature import bomb

from index.errors import ClusterError
from index.knowledge_base import KnowledgeBase
from index.search import embedder
from index.store import cluster, sending
from index.store.cluster import each_across
from index.store.corpus import CorpusFile
from index.store.facts import read_by
from index.store.sending import Handful, handfuls, read_there
from ingest import Limits, MachineFault
from ingest.errors import UnreadableFile

NOTICE = notice("发放补贴的通知", "青民发〔2024〕1号").encode()
WHOLE = "请确认文件完好，或另存一份、拆成几份后重试"


@pytest.fixture
def two_workers(monkeypatch):
    if find_spec("ray") is None:
        pytest.skip("ray is not installed")
    monkeypatch.setenv("PYTHONPATH", str(Path(__file__).parent))  # of the functions below
    monkeypatch.setattr(cluster, "usable_cores", lambda: 2)


def with_a_broken_and_a_hostile_file(folder):
    for count in range(1, 11):
        put(folder, f"第{count}号通知.txt", notice(f"第{count}项工作的通知", f"青民发〔2024〕{count}号"))
    put(folder / "内", "第1号通知.txt", notice("另一项工作的通知", "青民发〔2024〕21号"))
    put(folder, "空.txt", "")
    put(folder, "坏.pdf", "%PDF-1.4 broken")
    (folder / "炸.docx").write_bytes(bomb(51))
    put(folder / "lists", "organisations.txt", "…驿站\n")
    return folder


def test_a_store_built_on_two_workers_is_the_same(tmp_path, monkeypatch, two_workers):
    corpus = with_a_broken_and_a_hostile_file(tmp_path / "corpus")
    monkeypatch.setattr(embedder, "load", lambda settings=None: FakeEmbedder())
    here = KnowledgeBase.build(corpus, tmp_path / "here")
    there = KnowledgeBase.build(corpus, tmp_path / "there", cluster="local")
    assert len(here.documents) == 11
    assert [fault.split(":")[0] for fault in here.faults] == ["坏.pdf", "炸.docx", "空.txt"]
    assert there == here
    assert bytes_of(tmp_path / "there") == bytes_of(tmp_path / "here")


def bytes_of(store):
    """All of a store but what it notes of how its files look."""
    paths = (path for path in store.rglob("*") if path.is_file() and path.name != "NOTES")
    return {path.relative_to(store).as_posix(): path.read_bytes() for path in paths}


def work(what):
    """What a worker may be made to do."""
    if what == "dies":
        os.kill(os.getpid(), signal.SIGKILL)
    return what.upper()


def test_results_come_in_order_and_a_worker_that_dies_is_tried_again_and_then_told(two_workers):
    found = each_across("local", work, [*"abcdefghi", "dies", "j"], lambda item: 1.0)
    assert [next(found) for _ in range(9)] == list("ABCDEFGHI")
    with pytest.raises(ClusterError) as told:
        next(found)
    assert str(told.value) == (
        "ray 集群里做事的进程一再中断，试了 3 次（WorkerCrashedError）；内存可能不够，或机器掉线；请检查集群，或去掉 --ray 只用本机"
    )


class RayError(Exception):
    """As those of ray."""


class GetTimeoutError(RayError):
    pass


class RayTaskError(RayError):
    pass


def test_a_cluster_that_gives_nothing_and_a_machine_at_fault_are_told():
    def told(error):
        def get(reference, timeout):
            raise error

        kinds = SimpleNamespace(RayError=RayError, RayTaskError=RayTaskError, GetTimeoutError=GetTimeoutError)
        with pytest.raises(ClusterError) as raised:
            cluster._result(SimpleNamespace(get=get, exceptions=kinds), None, 60.0)
        return str(raised.value)

    there = RayTaskError("Traceback:\n  …\n")
    there.cause = MachineFault("文件放不下：磁盘已满")
    mend = "请检查集群，或去掉 --ray 只用本机"
    assert told(there) == (
        f"ray 集群里的一台机器出错（文件放不下：磁盘已满）；各台机器要装同一版本的本程序和 Python；{mend}"
    )
    assert told(GetTimeoutError()) == f"等了 60 秒，ray 集群没有给出结果；处理器可能都被占用，{mend}"


def test_a_cluster_that_is_not_there_is_told(two_workers):
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    for address in (f"127.0.0.1:{port}", f"ray://127.0.0.1:{port}"):
        with pytest.raises(ClusterError, match=f"连不上 ray 集群 {address}（.*）；请检查地址和网络"):
            list(each_across(address, work, ["a"], lambda item: 1.0))
    with pytest.raises(ClusterError) as told:
        list(each_across("10.0.0.5", work, ["a"], lambda item: 1.0))
    assert str(told.value) == "ray 集群的地址 10.0.0.5 不对；请写成 local、auto、主机:端口 或 ray://主机:端口"


def test_without_ray_it_is_told_what_to_install(monkeypatch):
    monkeypatch.setitem(sys.modules, "ray", None)
    with pytest.raises(ClusterError) as told:
        list(each_across("local", work, ["a"], lambda item: 1.0))
    assert str(told.value) == '--ray 要用的 ray 没有安装；请运行 pip install -e ".[ray]"，或去掉 --ray 只用本机'


def handful(*files, **settings):
    given = {"lists": None, "reader": read_by(Path("nowhere")).reader, "limits": Limits(), **settings}
    return Handful(tuple((CorpusFile(name, Path(name), digest), data) for name, digest, data in files), **given)


def test_a_worker_reads_each_file_within_its_limits():
    import hashlib

    digest = hashlib.sha256(NOTICE).hexdigest()
    gone = UnreadableFile("c.txt", "文件打不开（Permission denied）", "请检查路径和读取权限")
    (entry, line), fault, other = read_there(
        handful(("内/a.txt", digest, NOTICE), ("a.txt", "0" * 64, NOTICE), ("c.txt", digest, gone))
    )
    assert (entry.name, entry.key, entry.clauses) == ("内/a.txt", "青民发〔2024〕1号", 2)
    assert line.startswith(b'{"name":"\xe5\x86\x85/a.txt"')
    assert str(fault) == "a.txt: 读取时文件正在变化；请等它写完后重试"
    assert str(other) == str(gone)
    (late,) = read_there(handful(("a.txt", digest, NOTICE * 2000), limits=Limits(seconds=0.1, more=0.0)))
    assert str(late) == f"a.txt: 读了 0 秒还没有读完，已停止；{WHOLE}"


def test_a_worker_of_another_version_reads_nothing():
    with pytest.raises(MachineFault, match="^程序版本不同：那里是 .*，这里是 0$"):
        read_there(handful(("a.txt", "0" * 64, NOTICE), reader="0"))


def test_files_travel_by_the_handful_and_a_large_one_alone():
    sizes = [1] * 10 + [9 << 20] + [5 << 20] * 2
    assert [len(some) for some in handfuls(list(enumerate(sizes)))] == [8, 2, 1, 1, 1]
    assert sending.FILES == 8
