"""The fence round the application: which paths and names there are, who may post, how much and how often; and headers that bind the browser.

Paths are an allow-list. The routes of the parts stand on it by being declared, those of Gradio and the mounted ones by name.
"""

from __future__ import annotations

import re
import sys
import traceback
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from fastapi import Request
from fastapi.responses import RedirectResponse
from fastapi.routing import APIRoute
from starlette.requests import ClientDisconnect
from starlette.routing import compile_path

from app.fence.faults import (
    BROKEN,
    FOREIGN,
    NO_ADDRESS,
    Fault,
    fault_of_status,
    too_large,
    too_many,
    unknown_host,
    wrong_method,
)
from app.fence.hosts import Hosts
from app.fence.limits import Body, Message, Rates, longest_body
from app.fence.replies import HEADERS, PROGRAMS, Outgoing
from app.settings import Settings

GRADIO = (
    ("GET HEAD", r"/|/config/?|/theme\.css|/favicon\.ico|/robots\.txt|/(assets|static)/.+|/gradio_api/info/?"),
    ("GET", r"/gradio_api/(queue/data|heartbeat/\w+|startup-events|call/(v2/)?\w+/\w+)"),
    ("POST", r"/gradio_api/(queue/join|cancel|reset|run/\w+|call/(v2/)?\w+)/?"),
)
"""What Gradio answers: the page with what it loads, its events, and its named endpoints; nothing that takes or gives files."""
MOUNTED = (("GET HEAD", r"/ui/.+"), ("POST", r"/mcp"))
_UNCOUNTED = re.compile(r"/(ui|assets|static)/.+|/(favicon\.ico|theme\.css|robots\.txt|healthz|readyz)")
"""What a client may ask for as often as it likes: what a page loads, and what watches over the service ask."""
_TOLD = re.compile(rf"{PROGRAMS.pattern}|/view/")
"""Where a reply, be it a refusal, says which base and version speak."""
_SAVED = re.compile(r"(^|&)deep_link=")
"""A state of the page that Gradio would read from a file."""


@dataclass(frozen=True)
class Paths:
    """网址: which methods each path takes; ``own`` of the parts, ``others`` of Gradio and what is mounted."""

    own: tuple[tuple[re.Pattern[str], frozenset[str]], ...]
    others: tuple[tuple[re.Pattern[str], frozenset[str]], ...]

    @classmethod
    def of(cls, routes: Iterable[Any], mcp: bool) -> Paths:
        """Make the list.

        :param routes: of the parts.
        :param mcp: whether there are tools of MCP.
        :return: the list.
        """
        own = list(_declared(routes))
        named = [*GRADIO, *(one for one in MOUNTED if mcp or one[1] != "/mcp")]
        return cls(
            tuple((path, methods | {"HEAD"} if "GET" in methods else methods) for path, methods in own),
            tuple((re.compile(path), frozenset(methods.split())) for methods, path in named),
        )

    def methods(self, path: str) -> frozenset[str]:
        """Say which methods a path takes.

        :param path: below the root of the application.
        :return: none where there is no such path.
        """
        found = [methods for known, methods in (*self.own, *self.others) if known.fullmatch(path)]
        return frozenset().union(*found)

    def is_own(self, path: str) -> bool:
        """Tell whether a part answers a path."""
        return any(known.fullmatch(path) for known, _ in self.own)


def _declared(routes: Iterable[Any], prefix: str = "") -> Iterator[tuple[re.Pattern[str], frozenset[str]]]:
    """Walk the routes of a router, and those of routers that it includes, which newer versions of FastAPI keep as they are."""
    for one in routes:
        if isinstance(one, APIRoute):
            yield compile_path(prefix + one.path)[0], frozenset(one.methods or ())
        elif included := getattr(one, "original_router", None):
            yield from _declared(included.routes, prefix + one.include_context.prefix)


