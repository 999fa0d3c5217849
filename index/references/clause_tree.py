"""Places: the tree of clause ids of each document, and where in it a chain of ordinals leads."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from index.references.ordinals import ARTICLE, BRACKET, DIGIT, PARAGRAPH, PART, ROW, TABLE, Chain, Step, steps_of
from index.references.spelling import plain_form
from ingest.records import Clause

_NEAR = 5
_PARTS = frozenset({PART, BRACKET, DIGIT, ARTICLE, TABLE})


@dataclass(frozen=True, slots=True)
class Leaf:
    """A clause with the steps of its id; a table row may also be found by ``section``, where its table stands."""

    clause_id: str
    steps: tuple[Step, ...]
    section: tuple[Step, ...]
    paragraphs: int


@dataclass(frozen=True, slots=True)
class Place:
    """One place of a document, and the clauses at or under it."""

    key: str
    steps: tuple[Step, ...]
    leaves: tuple[Leaf, ...]

    @property
    def clause_ids(self) -> list[str]:
        """Ids of the clauses, in the order of the document."""
        return [leaf.clause_id for leaf in self.leaves]


class Places:
    """Knows the clause ids of the documents of a base.

    :param keys: keys of the documents.
    :param clause_ids: ids of all clauses; each begins with the key of its document and a slash.
    :param sections: for the clause id of a table row, the id of the section that the table stands in.
    :param paragraphs: number of paragraphs of a clause by id; 1 where not given.
    """

    def __init__(
        self, keys: Iterable[str], clause_ids: Iterable[str], sections: Mapping[str, str], paragraphs: Mapping[str, int]
    ) -> None:
        self._leaves: dict[str, list[Leaf]] = {key: [] for key in keys}
        for clause_id in clause_ids:
            key = self.owner(clause_id)
            steps = _steps(clause_id, key)
            under = (*_steps(sections[clause_id], key), *steps) if clause_id in sections else ()
            self._leaves[key].append(Leaf(clause_id, steps, under, paragraphs.get(clause_id, 1)))

    @property
    def boxes(self) -> set[str]:
        """Names that boxes bear, as 重大事项."""
        steps = (step for leaves in self._leaves.values() for leaf in leaves for step in leaf.steps)
        return {step.kind for step in steps if step.is_closed and step.kind != TABLE}

    def places(self, key: str, chain: Chain) -> list[Place]:
        """Find the places of a document that a chain may name; those reached without skipping a level come first.

        A paragraph (款, 段) of a clause is the clause, if it has that many.

        :param key: key of the document.
        :param chain: a chain with one number for each ordinal.
        :return: one place where the chain is clear, several where it is not.
        """
        found: dict[tuple[Step, ...], list[Leaf]] = {}
        for leaf in self._leaves[key]:
            steps = leaf.steps if _depth(leaf.steps, chain) else leaf.section
            if depth := _depth(steps, chain):
                found.setdefault(steps[:depth], []).append(leaf)
        places = [Place(key, steps, tuple(leaves)) for steps, leaves in found.items()]
        direct = [place for place in places if len(place.steps) == len(chain)]
        if not places and len(chain) > 1 and PARAGRAPH in chain[-1].kinds:
            for above in self.places(key, chain[:-1]):
                own = tuple(leaf for leaf in above.leaves if leaf.steps == above.steps)
                if own and chain[-1].numbers[0] <= own[0].paragraphs:
                    places.append(Place(key, above.steps, own))
        return direct if len(direct) == 1 else places

    def documents_like(self, text: str) -> list[str]:
        """List the documents whose keys are most like a text.

        :param text: how a document is named, in plain form.
        :return: keys, in their order.
        """
        likeness = {key: difflib.SequenceMatcher(None, text, plain_form(key)).ratio() for key in self._leaves}
        return sorted(sorted(likeness, key=lambda key: (-likeness[key], key))[:_NEAR])

    def near(self, keys: Sequence[str], chain: Chain) -> str:
        """Tell what exists where a chain breaks off: the neighbours of the first ordinal that leads nowhere.

        :param keys: keys of the documents that the chain was looked for in.
        :param chain: the chain.
        :return: labels as 第一部分—第五部分, joined by 、; with their document where there are several.
        """
        is_loose = len(keys) > 1
        for length in range(len(chain) - 1, -1, -1):
            labels = [
                (f"{key}{''.join(step.label for step in above.steps)}" if is_loose else "") + label
                for key in keys
                for above in (
                    [Place(key, (), tuple(self._leaves[key]))] if not length else self.places(key, chain[:length])
                )
                if (label := _children(above, chain[length].kinds, is_loose))
            ]
            if labels:
                return "、".join(labels[:_NEAR])
        return "、".join(sorted(self._leaves)[:_NEAR])

    def owner(self, clause_id: str) -> str:
        """Find the key that a clause id begins with, the longest: a title may itself hold a slash.

        :param clause_id: a clause id of the base.
        :return: key of its document.
        """
        parts = clause_id.split("/")
        prefixes = ("/".join(parts[:length]) for length in range(len(parts) - 1, 0, -1))
        return next(key for key in prefixes if key in self._leaves)


def _steps(clause_id: str, key: str) -> tuple[Step, ...]:
    return steps_of(plain_form(clause_id[len(key) + 1 :]).split("/"))


def sections_of(clauses: Sequence[Clause]) -> Iterator[tuple[str, str]]:
    """Find the section of each table row: the one whose clauses have the same headings above them.

    :param clauses: the clauses of a document.
    :return: pairs of clause ids, of the row and of its section.
    """
    by_headings: dict[tuple[str, ...], str] = {}
    for clause in clauses:
        parts = clause.clause_id.split("/")
        skipped = len(parts) - len(clause.heading_path) - (parts[-1].startswith("第") and parts[-1].endswith("段"))
        for depth in range(1, len(clause.heading_path) + 1) if clause.kind == "clause" and skipped > 0 else ():
            by_headings.setdefault(clause.heading_path[:depth], "/".join(parts[: skipped + depth]))
    for clause in clauses:
        if clause.kind == "row":
            above = (clause.heading_path[:depth] for depth in range(len(clause.heading_path), 0, -1))
            if section := next((by_headings[path] for path in above if path in by_headings), None):
                yield clause.clause_id, section


def _depth(steps: Sequence[Step], chain: Chain) -> int:
    """Tell how many steps it takes to meet the whole chain in order; 0 when it is not met.

    Boxes and tables are not entered unless named; a row names its table.
    """
    met = 0
    for depth, step in enumerate(steps, start=1):
        if chain[met].means(step):
            met += 1
            if met == len(chain):
                return depth
        elif step.is_closed and not (step.kind == TABLE and chain[met].kinds == {ROW}):
            return 0
    return 0


def _children(above: Place, kinds: frozenset[str], is_loose: bool) -> str:
    """Label what lies under a place: what is of the kind asked for, else its parts."""
    depth = len(above.steps)
    paths = [path for leaf in above.leaves for path in (leaf.steps, leaf.section) if path[:depth] == above.steps]
    children = list(dict.fromkeys(path[depth] for path in paths if len(path) > depth))
    wanted = [step for step in children if step.kind in kinds]
    open_paths = [
        path[:end] for path in paths for end in range(depth + 1, len(path) + 1) if not _enters(path[depth : end - 1])
    ]
    deeper = list(dict.fromkeys(path for path in open_paths if path[-1].kind in kinds))
    running = [path[-1] for path in deeper]
    if not wanted and len({step.number for step in running}) == len(running):
        wanted = running
    if not wanted and not children and PARAGRAPH in kinds:
        count = max((leaf.paragraphs for leaf in above.leaves), default=1)
        wanted = [Step(PARAGRAPH, number, f"第{number}段") for number in range(1, count + 1)]
    if not wanted and not (is_loose and not depth):
        wanted = [step for step in children if step.kind in _PARTS or step.is_closed] or children
    return "、".join(_ranges(wanted))


def _enters(steps: Sequence[Step]) -> bool:
    return any(step.is_closed for step in steps)


def _ranges(steps: Sequence[Step]) -> Iterator[str]:
    """Write steps as ranges of one kind with numbers that follow on."""
    runs: list[list[Step]] = []
    for step in sorted(steps, key=lambda one: [other.kind for other in steps].index(one.kind)):
        if runs and runs[-1][-1].kind == step.kind and runs[-1][-1].number + 1 == step.number:
            runs[-1].append(step)
        else:
            runs.append([step])
    for run in runs:
        yield run[0].label if len(run) == 1 else f"{run[0].label}—{run[-1].label}"
