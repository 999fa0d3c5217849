"""The fence: which paths there are, whose posts are taken, how long and how often, and what every refusal says."""

from __future__ import annotations

import re
from collections.abc import Iterator
from importlib.util import find_spec
from typing import Any

import pytest
from fastapi import APIRouter
from fastapi.testclient import TestClient

from app.desk import Desk
from app.fence.fence import GRADIO, Paths
from app.fence.hosts import Hosts
from app.fence.limits import Rates
from app.server import ROUTERS, make_app
from app.settings import Settings, checked_host, checked_root
from index.errors import KnowledgeBaseError

NO_ADDRESS = {"code": "not_found", "message": "没有这个网址", "remedy": "请核对网址，或从首页进入"}
ALLOWED_OF_GRADIO = {
    "/",
    "/config",
    "/config/",
    "/theme.css",
    "/favicon.ico",
    "/robots.txt",
    "/assets/{path:path}",
    "/static/{path:path}",
    "/gradio_api/info",
    "/gradio_api/info/",
    "/gradio_api/queue/data",
    "/gradio_api/queue/join",
    "/gradio_api/heartbeat/{session_hash}",
    "/gradio_api/startup-events",
    "/gradio_api/cancel",
    "/gradio_api/reset",
    "/gradio_api/reset/",
    "/gradio_api/run/{api_name}",
    "/gradio_api/run/{api_name}/",
    "/gradio_api/call/{api_name}",
    "/gradio_api/call/{api_name}/",
    "/gradio_api/call/v2/{api_name}",
    "/gradio_api/call/v2/{api_name}/",
    "/gradio_api/call/{api_name}/{event_id}",
    "/gradio_api/call/v2/{api_name}/{event_id}",
}
"""Typed here once more, so that a new version of Gradio that answers more is noticed, and a wider pattern too."""


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    """Make a desk without a base, by which documents may be added."""
    return Desk(tmp_path_factory.mktemp("fence") / "store", token="0123456789abcdef")


@pytest.fixture(scope="module")
def client(desk: Desk) -> Iterator[TestClient]:
    """Serve it."""
    with TestClient(make_app(desk)) as made:
        yield made


def routes(of: Any, prefix: str = "") -> Iterator[tuple[str, set[str]]]:
    """Walk all routes of an application, those of routers and mounted applications too."""
    for route in of.routes:
        if inner := getattr(route, "original_router", None):
            yield from routes(inner, prefix + route.include_context.prefix)
        elif hasattr(route, "methods"):
            yield prefix + route.path, route.methods or {"GET"}
        elif hasattr(getattr(route, "app", None), "routes"):
            yield from routes(route.app, prefix + route.path)
        else:
            yield prefix + route.path + "/x", {"GET"}


def filled(path: str) -> str:
    return re.sub(r"\{\w+(:path)?\}", "cites", path)  # a name that /view/document/{name} has


def test_every_route_stands_on_the_list_or_is_not_there(client: TestClient, desk: Desk) -> None:
    known: dict[str, set[str]] = {}
    for path, methods in routes(client.app):
        known[path] = known.get(path, set()) | methods
    own = {path for router in ROUTERS for path, _ in routes(router(desk))}
    assert {"/gradio_api/upload", "/gradio_api/dev/reload", "/login", "/gradio_api/file={path_or_url:path}"} <= set(
        known
    )
    assert own | {"/ui/x"} | ALLOWED_OF_GRADIO <= set(known)
    answered = set()
    for path, methods in known.items():
        for method in methods - {"HEAD", "OPTIONS"}:
            if path in ("/gradio_api/queue/data", "/gradio_api/heartbeat/{session_hash}"):
                continue  # streams that do not end
            reply = client.request(method, filled(path), headers={"Accept": "text/html"})
            is_refused = reply.status_code == 404 and "没有这个网址" in reply.text
            if path not in own | {"/ui/x"} | ALLOWED_OF_GRADIO:
                assert is_refused, (method, path)
            elif not is_refused:
                answered.add(path)
    assert own | {"/", "/config", "/theme.css", "/gradio_api/info"} <= answered


