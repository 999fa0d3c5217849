"""Clients against a served base: the examples of docs/接口.md as they stand there, and the tools and endpoints themselves."""

from __future__ import annotations

import asyncio
import json
import re
import socket
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import uvicorn
from fastapi.testclient import TestClient
from index_fakes import WEB_PAGE, FakeEmbedder, typed_fitted

from app.api.operations import OPERATIONS, perform
from app.desk import Desk
from app.server import make_app
from app.settings import Settings
from index.errors import KnowledgeBaseError

DOCS = Path(__file__).parent.parent / "docs" / "接口.md"
NAMES = ["ask", "search", "clause", "document", "documents", "targets", "compare", "check", "health"]


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """Make a base of one document, with an embedder that needs no model."""
    folder = tmp_path_factory.mktemp("clients")
    (folder / "corpus").mkdir()
    page = WEB_PAGE.format(number="甲发〔2024〕1号", title="养老服务方案")
    (folder / "corpus" / "1.html").write_text(page, encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("index.search.embedder.load", lambda settings=None: FakeEmbedder())
        patch.setattr("index.search.searcher.shipped", typed_fitted)
        made = Desk(folder / "store", folder / "corpus")
        made.prepare()
        yield made


@pytest.fixture(scope="module")
def address(desk: Desk) -> Iterator[str]:
    """Serve it on a free port of this machine, stopped afterwards."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        app = make_app(desk, Settings(mcp=True))
        server = uvicorn.Server(uvicorn.Config(app, log_level="warning", timeout_graceful_shutdown=2))
        thread = threading.Thread(target=server.run, args=([listener],), daemon=True)
        thread.start()
        while thread.is_alive() and not server.started:
            time.sleep(0.05)
        yield f"http://127.0.0.1:{listener.getsockname()[1]}/"
        server.should_exit = True
        thread.join()


def examples() -> list[str]:
    return re.findall(r"```python\n(.*?)```", DOCS.read_text(encoding="utf-8"), re.DOTALL)


@pytest.mark.parametrize(
    ("number", "printed"),
    [
        (0, ["新增养老床位300张。", "—— 《养老服务方案》（甲发〔2024〕1号）第二部分第（一）项"]),
        (1, ["《养老服务方案》（甲发〔2024〕1号）第二部分第（一）项"]),
        (2, [str(NAMES), "found 新增养老床位300张。"]),
    ],
)
def test_the_examples_of_the_docs(
    address: str, capsys: pytest.CaptureFixture[str], number: int, printed: list[str]
) -> None:
    if number == 2:
        pytest.importorskip("mcp", reason="mcp is not installed")
    text = examples()[number].replace("http://127.0.0.1:7860/", address)
    assert address in text
    capsys.readouterr()
    exec(compile(text, f"{DOCS.name} {number}", "exec"), {"__name__": "example"})
    assert capsys.readouterr().out.splitlines() == printed


def test_the_docs_name_every_operation() -> None:
    text = DOCS.read_text(encoding="utf-8")
    assert re.findall(r"^\| `(\w+)` \|", text, re.MULTILINE) == NAMES == list(OPERATIONS)
    for operation in OPERATIONS.values():
        (row,) = re.findall(rf"^\| `{operation.name}` \|.*", text, re.MULTILINE)
        assert re.findall(r"`(\w+)`", row.split("|")[3]) == list(operation.sent.model_fields)


def test_named_endpoints_of_gradio(address: str, desk: Desk) -> None:
    from gradio_client import Client
    from gradio_client.exceptions import AppError

    client = Client(address, verbose=False)
    assert sorted(client.view_api(return_format="dict")["named_endpoints"]) == sorted(f"/{name}" for name in NAMES)
    sent = {"question": "养老床位新增多少张", "k": 1}
    assert client.predict(api_name="/ask", **sent) == perform(desk, OPERATIONS["ask"], sent).body
    assert client.predict(api_name="/documents") == perform(desk, OPERATIONS["documents"], {}).body
    with pytest.raises(AppError, match="^结果条数 0 不在 1 到 100 之间；请改正条数$"):
        client.predict(question="床位", k=0, api_name="/ask")


def test_tools_of_mcp(address: str, desk: Desk) -> None:
    mcp = pytest.importorskip("mcp", reason="mcp is not installed")

    async def calls() -> list[Any]:
        async with mcp.Client(f"{address}mcp") as client:
            tools = (await client.list_tools()).tools
            sent = [
                ("clause", {"clause_id": "甲发〔2024〕1号/二/（一）"}),
                ("documents", {}),
                ("ask", {"k": "x"}),
                ("no", {}),
            ]
            return [tools, *[await client.call_tool(name, given) for name, given in sent]]

    tools, clause, documents, bad, none = asyncio.run(calls())
    assert [(one.name, one.title, one.description) for one in tools] == [
        (one.name, one.title, one.description) for one in OPERATIONS.values()
    ]
    assert tools[2].input_schema["properties"]["clause_id"]["description"] == "条款编号，回答里的 clause_id"
    assert all(one.annotations.read_only_hint for one in tools)
    assert json.loads(clause.content[0].text)["text"] == "（一）扩大供给。新增养老床位300张。建设助餐点10家。"
    assert (clause.is_error, clause.meta["base"], clause.meta["version"]) == (False, desk.base.sha, "0.2.0")
    assert documents.structured_content == {"result": json.loads(documents.content[0].text)}
    assert (bad.is_error, json.loads(bad.content[0].text)["message"]) == (True, "缺少参数 question；参数 k 要是整数")
    assert (none.is_error, json.loads(none.content[0].text)) == (
        True,
        {"code": "not_found", "message": "没有这个工具", "remedy": f"现有：{'、'.join(NAMES)}"},
    )


def test_what_is_no_message_of_mcp_is_refused_in_chinese(desk: Desk) -> None:
    pytest.importorskip("mcp", reason="mcp is not installed")
    with TestClient(make_app(desk, Settings(mcp=True))) as client:
        reply = client.post("/mcp", content=b"{}", headers={"Content-Type": "text/plain"})
        assert (reply.status_code, reply.json()["message"]) == (400, "请求的写法不对")
        assert client.get("/mcp").status_code == 405  # a stream that would stay open; there is nothing to be told in it
        assert client.post("/mcp", headers={"Origin": "http://evil.example"}).status_code == 403


def test_without_the_package_mcp_the_command_says_how_to_get_it(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "mcp", None)
    with pytest.raises(KnowledgeBaseError) as raised:
        make_app(desk, Settings(mcp=True))
    assert str(raised.value) == '--mcp 要用的 mcp 没有安装，或版本不是 2；请运行 pip install "policy-clauses[mcp]"'
