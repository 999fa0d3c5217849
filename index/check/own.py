"""Places as the base itself cites them, so that what it gives as a citation it always reads again."""

from __future__ import annotations

import re
from collections.abc import Mapping

from index.references.spelling import Spelling, spelt
from ingest.records import Document

_NUMBER = re.compile(r"^（[^（）]*号令?）")


def ordinals_of(citation: str) -> str:
    """Take the ordinals off the end of a citation.

    >>> ordinals_of("《甲〈乙〉办法》（甲发〔2023〕1号）第三条第二款")
    '第三条第二款'

    :param citation: of a clause.
    :return: what follows the title and the number.
    """
    depth = 0
    for at, character in enumerate(citation):
        depth += (character == "《") - (character == "》")
        if character == "》" and not depth:
            rest = citation[at + 1 :]
            return _NUMBER.sub("", rest)
    return ""


class OwnCitations:
    """Knows how the clauses of a base are cited, document by document, as one is asked for.

    :param documents: documents by key.
    """

    def __init__(self, documents: Mapping[str, Document]) -> None:
        self._documents = documents
        self._known: dict[str, tuple[dict[str, list[str]], list[int]]] = {}

    def at(self, key: str, text: Spelling, position: int) -> tuple[int, list[str]] | None:
        """Find the longest citation of a document, or the ordinals of one, that begins at a position.

        :param key: key of the document.
        :param text: a text.
        :param position: where, in its spelling.
        :return: where it ends, and the clauses that are cited so; None where there is none.
        """
        forms, lengths = self._forms(key)
        for length in lengths:
            end = position + length
            if end <= len(text.text) and (ids := forms.get(text.text[position:end])):
                return None if text.text[end : end + 1].isdigit() else (end, self._with_below(key, ids))
        return None

    def _with_below(self, key: str, ids: list[str]) -> list[str]:
        """Add the clauses that lie below others."""
        heads = tuple(f"{one}/" for one in ids)
        below = (one.clause_id for one in self._documents[key].clauses if one.clause_id.startswith(heads))
        return list(dict.fromkeys([*ids, *below]))

    def _forms(self, key: str) -> tuple[dict[str, list[str]], list[int]]:
        if key not in self._known:
            document = self._documents[key]
            forms: dict[str, list[str]] = {}
            for clause in document.clauses:
                whole = spelt(clause.citation)
                forms.setdefault(whole, []).append(clause.clause_id)
                if clause.kind != "notice" and (ordinals := spelt(ordinals_of(clause.citation))):
                    forms.setdefault(ordinals, []).append(clause.clause_id)
            self._known[key] = forms, sorted({len(form) for form in forms}, reverse=True)
        return self._known[key]
