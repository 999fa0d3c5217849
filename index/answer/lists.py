"""All clauses that fit a question for a list (哪些条款提到…), in the documents' order."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from index.answer.library import Library, listed_hit
from index.question import words
from index.question.asked import Asked
from index.question.intent import without_intent
from index.question.thesaurus import read_as
from index.records import Hit
from ingest.records import Clause, Target

_TALK = frozenset(
    [
        "条款",
        "提到",
        "提及",
        "讲到",
        "涉及",
        "写明",
        "出现",
        "关于",
        "内容",
        "文件",
        "任务",
        "规定",
        "要求",
        "数字",
        "请",
        "给",
        "帮",
        "一下",
        "取得",
    ]
)
"""Words by which one speaks of documents and of the asking itself, which clauses need not hold."""

_QUOTE = re.compile(r"“([^”]+)”")
_PARTED = re.compile(r"[、或，,]")
_EXACT = 4
"""A term of at least this many characters may stand for its synonyms."""


@dataclass(frozen=True, slots=True)
class Listed:
    """One clause of a list: its document's key, and the words that tell which of its sentences to show."""

    key: str
    clause: Clause
    terms: tuple[str, ...]


def collect(asked: Asked, library: Library, keys: Sequence[str]) -> list[Listed]:
    """Collect all clauses that fit a question for a list.

    Quoted words are looked for as they stand, else each alternative (parted by 、 or 或) by all its content words;
    约束性, 预期性 and 目标 narrow it to what states such targets; for a document that is named they are enough.

    :param asked: the question.
    :param library: the documents.
    :param keys: documents that it names, empty for all.
    :return: the clauses; none where only one fits, or nothing is named that could be looked for.
    """
    intent, rest = asked.intent, asked.reference.rest or asked.text
    quoted = _QUOTE.findall(rest)
    alternatives = [[quote] for quote in quoted] or _alternatives(without_intent(_QUOTE.sub(" ", rest)), library)
    if not alternatives and not intent.nature and not (intent.targets and keys):
        return []
    chosen = set(asked.query.kept(keys or _meant(rest, library)))
    fitting = _fitting(alternatives, bool(quoted), library) if alternatives else None
    found = []
    for key, clause, terms in _candidates(fitting, chosen, library):
        states = _states(clause, intent.nature)
        if (intent.nature or intent.targets) and not states:
            continue
        said = tuple(target.text for target in states) if intent.targets else ()
        found.append(Listed(key, clause, terms or said))
    return found if len(found) > 1 else []


def page_of(listed: Sequence[Listed], asked: Asked, library: Library) -> tuple[Hit, ...]:
    """Take the page of a list that the query asks for.

    :param listed: the whole list.
    :param asked: the question.
    :param library: the documents.
    :return: hits from number ``first`` of the query on, at most ``page``.
    """
    first = asked.query.first
    page = listed[first - 1 : first - 1 + asked.query.page]
    return tuple(listed_hit(rank, one.clause, one.key, library, one.terms) for rank, one in enumerate(page, first))


def _candidates(
    fitting: Mapping[int, tuple[str, ...]] | None, chosen: set[str], library: Library
) -> Iterator[tuple[str, Clause, tuple[str, ...]]]:
    """Go through the clauses of the documents chosen that fit, or through all of them where nothing is looked for."""
    for row in sorted(fitting) if fitting is not None else range(len(library.clauses)):
        key, clause = library.clause_at(row)
        if key in chosen and clause.kind != "notice":
            yield key, clause, fitting[row] if fitting is not None else ()


def _states(clause: Clause, nature: str | None) -> list[Target]:
    return [one for one in clause.targets if one.kind == "target" and (not nature or one.nature == nature)]


def _fitting(alternatives: Sequence[Sequence[str]], is_quoted: bool, library: Library) -> dict[int, tuple[str, ...]]:
    """Find the rows of the clauses that hold, of one alternative, the most telling term and half of all its terms.

    What is quoted is looked for as it stands; other words also by what the thesaurus has for them.
    """
    found: dict[int, tuple[str, ...]] = {}
    for terms in alternatives:
        rows = {term: _rows_of((words.plain(term),) if is_quoted else _ways(term), library) for term in terms}
        telling = min(terms, key=lambda term: (len(rows[term]) or 10**6, term))
        for row in rows[telling]:
            if 2 * sum(row in rows[term] for term in terms) >= len(terms):
                found.setdefault(row, tuple(terms))
    return found


def _rows_of(ways: Iterable[str], library: Library) -> set[int]:
    return {row for way in ways for row in library.forms.rows(way)}


def _ways(term: str) -> tuple[str, ...]:
    """A term, and for a long one, which says exactly what is meant, what the thesaurus has for it."""
    meant = [official for word, official in read_as(term) if word == words.plain(term)] if len(term) >= _EXACT else []
    return words.plain(term), *(words.plain(word) for official in meant for word in official)


def _meant(rest: str, library: Library) -> list[str]:
    """The one document whose title holds more words of the question than any other, at least two; else all."""
    said = [word for word in words.content_words(rest) if len(word) > 1]
    met = {key: sum(word in title for word in said) for key, title in library.titles.items()}
    most = max(met.values(), default=0)
    best = [key for key, many in met.items() if many == most]
    return best if most > 1 and len(best) == 1 else list(library.documents)


def _alternatives(text: str, library: Library) -> list[list[str]]:
    """The terms of each alternative; words of the documents' titles and years only where nothing else is left."""
    split = [terms for part in _PARTED.split(text) if (terms := _terms(part))]
    narrowed = [
        [term for term in terms if term not in library.title_words and not term.strip("年").isdigit()]
        for terms in split
    ]
    return [terms for terms in narrowed if terms] or split


def _terms(part: str) -> list[str]:
    return [word for word in words.content_words(part) if len(word) > 1 and word not in _TALK]
