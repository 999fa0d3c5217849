"""What the documents of a base state of the force of one of them (效力): until when it is valid, and that it is repealed.

Nothing is concluded from it: whether a term has passed or a repeal covers a clause is for the reader, who is shown the words.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from index.references.spelling import letters, spelt
from ingest.records import Document, Stated

_TITLE = re.compile(r"《(?P<title>.*?)》(?:[（(](?P<number>[^（）()]*\d+号)[)）])?")
_REPEALS = ("废止", "代替")
_SHORTEST = 6
"""Letters of a title that may be told by itself, at least: 《实施方案》 is the end of many."""


def repeals_of(documents: Mapping[str, Document]) -> dict[str, tuple[tuple[str, Stated], ...]]:
    """Tell which documents of a base others of it say that they repeal or replace.

    A document is meant where its number is given, or its whole title and no other number; a statement that is older than
    the document means an earlier one of that title.

    :param documents: documents by key.
    :return: by the key of what is repealed, the keys of those that say so, with what they say.
    """
    names: dict[str, list[str]] = {}
    for key, document in documents.items():
        for name in {_letters(document.metadata.number or ""), _letters(document.metadata.title)} - {""}:
            names.setdefault(name, []).append(key)
    found: dict[str, list[tuple[str, Stated]]] = {}
    for key, document in documents.items():
        for stated in document.statements:
            for meant in _meant(stated, names) if stated.kind in _REPEALS else ():
                if meant != key and _is_later(document, documents[meant]):
                    found.setdefault(meant, []).append((key, stated))
    return {key: tuple(found[key]) for key in documents if key in found}


def force_cautions(
    keys: Iterable[str], documents: Mapping[str, Document], repeals: Mapping[str, tuple[tuple[str, Stated], ...]]
) -> Iterator[str]:
    """Say of each document until when it is valid and who repeals it, in the documents' own words.

    :param keys: keys of documents.
    :param documents: documents by key.
    :param repeals: what :func:`repeals_of` found in them.
    :return: sentences for the user.
    """
    for key in keys:
        name = f"《{documents[key].metadata.title}》"
        terms = dict.fromkeys(one.text for one in documents[key].statements if one.kind == "有效期")
        yield from (f"{name}写明期限：“{text}”" for text in terms)
        said = dict.fromkeys((other, one.text) for other, one in repeals.get(key, ()))
        yield from (
            f"{name}可能已不再有效，《{documents[other].metadata.title}》（{other}）写明：“{text}”"
            for other, text in said
        )


def _meant(stated: Stated, names: Mapping[str, list[str]]) -> Iterable[str]:
    named = _TITLE.match(stated.value)
    if not named:
        return names.get(_letters(stated.value), ())
    title = _letters(named["title"])
    if named["number"]:
        return names.get(_letters(named["number"]), ())
    return names.get(title, ()) if len(title) >= _SHORTEST else ()


def _is_later(one: Document, other: Document) -> bool:
    """Whether a document may be later than another: its date is, or one of them has none."""
    mine, theirs = one.metadata.date, other.metadata.date
    return not mine or not theirs or mine > theirs


def _letters(text: str) -> str:
    """The form in which numbers and titles are compared."""
    return letters(spelt(text))
