"""Records to lines of JSON and back, each value checked against the record's own types by msgspec, imported here only."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Iterable, Iterator
from functools import cache
from typing import Any, TypeVar, cast

import msgspec

from index.errors import StoreError

Record = TypeVar("Record")


def encode(record: Any) -> bytes:  # noqa: ANN401 - any frozen record
    """Write a record as one line.

    :param record: a dataclass instance.
    :return: UTF-8 JSON with a line end, Chinese left readable, fields in the order of their declaration.
    """
    return msgspec.json.encode(record) + b"\n"


def encode_all(records: Iterable[Any]) -> Iterator[bytes]:
    """Write records, a line each.

    :param records: dataclass instances.
    :return: the lines, in their order.
    """
    return map(encode, records)


def decode(kind: type[Record], line: bytes) -> Record:
    """Read a record back.

    :param kind: the record's class.
    :param line: what :func:`encode` gave.
    :return: a record equal to the one that was written.
    :raises StoreError: when a field is missing or a value of another kind: the line is of another version.
    """
    try:
        record: Record = _decoder(cast(Any, kind)).decode(line)
    except msgspec.MsgspecError as error:
        raise StoreError("知识库里的文件记录属于另一版程序", "请运行 python -m index build 重建") from error
    return record


def decode_all(kind: type[Record], data: bytes) -> tuple[Record, ...]:
    """Read a file of lines.

    :param kind: the class of the records.
    :param data: lines that :func:`encode` gave.
    :return: the records, in their order.
    :raises StoreError: when a line is of another version.
    """
    return tuple(decode(kind, line) for line in io.BytesIO(data))


@cache
def layout(kind: type[Any]) -> str:
    """Name the fields and types of a record and of all records in it.

    A field with a default may be missing from a line, so lines of another version can look whole; this tells them apart.

    :param kind: the record's class.
    :return: a digest.
    """
    parts = {name: part["properties"] for name, part in msgspec.json.schema(kind)["$defs"].items()}
    return hashlib.sha256(msgspec.json.encode(parts)).hexdigest()[:12]


@cache
def _decoder(kind: type[Any]) -> Any:  # noqa: ANN401 - msgspec's generic decoder
    return msgspec.json.Decoder(kind)
