"""What a browser sends, read no further than its limit."""

from __future__ import annotations

from typing import Any, TypeVar

from fastapi import Request
from pydantic import TypeAdapter, ValidationError

from index.errors import KnowledgeBaseError

Sent = TypeVar("Sent")


class BodyTooLarge(KnowledgeBaseError):
    """More was sent than is read."""


class BadBody(KnowledgeBaseError):
    """What was sent is not of the form that is asked for."""


async def read_body(request: Request, limit: int, name: str) -> bytes:
    """Read the body of a request; of one that is too large no more than shows that it is.

    :param request: the request.
    :param limit: bytes at most.
    :param name: what it is to the user, in Chinese.
    :return: the body.
    :raises BodyTooLarge: when it is larger.
    """
    body = bytearray()
    async for part in request.stream():
        body += part
        if len(body) > limit:
            raise BodyTooLarge(f"{name}超过上限 {limit / (1 << 20):g} MB", "请分成几份，或去掉其中的图片后再试")
    return bytes(body)


def parse_body(body: bytes, form: type[Sent] | Any) -> Sent:
    """Read JSON to a record.

    :param body: as sent.
    :param form: a dataclass, or a type made of such.
    :return: the record.
    :raises BadBody: when it is none.
    """
    try:
        found: Sent = TypeAdapter(form).validate_json(body)
    except ValidationError as error:
        raise BadBody("网页发来的内容不完整", "请刷新网页后再试") from error
    return found
