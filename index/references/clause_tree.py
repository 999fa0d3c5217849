"""The tree of a document's clause ids, and where in it a chain of ordinals leads."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from index.references.levels import (
    ARTICLE,
    DOTTED,
    LEVELS,
    LITERAL,
    NAMED,
    PARAGRAPH,
    ROW,
    TABLE,
    Numbering,
    Path,
    Step,
    Styles,
    numbering_of,
    steps_of,
)
from index.references.mentions import Chain, Number, Ordinal
from index.references.ordinals import ANNEX
from index.references.spelling import spelt

_IN_NOTICE = Ordinal("通知", (), 0, 0)


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


class ClauseTree:
    """The clauses of one document.

    :param key: key of the document, which its clause ids begin with.
    :param clause_ids: their ids.
    :param sections: for the clause id of a table row, the id of the section that the table stands in.
    :param paragraphs: number of paragraphs of a clause by id; 1 where not given.
    """

    def __init__(
        self, key: str, clause_ids: Iterable[str], sections: Mapping[str, str], paragraphs: Mapping[str, int]
    ) -> None:
        self._by_path: dict[str, str] = {}
        leaves: list[Leaf] = []
        annexes: dict[Step, list[Leaf]] = {}
        for one in clause_ids:
            path = one[len(key) + 1 :]
            self._by_path[spelt(path)] = one
            steps = steps_of(path)
            section = (*steps_of(sections[one][len(key) + 1 :]), *steps) if one in sections else ()
            leaves.append(Leaf(one, steps, section, paragraphs.get(one, 1)))
            if steps[0].style == ANNEX:
                annexes.setdefault(steps[0], []).append(Leaf(one, steps[1:], section[1:], paragraphs.get(one, 1)))
        self._body = Node((), tuple(leaves))
        self._annexes = tuple(Node((), tuple(inside), (step,)) for step, inside in annexes.items())
        self._inner = numbering_of(leaf.steps for annex in self._annexes for leaf in annex.leaves)
        outer = numbering_of(leaf.steps for leaf in leaves)
        words = self._inner.used & NAMED  # 第一条 means an article wherever in the document it stands
        self._outer = Numbering(outer.used | words, outer.outermost, outer.running)

    def clause(self, path: str) -> tuple[str, int] | None:
        """Find the longest clause id that a text begins with.

        :param path: a text, spelt, without the key and its slash.
        :return: the id as it stands in the base, and how much of the text it takes; None where there is none.
        """
        ends = (end for end in range(len(path), 0, -1) if not path[end : end + 1].isdigit())
        return next(((self._by_path[path[:end]], end) for end in ends if path[:end] in self._by_path), None)

    def nodes(self, chain: Chain, *, in_notice: bool = False) -> list[Node]:
        """Find the nodes that a chain may name; one that is reached without skipping a level comes before all others.

        An annex is looked into where it is named, or where nothing outside of it fits. A paragraph (款, 段) of a clause is
        the clause, if it has that many; between an article and an item of it (第十条第二款第（三）项) it needs no step.

        :param chain: a chain with one number for each ordinal.
        :param in_notice: whether the covering notice is asked first.
        :return: one node where the chain is clear, several where it is not.
        """
        if in_notice and (found := _found(self._body, (_IN_NOTICE, *chain), self._outer)):
            return found
        if _names_annex(chain):
            annexes = [one for one in self._annexes if one.annex[0].number in chain[0].numbers or not chain[0].numbers]
            return [node for annex in annexes for node in _found(annex, chain[1:], self._inner)]
        inside = (node for annex in self._annexes for node in _found(annex, chain, self._inner))
        return _found(self._body, chain, self._outer) or list(inside)

    def near(self, chain: Chain, length: int, *, alone: bool) -> str:
        """Tell what exists where a chain breaks off: the neighbours of one of its ordinals.

        :param chain: the chain.
        :param length: how many of its ordinals lead somewhere.
        :param alone: whether the document is the only one in question, so that its parts may be listed instead.
        :return: labels as 第一部分—第五部分, joined by 、, those of the nodes above them before; empty where there are none.
        """
        names_annex = _names_annex(chain) and length > 0
        readings = self._inner.styles(chain[1:], length - 1) if names_annex else self._outer.styles(chain, length)
        above = self.nodes(chain[:length]) if length else [self._body, *self._annexes]
        for styles in readings:
            labels = [(node, "、".join(_ranges(_children(node, styles, chain[length])))) for node in above]
            if any(label for _, label in labels):
                break
        else:
            parts = [node for node in above if node.steps or not node.annex] if alone or length else []
            labels = [(node, "、".join(_ranges(_parts(node)))) for node in parts]
        return "、".join(("" if alone else node.label) + label for node, label in labels if label)


def _names_annex(chain: Chain) -> bool:
    return len(chain) > 1 and chain[0].word == ANNEX


def _found(root: Node, chain: Chain, numbering: Numbering) -> list[Node]:
    """Find the nodes under a root that a chain names by its closest reading that names any."""
    for styles in numbering.readings(chain):
        nodes = _nodes(root, chain, styles)
        direct = [node for node in nodes if len(node.steps) == len(chain)]
        if len(direct) > 1:
            direct = [node for node in direct if node.steps[-1].style == LITERAL.get(chain[-1].form)]
        if nodes:
            return direct if len(direct) == 1 else nodes
    *outer, last = chain
    if outer and any(PARAGRAPH in styles for styles in numbering.styles(chain, len(outer))):
        return [node for above in _found(root, tuple(outer), numbering) for node in _paragraph(above, last)]
    at = next((at for at, one in enumerate(outer) if at and one.form == "款"), 0)
    if (
        at
        and ARTICLE in numbering.used
        and any(_paragraph(above, chain[at]) for above in _found(root, chain[:at], numbering))
    ):
        return _found(root, (*chain[:at], *chain[at + 1 :]), numbering)
    return []


def _nodes(root: Node, chain: Chain, styles: Sequence[Styles]) -> list[Node]:
    found: dict[Path, list[Leaf]] = {}
    for leaf in root.leaves:
        steps = leaf.steps
        depth = _depth(steps, chain, styles)
        if not depth and leaf.section:
            steps = leaf.section
            depth = _depth(steps, chain, styles)
        if depth:
            found.setdefault(steps[:depth], []).append(leaf)
    return [Node(path, tuple(leaves), root.annex) for path, leaves in found.items()]


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
    return [above if own[0].paragraphs == 1 else Node(above.steps, own, above.annex)]


def _children(above: Node, styles: Styles, ordinal: Ordinal) -> list[Step]:
    """List what lies under a node and is of the style asked for: right under it, or deeper if the numbers run on."""
    paths = _paths_under(above)
    depth = len(above.steps)
    if wanted := [step for step in dict.fromkeys(path[depth] for path in paths) if step.style in styles]:
        return _beside(wanted, ordinal)
    ends = [
        path[:end] for path in paths for end in range(depth + 1, len(path) + 1) if not _enters(path[depth : end - 1])
    ]
    running = [path[-1] for path in dict.fromkeys(ends) if path[-1].style in styles]
    if running and len({step.number for step in running}) == len(running):
        return _beside(running, ordinal)
    if paths or PARAGRAPH not in styles:
        return []
    count = max((leaf.paragraphs for leaf in above.leaves), default=1)
    return [Step(PARAGRAPH, (number,), f"第{number}段") for number in range(1, count + 1)]


def _beside(steps: list[Step], ordinal: Ordinal) -> list[Step]:
    """Of 1.1, 1.2, 2.1 keep the neighbours of 1.3, if it has any."""
    above = ordinal.numbers[0][:-1] if ordinal.numbers else ()
    return [step for step in steps if above and step.number[:-1] == above] or steps


def _parts(above: Node) -> list[Step]:
    """List the parts under a node, or whatever is there."""
    children = list(dict.fromkeys(path[len(above.steps)] for path in _paths_under(above)))
    return [step for step in children if step.style in LEVELS or step.is_closed] or children


def _paths_under(above: Node) -> list[Path]:
    depth = len(above.steps)
    paths = (path for leaf in above.leaves for path in (leaf.steps, leaf.section))
    return [path for path in paths if len(path) > depth and path[:depth] == above.steps]


def _enters(steps: Path) -> bool:
    return any(step.is_closed for step in steps)


def _ranges(steps: Sequence[Step]) -> Iterator[str]:
    """Write steps as ranges of one style with numbers that follow on."""
    styles = [step.style for step in steps]
    runs: list[list[Step]] = []
    for step in sorted(steps, key=lambda one: styles.index(one.style)):
        if runs and runs[-1][-1].style == step.style and _follows(runs[-1][-1].number, step.number):
            runs[-1].append(step)
        else:
            runs.append([step])
    for run in runs:
        yield run[0].label if len(run) == 1 else f"{run[0].label}—{run[-1].label}"


def _follows(one: Number, other: Number) -> bool:
    return bool(one) and one[:-1] == other[:-1] and one[-1] + 1 == other[-1:][0] if other else False
