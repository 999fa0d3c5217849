"""What a base holds, as references are resolved against it: numbers, titles, and the clause tree of each document.

All that is asked for every question is put in order once; a clause tree is made when its document is first named.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import islice

from index.references.clause_tree import ClauseTree
from index.references.document_numbers import Numbers
from index.references.find import Vocabulary
from index.references.levels import ARTICLE, DOTTED, Path, Step, could_name, may_name, needs_step, steps_of
from index.references.mentions import ByNumber, Chain, DocumentMention, Number
from index.references.ordinals import Grammar
from index.references.outlines import DocumentOutline, Owners
from index.references.spelling import spelt
from index.references.title import without_version
from index.references.titles import Titles

NEAR = 5
"""How many documents or clauses are listed as near, or as what a name can mean."""
_LOOKED_AT = 200
_TREES = 512
"""Clause trees that are held."""

Way = tuple[tuple[str, ...], Sequence[int]]
"""A way to clauses and the places of the documents that have such, in the order of their titles."""


class Base:
    """Knows the documents and clauses of a base.

    :param titles: title of each document by its key (its number, or its title where it has none).
    :param outline: gives the clauses of a document by its key.
    :param ways: the ways to all clauses, as :meth:`index.references.outlines.DocumentOutline.ways` lists them.
    :param notices: title of the covering notice by key.
    :param issuers: who issued a document by key.
    """

    def __init__(
        self,
        titles: Mapping[str, str],
        outline: Callable[[str], DocumentOutline],
        ways: Iterable[Way],
        notices: Mapping[str, str],
        issuers: Mapping[str, str],
    ) -> None:
        self.keys = tuple(titles)
        self._titles_by_key, self._outline, self._owners = titles, outline, Owners(titles)
        self._by_spelling = {spelt(key): key for key in titles}
        self._longest_key = max(map(len, self._by_spelling), default=0)
        self.tree = lru_cache(maxsize=_TREES)(self._tree)
        self._holders: list[array[int]] = []
        self._with_step: dict[tuple[str, Number], list[int]] = {}
        self._with_style: dict[str, list[int]] = {}
        self._index_paths(ways)
        self.numbers = Numbers(titles)
        self.titles = Titles(titles, notices, self.numbers.years, issuers)
        boxes = (style for style in self._with_style if Step(style, (), "").is_box)
        self.vocabulary = Vocabulary(self.numbers.codes, self.titles, Grammar(boxes))

    def owner(self, clause_id: str) -> str:
        """Find the key that a clause id begins with, the longest: a title may itself hold a slash.

        :param clause_id: a clause id of the base.
        :return: key of its document.
        """
        return self._owners.of(clause_id) or clause_id.partition("/")[0]

    def headings(self, clause_id: str) -> Sequence[str]:
        """Give the headings above a clause.

        :param clause_id: a clause id of the base.
        :return: outermost first.
        """
        return self._outline(self.owner(clause_id)).headings.get(clause_id, ())

    def _tree(self, key: str) -> ClauseTree:
        """Give the clause tree of a document.

        :param key: key of the document.
        :return: its tree.
        """
        own = self._outline(key)
        return ClauseTree(key, own.ids, own.sections, own.paragraphs)

    def clause(self, text: str) -> tuple[str, int] | None:
        """Find the longest clause id that a text begins with.

        :param text: a text, spelt.
        :return: the id as it stands in the base, and how much of the text it takes; None where there is none.
        """
        last = min(len(text) - 1, self._longest_key)
        slashes = (at for at in range(last, 0, -1) if text[at] == "/" and text[:at] in self._by_spelling)
        for at in slashes:
            if found := self.tree(self._by_spelling[text[:at]]).clause(text[at + 1 :]):
                return found[0], at + 1 + found[1]
        return None

    def holding(self, chain: Chain) -> Iterator[str]:
        """List the documents that may hold what a chain names, by the steps of their clause ids alone.

        :param chain: a chain; an empty one is held by all.
        :return: keys, in the order of the base.
        """
        chain = chain[:-1] if chain and not needs_step(chain[-1]) else chain
        if not chain:
            return iter(self.keys)
        paths = self._with_steps(chain)
        if law := tuple(one for one in chain if needs_step(one)):
            paths |= {at for at in self._with_steps(law) if any(step.style == ARTICLE for step in self._paths[at])}
        return (self.keys[at] for at in sorted({at for path in paths for at in self._holders[path]}))

    def near(self, keys: Sequence[str] | None, chain: Chain) -> str:
        """Tell what exists where a chain breaks off: the neighbours of the first ordinal that leads nowhere.

        :param keys: keys of the documents that the chain was looked for in; None for all.
        :param chain: the chain.
        :return: labels as 第一部分—第五部分, joined by 、; with their document where there are several.
        """
        alone = len(self.keys if keys is None else keys) == 1
        for length in range(len(chain) - 1, -1, -1):
            asked = self._near_keys(chain, length) if keys is None else keys
            labels = ((key, self.tree(key).near(chain, length, alone=alone)) for key in asked)
            first = list(islice((("" if alone else key) + label for key, label in labels if label), NEAR))
            if first:
                return "、".join(first)
        return "、".join(sorted(self.keys)[:NEAR])

    def like(self, mention: DocumentMention, text: str) -> str:
        """Tell which documents are most like one that the base does not hold; all of them where it holds few.

        :param mention: what was mentioned.
        :param text: its words, spelt.
        :return: keys joined by 、, in their order.
        """
        if len(self.keys) <= NEAR:
            return "、".join(sorted(self.keys))
        alike = self.numbers.like(mention, NEAR) if isinstance(mention, ByNumber) else self.titles.like(text, NEAR)
        return "、".join(sorted(alike))

    def is_notice(self, key: str, name: str) -> bool:
        """Tell whether a name is that of the covering notice of a document, and not of the plan that it issues.

        :param key: key of the document.
        :param name: a title of it, whole or short.
        :return: whether the name ends in 通知 and the document's own title does not.
        """
        own, given = (without_version(spelt(text).rstrip("》")) for text in (self._titles_by_key[key], name))
        return given.endswith("通知") and not own.endswith("通知")

    def describe(self, keys: Sequence[str]) -> str:
        """Tell documents apart for a reader who knows their titles.

        :param keys: keys of documents.
        :return: the first of them with their titles, joined by 、, and how many there are.
        """
        titles = self._titles_by_key
        named = [key if titles[key] == key else f"{key}（{titles[key]}）" for key in keys[:NEAR]]
        return "、".join(named) + (f"等{len(keys)}份" if len(keys) > NEAR else "")

    def _near_keys(self, chain: Chain, length: int) -> Iterator[str]:
        """List some documents that hold a chain as far as it leads, and have a level that its next ordinal may name."""
        styles = could_name(chain[length])
        paths = {path for style in styles for path in self._with_style.get(style, ())}
        having = {self.keys[at] for path in paths for at in self._holders[path]}
        return islice((key for key in self.holding(chain[:length]) if key in having), _LOOKED_AT)

    def _with_steps(self, chain: Chain) -> set[int]:
        """List the paths that have a step for each ordinal of a chain, in order."""
        found = set(range(len(self._paths)))
        for ordinal in chain:
            if ordinal.numbers:
                pairs = ((style, number) for style in could_name(ordinal) for number in ordinal.numbers)
                found &= {at for pair in pairs for at in self._with_step.get(pair, ())}
        return {at for at in found if _are_in_order(self._paths[at], chain)}

    def _index_paths(self, ways: Iterable[Way]) -> None:
        """Note the paths of all clause ids, which documents have them, and their steps; 1.2 also counts as 2."""
        numbers: dict[Path, int] = {}
        for way, holders in ways:
            path = tuple(step for part in way for step in steps_of(part))
            if path not in numbers:
                numbers[path] = len(numbers)
                self._holders.append(array("i"))
            self._holders[numbers[path]].extend(holders)
        self._paths = tuple(numbers)
        for path, at in numbers.items():
            pairs = {(step.style, step.number) for step in path}
            pairs |= {(DOTTED, step.number[-1:]) for step in path if step.style == DOTTED}
            for pair in pairs:
                self._with_step.setdefault(pair, []).append(at)
            for style in {step.style for step in path}:
                self._with_style.setdefault(style, []).append(at)


def _are_in_order(path: Path, chain: Chain) -> bool:
    steps = iter(path)
    return all(any(may_name(one, step) for step in steps) for one in chain)