@pytest.mark.parametrize(
    "path",
    [
        "/gradio_api/upload",
        "/gradio_api/upload/",
        "/gradio_api/upload?upload_id=1",
        "/gradio_api/vibe-edit/",
        "/gradio_api/process_recording",
        "/gradio_api/component_server",
        "/gradio_api/run-history/connect",
        "/gradio_api/stream/x",
        "/login",
        "/gradio_api//upload",
        "/gradio_api/call/ask/../../upload",
        "/x/../gradio_api/upload",
        "/GRADIO_API/upload",
    ],
)
def test_what_takes_files_or_changes_the_page_is_not_there(client: TestClient, path: str) -> None:
    reply = client.post(path, files={"files": ("a.txt", b"a")})
    assert (reply.status_code, "没有这个网址" in reply.text) == (404, True)


@pytest.mark.parametrize(
    "path",
    [
        "/gradio_api/file=/etc/passwd",
        "/gradio_api/file/x",
        "/gradio_api/proxy=http://127.0.0.1/",
        "/gradio_api/openapi.json",
        "/openapi.json",
        "/docs",
        "/redoc",
        "/gradio_api/custom_component/1/client/component/index.js",
        "/gradio_api/deep_link",
        "/gradio_api/dev/reload",
        "/gradio_api/runs",
        "/gradio_api/user",
        "/gradio_api/app_id",
        "/gradio_api/queue/status",
        "/monitoring",
        "/monitoring/summary",
        "/manifest.json",
        "/pwa_icon",
        "/logout",
        "/svelte/x",
        "/mcp",
        "/gradio_api/mcp/sse",
        "/?deep_link=abc",
        "/config?x=1&deep_link=abc",
        "/view/nothing",
        "/%2e%2e/etc/passwd",
        "/%00",
    ],
)
def test_what_is_not_named_is_not_there(client: TestClient, path: str) -> None:
    assert client.get(path).status_code == 404


def test_an_unknown_address_is_told_to_a_person_on_a_page(client: TestClient) -> None:
    reply = client.get("/nothing<script>", headers={"Accept": "text/html,*/*"})
    assert (reply.status_code, reply.headers["Content-Type"]) == (404, "text/html; charset=utf-8")
    assert "<h1>没有这个网址</h1><p>请核对网址，或从首页进入。</p>" in reply.text
    assert "<script>" not in reply.text.split("<body>")[1]


def test_an_unknown_address_is_told_to_a_program_in_json(client: TestClient) -> None:
    for path in ("/api/v1/nothing", "/api/v2/ask", "/api"):
        reply = client.get(path, headers={"Accept": "text/html"})
        assert (reply.status_code, reply.json()) == (404, NO_ADDRESS)
    assert client.get("/api/v1/nothing").headers["X-Version"] == "0.2.0"


def test_an_unknown_address_is_told_to_a_script_in_a_line(client: TestClient) -> None:
    reply = client.get("/nothing")
    assert (reply.status_code, reply.text) == (404, "没有这个网址；请核对网址，或从首页进入")


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "X" * 30])
def test_a_method_that_is_not_taken(client: TestClient, method: str) -> None:
    reply = client.request(method, "/api/v1/ask")
    assert (reply.status_code, reply.headers["Allow"]) == (405, "GET, HEAD, POST")
    assert reply.json() == {
        "code": "method_not_allowed",
        "message": f"这个网址不接受 {method[:20]} 请求",
        "remedy": "请用 GET、HEAD、POST",
    }


def test_a_view_that_is_posted_to_is_not_fetched(client: TestClient) -> None:
    reply = client.get("/view/answer")
    assert (reply.status_code, reply.text) == (405, "这个网址不接受 GET 请求；请用 POST")


@pytest.mark.parametrize("path", ["/", "/api/v1/docs", "/view/front", "/ui/js/main.js", "/api/v1/nothing"])
def test_head_is_get_without_a_body(client: TestClient, path: str) -> None:
    got, headed = client.get(path), client.head(path)
    assert headed.content == b""
    assert headed.status_code == got.status_code
    assert headed.headers["Content-Type"] == got.headers["Content-Type"]


