"""Nodes of a document's clause ids, and which of them a chain of ordinals names."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from index.references.levels import ARTICLE, DOTTED, LITERAL, PARAGRAPH, ROW, TABLE, Numbering, Path, Step, Styles
from index.references.mentions import Chain, Number, Ordinal


@dataclass(frozen=True, slots=True)
class Leaf:
    """A clause with the steps of its id; a table row may also be found by ``section``, where its table stands."""

    clause_id: str
    steps: Path
    section: Path
    paragraphs: int


@dataclass(frozen=True, slots=True)
class Node:
    """A node of the tree: its steps from the top down, and the clauses at or under it.

    ``annex`` is the step of the annex that it lies in; its steps, and those of its leaves, are counted from there.
    """

    steps: Path
    leaves: tuple[Leaf, ...]
    annex: Path = ()

    @property
    def clause_ids(self) -> tuple[str, ...]:
        """Ids of the clauses, in the order of the document."""
        return tuple(leaf.clause_id for leaf in self.leaves)

    @property
    def label(self) -> str:
        """The node as a citation spells it: 第四部分第（二）项."""
        return "".join(step.label for step in (*self.annex, *self.steps))


class Root:
    """What lies under the root of a document, or of an annex, to be found by the steps of its ids.

    :param leaves: its clauses, in order.
    :param annex: the step of the annex; none for the document.
    """

    def __init__(self, leaves: Sequence[Leaf], annex: Path = ()) -> None:
        self.node = Node((), tuple(leaves), annex)
        self._deepest = max((len(path) for leaf in leaves for path in (leaf.steps, leaf.section)), default=0)
        self._with_step: dict[tuple[str, Number], list[int]] = {}
        for at, leaf in enumerate(leaves):
            for pair in {pair for step in (*leaf.steps, *leaf.section) for pair in _names(step)}:
                self._with_step.setdefault(pair, []).append(at)

    def found(self, chain: Chain, numbering: Numbering) -> list[Node]:
        """Find the nodes that a chain names by its closest reading that names any.

        :param chain: a chain with one number for each ordinal.
        :param numbering: how the document numbers its levels.
        :return: one node where the chain is clear, several where it is not.
        """
        readings = numbering.readings(chain) if len(chain) <= self._deepest else ()
        for styles in readings:
            nodes = self._nodes(chain, styles)
            direct = [node for node in nodes if len(node.steps) == len(chain)]
            if len(direct) > 1:
                direct = [node for node in direct if node.steps[-1].style == LITERAL.get(chain[-1].form)]
            if nodes:
                return direct if len(direct) == 1 else nodes
        *outer, last = chain
        if outer and any(PARAGRAPH in styles for styles in numbering.styles(chain, len(outer))):
            return [node for above in self.found(tuple(outer), numbering) for node in _paragraph(above, last)]
        at = next((at for at, one in enumerate(outer) if at and one.form == "款"), 0)
        if (
            at
            and ARTICLE in numbering.used
            and any(_paragraph(above, chain[at]) for above in self.found(chain[:at], numbering))
        ):
            return self.found((*chain[:at], *chain[at + 1 :]), numbering)
        return []

    def _nodes(self, chain: Chain, styles: Sequence[Styles]) -> list[Node]:
        found: dict[Path, list[Leaf]] = {}
        for leaf in self._holding(chain, styles):
            steps = leaf.steps
            depth = _depth(steps, chain, styles)
            if not depth and leaf.section:
                steps = leaf.section
                depth = _depth(steps, chain, styles)
            if depth:
                found.setdefault(steps[:depth], []).append(leaf)
        return [Node(path, tuple(leaves), self.node.annex) for path, leaves in found.items()]

    def _holding(self, chain: Chain, styles: Sequence[Styles]) -> Iterable[Leaf]:
        """List the leaves with a step for the rarest ordinal of a chain, so that few are looked at one by one."""
        rarest: Sequence[int] = range(len(self.node.leaves))
        for ordinal, each in zip(chain, styles, strict=True):
            if ordinal.numbers:
                pairs = [(style, number) for style in each for number in ordinal.numbers]
                holding = {at for pair in pairs for at in self._with_step.get(pair, ())}
                rarest = min(rarest, sorted(holding), key=len)
        return (self.node.leaves[at] for at in rarest)


def _names(step: Step) -> set[tuple[str, Number]]:
    """Give the styles and numbers by which a step may be named: 1.2 is also 2."""
    return {(step.style, step.number), (step.style, step.number[-1:] if step.style == DOTTED else step.number)}


def _depth(steps: Path, chain: Chain, styles: Sequence[Styles]) -> int:
    """Tell how many steps it takes to meet the whole chain in order; 0 when it is not met.

    Boxes, tables and annexes are not entered unless named, nor are articles; a row names its table.
    """
    met = 0
    for depth, step in enumerate(steps, start=1):
        if step.style in styles[met] and _is_number(step, chain[met].numbers, inner=met > 0):
            met += 1
            if met == len(chain):
                return depth
        elif step.style == ARTICLE or (step.is_closed and not (step.style == TABLE and styles[met] == {ROW})):
            return 0
    return 0


def _is_number(step: Step, numbers: Sequence[Number], *, inner: bool) -> bool:
    """Compare numbers; 第1部分第2点 may mean 1.2."""
    return not numbers or step.number in numbers or (inner and step.style == DOTTED and step.number[-1:] in numbers)


def _paragraph(above: Node, ordinal: Ordinal) -> list[Node]:
    """Take a paragraph of a clause for the clause, if it has that many; the first of one is all that stands there."""
    own = tuple(leaf for leaf in above.leaves if leaf.steps == above.steps)
    number = ordinal.numbers[0][0] if ordinal.numbers else 1
    if not own or number > own[0].paragraphs:
        return []
    depth = len(above.steps)
    leaves = tuple(
        leaf for leaf in above.leaves if PARAGRAPH not in (step.style for step in leaf.steps[depth : depth + 1])
    )
    return [Node(above.steps, leaves if own[0].paragraphs == 1 else own, above.annex)]
