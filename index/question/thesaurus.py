"""Everyday words to the words that official documents use, for the words of a question that the base may not hold."""

from __future__ import annotations

from itertools import accumulate

from index.question.lists import THESAURUS, from_lists, lines
from index.question.words import domain_words, only_asks, plain, segment

Span = tuple[int, int]
"""Where a word begins in a text, and where it ends."""


def official_words(question: str) -> tuple[str, ...]:
    """List the official words that a question's everyday words stand for.

    An everyday word counts wherever its characters stand in the question; see :func:`read_as` for words that overlap.

    :param question: a question in any words.
    :return: official words, in the order of the places they answer to, each once; none that the question holds.
    """
    return tuple(dict.fromkeys(official for _, meant in read_as(question) for official in meant))


@from_lists(maxsize=256)
def read_as(question: str) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Tell which everyday words of a question were read as which official ones.

    A word inside a longer one is not read, nor one that overlaps with a longer word or a word of the segmenter, or with
    one as long that stands before it: 社区里 speaks of a 社区 and not of 区里, 社工会 of 社工 and not of 工会. Words that
    only ask (能不能) are not read.

    :param question: a question in any words.
    :return: pairs of an everyday word and its official words, in the order of the question, each once.
    """
    form = plain(question)
    spans = _everyday_spans(form)
    words = [*spans, *_segments(form)]
    free = (span for span in spans if not any(_gives_way(span, other) for other in words))
    read = dict.fromkeys(form[start:end] for start, end in free)
    telling = (word for word in read if not only_asks(word))
    pairs = ((word, tuple(one for one in _meant(word) if one not in form)) for word in telling)
    return tuple(pair for pair in pairs if pair[1])


def _meant(word: str) -> tuple[str, ...]:
    """List the official words of an everyday word, and behind them those of the everyday words inside it.

    A word of the domain says exactly what is meant, and stands for nothing else.
    """
    if word in _domain():
        return meanings()[word]
    cuts = ((start, end) for start in range(len(word)) for end in range(start + 2, len(word) + 1))
    inside = [word[start:end] for start, end in cuts if end - start < len(word) and word[start:end] in meanings()]
    return tuple(dict.fromkeys(one for each in (word, *inside) for one in meanings()[each]))


def _everyday_spans(form: str) -> list[Span]:
    """Find the everyday words of a text, in order of place, those inside a longer one left out."""
    longest = _longest()
    ends = ((start, range(min(start + longest, len(form)), start, -1)) for start in range(len(form)))
    found: list[Span] = []
    for start, tries in ends:
        end = next((end for end in tries if form[start:end] in meanings()), None)
        if end and (not found or end > found[-1][1]):
            found.append((start, end))
    return found


def _segments(form: str) -> list[Span]:
    sizes = [len(word) for word in segment(form)]
    ends = list(accumulate(sizes))
    return [(end - size, end) for size, end in zip(sizes, ends, strict=True)]


def _gives_way(span: Span, other: Span) -> bool:
    """Tell whether a word loses against another that overlaps with it, neither inside the other."""
    (start, end), (first, last) = span, other
    if not (start < first < end < last or first < start < last < end):
        return False
    return last - first > end - start or (last - first == end - start and first < start)


@from_lists()
def meanings() -> dict[str, tuple[str, ...]]:
    """Read the lists; a word of the domain says exactly what is meant, and stands for nothing but those that are the same.

    :return: official words by everyday word, in search form.
    """
    found: dict[str, tuple[str, ...]] = {}
    for word, meant in (entry for line in lines(THESAURUS) for entry in _entries(line)):
        form = plain(word)
        found[form] = tuple(dict.fromkeys((*found.get(form, ()), *meant)))
    return found


@from_lists()
def _domain() -> frozenset[str]:
    return frozenset(domain_words())


@from_lists()
def _longest() -> int:
    return max(map(len, meanings()), default=0)


def _entries(line: str) -> list[tuple[str, tuple[str, ...]]]:
    """Read one line: official words for each everyday one, or the others for each of those that are the same."""
    if "|" in line:
        official, everyday = line.split("|")
        return [(word, tuple(official.split())) for word in everyday.split() if plain(word) not in _domain()]
    same = line.replace("=", " ").split() if "=" in line else []
    return [(word, tuple(other for other in same if other != word)) for word in same]
