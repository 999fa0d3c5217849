"""The fence round the application: headers by which the browser itself refuses what a page must not do."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from fastapi import FastAPI

POLICY = "default-src 'self' 'unsafe-inline' 'unsafe-eval' data: blob:; frame-ancestors 'none'; base-uri 'self'; object-src 'none'"
"""Content-Security-Policy: nothing from another host, and in no frame of another page; Gradio needs what is inline."""
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
}


def put_fence(app: FastAPI) -> None:
    """Give every reply the headers.

    :param app: the application.
    """
    from fastapi import Request, Response

    @app.middleware("http")
    async def fence(request: Request, handle: Callable[[Request], Awaitable[Response]]) -> Response:
        response = await handle(request)
        response.headers.update(HEADERS)
        return response
