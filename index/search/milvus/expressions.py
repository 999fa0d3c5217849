"""What is searched, as Milvus reads it: filter expressions in which every value stands as a quoted literal."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from index.records import Where
from index.search.milvus.rows import short
from index.search.vector_store import Scope

_ESCAPED = str.maketrans({"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t"})


def literal(value: str) -> str:
    r"""Quote a value, so that it is nothing but a value.

    >>> print(literal('甲" or id != "'))
    "甲\" or id != \""

    :param value: any text.
    :return: a literal of Milvus's expressions.
    """
    return f'"{value.translate(_ESCAPED)}"'


def one_of(field: str, values: Iterable[str]) -> str:
    """Say that a field holds one of some values.

    :param field: its name.
    :param values: at least one.
    :return: an expression.
    """
    return f"{field} in [{', '.join(literal(value) for value in values)}]"


def common(where: Where) -> str:
    """Say what documents have in common.

    >>> from index.records import Filters
    >>> common(Where(Filters(("甲市",), (2023, 2024)), 20240630))
    'issuer in ["甲市"] and year in [2023, 2024] and since <= 20240630 and until >= 20240630'

    :param where: what it is.
    :return: an expression, empty where it is nothing.
    """
    filters, day = where.filters, where.day
    parts = [one_of("issuer", map(short, filters.issuers))] if filters.issuers else []
    parts += [f"year in [{', '.join(str(int(year)) for year in filters.years)}]"] if filters.years else []
    parts += [one_of("kind", filters.kinds)] if filters.kinds else []
    parts += [f"since <= {int(day)} and until >= {int(day)}"] if day is not None else []
    return " and ".join(parts)


def expression(scope: Scope, keys: Mapping[str, object]) -> str | None:
    """Say where to search.

    :param scope: documents; said by what they have in common where that is known, a long list by those that are not in it.
    :param keys: of all documents of the base.
    :return: an expression, empty for everything; None where nothing can be found.
    """
    if scope.documents is None:
        return ""
    wanted = dict.fromkeys(key for key in scope.documents if key in keys)
    if not wanted:
        return None
    if scope.where is not None:
        return common(scope.where)
    if 2 * len(wanted) <= len(keys):
        return one_of("document", map(short, wanted))
    others = [short(key) for key in keys if key not in wanted]
    return f"not ({one_of('document', others)})" if others else ""
