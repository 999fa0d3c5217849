"""筛选: only documents of some issuers, years or kinds (文种) are searched; what a base does not hold is refused by name."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from index.answer.attributes import Attributes, number_of
from index.errors import QueryError
from index.question.asked import Asked
from index.records import Filters, Query, Where
from index.references.spelling import letters, spelt

_NAMED = 8
"""Values that are named where one is asked for that there is not."""


def filtered(query: Query, filters: Filters, attributes: Mapping[str, Attributes]) -> Query:
    """Narrow a query to the documents that filters let through.

    :param query: a checked query.
    :param filters: issuers in any widths and brackets.
    :param attributes: of the documents, by key.
    :return: the query, with the filters as the base spells them, and the keys of the documents that they let through.
    :raises QueryError: when no document of the base has a value that is asked for.
    """
    if not filters:
        return query
    every = attributes.values()
    given = Filters(
        tuple(_known("发文机关", one, (other.issuer for other in every)) for one in filters.issuers),
        tuple(int(_known("年份", str(one), (str(other.year or "") for other in every))) for one in filters.years),
        tuple(_known("文种", one, (other.kind for other in every)) for one in filters.kinds),
    )
    chosen = frozenset(key for key, one in attributes.items() if _fits(one, given))
    return replace(query, filters=given, chosen=chosen)


def where_of(query: Query, attributes: Mapping[str, Attributes]) -> Where | None:
    """Say what the documents that a query is put to have in common.

    :param query: narrowed by day and by filters.
    :param attributes: of the documents, by key.
    :return: None where it is put to all, or where a document is in force by turns, so that no span of days says when.
    """
    if not query.is_narrowed or query.as_of and not all(one.is_span for one in attributes.values()):
        return None
    return Where(query.filters, number_of(query.as_of) if query.as_of else None)


def filter_notes(asked: Asked) -> Iterator[str]:
    """Say to which documents a search was narrowed.

    :param asked: the question as it was read.
    :return: a sentence for the user; none where nothing was narrowed by filters.
    """
    filters, chosen = asked.query.filters, asked.query.chosen
    if chosen is None:
        return
    said = [
        *([f"发文机关为{'、'.join(filters.issuers)}"] if filters.issuers else []),
        *([f"年份为{'、'.join(map(str, filters.years))}"] if filters.years else []),
        *([f"文种为{'、'.join(filters.kinds)}"] if filters.kinds else []),
    ]
    counted = f"的{len(chosen)}份文件里查找" if chosen else "的文件里查找，库中没有这样的文件"
    yield f"只在{'，'.join(said)}{counted}"


def _fits(one: Attributes, filters: Filters) -> bool:
    return (
        (not filters.issuers or one.issuer in filters.issuers)
        and (not filters.years or one.year in filters.years)
        and (not filters.kinds or one.kind in filters.kinds)
    )


def _known(what: str, wanted: str, values: Iterable[str]) -> str:
    """Find a value as the base spells it."""
    held = sorted({value for value in values if value})
    same = next((value for value in held if letters(spelt(value)) == letters(spelt(wanted))), None)
    if same is not None:
        return same
    near = [value for value in held if wanted in value] or held
    named = "、".join(near[:_NAMED]) + (f"等{len(near)}个" if len(near) > _NAMED else "")
    raise QueryError(
        f"库中没有{what}为“{wanted[:50]}”的文件", f"现有：{named}" if held else f"库中的文件都没有写明{what}"
    )
