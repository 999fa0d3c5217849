"""A document with its texts: the document itself, the notice that issues it, its annexes, and what each calls itself."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from index.links.texts import Spot, Text
from index.references.levels import steps_of
from index.references.ordinals import ANNEX
from index.references.spelling import letters, spelt
from ingest.numerals import to_number
from ingest.records import Clause, Document, Metadata

DECISION = "决定"
"""Name of the text that amends others."""

_NOTICES = ("通知", DECISION)
_ANNEX_TITLE = re.compile(r"附[件录][^《》]{0,4}《(?P<title>.+?)》(?:第|$)")
_BRACKET_AT_END = re.compile(r"\([^()]*\)$")


@dataclass(frozen=True, slots=True)
class Home:
    """A document that is linked from or to: its key and its texts by name, 通知 or 附件2; the document's own name is empty."""

    key: str
    data: Metadata
    texts: Mapping[str, Text]

    def annex(self, number: str) -> Spot | None:
        """Find an annex.

        :param number: its number as it is written; empty for the only one.
        :return: the annex whole; None where the document has none of that number.
        """
        wanted = (to_number(number),) if number else ()
        names = [name for name in self.texts if name.startswith(ANNEX) and steps_of(name)[0].number == wanted]
        if len(names) != 1:
            return None
        text = self.texts[names[0]]
        return text.spot(list(text.clauses))

    def calls_itself(self, kind: str, name: str) -> bool:
        """Tell whether a text of the document is what its sentences say of themselves: 本办法 stands in an 办法.

        :param kind: 办法, 通知.
        :param name: name of the text.
        :return: whether its title ends so; a sentence that says otherwise is quoted from elsewhere.
        """
        return kind == name if name in _NOTICES else kind_of(self._title(name)).endswith(kind)

    def _title(self, name: str) -> str:
        if not name:
            return self.data.title
        match = _ANNEX_TITLE.search(next(iter(self.texts[name].clauses.values())).citation)
        return match["title"] if match else ""


def home_of(document: Document) -> Home:
    """Part a document in its texts.

    :param document: the document.
    :return: its texts; the document itself has one even where it has no clauses.
    """
    parts: dict[str, list[Clause]] = {"": []}
    for clause in document.clauses:
        parts.setdefault(text_name(clause.clause_id, document.key), []).append(clause)
    texts = {name: Text(f"{document.key}/{name}".rstrip("/"), each) for name, each in parts.items()}
    return Home(document.key, document.metadata, texts)


def text_name(clause_id: str, key: str) -> str:
    """Name the text of its document that a clause is in.

    :param clause_id: id of the clause.
    :param key: key of the document.
    :return: 通知, 决定, 附件2; empty for the document itself.
    """
    first = clause_id[len(key) + 1 :].partition("/")[0]
    return first if first in _NOTICES or steps_of(first)[0].style == ANNEX or first.startswith("附录") else ""


def kind_of(title: str) -> str:
    """Take the brackets off the end of a title: （试行）（征求意见稿）.

    :param title: a title.
    :return: the letters of the rest.
    """
    text = spelt(title)
    while _BRACKET_AT_END.search(text):
        text = _BRACKET_AT_END.sub("", text)
    return letters(text)
