"""What a program sent, read: a body to parameters, and what is wrong with them, in Chinese."""

from __future__ import annotations

import json
from typing import Any

from pydantic import BaseModel, ValidationError

from app.fence.faults import NO_OBJECT, Fault

_KINDS = {"int": "整数", "finite": "整数", "string": "文字", "str": "文字"}
_REMEDY = "参数见 api/v1/docs"


def read_body(body: bytes) -> dict[str, Any] | Fault:
    """Read the body of a request.

    :param body: as it came.
    :return: the object that it holds, or what is wrong with it.
    """
    try:
        held = json.loads(body.decode("utf-8-sig"))
    except (ValueError, RecursionError):
        return NO_OBJECT
    return held if isinstance(held, dict) else NO_OBJECT


def fault_of_sent(error: ValidationError, sent: type[BaseModel]) -> Fault:
    """Say what is wrong with parameters.

    :param error: as pydantic found it.
    :param sent: the model of what may be sent.
    :return: the fault, naming every parameter that is at fault.
    """
    words = dict.fromkeys(_words(one["type"], str(one["loc"][0])) for one in error.errors(include_url=False))
    known = "、".join(sent.model_fields) or "不需要参数"
    return Fault(400, "bad_request", "；".join([*words][:5]), f"可用的参数：{known}；{_REMEDY}")


def _words(kind: str, name: str) -> str:
    shown = "".join(one if one.isprintable() else "?" for one in name[:40])
    if kind == "missing":
        return f"缺少参数 {shown}"
    if kind == "extra_forbidden":
        return f"不认识参数 {shown}"
    said = _KINDS.get(kind.split("_")[0])
    return f"参数 {shown} 要是{said}" if said else f"参数 {shown} 的写法不对"
