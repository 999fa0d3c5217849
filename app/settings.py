"""How the application is served."""

from __future__ import annotations

import re
from dataclasses import dataclass

from index.errors import KnowledgeBaseError

_PATH = re.compile(r"/|(/(?!\.+(/|$))[\w.~-]+)+", re.ASCII)
RATE = 1200
"""Requests that one client may make in a minute where nothing else is said."""


@dataclass(frozen=True)
class Settings:
    """How the application is served.

    :param root: path below which a reverse proxy shows it, ``/policy``; empty for the root of a host.
    :param rate: requests that one client may make in a minute; 0 for any number.
    :param mcp: whether there are tools of MCP.
    """

    root: str = ""
    rate: int = RATE
    mcp: bool = False


def checked_root(text: str) -> str:
    """Read a path below which the application is shown.

    >>> checked_root("/policy/"), checked_root("policy"), checked_root("/")
    ('/policy', '/policy', '')

    :param text: as typed.
    :return: with a slash before and none behind; empty for the root of a host.
    :raises KnowledgeBaseError: when it is no path.
    """
    path = "/" + text.strip("/")
    if not _PATH.fullmatch(path):
        raise KnowledgeBaseError(
            f"--root-path “{text[:100]}”不是路径", "请写成 /policy 这样，只用字母、数字、-、_ 和 /"
        )
    return path.rstrip("/")
