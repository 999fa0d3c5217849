"""The token by which the page may change the base: where it comes from, and who may try how often."""

from __future__ import annotations

import hashlib
import hmac
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from threading import Lock

from app.keeping.errors import Refused
from index.errors import KnowledgeBaseError

TOKEN_HELP = "文件里是口令：凭它可在网页上添加、移出文件（也可设环境变量 POLICY_KEEP_TOKEN；都没有则网页只能查）"
VARIABLE = "POLICY_KEEP_TOKEN"
_LENGTH = 16
_TRIES, _WITHIN = 10, 600.0
"""Wrong tokens of one address, and the seconds in which so many are too many."""
_ADDRESSES = 10_000
"""Addresses whose wrong tokens are remembered at a time; it bounds the memory."""
SLOW = 1.0
"""Seconds after which a wrong token is answered."""


def token_of(file: Path | None, environment: Mapping[str, str]) -> str | None:
    """Read the token.

    :param file: that holds it; None for none.
    :param environment: variables of the process, looked at where there is no file.
    :return: the token; None where none is set, and nothing can be changed on the page.
    :raises KnowledgeBaseError: when the file cannot be read, or what it holds is no token.
    """
    place = f"口令文件 {file}" if file else f"环境变量 {VARIABLE}"
    try:
        said = file.read_text(encoding="utf-8-sig") if file else environment.get(VARIABLE)
    except (OSError, UnicodeDecodeError) as error:
        raise KnowledgeBaseError(f"{place} 读不出来（{error}）", "请检查路径和权限") from error
    if said is None:
        return None
    token = said.strip()
    if len(token) < _LENGTH or not (token.isascii() and token.isprintable()) or " " in token:
        raise KnowledgeBaseError(
            f"{place} 里不是合用的口令（{len(token)} 个字符）", f"请用至少 {_LENGTH} 个英文字母和数字，不含空格"
        )
    return token


class Guard:
    """Lets pass who has the token, and for a while nobody of an address that guesses.

    :param token: the token.
    :param clock: seconds, ever growing.
    """

    def __init__(self, token: str, clock: Callable[[], float] = time.monotonic) -> None:
        self._token = hashlib.sha256(token.encode()).digest()
        self._clock = clock
        self._wrong: dict[str, list[float]] = {}
        self._lock = Lock()

    def check(self, sent: str | None, address: str) -> None:
        """Look at a token; the time that it takes tells nothing of it.

        :param sent: what came with the request; None where nothing did.
        :param address: where it came from.
        :raises Refused: 401 without a token, 403 with a wrong one, 429 from an address with too many wrong ones.
        """
        if self._guesses(address) >= _TRIES:
            raise Refused("口令输错次数太多", f"请过 {_WITHIN / 60:.0f} 分钟再试", 429)
        if not sent:
            raise Refused("添加和移出文件要凭口令", "请输入口令", 401)
        if not hmac.compare_digest(hashlib.sha256(sent.encode()).digest(), self._token):
            self._remember(address)
            raise Refused("口令不对", "请向管理员要口令后重新输入", 403)

    def _guesses(self, address: str) -> int:
        with self._lock:
            recent = [at for at in self._wrong.get(address, ()) if at > self._clock() - _WITHIN]
            if recent:
                self._wrong[address] = recent
            else:
                self._wrong.pop(address, None)
            return len(recent)

    def _remember(self, address: str) -> None:
        with self._lock:
            if address not in self._wrong and len(self._wrong) >= _ADDRESSES:
                self._wrong.pop(next(iter(self._wrong)))
            self._wrong.setdefault(address, []).append(self._clock())
