"""Quotes to gold clauses: where the words of an answer stand in what was read, whatever clauses were cut.

Both sides are spelt plainly: NFKC, lower case, letters and digits alone, so that neither blanks, marks nor full-width figures
keep them apart. A quote is looked for in the clauses of its document put together, and where it is not there, in the clauses with
each heading before the first clause under it: it may begin in a heading or in one clause and end in the next. The clauses, and sentences, that hold it or lie in it answer;
where none does, the one that has most of it. A quote that is a heading and no more lies in no clause.
"""

from __future__ import annotations

import unicodedata
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate, takewhile

from eval.offices.questions import OfficeQuestion, Quote
from eval.records import TEST, Gold, Question
from ingest.records import Clause, Document

Stretch = tuple[int, int]
"""Half-open range of characters."""

Spelt = tuple[str, tuple[int, ...]]
"""A text spelt plainly, and where each of its characters comes from."""


@dataclass(frozen=True, slots=True)
class Reach:
    """Questions with their gold clauses, and the quotes, by id of the question, that stand in no clause."""

    questions: tuple[Question, ...]
    lost: Mapping[str, tuple[Quote, ...]]


class Places:
    """Finds quotes in the clauses of one document.

    :param document: the document as it was read.
    """

    def __init__(self, document: Document) -> None:
        self._clauses = document.clauses
        self._spelt = [spelt(_words(clause)) for clause in document.clauses]
        headings = list(_headings(document.clauses))
        self._texts = [_joined([("", ())] * len(headings), self._spelt), _joined(headings, self._spelt)]

    def golds(self, quote: Quote) -> tuple[Gold, ...]:
        """Find the clauses that answer with a quote, at each place where it stands.

        :param quote: an answer.
        :return: the clauses, each with the words of it that answer, as it shows them; none where the quote is not there.
        """
        form = spelt(quote.text)[0]
        found: dict[str, Gold] = {}
        for whole, stretches in self._texts:
            at = whole.find(form) if form and not found else -1
            while at >= 0:
                for place, own in telling(stretches, (at, at + len(form))):
                    name = self._clauses[place].clause_id
                    found.setdefault(name, Gold(name, self._sentences(place, own), quote.grade))
                at = whole.find(form, at + len(form))
        return tuple(found.values())

    def _sentences(self, place: int, quoted: Stretch) -> tuple[str, ...]:
        """Give the words of the sentences of a clause that answer, verbatim; a row answers as a whole."""
        clause, (_, shown) = self._clauses[place], self._spelt[place]
        if clause.cells:
            return ()
        parts = [(bisect_left(shown, one.start), bisect_left(shown, one.end)) for one in clause.sentences]
        spans = [(parts[at][0] + first, parts[at][0] + last) for at, (first, last) in telling(parts, quoted)]
        return tuple(clause.text[shown[first] : shown[last - 1] + 1] for first, last in spans)


def reach(questions: Iterable[OfficeQuestion], documents: Mapping[str, Document]) -> Reach:
    """Turn the quotes of questions into gold clauses.

    :param questions: the questions.
    :param documents: the documents that are searched, by the name of each file that was read as one.
    :return: all questions; one with an answer that cannot be reached keeps a gold clause that no search finds, and counts
        as a miss.
    """
    places = {document.key: Places(document) for document in documents.values()}
    made, lost = [], {}
    for one in questions:
        found = {
            quote: places[documents[quote.file].key].golds(quote) for quote in one.quotes if quote.file in documents
        }
        lost[one.id] = tuple(quote for quote in one.quotes if not found.get(quote))
        golds = _merged([gold for each in found.values() for gold in each])
        nowhere = (Gold(f"{one.id}#", (one.quotes[0].text,)),) if one.quotes and not golds else ()
        made.append(Question(one.id, one.kind, one.query, golds or nowhere, TEST))
    return Reach(tuple(made), {id_: quotes for id_, quotes in lost.items() if quotes})


def is_reached(question: Question) -> bool:
    """Tell whether a question has a gold clause that was read; see :func:`reach`."""
    return any(not gold.clause_id.endswith("#") for gold in question.gold)


def telling(parts: Sequence[Stretch], quoted: Stretch) -> list[tuple[int, Stretch]]:
    """Choose the parts of a text that answer with a stretch of it.

    >>> telling([(0, 4), (4, 9), (9, 20)], (3, 11))
    [(1, (0, 5))]

    :param parts: parts of the text.
    :param quoted: the stretch.
    :return: place of each part that holds the stretch or lies in it, with what it has of it counted from its own start; where none
        does, the part that has most, the first of equals.
    """
    start, end = quoted
    shared = [(max(first, start), min(last, end)) for first, last in parts]
    met = [place for place, (first, last) in enumerate(shared) if first < last]
    whole = [at for at in met if shared[at] in (quoted, parts[at])]
    chosen = whole or sorted(met, key=lambda at: shared[at][0] - shared[at][1])[:1]
    return [(at, (shared[at][0] - parts[at][0], shared[at][1] - parts[at][0])) for at in chosen]


def spelt(text: str) -> Spelt:
    """Spell a text plainly, and tell where each character of it comes from.

    >>> spelt("１．5%，Ａ")
    ('15a', (0, 2, 5))

    :param text: any text.
    :return: letters and digits in NFKC and lower case, and for each the place of its character in the text.
    """
    pairs = [
        (one, place)
        for place, character in enumerate(text)
        for one in unicodedata.normalize("NFKC", character).lower()
        if unicodedata.category(one)[0] in "LN"
    ]
    return "".join(one for one, _ in pairs), tuple(place for _, place in pairs)


def _joined(headings: Iterable[Spelt], texts: Iterable[Spelt]) -> tuple[str, list[Stretch]]:
    """Put headings and texts together, and say where each text stands."""
    parts = [form for pair in zip(headings, texts, strict=True) for form, _ in pair]
    ends = list(accumulate(map(len, parts), initial=0))
    return "".join(parts), list(zip(ends[1::2], ends[2::2], strict=True))


def _headings(clauses: Sequence[Clause]) -> Iterator[Spelt]:
    """Spell for each clause the headings that begin with it."""
    before: tuple[str, ...] = ()
    for clause in clauses:
        same = sum(
            1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(before, clause.heading_path, strict=False))
        )
        yield spelt("".join(clause.heading_path[same:]))
        before = clause.heading_path


def _words(clause: Clause) -> str:
    """Take of a row its cells as they stand side by side, without the names of the columns."""
    return "\t".join(value for _, value in clause.cells) or clause.text


def _merged(golds: Iterable[Gold]) -> tuple[Gold, ...]:
    """Put together what several quotes find in one clause: its sentences, and the best grade; of a whole row the row."""
    found: dict[str, Gold] = {}
    for gold in golds:
        before = found.get(gold.clause_id, gold)
        sentences = tuple(dict.fromkeys((*before.sentences, *gold.sentences)))
        found[gold.clause_id] = Gold(gold.clause_id, sentences, max(before.grade, gold.grade))
    return tuple(found.values())
