"""What programs ask over HTTP: the JSON of the command line, faults with a remedy, the reference, and many at once."""

from __future__ import annotations

import json
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import get_args, get_origin

import pytest
from fastapi.testclient import TestClient
from index_fakes import WEB_PAGE, FakeEmbedder, typed_fitted
from pydantic import TypeAdapter

from app import VERSION
from app.api.operations import OPERATIONS, perform
from app.desk import Desk
from app.server import make_app
from index.__main__ import main

DAY = "2024-06-30"
CLAUSE = "甲发〔2024〕1号/二/（一）"
FIVE = {"question": "养老床位新增多少张", "k": 2}


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """Make a base of two documents, with an embedder that needs no model, on a day that stays."""
    folder = tmp_path_factory.mktemp("api")
    (folder / "corpus").mkdir()
    for number, title in (("1", "养老服务方案"), ("2", "助餐服务方案")):
        page = WEB_PAGE.format(number=f"甲发〔2024〕{number}号", title=title)
        (folder / "corpus" / f"{number}.html").write_text(page, encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("index.search.embedder.load", lambda settings=None: FakeEmbedder())
        patch.setattr("index.search.searcher.shipped", typed_fitted)
        patch.setattr("index.__main__._today", lambda: DAY)
        patch.setattr("app.api.operations.today", lambda: DAY)
        made = Desk(folder / "store", folder / "corpus")
        made.prepare()
        yield made


@pytest.fixture(scope="module")
def client(desk: Desk) -> Iterator[TestClient]:
    """Serve it."""
    with TestClient(make_app(desk)) as made:
        yield made


def test_health(client: TestClient, desk: Desk) -> None:
    reply = client.get("/api/v1/health")
    assert (reply.status_code, reply.json()) == (
        200,
        {"state": "ready", "base": desk.base.sha, "version": "0.2.0", "documents": 2, "clauses": 6},
    )


def test_version_is_that_of_the_project() -> None:
    assert f'version = "{VERSION}"' in (Path(__file__).parent.parent / "pyproject.toml").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("name", "sent", "arguments"),
    [
        ("ask", FIVE, ["ask", "养老床位新增多少张", "-k", "2", "--json"]),
        ("ask", {"question": "有哪些条款提到养老", "first": 2}, ["ask", "有哪些条款提到养老", "--from", "2", "--json"]),
        ("ask", {"question": "qwerty zxcvb"}, ["ask", "qwerty zxcvb", "--json"]),
        ("search", {"question": "养老机构黑名单"}, ["search", "养老机构黑名单", "--json"]),
        (
            "search",
            {"question": "养老机构黑名单", "document": "甲发[2024]2号", "as_of": "2024年3月1日"},
            ["search", "养老机构黑名单", "--document", "甲发[2024]2号", "--as-of", "2024年3月1日", "--json"],
        ),
        ("clause", {"clause_id": "甲发[2024]1号/二/(一)"}, ["show", "甲发[2024]1号/二/(一)", "--json"]),
        ("document", {"document": "甲发〔2024〕2号"}, ["documents", "甲发〔2024〕2号", "--json"]),
        ("documents", {}, ["documents", "--json"]),
        ("targets", {}, ["targets", "--format", "json"]),
        (
            "targets",
            {"document": "甲发〔2024〕1号", "contains": "床位"},
            ["targets", "--document", "甲发〔2024〕1号", "--contains", "床位", "--format", "json"],
        ),
        (
            "compare",
            {"left": "甲发〔2024〕1号", "right": "助餐服务方案"},
            ["compare", "甲发〔2024〕1号", "助餐服务方案", "--json"],
        ),
    ],
)
def test_a_reply_is_what_the_command_line_prints(
    client: TestClient, desk: Desk, capsys: pytest.CaptureFixture[str], name: str, sent: dict, arguments: list[str]
) -> None:
    capsys.readouterr()
    assert main([*arguments, "--store", str(desk.store)]) == 0
    printed = capsys.readouterr().out
    for reply in (client.post(f"/api/v1/{name}", json=sent), client.get(f"/api/v1/{name}", params=sent)):
        assert (reply.status_code, reply.text + "\n") == (200, printed)
        assert (reply.headers["X-Base"], reply.headers["X-Version"]) == (desk.base.sha, VERSION)
        assert reply.headers["Content-Type"] == "application/json"
        TypeAdapter(OPERATIONS[name].reply).validate_json(reply.text)  # nothing that the reference does not name


