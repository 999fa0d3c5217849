"""The server: the page, its views, the pictures of pages, a fence round them, and the making ready of the base behind."""

from __future__ import annotations

import socket
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING

from app.api import health, routes
from app.desk import Desk
from app.fence.fence import Fence, Paths
from app.fence.replies import refuse
from app.mcp_tools import mount_tools
from app.page import mount_page
from app.settings import Settings
from app.tabs import ask, basket, documents, drafting, evaluation, feedback, keeping, pages, reading, targets
from index.errors import KnowledgeBaseError

if TYPE_CHECKING:
    from fastapi import FastAPI

_STATIC = Path(__file__).parent / "static"
ROUTERS = (
    ask.router,
    pages.router,
    reading.router,
    documents.router,
    drafting.router,
    basket.router,
    targets.router,
    evaluation.router,
    feedback.router,
    keeping.router,
    routes.router,
    health.router,
)
"""What each part of the page answers; each takes the desk and gives its routes."""


def make_app(desk: Desk, settings: Settings | None = None) -> FastAPI:
    """Put the page at /, its parts beside it, and a fence round all.

    :param desk: what answers.
    :param settings: how it is served; None for those of a command without options.
    :return: an ASGI application.
    """
    from fastapi import FastAPI, HTTPException
    from fastapi.exceptions import RequestValidationError
    from fastapi.staticfiles import StaticFiles

    settings = settings or Settings()
    routers = [router(desk) for router in ROUTERS]

    @asynccontextmanager
    async def served(app: FastAPI) -> AsyncIterator[None]:
        yield
        desk.close()

    app = FastAPI(openapi_url=None, lifespan=served)
    paths = Paths.of((route for one in routers for route in one.routes), settings.mcp)
    app.add_middleware(Fence, settings=settings, paths=paths, told=desk.headers)
    for kind in (RequestValidationError, HTTPException):
        app.add_exception_handler(kind, refuse)
    for one in routers:
        app.include_router(one)
    app.mount("/ui", StaticFiles(directory=_STATIC))
    if settings.mcp:
        mount_tools(app, desk)
    mount_page(app, desk, settings.root)
    return app


def serve(desk: Desk, host: str, port: int, settings: Settings | None = None) -> None:
    """Serve the page at once and make the knowledge base ready behind it, until stopped.

    :param desk: what answers.
    :param host: address to listen on.
    :param port: port, 0 for any that is free.
    :param settings: how it is served; None for those of a command without options.
    :raises KnowledgeBaseError: when the port cannot be had, the base can be neither opened nor built, or the page does
        not start.
    """
    import uvicorn

    settings = settings or Settings()
    try:
        listener = socket.create_server((host, port))
    except (OSError, OverflowError) as error:
        raise KnowledgeBaseError(f"网页不能使用 {host} 的端口 {port}（{error}）", "请用 --port 换一个端口") from error
    reached = "127.0.0.1" if host in ("", "0.0.0.0") else host  # all of this machine's; no address for a browser
    address = f"http://{reached}:{listener.getsockname()[1]}{settings.root}/"
    config = uvicorn.Config(
        make_app(desk, settings),
        log_level="warning",
        access_log=False,
        server_header=False,
        timeout_graceful_shutdown=2,
    )
    server = uvicorn.Server(config)
    faults: list[KnowledgeBaseError] = []

    def prepare() -> None:
        try:
            desk.prepare()
            desk.say(f"可以提问了：请用浏览器打开 {address}")
        except KnowledgeBaseError as error:
            faults.append(error)
        finally:
            server.should_exit |= desk.base is None  # nothing will ever answer

    sys.stderr.write(f"网页地址 {address}\n")
    Thread(target=prepare, daemon=True).start()
    server.run(sockets=[listener])
    if faults:
        raise faults[0]
    if desk.base is None or not server.started:  # an error that nothing foresaw, which has been printed
        raise KnowledgeBaseError("知识库没有建成，或网页没能启动", "原因见上面的出错信息")
