"""The service as an administrator sees it: alive, ready, stopped with all its processes, and several over one store."""

from __future__ import annotations

import json
import os
import shutil
import signal
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from threading import Event, Thread
from typing import Any
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pytest
from fastapi.testclient import TestClient
from index_fakes import WEB_PAGE, FakeEmbedder, typed_fitted
from serving import running

from app.desk import Desk
from app.server import make_app
from app.settings import Settings
from eval.machine import family
from index.knowledge_base import KnowledgeBase

ON_LINUX = pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells which process has started which")


def write_page(corpus: Path, number: str, title: str) -> None:
    page = WEB_PAGE.format(number=f"甲发〔2024〕{number}号", title=title)
    (corpus / f"{number}.html").write_text(page, encoding="utf-8")


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:
    """Make a desk that is not ready yet, over one document, with an embedder that needs no model."""
    monkeypatch.setattr("index.search.embedder.load", lambda settings=None: FakeEmbedder())
    monkeypatch.setattr("index.search.searcher.shipped", typed_fitted)
    (tmp_path / "corpus").mkdir()
    write_page(tmp_path / "corpus", "1", "养老服务方案")
    return Desk(tmp_path / "store", tmp_path / "corpus")


@pytest.fixture
def client(desk: Desk) -> Iterator[TestClient]:
    with TestClient(make_app(desk, Settings(rate=1))) as made:
        yield made


def test_alive_is_told_before_there_is_a_base(client: TestClient) -> None:
    for _ in range(3):  # it does not count among the requests that a client may make
        reply = client.get("/healthz")
    assert (reply.status_code, reply.json()) == (200, {"state": "alive", "version": "0.2.0"})
    assert (reply.headers["Content-Type"], reply.headers["Cache-Control"]) == ("application/json", "no-store")


def test_ready_is_told_when_there_is_a_base(client: TestClient, desk: Desk) -> None:
    reply = client.get("/readyz")
    assert (reply.status_code, reply.headers["Retry-After"], reply.headers["X-Base"]) == (503, "2", "")
    assert reply.json() == {
        "state": "preparing",
        "code": "not_ready",
        "message": "知识库还在准备：正在打开知识库",
        "remedy": "请稍候再试",
    }
    desk.prepare()
    reply = client.get("/readyz")
    sha = desk.base.sha
    assert (reply.status_code, reply.headers["X-Base"]) == (200, sha)
    told = {"state": "ready", "generation": sha, "documents": 1, "processes": 0, "version": "0.2.0"}
    assert reply.json() == told
    head = client.head("/readyz")
    assert (head.status_code, head.content) == (200, b"")


def test_a_base_none_of_whose_processes_lives_is_not_ready(
    client: TestClient, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.prepare()
    monkeypatch.setattr(desk, "_count", 2)
    assert client.get("/readyz").status_code == 503


def test_health_is_asked_by_get_alone(client: TestClient) -> None:
    reply = client.post("/healthz")
    assert (reply.status_code, reply.json()["code"]) == (405, "method_not_allowed")


def test_a_reply_names_the_base_that_it_was_made_from(
    client: TestClient, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It named the one in use when it was sent."""
    monkeypatch.setattr("app.desk._BETWEEN", 1e9)
    desk.prepare()
    before = desk.base
    write_page(desk.corpus, "2", "助餐服务方案")
    KnowledgeBase.update(desk.store)
    after = KnowledgeBase.open(desk.store)

    def overtaken(base: KnowledgeBase, *given: Any, **named: Any) -> Any:
        desk.base = after
        return KnowledgeBase.ask(base, *given, **named)

    monkeypatch.setattr(before, "ask", lambda *given, **named: overtaken(before, *given, **named), raising=False)
    reply = client.post("/view/answer", json={"q": "助餐", "doc": "甲发〔2024〕2号"})
    assert "知识库里没有文件“甲发〔2024〕2号”" in reply.text
    assert reply.headers["X-Base"] == before.sha != after.sha


def asked(address: str, question: str) -> tuple[int, str, str]:
    """Put a question as the page does; give status, text and the base that answered."""
    body = json.dumps({"q": question}).encode()
    with urlopen(Request(f"{address}view/answer", body, {"Content-Type": "application/json"}), timeout=60) as reply:
        return reply.status, reply.read().decode(), reply.headers["X-Base"]


def told(address: str) -> dict[str, Any]:
    with urlopen(f"{address}readyz", timeout=60) as reply:
        found: dict[str, Any] = json.load(reply)
        return found


def wait(come: Callable[[], object]) -> None:
    """Wait until something has come, a minute at most."""
    until = time.monotonic() + 60
    while not come():
        assert time.monotonic() < until
        time.sleep(0.1)


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build a base of one document by the model that the project brings."""
    folder = tmp_path_factory.mktemp("serving")
    (folder / "corpus").mkdir()
    write_page(folder / "corpus", "1", "养老服务方案")
    KnowledgeBase.update(folder / "store", folder / "corpus")
    return folder


@ON_LINUX
@pytest.mark.parametrize("sent", [signal.SIGTERM, signal.SIGINT, signal.SIGKILL], ids=lambda one: one.name)
def test_all_processes_end_with_the_service(place: Path, sent: signal.Signals) -> None:
    with running(place / "store", place / "corpus", "--processes", "2") as (address, _, server):
        assert told(address)["processes"] == 2
        every = family(server.pid)
        assert len(every) >= 4  # the page's own, what forks, and two that answer
        server.send_signal(sent)
        server.wait(60)
        wait(lambda: not any(Path(f"/proc/{pid}").exists() for pid in every))


@ON_LINUX
def test_a_service_of_which_a_process_is_killed_goes_on(place: Path) -> None:
    with running(place / "store", place / "corpus", "--processes", "1") as (address, _, server):
        answering = family(server.pid)[-1]
        os.kill(answering, signal.SIGKILL)
        assert asked(address, "养老床位新增多少张")[0] == 200
        wait(lambda: told(address)["processes"] == 1)
        assert answering not in family(server.pid)


def test_two_services_over_one_store_take_up_what_is_written(place: Path, tmp_path: Path) -> None:
    shutil.copytree(place / "store", tmp_path / "store")
    shutil.copytree(place / "corpus", tmp_path / "corpus")
    KnowledgeBase.update(tmp_path / "store", tmp_path / "corpus")
    seen, faults, over = set[str](), list[str](), Event()

    def ask(address: str) -> None:
        while not over.is_set():
            try:
                seen.add(asked(address, "养老床位新增多少张")[2])
            except (HTTPError, OSError) as error:
                faults.append(str(error))
                return

    with ExitStack() as stack:
        served = [running(tmp_path / "store", tmp_path / "corpus", "--processes", str(count)) for count in (2, 0)]
        addresses = [stack.enter_context(one)[0] for one in served]
        stack.callback(over.set)
        askers = [Thread(target=ask, args=(one,)) for one in addresses]
        for one in askers:
            one.start()
        before = KnowledgeBase.generation_of(tmp_path / "store")
        write_page(tmp_path / "corpus", "2", "助餐服务方案")
        KnowledgeBase.update(tmp_path / "store")
        after = KnowledgeBase.generation_of(tmp_path / "store")
        for address in addresses:
            wait(lambda address=address: told(address)["generation"] == after)
            assert told(address)["documents"] == 2
            assert "助餐" in asked(address, "助餐服务方案什么时候印发的")[1]
        over.set()
        for one in askers:
            one.join()
    assert faults == []
    assert seen <= {before, after}
    assert after in seen
