"""Where a base lies in Milvus: ``milvus://host:port/base``, ``milvuss://`` with TLS, ``milvus+lite://file.db/base`` for a file."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import parse_qsl, urlsplit

from index.errors import QueryError

SERVER, SECURE, LITE = "milvus", "milvuss", "milvus+lite"
PORT = 19530
EXACT = "FLAT"
"""The index of the vectors that looks at all of them, and gives what the indexes of this machine give."""
INDEXES = (EXACT, "HNSW", "IVF_SQ8", "DISKANN", "AUTOINDEX")
"""Indexes of the vectors."""
_SECONDS = {SERVER: 5.0, SECURE: 5.0, LITE: 60.0}
"""How long an answer is waited for: a server that is gone is to be told soon, what runs in this process is never gone."""
_LONGEST = 600.0
_BASE = re.compile(r"[A-Za-z_][A-Za-z0-9_]{0,63}")
_FORMS = "请写成 milvus://主机:端口/库名，或 milvus+lite://文件.db/库名"


@dataclass(frozen=True, slots=True)
class Address:
    """A base in Milvus: ``base`` is the alias that leads to the generation in use.

    ``uri`` is what is connected to, ``file`` that of milvus-lite, None for a server. ``index`` is that of the vectors when a
    generation is written, ``seconds`` how long an answer is waited for, ``database`` that of the server, empty for its default.
    """

    text: str
    uri: str
    base: str
    file: Path | None = None
    index: str = EXACT
    seconds: float = _SECONDS[SERVER]
    database: str = ""

    def __str__(self) -> str:
        return self.text


def address_of(text: str) -> Address:
    """Read an address.

    >>> address_of("milvus://10.0.0.7:19530/policy?index=HNSW").uri
    'http://10.0.0.7:19530'

    :param text: as typed.
    :return: the address.
    :raises QueryError: when it is none.
    """
    scheme, _, rest = text.partition("://")
    place, _, options = rest.partition("?")
    where, _, base = place.rpartition("/")
    if scheme not in _SECONDS or not where or "#" in text:
        raise QueryError(f"“{text[:200]}”不是 Milvus 的地址", _FORMS)
    if not _BASE.fullmatch(base):
        raise QueryError(
            f"“{text[:200]}”里的库名“{base[:64]}”不可用", "库名用英文字母、数字和下划线，以字母或下划线开头"
        )
    file, uri = (Path(where), where) if scheme == LITE else (None, _uri(text, scheme, where))
    if file and file.suffix != ".db":
        raise QueryError(f"“{text[:200]}”里的文件名不以 .db 结尾", "milvus-lite 的文件请以 .db 结尾")
    return Address(text, uri, base, file, *_options(text, scheme, options))


def _uri(text: str, scheme: str, where: str) -> str:
    if "@" in where:
        raise QueryError("Milvus 的地址里不写用户名和口令", "请改用环境变量 MILVUS_TOKEN，写成 用户名:口令")
    try:
        parts = urlsplit(f"//{where}")
        host, port = parts.hostname, parts.port or PORT
    except ValueError as error:
        raise QueryError(f"“{text[:200]}”里的端口不是 1 到 65535 的数", _FORMS) from error
    if not host or parts.path:
        raise QueryError(f"“{text[:200]}”不是 Milvus 的地址", _FORMS)
    name = f"[{host}]" if ":" in host else host
    return f"{'https' if scheme == SECURE else 'http'}://{name}:{port}"


def _options(text: str, scheme: str, options: str) -> tuple[str, float, str]:
    """Read what stands behind the question mark: index, timeout in seconds, db."""
    given = dict(parse_qsl(options, keep_blank_values=True))
    index, seconds = given.pop("index", EXACT).upper(), given.pop("timeout", str(_SECONDS[scheme]))
    database = given.pop("db", "")
    if given:
        raise QueryError(f"“{text[:200]}”里有不认识的选项 {'、'.join(given)}", "只有 index、timeout、db")
    if index not in INDEXES:
        raise QueryError(f"不认识向量索引 {index[:30]}", f"请用 {'、'.join(INDEXES)} 之一")
    if not re.fullmatch(r"\d{1,3}(\.\d+)?", seconds) or not 0 < float(seconds) <= _LONGEST:
        raise QueryError(f"“{text[:200]}”里的 timeout 不是 0 到 600 的秒数", "请写成 timeout=10")
    return index, float(seconds), database