def test_headers_bind_the_browser(client: TestClient) -> None:
    for path in ("/", "/api/v1/health", "/ui/js/main.js", "/nothing", "/gradio_api/upload"):
        headers = client.get(path).headers
        assert "frame-ancestors 'none'" in headers["Content-Security-Policy"]
        assert (headers["X-Content-Type-Options"], headers["Referrer-Policy"]) == ("nosniff", "no-referrer")


def test_no_page_of_another_site_may_read(client: TestClient) -> None:
    for host in ("testserver", "127.0.0.1", "policy.example"):
        reply = client.get("/config", headers={"Origin": "https://policy.example", "Host": host})
        assert not [name for name in reply.headers if name.startswith("access-control")]


@pytest.mark.parametrize(
    ("headers", "is_taken"),
    [
        ({}, True),
        ({"Origin": "http://testserver"}, True),
        ({"Origin": "https://TESTSERVER"}, True),
        ({"Origin": "https://policy.gov.cn", "X-Forwarded-Host": "policy.gov.cn"}, True),
        ({"Origin": "https://policy.gov.cn:8443", "Host": "policy.gov.cn:8443"}, True),
        ({"Origin": "http://evil.example"}, False),
        ({"Origin": "http://testserver.evil.example"}, False),
        ({"Origin": "http://testserver:81"}, False),
        ({"Origin": "null"}, False),
        ({"Origin": ""}, False),
        ({"Origin": "", "X-Forwarded-Host": ""}, False),
        ({"Origin": "http://["}, False),
    ],
)
def test_posts_of_other_sites_are_refused(client: TestClient, headers: dict[str, str], is_taken: bool) -> None:
    for path in ("/api/v1/health", "/view/answer", "/gradio_api/queue/join"):
        reply = client.post(path, headers=headers, json={})
        assert (reply.status_code != 403) is is_taken
        if not is_taken:
            assert "请求来自别的网站，已拒绝" in reply.text


LOOPBACK = ["127.0.0.1", "127.0.0.1:7860", "localhost:7860", "LOCALHOST", "localhost.:80", "[::1]:7860", "127.8.8.8"]
ADDRESSES = ["10.0.0.5:7860", "[fd00::5]", "0.0.0.0"]
NAMED = ["policy.gov.cn", "POLICY.gov.cn:8443", "policy.gov.cn."]
OTHERS = [
    "evil.example:7860",
    "policy.gov.cn.evil.example",
    "a.policy.gov.cn",
    "localhost.evil.example",
    "127.0.0.1.nip.io",
    "",
    ":80",
    "[::1",
    "a@127.0.0.1",
    "2130706433",
    "127.0.0.1:7860, evil.example",
]


@pytest.mark.parametrize(
    ("settings", "taken"),
    [
        (Settings(host="127.0.0.1"), LOOPBACK),
        (Settings(host="localhost", allowed=("policy.gov.cn",)), LOOPBACK + NAMED),
        (Settings(host="0.0.0.0"), LOOPBACK + ADDRESSES),
        (Settings(host="policy.gov.cn"), LOOPBACK + ADDRESSES + NAMED),
        (Settings(host="", allowed=("policy.gov.cn",)), LOOPBACK + ADDRESSES + NAMED),
        (Settings(), LOOPBACK + ADDRESSES + NAMED + OTHERS),
    ],
    ids=["loopback", "loopback and a name", "all addresses", "a name", "all addresses and a name", "not looked at"],
)
def test_names_by_which_it_may_be_asked(settings: Settings, taken: list[str]) -> None:
    hosts = Hosts.of(settings)
    assert [one for one in LOOPBACK + ADDRESSES + NAMED + OTHERS if hosts.has([one])] == taken
    assert hosts.has([]) is hosts.has(["127.0.0.1", "evil.example"]) is (settings.host is None)


