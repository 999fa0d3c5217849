"""Everyday words to the words that official documents use, for the words of a question that the base may not hold."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache, lru_cache

from index.words import DATA, plain

_FILES = "thesaurus_*.txt"


def official_words(question: str) -> tuple[str, ...]:
    """List the official words that a question's everyday words stand for.

    An everyday word counts wherever its characters stand in the question, unless it lies inside a longer one that
    counts: in 食堂里吃饭 the longest are taken.

    >>> official_words("外地人想当义工")[:2]
    ('外来人员', '农村社区外来人员')

    :param question: a question in any words.
    :return: official words, in the order of the places they answer to, each once; none that the question holds.
    """
    return tuple(dict.fromkeys(official for _, meant in read_as(question) for official in meant))


@lru_cache(maxsize=256)
def read_as(question: str) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Tell which everyday words of a question were read as which official ones.

    :param question: a question in any words.
    :return: pairs of an everyday word and its official words, in the order of the question.
    """
    form = plain(question)
    found = [(form.find(word), word) for word in _everyday() if word in form]
    longest = [(place, word) for place, word in found if not _covered(form, word, (other for _, other in found))]
    pairs = ((word, tuple(one for one in _everyday()[word] if one not in form)) for _, word in sorted(longest))
    return tuple(pair for pair in pairs if pair[1])


def _covered(form: str, word: str, others: Iterable[str]) -> bool:
    """Tell whether every place of a word lies inside a longer word that is found as well."""
    for other in others:
        if word in other and word != other:
            form = form.replace(other, " ")
    return word not in form


@cache
def _everyday() -> dict[str, tuple[str, ...]]:
    """Read the list: official words by everyday word."""
    meanings: dict[str, tuple[str, ...]] = {}
    lines = (line for path in sorted(DATA.glob(_FILES)) for line in path.read_text(encoding="utf-8").splitlines())
    for line in lines:
        if "|" in line and not line.startswith("#"):
            official, everyday = line.split("|")
            entries = [(word, tuple(official.split())) for word in everyday.split()]
        elif "=" in line and not line.startswith("#"):
            same = line.replace("=", " ").split()
            entries = [(word, tuple(other for other in same if other != word)) for word in same]
        else:
            continue
        for word, meant in entries:
            form = plain(word)
            meanings[form] = tuple(dict.fromkeys((*meanings.get(form, ()), *meant)))
    return meanings