def test_a_check_is_what_the_command_line_prints(
    client: TestClient, desk: Desk, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    draft = tmp_path / "draft.txt"
    draft.write_text("《养老服务方案》（甲发〔2024〕1号）第二部分第（一）项：“新增养老床位400张。”", encoding="utf-8")
    capsys.readouterr()
    assert main(["check", str(draft), "--json", "--store", str(desk.store)]) == 1
    reply = client.post("/api/v1/check", json={"text": desk.base.read_draft(draft)})
    assert (reply.status_code, reply.text + "\n") == (200, capsys.readouterr().out)
    TypeAdapter(OPERATIONS["check"].reply).validate_json(reply.text)
    assert (reply.json()["faults"], reply.json()["findings"][0]["held"]) == (1, "新增养老床位300张")


def test_a_draft_is_checked_without_its_own_words(client: TestClient) -> None:
    sent = {"text": "“扩大供给。新增养老床位300张。建设助餐点10家。”"}
    found = [client.post("/api/v1/check", json={**sent, **own}).json() for own in ({}, {"without": "甲发〔2024〕1号"})]
    assert [one["findings"][0]["clause_id"].partition("/")[0] for one in found] == [
        "甲发〔2024〕1号",
        "甲发〔2024〕2号",
    ]
    long = client.post("/api/v1/check", json={"text": "长" * 500_001})
    assert (long.status_code, long.json()["code"]) == (400, "bad_question")


def test_the_answer_itself(client: TestClient) -> None:
    held = client.post("/api/v1/ask", json=FIVE).json()
    assert (held["kind"], held["status"], held["hits"][0]["clause_id"]) == ("clause", "found", CLAUSE)
    assert held["hits"][0]["evidence"] == [{"text": "新增养老床位300张。", "page": None}]


@pytest.mark.parametrize(
    ("name", "body", "status", "fault"),
    [
        (
            "ask",
            "{",
            400,
            ("bad_request", "请求的正文不是一个 JSON 对象", '请写成 {"question": "…"} 这样，用 UTF-8 编码'),
        ),
        ("ask", "[1]", 400, ("bad_request", "请求的正文不是一个 JSON 对象", None)),
        ("ask", "[" * 100_000, 400, ("bad_request", "请求的正文不是一个 JSON 对象", None)),
        ("ask", '{"question": ' + "9" * 5000 + "}", 400, ("bad_request", "请求的正文不是一个 JSON 对象", None)),
        ("ask", b'{"question": "\xff"}', 400, ("bad_request", "请求的正文不是一个 JSON 对象", None)),
        (
            "ask",
            "",
            400,
            (
                "bad_request",
                "缺少参数 question",
                "可用的参数：question、k、document、first、as_of；参数见 api/v1/docs",
            ),
        ),
        ("ask", '{"question": 5, "k": "x"}', 400, ("bad_request", "参数 question 要是文字；参数 k 要是整数", None)),
        ("ask", '{"question": null}', 400, ("bad_request", "参数 question 要是文字", None)),
        ("ask", '{"question": "床位", "k": 2.5}', 400, ("bad_request", "参数 k 要是整数", None)),
        ("ask", '{"question": "床位", "k": NaN}', 400, ("bad_request", "参数 k 要是整数", None)),
        ("ask", '{"question": "床位", "document": ["a"]}', 400, ("bad_request", "参数 document 要是文字", None)),
        ("document", '{"document": "\\ud800"}', 404, ("document_not_found", "知识库里没有文件“?”", None)),
        ("ask", '{"question": "床位", "doc\\u0000": 1}', 400, ("bad_request", "不认识参数 doc?", None)),
        (
            "documents",
            '{"a": 1}',
            400,
            ("bad_request", "不认识参数 a", "可用的参数：不需要参数；参数见 api/v1/docs"),
        ),
        (
            "ask",
            '{"question": "床位", "k": 1000000000000000000000}',
            400,
            ("bad_question", "结果条数 1000000000000000000000 不在 1 到 100 之间", "请改正条数"),
        ),
        ("ask", '{"question": "床位", "first": -1}', 400, ("bad_question", "起始条数 -1 小于 1", "请从 1 数起")),
        ("ask", '{"question": "\\u0000\\u0007"}', 400, ("bad_question", "问题是空的，或只有标点符号", None)),
        (
            "ask",
            json.dumps({"question": "长" * 1001}),
            400,
            ("bad_question", "问题有 1001 个字，超过上限 1000 个字", "请缩短后再问"),
        ),
        ("ask", '{"question": "床位", "as_of": "明天"}', 400, ("bad_question", "日期“明天”不是一个日期", None)),
        (
            "ask",
            '{"question": "床位", "document": "乙发〔2024〕1号"}',
            404,
            (
                "document_not_found",
                "知识库里没有文件“乙发〔2024〕1号”",
                "现有：甲发〔2024〕1号、甲发〔2024〕2号",
            ),
        ),
        ("document", '{"document": "无"}', 404, ("document_not_found", "知识库里没有文件“无”", None)),
        ("targets", '{"document": "无"}', 404, ("document_not_found", "知识库里没有文件“无”", None)),
        (
            "compare",
            '{"left": "甲发〔2024〕1号", "right": "甲发[2024]1号"}',
            400,
            ("bad_question", "两次给出的是同一份文件“甲发〔2024〕1号”", "请给出两份不同的文件"),
        ),
        (
            "clause",
            '{"clause_id": "甲发〔2024〕1号/二/（九）"}',
            404,
            ("clause_not_found", "知识库里没有条款“甲发〔2024〕1号/二/（九）”", "是否为“甲发〔2024〕1号/二/（二）”？"),
        ),
    ],
)
def test_faults(client: TestClient, name: str, body: str | bytes, status: int, fault: tuple[str, str, str]) -> None:
    reply = client.post(f"/api/v1/{name}", content=body)
    held = reply.json()
    assert (reply.status_code, held["code"], held["message"]) == (status, *fault[:2])
    assert held["remedy"] == fault[2] if fault[2] else held["remedy"]
    assert reply.headers["X-Base"]


def test_a_list_that_begins_beyond_its_end_is_empty(client: TestClient) -> None:
    held = client.post("/api/v1/ask", json={"question": "有哪些条款提到养老", "first": 10**30}).json()
    assert (held["kind"], held["hits"]) == ("list", [])


def test_before_the_base_is_ready(tmp_path: Path) -> None:
    client = TestClient(make_app(Desk(tmp_path / "store")))
    fault = {"code": "not_ready", "message": "知识库还在准备：正在打开知识库", "remedy": "请稍候再试"}
    reply = client.post("/api/v1/ask", json={"question": "养老床位"})
    assert (reply.status_code, reply.json(), reply.headers["Retry-After"]) == (503, fault, "2")
    reply = client.get("/api/v1/health")
    state = {"state": "preparing", "base": "", "version": VERSION, "documents": 0, "clauses": 0}
    assert (reply.status_code, reply.json()) == (503, {**state, **fault})


def test_twenty_at_once_each_get_their_own_answer(client: TestClient) -> None:
    questions = [f"{number}养老床位{'新增' * (number % 3)}多少张" for number in range(20)]
    alone = [client.post("/api/v1/ask", json={"question": one}).json() for one in questions]
    with ThreadPoolExecutor(20) as pool:
        together = list(pool.map(lambda one: client.post("/api/v1/ask", json={"question": one}).json(), questions * 3))
    assert [one["query"] for one in alone] == questions
    assert together == alone * 3


def test_twenty_threads_ask_one_base_that_nobody_has_asked_before(desk: Desk) -> None:
    questions = ["养老床位新增多少张", "养老机构黑名单", "助餐点建成多少家", "以人为本", "qwerty"] * 4
    fresh = Desk(desk.store, desk.corpus)
    fresh.prepare()
    with ThreadPoolExecutor(20) as pool:
        replies = list(pool.map(lambda one: perform(fresh, OPERATIONS["ask"], {"question": one}), questions))
    assert [one.body for one in replies] == [
        perform(desk, OPERATIONS["ask"], {"question": one}).body for one in questions
    ]


def test_openapi_has_the_operations_and_nothing_else(client: TestClient) -> None:
    spec = client.get("/api/v1/openapi.json").json()
    assert spec["openapi"] == "3.1.0"
    assert list(spec["paths"]) == [f"/api/v1/{name}" for name in OPERATIONS]
    ask = spec["paths"]["/api/v1/ask"]
    assert ask["post"]["requestBody"]["content"]["application/json"]["schema"]["required"] == ["question"]
    assert ask["get"]["parameters"][0] == {
        "name": "question",
        "in": "query",
        "required": True,
        "description": "问题，用平常的话说，最多 1000 字",
        "schema": {"type": "string", "examples": ["养老床位要达到多少"]},
    }
    reply = ask["post"]["responses"]["200"]["content"]["application/json"]["schema"]
    assert reply == {"$ref": "#/components/schemas/Answer"}
    assert spec["components"]["schemas"]["Answer"]["properties"]["issuer"]["description"] == "发文机关，不是责任主体"


def test_every_reference_of_openapi_leads_somewhere(client: TestClient) -> None:
    text = client.get("/api/v1/openapi.json").text
    known = {f"#/components/schemas/{name}" for name in json.loads(text)["components"]["schemas"]}
    assert set(_references(json.loads(text))) <= known


def _references(value: object) -> Iterator[str]:
    if isinstance(value, dict):
        yield from (one for key, one in value.items() if key == "$ref")
        for one in value.values():
            yield from _references(one)
    elif isinstance(value, list):
        for one in value:
            yield from _references(one)


def test_the_reference_names_every_operation_and_every_field(client: TestClient) -> None:
    page = client.get("/api/v1/docs").text
    for operation in OPERATIONS.values():
        assert f"{operation.title} <code>/api/v1/{operation.name}</code>" in page
        kind = get_args(operation.reply)[0] if get_origin(operation.reply) is list else operation.reply
        for name in (*operation.sent.model_fields, *kind.model_fields):
            assert f"<td><code>{name}</code></td>" in page
    assert '<base href="/">' in page
    assert 'href="api/v1/docs#Hit"' in page
