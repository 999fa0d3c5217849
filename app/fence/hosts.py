"""Which hosts a request may name (Host). What else leads here is a page of another site whose name was made to (DNS rebinding).

Such a page is of the same origin as what it reads, so that nothing but the name gives it away. An address in figures cannot be
made to lead elsewhere.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address, ip_address

from app.settings import Settings

_NAMED = re.compile(r"(?P<host>\[[0-9a-f:.]+\]|[^:\[\]]+?)\.?(?::\d{1,5})?", re.IGNORECASE)
_LOOPBACK = "localhost"


@dataclass(frozen=True)
class Hosts:
    """主机名: the names that are answered beside those of loopback, at any port, and whether every address in figures is.

    ``names`` is None where any name is: whoever serves the application looks at it.
    """

    names: frozenset[str] | None
    takes_addresses: bool = False

    @classmethod
    def of(cls, settings: Settings) -> Hosts:
        """Read them from how the application is served: one that listens beyond loopback is asked by addresses too."""
        if settings.host is None:
            return cls(None)
        return cls(frozenset({settings.host.lower(), *settings.allowed}), not _is_loopback(settings.host))

    def has(self, given: Sequence[str]) -> bool:
        """Tell whether a request is answered.

        :param given: its headers Host.
        """
        if self.names is None:
            return True
        named = _NAMED.fullmatch(given[0].strip()) if len(given) == 1 else None
        host = named["host"].strip("[]").lower() if named else ""
        return bool(host) and (
            _is_loopback(host) or host in self.names or (self.takes_addresses and _address(host) is not None)
        )


def _is_loopback(host: str) -> bool:
    address = _address(host)
    return host.lower() == _LOOPBACK if address is None else address.is_loopback


def _address(host: str) -> IPv4Address | IPv6Address | None:
    try:
        return ip_address(host)
    except ValueError:
        return None
