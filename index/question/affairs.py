"""The matters of other bureaus that a question names."""

from __future__ import annotations

from index.question.lists import from_lists, lines


@from_lists()
def _affairs() -> frozenset[str]:
    return frozenset(word for line in lines("affairs.txt") for word in line.split())


@from_lists(maxsize=1 << 12)
def affairs(question: str) -> tuple[str, ...]:
    """List the matters in a question that have a bureau of their own, as ``data/affairs.txt`` knows them.

    :param question: search form of a question, without blanks.
    :return: the longest of them in order of length: of 住院报销 and 报销 the first.
    """
    found = sorted((word for word in _affairs() if word in question), key=lambda word: (-len(word), word))
    return tuple(word for place, word in enumerate(found) if not any(word in longer for longer in found[:place]))
