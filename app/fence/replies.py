"""Replies on their way out: with the headers of the fence, and a fault worded for who asked."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from typing import Any

from fastapi import Request, Response
from starlette.exceptions import HTTPException

from app.fence.faults import Fault, fault_of_status
from app.fence.limits import Message
from app.render import render_fault

POLICY = "default-src 'self' 'unsafe-inline' 'unsafe-eval' data: blob:; frame-ancestors 'none'; base-uri 'self'; object-src 'none'"
"""Content-Security-Policy: nothing from another host, and in no frame of another page; Gradio needs what is inline."""
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
}
PROGRAMS = re.compile(r"/(api|mcp|gradio_api|config|healthz|readyz)(/|$)")
"""What programs ask: they are told in JSON, and of which base."""


class Outgoing:
    """A reply on its way out: with the headers of the fence, once, and without a body where none was asked for.

    :param send: takes its messages.
    :param request: what is replied to.
    :param path: its path below the root.
    :param root: path below which the application is shown.
    :param told: further headers.
    """

    def __init__(self, send: Any, request: Request, path: str, root: str, told: Mapping[str, str]) -> None:
        self._send = send
        self.request = request
        self._path = path
        self._root = root
        self._added = [(name.lower().encode(), value.encode()) for name, value in {**told, **HEADERS}.items()]
        self._is_over = False
        self.is_begun = False

    async def send(self, message: Message) -> None:
        """Send what comes from behind the fence, unless it has been answered for."""
        if self._is_over:
            return
        if message["type"] == "http.response.start":
            self.is_begun = True
            message = {**message, "headers": self._headers(message.get("headers", ()))}
        elif message["type"] == "http.response.body" and self.request.method == "HEAD":
            message = {**message, "body": b""}
        await self._send(message)

    def _headers(self, given: Iterable[tuple[bytes, bytes]]) -> list[tuple[bytes, bytes]]:
        """Add the headers of the fence where the reply has none of that name; no other site is let read it."""
        kept = [one for one in given if not one[0].lower().startswith(b"access-control-")]
        names = {name.lower() for name, _ in kept}
        return kept + [one for one in self._added if one[0] not in names]

    async def say(self, fault: Fault) -> None:
        """Answer with a fault; what else comes is thrown away."""
        response = worded(fault, self.request, self._path, self._root)
        await self.send(
            {"type": "http.response.start", "status": response.status_code, "headers": response.raw_headers}
        )
        await self.send({"type": "http.response.body", "body": response.body})
        self._is_over = True


def worded(fault: Fault, request: Request, path: str, root: str) -> Response:
    """Word a fault for who asked: JSON for programs, a page for a person, a line for a script of the page."""
    headers = {"Cache-Control": "no-store", **dict(fault.headers)}
    if PROGRAMS.match(path):
        for_gradio = {"detail": str(fault)} if path.startswith("/gradio_api") else {}
        text = json.dumps({**fault.json(), **for_gradio}, ensure_ascii=False)
        return Response(text, fault.status, headers, "application/json")
    if "text/html" in request.headers.get("accept", ""):
        return Response(render_fault(root, fault.message, fault.remedy), fault.status, headers, "text/html")
    return Response(str(fault), fault.status, headers, "text/plain")


def refuse(request: Request, error: Exception) -> Response:
    """Word what a library finds wrong with a request to a part, in place of its own English words.

    :param request: to a part.
    :param error: as the library raised it.
    :return: the reply.
    """
    status = error.status_code if isinstance(error, HTTPException) else 400
    root = str(request.scope.get("root_path", ""))
    return worded(fault_of_status(status), request, request.url.path.removeprefix(root), root)
