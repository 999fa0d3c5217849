"""The tree of a document's clause ids, and where in it a chain of ordinals leads."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from index.references.levels import LEVELS, NAMED, PARAGRAPH, Numbering, Path, Step, Styles, numbering_of, steps_of
from index.references.mentions import Chain, Number, Ordinal
from index.references.nodes import Leaf, Node, Root
from index.references.ordinals import ANNEX
from index.references.spelling import spelt

_IN_NOTICE = Ordinal("通知", (), 0, 0)


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
        self._longest = max(map(len, self._by_path), default=0)
        self._body = Root(leaves)
        self._annexes = tuple(Root(inside, (step,)) for step, inside in annexes.items())
        self._inner = numbering_of(leaf.steps for annex in self._annexes for leaf in annex.node.leaves)
        outer = numbering_of(leaf.steps for leaf in leaves)
        words = self._inner.used & NAMED  # 第一条 means an article wherever in the document it stands
        self._outer = Numbering(outer.used | words, outer.outermost, outer.running)

    def clause(self, path: str) -> tuple[str, int] | None:
        """Find the longest clause id that a text begins with.

        :param path: a text, spelt, without the key and its slash.
        :return: the id as it stands in the base, and how much of the text it takes; None where there is none.
        """
        last = min(len(path), self._longest)
        ends = (end for end in range(last, 0, -1) if not path[end : end + 1].isdigit())
        return next(((self._by_path[path[:end]], end) for end in ends if path[:end] in self._by_path), None)

    def nodes(self, chain: Chain, *, in_notice: bool = False) -> list[Node]:
        """Find the nodes that a chain may name; one that is reached without skipping a level comes before all others.

        An annex is looked into where it is named, or where nothing outside of it fits. A paragraph (款, 段) of a clause is
        the clause, if it has that many; between an article and an item of it (第十条第二款第（三）项) it needs no step.

        :param chain: a chain with one number for each ordinal.
        :param in_notice: whether the covering notice is asked first.
        :return: one node where the chain is clear, several where it is not.
        """
        if in_notice and (found := self._body.found((_IN_NOTICE, *chain), self._outer)):
            return found
        if _names_annex(chain):
            wanted = chain[0].numbers
            annexes = [one for one in self._annexes if not wanted or one.node.annex[0].number in wanted]
            return [node for annex in annexes for node in annex.found(chain[1:], self._inner)]
        inside = (node for annex in self._annexes for node in annex.found(chain, self._inner))
        return self._body.found(chain, self._outer) or list(inside)

    def near(self, chain: Chain, length: int, *, alone: bool) -> str:
        """Tell what exists where a chain breaks off: the neighbours of one of its ordinals.

        :param chain: the chain.
        :param length: how many of its ordinals lead somewhere.
        :param alone: whether the document is the only one in question, so that its parts may be listed instead.
        :return: labels as 第一部分—第五部分, joined by 、, those of the nodes above them before; empty where there are none.
        """
        names_annex = _names_annex(chain) and length > 0
        readings = self._inner.styles(chain[1:], length - 1) if names_annex else self._outer.styles(chain, length)
        above = self.nodes(chain[:length]) if length else [self._body.node, *(annex.node for annex in self._annexes)]
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
