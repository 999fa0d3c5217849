"""``/healthz`` and ``/readyz``: what a proxy, systemd or a monitor asks; answered at once, however many questions wait."""

from __future__ import annotations

import json

from fastapi import APIRouter, Response

from app import VERSION
from app.desk import Desk
from app.fence.faults import not_ready

_AGAIN = 2
"""Seconds after which it is worth asking again whether it is ready."""


def router(desk: Desk) -> APIRouter:
    """Give the routes of health.

    :param desk: what answers.
    :return: /healthz and /readyz.
    """
    routes = APIRouter()

    @routes.get("/healthz")
    async def _healthz() -> Response:
        return _json(200, {"state": "alive", "version": VERSION}, desk.headers())

    @routes.get("/readyz")
    async def _readyz() -> Response:
        return ready(desk)

    return routes


def ready(desk: Desk) -> Response:
    """Say whether questions are answered, and from what; who asks only this takes up a new generation too.

    :param desk: what answers.
    :return: 200 with the generation, else 503.
    """
    now = desk.caught_up()
    if now.base is None or not desk.is_ready:
        fault = not_ready(now.progress)
        return _json(
            fault.status, {"state": "preparing", **fault.json()}, {**now.headers(), "Retry-After": f"{_AGAIN}"}
        )
    told = {
        "state": "ready",
        "generation": now.base.sha,
        "documents": len(now.base.documents()),
        "processes": len(desk.living()),
        "version": VERSION,
    }
    return _json(200, told, now.headers())


def _json(status: int, body: object, headers: dict[str, str]) -> Response:
    return Response(json.dumps(body, ensure_ascii=False).encode(), status, headers, "application/json")
