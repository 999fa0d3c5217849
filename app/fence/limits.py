"""How much one client may send: how long a body may be, and how many requests a minute."""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]

BODY = 1 << 20
"""Longest body, in bytes, where no other is named."""
BODIES: dict[str, int] = {
    "/api/v1/check": 4 << 20,
    "/view/check": 6 << 20,
    "/draft.docx": 6 << 20,
    "/report.": 6 << 20,
    "/keep/": 1100 << 20,
}
"""Longest bodies of the addresses that take more: a draft of 500,000 characters; one of 5 MB as a file; 20 files of 50 MB."""
_CLIENTS = 10_000
_DRAINED = 64 << 20
_MINUTE = 60.0


def longest_body(path: str) -> int:
    """Say how long a body may be.

    :param path: of the request, below the root of the application.
    :return: bytes.
    """
    return next((limit for prefix, limit in BODIES.items() if path.startswith(prefix)), BODY)


class Body:
    """The body of a request, counted as it streams in; one that is too long is read to its end and thrown away.

    A client that is still sending would else not see the reply. What it sends beyond all measure is not read.

    :param receive: gives its messages.
    :param limit: longest body in bytes.
    """

    def __init__(self, receive: Receive, limit: int) -> None:
        self._receive = receive
        self._limit = limit
        self._had = 0
        self.is_too_long = False

    async def __call__(self) -> Message:
        """Give the next message; the client seems gone once it has sent too much."""
        message = await self._receive()
        self._had += len(message.get("body", b""))
        if self._had <= self._limit:
            return message
        self.is_too_long = True
        await self.drain(message)
        return {"type": "http.disconnect"}

    async def drain(self, message: Message | None = None) -> None:
        """Read what the client still sends.

        :param message: the last that was read; None where none was.
        """
        while (message is None or message.get("more_body")) and self._had <= _DRAINED:
            message = await self._receive()
            self._had += len(message.get("body", b""))


class Rates:
    """Requests of each client, as a bucket that holds a minute's worth and fills steadily; of so many clients at most.

    :param rate: requests a minute; 0 for any number.
    :param clock: seconds from any start on.
    """

    def __init__(self, rate: int, clock: Callable[[], float] = time.monotonic) -> None:
        self._rate = rate
        self._clock = clock
        self._left: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def wait(self, client: str) -> int:
        """Count a request of a client.

        :param client: its address.
        :return: 0 where it may be answered, else the seconds until the next may be.
        """
        if not self._rate:
            return 0
        now = self._clock()
        left, since = self._left.pop(client, (float(self._rate), now))
        left = min(float(self._rate), left + (now - since) * self._rate / _MINUTE)
        is_free = left >= 1
        self._left[client] = (left - is_free, now)
        if len(self._left) > _CLIENTS:
            self._left.popitem(last=False)
        return 0 if is_free else 1 + int((1 - left) * _MINUTE / self._rate)