def test_a_site_whose_name_leads_here_gets_nothing(desk: Desk) -> None:
    """DNS rebinding: to the browser it is one site with what it reads."""
    told = {
        "code": "unknown_host",
        "message": "本系统不接受以“evil.example:7860”为主机名的请求",
        "remedy": "请改用本系统的 IP 地址（在本机上是 127.0.0.1），或请管理员在启动时加 --allow-host 主机名",
    }
    settings = Settings(mcp=find_spec("mcp") is not None, host="127.0.0.1", root="/policy")
    headers = {"Host": "evil.example:7860", "X-Forwarded-Host": "127.0.0.1", "Origin": "http://evil.example:7860"}
    with TestClient(make_app(desk, settings), base_url="http://127.0.0.1") as client:
        for path in ("/api/v1/health", "/policy/api/v1/ask", "/mcp", "/config", "/gradio_api/queue/join", "/api/none"):
            for method in ("GET", "POST", "OPTIONS"):
                reply = client.request(method, path, headers=headers)
                assert (reply.status_code, reply.json() | told) == (421, reply.json())
                assert "X-Base" not in reply.headers
        for path in ("/", "/policy", "/view/front", "/ui/js/main.js", "/keep/uploads"):
            reply = client.get(path, headers={**headers, "Accept": "text/html"}, follow_redirects=False)
            assert (reply.status_code, "本系统不接受以“evil.example:7860”为主机名的请求" in reply.text) == (421, True)
        assert client.get("/api/v1/nothing").json() == NO_ADDRESS


@pytest.mark.parametrize("text", ["http://a", "a:80", "a b", "", "-a", "a/b", "*.a.cn", "." * 300, "a" * 70])
def test_a_host_that_is_no_name(text: str) -> None:
    with pytest.raises(KnowledgeBaseError, match="不是主机名；请写成 policy.gov.cn 这样"):
        checked_host(text)


FIVE_MEGABYTES = b"a" * 5_000_000


@pytest.mark.parametrize("path", ["/api/v1/ask", "/view/answer", "/gradio_api/queue/join", "/gradio_api/call/ask"])
@pytest.mark.parametrize("is_streamed", [False, True])
def test_a_paste_of_five_megabytes_gets_one_clear_message(client: TestClient, path: str, is_streamed: bool) -> None:
    pieces = (FIVE_MEGABYTES[start : start + 100_000] for start in range(0, len(FIVE_MEGABYTES), 100_000))
    reply = client.post(path, content=pieces if is_streamed else FIVE_MEGABYTES)
    assert reply.status_code == 413
    assert "发来的内容超过 1 MB" in reply.text
    assert len(reply.text) < 300


def test_a_body_of_a_megabyte_is_read(client: TestClient) -> None:
    body = b'{"question": "' + b"a" * ((1 << 20) - 16) + b'"}'
    assert len(body) == 1 << 20
    assert client.post("/api/v1/ask", content=body).status_code == 503  # read; there is no base yet


def test_what_a_library_finds_wrong_is_said_in_chinese(client: TestClient) -> None:
    assert client.post("/view/answer", content=b'{"q":').text == "请求的写法不对；请核对参数，写法见 api/v1/docs"
    reply = client.post("/gradio_api/call/ask", content=b"[")
    assert (reply.status_code, reply.json()["message"]) == (422, "请求的写法不对")
    reply = client.get("/ui/js/nothing.js")
    assert (reply.status_code, reply.text) == (404, "没有这个网址；请核对网址，或从首页进入")


