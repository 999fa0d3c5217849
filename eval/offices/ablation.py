"""python -m eval ablate --offices DIR: what each list, measure and rule gives on offices left out.

Each part is switched off by itself, with the rest in place; what is fitted is fitted again without it, to the other folds. Parts that
change what is found are looked up again, but for questions that are read the same without them.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from eval.measures.figures import chance, heading, percent, straight
from eval.measures.metrics import ORDER, REFUSED
from eval.measures.significance import randomisation
from eval.offices.evaluate import Ground, fitter_of, shown_of
from eval.offices.refit import Shown, Without
from eval.offices.report import run_of
from eval.records import UNANSWERABLE, Run
from index.question import lists
from index.question.asked import QuestionReader, Rules
from index.question.slips import SlipReader
from index.records import Query
from index.references.reader import reader_of
from index.search import ranking
from index.search import refusal as refusing

DEPTH = 10
"""How many clauses are asked for."""


@dataclass(frozen=True, slots=True)
class Part:
    """What is switched off, and its Chinese name.

    ``lists`` are patterns of lists of the package; ``reads`` says that sentences are measured by one of them, so that what is
    found differs even for a question that is read the same.
    """

    title: str
    without: Without = Without()
    lists: tuple[str, ...] = ()
    rules: Rules = Rules()
    reads: bool = False

    @property
    def only_fitted(self) -> bool:
        """Whether what is found stays the same, and only what is fitted does not."""
        return not self.lists and self.rules == Rules()


PARTS: Mapping[str, Part] = {
    **{f"order:{name}": Part(f"排序量 {name}", Without(order=(name,))) for name in (*ranking.FEATURES, ranking.READ)},
    **{f"refusal:{name}": Part(f"拒答量 {name}", Without(refusal=(name,))) for name in refusing.FEATURES},
    "list:details": Part("词表 details", lists=("details.txt",)),
    "list:regions": Part("词表 regions", lists=("regions.txt",), reads=True),
    "list:stop_words": Part("词表 stop_words", lists=("stop_words.txt",), reads=True),
    "list:domain_words": Part("词表 domain_words", lists=("domain_words.txt",)),
    "rule:slips": Part("读问题：改错字", rules=Rules(slips=False)),
    "rule:references": Part("读问题：认文件和条次", rules=Rules(references=False)),
    "rule:asking": Part("读问题：取发问的一句", rules=Rules(asking=False)),
}
"""What can be switched off, by name."""


class Ablation:
    """Switches parts off and on.

    :param ground: what is measured on.
    """

    def __init__(self, ground: Ground) -> None:
        self._ground = ground
        self._shown = shown_of(ground, DEPTH)
        self._whole = fitter_of(ground, self._shown)

    def whole(self) -> Run:
        """Measure with everything in place, fitted fold by fold."""
        return run_of("fused", self._ground.reach.questions, self._whole.results())

    def less(self, name: str) -> Run:
        """Measure without one part.

        :param name: of :data:`PARTS`.
        :return: the run, with what is fitted fitted without it.
        """
        part = PARTS[name]
        if part.only_fitted:
            results = self._whole.results(part.without)
        else:
            lists.use({}, part.lists)
            try:
                results = fitter_of(self._ground, self._looked_up(part)).results(part.without)
            finally:
                lists.use({})
        return run_of(name, self._ground.reach.questions, results)

    def _looked_up(self, part: Part) -> list[Shown]:
        documents = self._ground.base.documents()
        titles = {one.key: one.metadata.title for one in documents}
        reader = QuestionReader(
            reader_of(documents), titles, SlipReader(self._ground.base.searcher.lexical), part.rules
        )
        found = []
        for one in self._shown:
            before = one.seen.asked
            asked = reader.read(Query(before.query.text, DEPTH))
            same = asked == before and not part.reads
            found.append(one if same else replace(one, seen=self._ground.base.searcher.see(asked)))
        return found


def report(ablation: Ablation, names: Sequence[str]) -> Iterator[str]:
    """Switch off parts one after another, and say what is lost without each.

    :param ablation: what is switched.
    :param names: of :data:`PARTS`.
    :return: lines for a terminal: figures of the whole, and for each part the differences without it with the chance of as large
        ones by the paired randomisation test.
    """
    whole = ablation.whole()
    answered = [one.question.id for one in whole.outcomes if one.question.gold]
    without = [one.question.id for one in whole.outcomes if one.question.kind == UNANSWERABLE]
    columns = [(name, answered) for name in (*ORDER, "Hit@1", "sentence", REFUSED)] + [(REFUSED, without)]
    titles = [*(heading(name) for name, _ in columns[:-2]), "误拒", "应拒已拒"]
    rows = [("少了什么", *(cell for title in titles for cell in (title, "p")))]
    means = (percent(sum(whole.values[id_][name] for id_ in ids) / max(len(ids), 1)) for name, ids in columns)
    rows.append(("一样不少", *(cell for mean in means for cell in (mean, ""))))
    for name in names:
        sys.stderr.write("  ".join(rows[-1]) + f"\n正在评测：没有 {name}…\n")
        less = ablation.less(name)
        rows.append((PARTS[name].title, *(cell for one in columns for cell in _difference(whole, less, *one))))
    yield from straight(rows)
    yield f"有答案的 {len(answered)} 题（含按字号条次），无答案的 {len(without)} 题，以单位为折；单位：百分点，正数为没有它反而更高。"
    yield "p：逐题配对随机化检验，双侧，未作多重校正。次序@k 不计拒答。"


def _difference(whole: Run, less: Run, name: str, ids: Sequence[str]) -> tuple[str, str]:
    if not ids:
        return "-", "-"
    found = randomisation([whole.values[id_][name] for id_ in ids], [less.values[id_][name] for id_ in ids])
    return f"{100 * found.difference:+z.1f}", chance(found.p) if found.won or found.lost else ""
