"""Questions on documents of other offices with the clauses that answer them, as pairs to train on.

A question whose document is left out, and every clause of that document, stay out of sight, so that a model can be
judged on offices that it was not trained on.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from index.training.pairs import Pairs, bare_sentences, lines_of
from index.training.telling import shout
from ingest import read_document
from ingest.errors import IngestError
from ingest.records import Clause, Document

FULL = 3
"""Grade of an answer that answers fully."""

_BLANKS = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Asked:
    """A question and what answers it: the file, the words copied from it, and whether they answer fully."""

    query: str
    answers: tuple[tuple[str, str, bool], ...]


def passage_of(document: Document, clause: Clause) -> str:
    """Put a clause as it is trained on: below its title and headings, which say what it is about.

    :param document: that holds it.
    :param clause: the clause.
    :return: one text.
    """
    return " ".join([document.metadata.title, *clause.heading_path, clause.text])


def read_questions(path: Path, left_out: Iterable[str] = ()) -> tuple[Asked, ...]:
    """Read the questions that have an answer.

    :param path: lines of ``{"query", "answers": [{"file", "quote", "grade"}]}``.
    :param left_out: names of files; a question that has an answer in one of them is not read.
    :return: the questions, in order.
    """
    hidden = frozenset(left_out)
    rows = [json.loads(line) for line in lines_of(path)]
    answers = [tuple((one["file"], one["quote"], one["grade"] >= FULL) for one in row["answers"]) for row in rows]
    return tuple(
        Asked(row["query"], found)
        for row, found in zip(rows, answers, strict=True)
        if found and hidden.isdisjoint(name for name, *_ in found)
    )


def office_pairs(questions: Path, documents: Path, left_out: Iterable[str] = ()) -> tuple[Pairs, tuple[str, ...]]:
    """Pair questions with the clauses that their answers were copied from.

    :param questions: as :func:`read_questions` takes them.
    :param documents: folder of the files that they name.
    :param left_out: names of files to leave out.
    :return: a pair for each clause that answers fully, and the clauses that may serve as negatives: all of the named
        files but those that answer in part.
    """
    asked = read_questions(questions, left_out)
    names = sorted({name for one in asked for name, *_ in one.answers})
    held = {name: _clauses(documents / name) for name in names}
    rows, partial = [], set()
    for one in asked:
        for name, quote, is_full in one.answers:
            found = _holder(held[name], quote)
            if found and is_full:
                rows.append((one.query, found))
            elif found:
                partial.add(found)
    rows = list(dict.fromkeys(rows))
    others = {passage for clauses in held.values() for _, passage in clauses} - partial
    return Pairs(questions.name.split(".")[0], tuple(rows), tuple(range(len(rows)))), tuple(sorted(others))


def sentences_of(folder: Path) -> frozenset[str]:
    """List the sentences of all documents of a folder that can be read.

    :param folder: of documents.
    :return: as :func:`index.training.pairs.bare_sentences` gives them.
    """
    found: set[str] = set()
    for path in sorted(path for path in folder.iterdir() if path.is_file()):
        try:
            document = read_document(path)
        except IngestError as error:
            shout(f"left out: {error}")
            continue
        found.update(one for clause in document.clauses for one in bare_sentences(clause.text))
    return frozenset(found)


def _clauses(path: Path) -> list[tuple[str, str]]:
    document = read_document(path)
    return [(_bare(clause.text), passage_of(document, clause)) for clause in document.clauses]


def _holder(clauses: list[tuple[str, str]], quote: str) -> str | None:
    """Find the clause that a quote was copied from, blanks aside."""
    return next((passage for text, passage in clauses if _bare(quote) in text), None)


def _bare(text: str) -> str:
    return _BLANKS.sub("", text)