def test_what_fails_behind_the_fence_is_said_without_its_words(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def broken(*arguments: object) -> str:
        raise ZeroDivisionError("谁的" + "问题")

    monkeypatch.setattr("app.tabs.ask.front", broken)
    reply = TestClient(make_app(desk)).get("/view/front")
    assert (reply.status_code, reply.text) == (500, "程序出错，这次没有办成；请再试一次；仍不行时请把时间告诉管理员")
    said = capsys.readouterr().err
    assert said.startswith("程序出错：ZeroDivisionError\n")
    assert "谁的问题" not in said


def test_a_client_that_asks_too_often_is_told_when_to_come_again(desk: Desk) -> None:
    client = TestClient(make_app(desk, Settings(rate=3)))
    codes = [client.get("/api/v1/health").status_code for _ in range(5)]
    assert codes == [503, 503, 503, 429, 429]
    reply = client.get("/api/v1/health")
    assert reply.json() == {"code": "too_many_requests", "message": "请求太多太快", "remedy": "请过 20 秒再试"}
    assert reply.headers["Retry-After"] == "20"
    assert client.get("/ui/js/main.js").status_code == 200  # what the page is made of is not counted


def test_a_bucket_fills_steadily_and_clients_are_counted_apart() -> None:
    now = 0.0
    rates = Rates(60, lambda: now)
    assert [rates.wait("a") for _ in range(61)] == [0] * 60 + [2]
    assert rates.wait("b") == 0
    now = 2.5
    assert [rates.wait("a") for _ in range(3)] == [0, 0, 1]
    now = 1000.0
    assert [rates.wait("a") for _ in range(61)] == [0] * 60 + [2]


def test_no_more_than_ten_thousand_clients_are_remembered() -> None:
    rates = Rates(1, lambda: 0.0)
    for number in range(20_000):
        assert rates.wait(str(number)) == 0
    assert len(rates._left) == 10_000
    assert (rates.wait("19999"), rates.wait("0")) == (61, 0)


def test_no_rate_is_no_limit() -> None:
    assert {Rates(0).wait("a") for _ in range(5000)} == {0}


@pytest.mark.parametrize("path", ["/policy/", "/"])
def test_below_a_path_of_a_proxy(desk: Desk, path: str) -> None:
    """A proxy may take its path off or leave it on; addresses that the page names are the same."""
    with TestClient(make_app(desk, Settings(root="/policy"))) as client:
        assert '<base href="/policy/">' in client.get(f"{path}api/v1/docs").text
        assert client.get(f"{path}api/v1/openapi.json").json()["servers"] == [{"url": "/policy"}]
        assert client.get(f"{path}config").json()["root"] == "http://testserver/policy"
        assert client.get(f"{path}ui/js/main.js").status_code == 200
        assert client.get(f"{path}view/front").status_code == 200
        assert client.post(f"{path}view/answer", json={"q": "床位"}).status_code == 200
        assert '<base href="/policy/">' in client.get(f"{path}nothing", headers={"Accept": "text/html"}).text
        assert client.post(f"{path}gradio_api/upload").status_code == 404


def test_the_path_of_a_proxy_without_its_last_slash_leads_to_the_page(desk: Desk) -> None:
    client = TestClient(make_app(desk, Settings(root="/policy")))
    for asked, there in (("/policy?q=床位", "/policy/?q=%E5%BA%8A%E4%BD%8D"), ("/policy", "/policy/")):
        reply = client.get(asked, follow_redirects=False)
        assert (reply.status_code, reply.headers["Location"]) == (308, there)


@pytest.mark.parametrize("text", ["http://a/b", "/a b", "/政策", "/a//b", "/a?b", '/"', "/a/../b"])
def test_a_path_that_is_none(text: str) -> None:
    with pytest.raises(KnowledgeBaseError, match="不是路径"):
        checked_root(text)


def test_routers_within_routers_stand_on_the_list() -> None:
    """Those of a router that a part includes were 404."""
    inmost, inner, outer = APIRouter(prefix="/c"), APIRouter(), APIRouter()
    inmost.add_api_route("/{name:path}", list, methods=["POST"])
    inner.include_router(inmost, prefix="/b")
    inner.add_api_route("/d", list)
    outer.include_router(inner, prefix="/a")
    paths = Paths.of(outer.routes, mcp=False)
    assert {one: paths.methods(one) for one in ("/a/b/c/x/y", "/a/d", "/b/c/x", "/d", "/a/b/c")} == {
        "/a/b/c/x/y": {"POST"},
        "/a/d": {"GET", "HEAD"},
        "/b/c/x": frozenset(),
        "/d": frozenset(),
        "/a/b/c": frozenset(),
    }
    assert paths.is_own("/a/b/c/x/y")


def test_gradio_is_named_by_patterns_that_take_nothing_else() -> None:
    paths = Paths.of([], mcp=False)
    assert {one for one in ALLOWED_OF_GRADIO if not paths.methods(filled(one))} == set()
    assert len(GRADIO) == 3
    assert Paths.of([], mcp=True).methods("/mcp") == {"POST"}
