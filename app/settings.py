"""How the application is served."""

from __future__ import annotations

import re
from dataclasses import dataclass
from ipaddress import ip_address

from index.errors import KnowledgeBaseError

_PATH = re.compile(r"/|(/(?!\.+(/|$))[\w.~-]+)+", re.ASCII)
_NAME = re.compile(r"[a-z0-9_]([a-z0-9_-]*[a-z0-9_])?(\.[a-z0-9_]([a-z0-9_-]*[a-z0-9_])?)*")
RATE = 1200
"""Requests that one client may make in a minute where nothing else is said."""


@dataclass(frozen=True)
class Settings:
    """How the application is served.

    :param root: path below which a reverse proxy shows it, ``/policy``; empty for the root of a host.
    :param rate: requests that one client may make in a minute; 0 for any number.
    :param mcp: whether there are tools of MCP.
    :param host: address that it listens on; None where whoever serves it looks at the header Host.
    :param allowed: further names by which it may be asked, lower case.
    """

    root: str = ""
    rate: int = RATE
    mcp: bool = False
    host: str | None = None
    allowed: tuple[str, ...] = ()


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


def checked_host(text: str) -> str:
    """Read a name by which the application may be asked.

    >>> checked_host("Policy.gov.cn."), checked_host("政策.中国"), checked_host("[FD00::5]")
    ('policy.gov.cn', 'xn--5bvr50c.xn--fiqs8s', 'fd00::5')

    :param text: as typed.
    :return: as a browser sends it in the header Host.
    :raises KnowledgeBaseError: when it is no name.
    """
    name = text.strip("[]").rstrip(".")
    try:
        return str(ip_address(name))
    except ValueError:
        pass
    try:
        name = name.encode("idna").decode().lower()
    except UnicodeError:
        name = ""
    if not _NAME.fullmatch(name):
        raise KnowledgeBaseError(
            f"--allow-host “{text[:100]}”不是主机名", "请写成 policy.gov.cn 这样，不带 http:// 和端口"
        )
    return name
