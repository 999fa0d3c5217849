"""Records to plain JSON values and back, driven by the records' own type annotations."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from functools import cache
from types import NoneType, UnionType
from typing import Any, TypeVar, cast, get_args, get_origin, get_type_hints

Record = TypeVar("Record")
_Maker = Callable[[Any], Any]


def to_plain(record: Any) -> Any:  # noqa: ANN401 - any frozen record
    """Turn a record, or a tuple of records, into dicts, lists and scalars.

    :param record: a dataclass instance, tuple or scalar.
    :return: what ``json.dumps`` takes; fields in the order of their declaration.
    """
    if dataclasses.is_dataclass(record):
        return {field.name: to_plain(getattr(record, field.name)) for field in dataclasses.fields(record)}
    if isinstance(record, tuple):
        return [to_plain(part) for part in record]
    return record


def from_plain(kind: type[Record], data: Any) -> Record:  # noqa: ANN401 - parsed JSON
    """Make a record of what :func:`to_plain` gave.

    :param kind: the record's class.
    :param data: parsed JSON.
    :return: a record equal to the one that was written.
    :raises KeyError: when a field is missing: the data is of another version.
    :raises TypeError: when a value is of another kind.
    """
    record: Record = _maker(cast(Any, kind))(data)
    return record


@cache
def _maker(kind: Any) -> _Maker:  # noqa: ANN401 - a type expression
    if dataclasses.is_dataclass(kind) and isinstance(kind, type):
        return _record_maker(kind)
    arguments = get_args(kind)
    if get_origin(kind) is tuple and arguments[-1] is Ellipsis:
        part = _maker(arguments[0])
        return lambda data: tuple([part(value) for value in data])
    if get_origin(kind) is tuple:
        parts = [_maker(argument) for argument in arguments]
        return lambda data: tuple(make(value) for make, value in zip(parts, data, strict=True))
    if get_origin(kind) is UnionType and NoneType in arguments:
        some = _maker(next(argument for argument in arguments if argument is not NoneType))
        return lambda data: None if data is None else some(data)
    return lambda data: data


def _record_maker(kind: type[Any]) -> _Maker:
    hints = get_type_hints(kind)
    parts = [(field.name, _maker(hints[field.name])) for field in dataclasses.fields(kind)]

    def make(data: Any) -> Any:  # noqa: ANN401 - parsed JSON
        return kind(**{name: part(data[name]) for name, part in parts})

    return make
