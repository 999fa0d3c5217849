"""Answers by what was in force on a day (--as-of): which documents are searched then, and what is said of the others."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from index.answer.days import day_words
from index.answer.force import NOT_ISSUED, UNSTATED, earlier_text, is_out, name_of
from index.answer.force_words import force_words
from index.answer.library import Library
from index.question.asked import Asked
from index.question.words import plain
from index.records import Hit, Query

_LONG = 3
"""Letters of a word that few titles share by chance: 安化县, 公积金."""


def narrowed(query: Query, day: str | None, library: Library) -> Query:
    """Narrow a query to the documents that may be in force on a day: those certainly not in force then are left out.

    :param query: a checked query.
    :param day: ISO 8601; None for all documents.
    :param library: the documents.
    :return: the query, with the day and the keys of the documents to search.
    """
    if day is None:
        return query
    among = frozenset(key for key in library.documents if not is_out(library.force(key, day)))
    return replace(query, as_of=day, among=among)


def with_force(hits: Sequence[Hit], day: str | None, library: Library) -> tuple[Hit, ...]:
    """Put beside each hit the force of its document on a day.

    :param hits: clauses that were found.
    :param day: ISO 8601; None where none is known, for which nothing is said.
    :param library: the documents.
    :return: the hits.
    """
    if day is None:
        return tuple(hits)
    return tuple(replace(hit, force=library.force(_key(hit, library), day)) for hit in hits)


def as_of_notes(asked: Asked, hits: Sequence[Hit], library: Library) -> Iterator[str]:
    """Say by which day it is answered, which documents that are named or would apply were left out, and what is unknown.

    :param asked: the question as it was read.
    :param hits: what was found.
    :param library: the documents.
    :return: sentences for the user; none where no day was given.
    """
    query = asked.query
    day, among = query.as_of, query.among
    if day is None or among is None:
        return
    named = [query.document] if query.document else asked.reference.documents
    said = day_words(day)
    left = [key for key in library.documents if key not in among]
    yield f"按{said}的效力查找" + (f"，其时不在施行的{len(left)}份文件未查" if left else "")
    for key in dict.fromkeys(named):
        if key not in among:
            force = library.force(key, day)
            yield f"{name_of(library.documents[key])}在{said}{force_words(force)}，未查"
    others = [key for key in left if key in named or is_about(asked, library.titles[key])]
    for key in others:
        yield from (f"{name_of(library.documents[key])}：{one}" for one in earlier_text(library.force(key, day), day))
    for key in left:
        force = library.force(key, day)
        since = force.since.day if force.since and force.status == NOT_ISSUED else None
        if since and since <= day and (key in named or touches(asked, library.titles[key])):
            yield f"{name_of(library.documents[key])}印发在{said}之后，但写明自{day_words(since)}起执行，未查"
    shown = dict.fromkeys(_key(hit, library) for hit in hits)
    unknown = [key for key in shown if library.force(key, day).status == UNSTATED]
    yield from (f"{name_of(library.documents[key])}未载明效力，{said}是否有效请核对" for key in unknown)


def is_about(asked: Asked, title: str) -> bool:
    """Tell whether a title holds half or more of what a question is about, by the letters of its content words.

    :param asked: the question as it was read.
    :param title: in search form without blanks.
    :return: whether it does.
    """
    words = [plain(word) for word in dict.fromkeys(asked.words)]
    held = [word for word in words if word in title]
    return bool(held) and 2 * sum(map(len, held)) >= sum(map(len, words))


def touches(asked: Asked, title: str) -> bool:
    """Tell whether a title has to do with a question: it holds one of its longer words, or what it is about.

    :param asked: the question as it was read.
    :param title: in search form without blanks.
    :return: whether it does.
    """
    return is_about(asked, title) or any(len(word) >= _LONG and word in title for word in map(plain, asked.words))


def _key(hit: Hit, library: Library) -> str:
    return library.clauses[hit.clause.clause_id][0]