class Fence:
    """Middleware round all: lets in what :class:`Paths` and :class:`Hosts` have, and says in Chinese what it refuses or what fails behind it.

    :param app: what stands behind it.
    :param settings: how it is served.
    :param paths: the allow-list.
    :param told: gives the headers that say which base answers.
    """

    def __init__(self, app: Any, settings: Settings, paths: Paths, told: Callable[[], Mapping[str, str]]) -> None:
        self._app = app
        self._root = settings.root
        self._paths = paths
        self._hosts = Hosts.of(settings)
        self._rates = Rates(settings.rate)
        self._told = told

    async def __call__(self, scope: Message, receive: Any, send: Any) -> None:
        """Let a request in, or answer it here."""
        if scope["type"] == "lifespan":
            await self._app(scope, receive, send)
        elif scope["type"] != "http":
            await send({"type": "websocket.close", "code": 1008})
        elif not self._hosts.has(named := Request(scope).headers.getlist("host")):
            path = self._inside(scope["path"])
            reply = Outgoing(send, Request(scope), path, self._root, {})
            await reply.say(unknown_host("、".join(named)))
        elif self._root and scope["path"] == self._root:  # relative links need the slash
            asked = scope["query_string"].decode("latin-1")
            there = f"{self._root}/{'?' if asked else ''}{asked}"
            await RedirectResponse(there, 308, HEADERS)(scope, receive, send)
        else:
            path = self._inside(scope["path"])
            reply = Outgoing(send, Request(scope), path, self._root, self._told() if _TOLD.match(path) else {})
            await self._answer(path, Body(receive, longest_body(path)), reply)

    async def _answer(self, path: str, body: Body, reply: Outgoing) -> None:
        request = reply.request
        if refused := self._refused(request, path):
            if refused.status == 413:
                await body.drain()
            await reply.say(refused)
            return
        method = "GET" if request.method == "HEAD" else request.method
        inner = {**request.scope, "root_path": self._root, "path": self._root + path, "method": method}

        async def passed(message: Message) -> None:
            if message["type"] == "http.response.start" and (fault := self._failed(message, path, body)):
                await reply.say(fault)
            else:
                await reply.send(message)

        try:
            await self._app(inner, body, passed)
        except Exception as error:  # noqa: BLE001 - whatever fails behind the fence is answered, and told without its words
            if not isinstance(error, ClientDisconnect):
                _tell(error)
            if not reply.is_begun:
                await reply.say(too_large(longest_body(path)) if body.is_too_long else BROKEN)

    def _inside(self, path: str) -> str:
        """Give a path below the root, whether the proxy has taken the root off or not."""
        return path[len(self._root) :] or "/" if f"{path}/".startswith(f"{self._root}/") else path

    def _refused(self, request: Request, path: str) -> Fault | None:
        """Say why a request is not let in."""
        methods = self._paths.methods(path)
        if not methods or (not self._paths.is_own(path) and _SAVED.search(request.url.query)):
            return NO_ADDRESS
        if request.method not in methods:
            return wrong_method(request.method, sorted(methods))
        if request.method not in ("GET", "HEAD") and not _is_from_here(request):
            return FOREIGN
        if not _UNCOUNTED.fullmatch(path):
            client = request.client.host if request.client else ""
            if seconds := self._rates.wait(client):
                return too_many(seconds)
        length = request.headers.get("content-length", "")
        return too_large(longest_body(path)) if length.isdigit() and int(length) > longest_body(path) else None

    def _failed(self, message: Message, path: str, body: Body) -> Fault | None:
        """Say in Chinese what the beginning of a reply means that a library made, or that came of a body cut off.

        What MCP says in JSON is of its protocol, and read by its clients.
        """
        if body.is_too_long:
            return too_large(longest_body(path))
        if message["status"] < 400 or self._paths.is_own(path):
            return None
        is_of_mcp = path == "/mcp" and (b"content-type", b"application/json") in message["headers"]
        return None if is_of_mcp else fault_of_status(message["status"])


def _is_from_here(request: Request) -> bool:
    """Tell whether a request comes from a page of this application, or from a program, which names no origin.

    A page of another site can set neither Host nor X-Forwarded-Host, which a reverse proxy does.
    """
    origin = request.headers.get("origin")
    if origin is None:
        return True
    hosts = {request.headers.get("host", ""), request.headers.get("x-forwarded-host", "").split(",")[0].strip()}
    return origin.rpartition("://")[2].lower() in {one.lower() for one in hosts if one}


def _tell(error: Exception) -> None:
    """Say on standard error where it failed, without the words of the error, which may be those of a question."""
    places = "".join(traceback.format_tb(error.__traceback__)[-4:])
    sys.stderr.write(f"程序出错：{type(error).__name__}\n{places}")
