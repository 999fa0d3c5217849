"""One text of a document as references are followed in it: the document itself, its notice, or an annex.

In a text in articles (条文) a 款 is an unnumbered paragraph of its article, counted from its first sentence; 项 are the numbered items of a 款
(立法法, 2023, art. 65; 立法技术规范（试行）). The store keeps the first 款 of an article in one clause with those that
follow at once, and items and later 款 in clauses of their own.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from index.references.clause_tree import ClauseTree
from index.references.levels import ARTICLE, BRACKET, DIGIT, PART, RINGED, SERIES, SMALL, Step, steps_of
from index.references.mentions import Chain, Number, Ordinal
from index.references.spelling import CHINESE
from ingest.numerals import ordinal as read_ordinal
from ingest.records import Clause

ITEMS = frozenset({BRACKET, DIGIT, SMALL, RINGED, SERIES})
_HEAD = re.compile(rf"[（(]({CHINESE})[）)]")
_FLAT = 10
_LATER = re.compile(r"/第\d+款(?:/|$)")
_INNER = {"项": frozenset({BRACKET}), "目": frozenset({DIGIT, SMALL, RINGED}), "点": frozenset({DIGIT})}


@dataclass(frozen=True, slots=True)
class Spot:
    """What a reference leads to: clauses, and the words of the first of them that are meant (a 款 may be one of several).

    ``citation`` is that of the first clause, ``base`` what the ids of its items begin with.
    """

    clause_ids: tuple[str, ...]
    words: str
    citation: str
    base: str = ""


class Text:
    """One text of a document.

    :param root: what the ids of its clauses begin with: the document's key, or that with 通知 or 附件2.
    :param clauses: its clauses in order.
    """

    def __init__(self, root: str, clauses: Iterable[Clause]) -> None:
        self.clauses: Mapping[str, Clause] = {one.clause_id: one for one in clauses}
        paragraphs = {one.clause_id: one.text.count("\n") + 1 for one in self.clauses.values()}
        self.tree = ClauseTree(root, self.clauses, {}, paragraphs)
        self._root = root
        self._articles: dict[str, list[str]] = {}
        for clause_id in self.clauses:
            if path := self.article_of(clause_id):
                self._articles.setdefault(path, []).append(clause_id)
        self._by_number: dict[Number, list[str]] = {}
        for path in self._articles:
            self._by_number.setdefault(self.steps(path)[-1].number, []).append(path)

    @property
    def is_in_articles(self) -> bool:
        """Whether it is written in articles."""
        return len(self._articles) > 1

    @property
    def has_parts(self) -> bool:
        """Whether it is divided into 一、, 二、 at its top."""
        return any(self.steps(one)[0].style == PART for one in self.clauses)

    def steps(self, clause_id: str) -> tuple[Step, ...]:
        """Read the steps of a clause id below the root."""
        return steps_of(clause_id[len(self._root) + 1 :])

    def article_of(self, clause_id: str) -> str:
        """Give the id that the clauses of an article begin with; empty where a clause is in none."""
        steps = self.steps(clause_id)
        at = next((at for at, step in enumerate(steps) if step.style == ARTICLE), None)
        if at is None:
            return ""
        return "/".join((self._root, *clause_id[len(self._root) + 1 :].split("/")[: at + 1]))

    def article(self, number: Number) -> str | None:
        """Find an article; None where there is none or the document numbers several so."""
        paths = self._by_number.get(number, ())
        return paths[0] if len(paths) == 1 else None

    def before(self, article: str, count: int) -> list[str]:
        """Give the articles right before one (前两条); none unless their numbers follow on."""
        number = self.steps(article)[-1].number
        numbers = [(number[0] - back,) for back in range(count, 0, -1)] if len(number) == 1 else []
        found = [path for one in numbers if (path := self.article(one))]
        has_inserted = any(len(one) > 1 and numbers and numbers[0][0] <= one[0] < number[0] for one in self._by_number)
        return found if len(found) == count and not has_inserted else []

    def spot(self, ids: Sequence[str], words: str | None = None, base: str = "") -> Spot:
        """Make a spot of clauses; its words are those of the first unless given."""
        first = self.clauses[ids[0]]
        return Spot(tuple(ids), first.text if words is None else words, first.citation, base)

    def whole(self, article: str) -> Spot:
        """Give an article whole."""
        ids = self._articles[article]
        return self.spot(ids, base=article)

    def paragraphs(self, article: str) -> dict[int, Spot]:
        """Split an article in its 款: by number the clauses of each, the one that holds it first."""
        ids: dict[int, list[str]] = {}
        words: dict[int, str] = {}
        bases: dict[int, str] = {}
        current = 0
        for clause_id in self._articles[article]:
            own, *below = [clause_id] if clause_id == article else clause_id[len(article) + 1 :].split("/")
            is_paragraph = own.startswith("第") and own.endswith("款") and own[1:-1].isdigit()
            if clause_id == article or (is_paragraph and not below):
                first = 1 if clause_id == article else int(own[1:-1])
                for current, line in enumerate(self.clauses[clause_id].text.split("\n"), start=first):
                    ids[current], words[current], bases[current] = [clause_id], line, clause_id
            else:
                current = int(own[1:-1]) if is_paragraph else current
                ids.setdefault(current, []).append(clause_id)
                words.setdefault(current, self.clauses[clause_id].text)
        return {
            number: self.spot(each, words[number], bases.get(number, article)) for number, each in ids.items() if number
        }

    @cached_property
    def is_flat(self) -> bool:
        """Whether the file has lost where its paragraphs end: many articles, and not one has a second 款."""
        whole = all("\n" not in self.clauses[one].text for one in self._articles if one in self.clauses)
        return len(self._articles) >= _FLAT and whole and not any(_LATER.search(one) for one in self.clauses)

    def paragraph(self, article: str, number: int) -> Spot | None:
        """Find a 款; where the file has lost its paragraphs it is in the one clause of the article, without saying where."""
        if self.is_flat and article in self.clauses:
            return self.spot([article], None if number == 1 else "", article)
        return self.paragraphs(article).get(number)

    def paragraph_of(self, article: str, clause_id: str, line: int) -> int | None:
        """Tell in which 款 of its article a line of a clause stands, counted from 1."""
        found = [number for number, spot in self.paragraphs(article).items() if clause_id in spot.clause_ids]
        is_own = found and self.paragraphs(article)[found[0]].clause_ids[0] == clause_id
        if not found or (is_own and line >= len(found)):
            return None
        return found[line] if is_own else found[0]

    def items(self, spots: Sequence[Spot], ordinal: Ordinal) -> list[Spot]:
        """Find the items that an ordinal names in some 款, or in items (目): clauses of their own, or words inside one."""
        return [found for number in ordinal.numbers for found in self._item(spots, ordinal, number)]

    def _item(self, spots: Sequence[Spot], ordinal: Ordinal, number: Number) -> list[Spot]:
        styles = _INNER.get(ordinal.word or ordinal.form, _INNER["目"])
        found: list[Spot] = []
        for spot in spots:
            heads = {head for one in spot.clause_ids if (head := self._head(spot, one, styles, number))}
            if heads:
                found += [self._under(spot, head) for head in heads]
            elif words := _written(spot.words, number[-1]):
                found.append(self.spot(spot.clause_ids[:1], words, spot.base))
        return found if len(found) == 1 else []

    def _head(self, spot: Spot, clause_id: str, styles: frozenset[str], number: Number) -> str:
        """Give the id of the item right under a spot that a clause lies in, if it has this number."""
        if not clause_id.startswith(f"{spot.base}/"):
            return ""
        segment = clause_id[len(spot.base) + 1 :].partition("/")[0]
        step = steps_of(segment)[0]
        return f"{spot.base}/{segment}" if step.style in styles and step.number == number else ""

    def _under(self, spot: Spot, head: str) -> Spot:
        return self.spot([one for one in spot.clause_ids if one == head or one.startswith(f"{head}/")], base=head)

    def level(self, chain: Chain) -> Spot | None:
        """Follow ordinals in the tree of the text (第二章, 第三部分第（二）项); None unless they lead to one place."""
        nodes = self.tree.nodes(chain)
        if len(nodes) != 1 or not nodes[0].clause_ids:
            return None
        return self.spot(nodes[0].clause_ids)


def _written(words: str, number: int) -> str:
    """Take the item of a number out of a 款 that lists its items in its own words: …：（一）…；（二）…."""
    heads = list(_HEAD.finditer(words))
    numbers = [read_ordinal(head[1]) for head in heads]
    if numbers[:1] != [1] or numbers.count(number) != 1:
        return ""
    at = numbers.index(number)
    return words[heads[at].start() : heads[at + 1].start() if at + 1 < len(heads) else None]
