"""What is searched, as Milvus reads it: filter expressions in which every value stands as a quoted literal."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

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


def expression(scope: Scope, keys: Mapping[str, object]) -> str | None:
    """Say where to search.

    :param scope: documents; a long list of them is said by those that are not in it.
    :param keys: of all documents of the base.
    :return: an expression, empty for everything; None where nothing can be found.
    """
    if scope.documents is None:
        return ""
    wanted = dict.fromkeys(key for key in scope.documents if key in keys)
    if not wanted:
        return None
    if 2 * len(wanted) <= len(keys):
        return one_of("document", map(short, wanted))
    others = [short(key) for key in keys if key not in wanted]
    return f"not ({one_of('document', others)})" if others else ""
