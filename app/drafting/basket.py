"""引用篮: clauses put aside for a document that is being written, looked up again and given out with footnotes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from app.drafting.word import Paragraph, Run, plain, write_word
from app.showing.citing import digest_of, note_words, with_source, words_of
from index.errors import ClauseNotFound
from index.knowledge_base import KnowledgeBase
from ingest.records import Clause, Metadata

MOST = 200
"""How many clauses a basket holds."""
TITLE = "引文摘录"
_MARKUP = re.compile(r"([\\`*_{}\[\]<>#|~&])")
_START = re.compile(r"^(\d*)([-.)+=])")


@dataclass(frozen=True, slots=True)
class Kept:
    """A clause as a browser keeps it: its id, and the digest that its text had then (:func:`app.citing.digest_of`)."""

    id: str
    digest: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """A clause of a basket as the base has it now; of one that is gone no clause, and ``problem`` and ``remedy`` say so."""

    kept: Kept
    clause: Clause | None = None
    document: Metadata | None = None
    digest: str = ""
    problem: str = ""
    remedy: str = ""

    @property
    def has_changed(self) -> bool:
        """Whether the clause has other words than those that were put aside."""
        return self.clause is not None and self.kept.digest not in ("", self.digest)


def look_up(base: KnowledgeBase, kept: Iterable[Kept]) -> tuple[Entry, ...]:
    """Look up what a basket holds.

    :param base: what holds the clauses.
    :param kept: of the basket, in its order.
    :return: an entry for each, those that are gone too.
    """
    return tuple(_entry(base, one) for one in kept)


def _entry(base: KnowledgeBase, one: Kept) -> Entry:
    try:
        clause = base.show(one.id)
    except ClauseNotFound as error:
        return Entry(one, problem=error.problem, remedy=error.remedy)
    return Entry(one, clause, base.document_of(clause.clause_id).metadata, digest_of(clause))


def basket_text(entries: Sequence[Entry]) -> str:
    """Write a basket to be pasted: each quotation with its source in brackets.

    :param entries: of the basket.
    :return: paragraphs with an empty line between them; a clause that is gone is named as such.
    """
    return "\n\n".join(with_source(one.clause) if one.clause else _gone(one) for one in entries)


def basket_markdown(entries: Sequence[Entry]) -> str:
    """Write a basket as Markdown: each clause a block quotation, its source a footnote.

    :param entries: of the basket.
    :return: the text of a file.
    """
    body, notes = [f"# {TITLE}"], list[str]()
    for one in entries:
        if one.clause is None:
            body.append(_escaped(_gone(one)))
            continue
        notes.append(f"[^{len(notes) + 1}]: {_escaped(note_words(one.clause))}")
        lines = _lines(one.clause)
        body.append("\n>\n".join(f"> {_escaped(line)}" for line in lines) + f"[^{len(notes)}]")
    return "\n\n".join([*body, "\n".join(notes)]).rstrip() + "\n"


def basket_word(entries: Sequence[Entry]) -> bytes:
    """Write a basket as a Word document: each clause verbatim, its source a footnote of Word's.

    :param entries: of the basket.
    :return: a DOCX file, the same bytes for the same clauses.
    """
    paragraphs = [plain(TITLE, "title")]
    for one in entries:
        if one.clause is None:
            paragraphs.append(plain(_gone(one), "small"))
            continue
        *before, last = _lines(one.clause)
        paragraphs += [plain(line, "quote") for line in before]
        paragraphs.append(Paragraph((Run(last, note_words(one.clause)),), "quote"))
    return write_word(TITLE, paragraphs)


def _lines(clause: Clause) -> list[str]:
    return [line for line in words_of(clause).splitlines() if line.strip()] or [""]


def _gone(one: Entry) -> str:
    return f"【未列入】{one.problem}；{one.remedy}"


def _escaped(text: str) -> str:
    """Keep the words of a document from being read as Markdown."""
    return _START.sub(r"\1\\\2", _MARKUP.sub(r"\\\1", text))
