"""``/api/v1``: every operation by GET (parameters in the address) and by POST (a JSON object), and the reference."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable

from fastapi import APIRouter, Request, Response
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import HTMLResponse

from app.api.openapi import PREFIX, openapi
from app.api.operations import OPERATIONS, Operation, Reply, perform
from app.api.reading import read_body
from app.desk import Desk
from app.fence.faults import Fault
from app.render import render_reference


def router(desk: Desk) -> APIRouter:
    """Give the routes for programs.

    :param desk: what answers.
    :return: /api/v1/ask and the others, /api/v1/openapi.json, /api/v1/docs.
    """
    routes = APIRouter()
    for one in OPERATIONS.values():
        routes.add_api_route(PREFIX + one.name, _endpoint(desk, one), methods=["GET", "POST"])

    @routes.get(PREFIX + "openapi.json")
    def _openapi(request: Request) -> Response:
        return _json(200, openapi(request.scope.get("root_path", "")), desk.headers())

    @routes.get(PREFIX + "docs")
    def _docs(request: Request) -> HTMLResponse:
        root = request.scope.get("root_path", "")
        return HTMLResponse(render_reference(root, openapi(root)), headers=desk.headers())

    return routes


def _endpoint(desk: Desk, operation: Operation) -> Callable[[Request], Awaitable[Response]]:
    async def endpoint(request: Request) -> Response:
        if request.method == "POST":
            body = await request.body()
            sent = read_body(body) if body else {}
        else:
            sent = dict(request.query_params)
        if isinstance(sent, Fault):
            return _json(sent.status, sent.json(), desk.headers())
        reply: Reply = await run_in_threadpool(perform, desk, operation, sent)
        return _json(reply.status, reply.body, reply.headers)

    return endpoint


def _json(status: int, body: object, headers: dict[str, str]) -> Response:
    """Write JSON as the command line writes it."""
    text = json.dumps(body, ensure_ascii=False).encode()
    return Response(text, status, {**headers, **({"Retry-After": "2"} if status == 503 else {})}, "application/json")
