"""Figures in README and docs, kept true: each stands in a block that names it, and ``python -m eval docs`` writes it.

A block begins with ``<!-- figures: NAME -->`` and ends with ``<!-- end -->``. ``docs/figures.json`` names what the figures
were made with, so that a test can tell without measuring that they are stale.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path

from eval import extraction, refusal
from eval.files import table_row, write
from eval.measures.figures import heading, percent, ranged
from eval.measures.metrics import READ, REFUSED, SENTENCE
from eval.questions import QUESTIONS, QuestionsError, load_questions, select
from eval.records import OVERALL, SPLITS
from eval.run import run
from eval.systems.registry import SYSTEMS, systems
from index.knowledge_base import KnowledgeBase
from index.question import lists
from index.search import ranking as order
from index.search import refusal as judgement

ROOT = Path(__file__).parent.parent
MADE_WITH = Path("docs/figures.json")
FILES = ("README.md", "docs/*.md")
"""Where blocks may stand."""

_BLOCK = re.compile(r"(?P<head><!-- figures: (?P<name>[a-z-]+) -->\n)(?P<body>.*?)(?P<end><!-- end -->)", re.DOTALL)
_SYSTEMS = ("chunks", "bm25", "dense", "fused")
_MEASURES = ("Hit@1", "Hit@5", "order@1", "order@5", SENTENCE, next(iter(READ)))
_TEST, _CALIBRATION = SPLITS[1], SPLITS[0]


def update(base: KnowledgeBase, root: Path = ROOT, to_write: bool = False) -> Iterator[str]:
    """Measure all figures that stand in blocks, and say which have changed.

    :param base: the base of the corpus.
    :param root: folder of the checkout.
    :param to_write: whether to write them.
    :return: lines for standard output.
    :raises QuestionsError: when a block bears a name that no figure has.
    """
    made: dict[str, str] = {}
    for path in blocks(root):
        text = path.read_text(encoding="utf-8")
        for name in (match["name"] for match in _BLOCK.finditer(text)):
            if name not in FIGURES:
                raise QuestionsError(str(path), f"没有名为 {name} 的图表", f"可用：{'、'.join(FIGURES)}")
            made[name] = made.get(name) or "\n".join(FIGURES[name](base)) + "\n"
        new = _BLOCK.sub(lambda match: f"{match['head']}{made[match['name']]}{match['end']}", text)
        yield f"{path.relative_to(root).as_posix()}：{'与实测一致' if new == text else '与实测不一致'}"
        if to_write and new != text:
            write(path, new)
    if to_write:
        write(root / MADE_WITH, json.dumps(made_with(base), ensure_ascii=False, indent=1) + "\n")


def blocks(root: Path = ROOT) -> list[Path]:
    """List the files that hold figures.

    :param root: folder of the checkout.
    :return: their paths, by name.
    """
    paths = sorted(path for pattern in FILES for path in root.glob(pattern))
    return [path for path in paths if _BLOCK.search(path.read_text(encoding="utf-8"))]


def made_with(base: KnowledgeBase) -> Mapping[str, str]:
    """Name all that the figures depend on, by digest.

    :param base: the base of the corpus.
    :return: digests of what was read and indexed, of weights, lists and questions.
    """
    questions = sorted(QUESTIONS.parent.glob("*.jsonl"))
    return {
        "store": base.sha,
        "lists": lists.digest(),
        "weights": _digest([order.FILE, judgement.FILE]),
        "questions": _digest(questions),
    }


def _digest(paths: Iterable[Path]) -> str:
    return hashlib.sha256(b"".join(path.read_bytes() for path in paths)).hexdigest()[:16]


def _retrieval(base: KnowledgeBase) -> Iterator[str]:
    """The systems on the test half, on all questions and on the fresh ones."""
    own, fresh = (
        load_questions(QUESTIONS, base.clauses()),
        load_questions(QUESTIONS.parent / "fresh.jsonl", base.clauses()),
    )
    sets = {"test 半": select(own, _TEST), "全部": own, "新写的日常问法": fresh}
    yield table_row(["问题", "系统", *map(heading, _MEASURES)])
    yield table_row(["---"] * (2 + len(_MEASURES)))
    for title, questions in sets.items():
        for name, search in systems(base, _SYSTEMS).items():
            group = next(one for one in run(name, search, questions).groups if one.group == OVERALL)
            shares = [percent(group.scores[measure].value) for measure in _MEASURES]
            yield table_row([f"{title}，{group.count} 题" if name == _SYSTEMS[0] else "", name, *shares])


def _all_systems(base: KnowledgeBase) -> Iterator[str]:
    """Every system that needs nothing beside the base, on the test half, by every measure."""
    questions = select(load_questions(QUESTIONS, base.clauses()), _TEST)
    measures = ("document@1", "part@1", "Hit@1", "Hit@5", "R@100", "nDCG@10", SENTENCE, *READ, REFUSED)
    yield table_row(["系统", *map(heading, measures)])
    yield table_row(["---"] * (1 + len(measures)))
    for name, search in systems(base, [name for name in SYSTEMS if name != "fused-embedder"]).items():
        group = next(one for one in run(name, search, questions).groups if one.group == OVERALL)
        yield table_row([name, *(percent(group.scores[measure].value) for measure in measures)])


def _refused(base: KnowledgeBase) -> Iterator[str]:
    """What is refused of each kind, on the test half."""
    folder = QUESTIONS.parent
    examples = refusal.load_examples((QUESTIONS, folder / refusal.EVERYDAY), [folder / name for name in refusal.FILES])
    judged = refusal.judge([one for one in examples if one.split == _TEST], base.judge)
    yield table_row(["问题", "题数", "没有标为“原文写明”的 %（95% 区间）"])
    yield table_row(["---"] * 3)
    for answerable, title in ((False, "**全部无答案**"), (True, "**全部有答案**")):
        sort = [one for one in judged if one.example.answerable == answerable]
        for name, rows in refusal.by_kind(sort, title):
            score = refusal.share_refused(rows)
            yield table_row(
                [name.strip(), str(len(rows)), ranged({"value": score.value, "low": score.low, "high": score.high})]
            )


def _extraction(base: KnowledgeBase) -> Iterator[str]:
    """Targets and responsible units against the hand annotation."""
    yield from ("```", *extraction.report(ROOT / "corpus"), "```")


def _weights(base: KnowledgeBase) -> Iterator[str]:
    """The fitted weights of order and of refusing."""
    yield table_row(["排序", *order.FEATURES, order.READ])
    yield table_row(["---"] * (2 + len(order.FEATURES)))
    yield table_row(["权重", *(f"{weight:.3f}" for weight in (*order.weights(), order.weight_of_reading()))])
    yield ""
    model = judgement.model()
    yield table_row(["", *judgement.FEATURES, "门槛"])
    yield table_row(["---"] * (2 + len(judgement.FEATURES)))
    for name, one in (("直接写明", model.stated), ("有关", model.related)):
        yield table_row([name, *(f"{weight:+.2f}" for weight in one.weights), f"{one.threshold:.3f}"])


FIGURES: Mapping[str, Callable[[KnowledgeBase], Iterator[str]]] = {
    "retrieval": _retrieval,
    "systems": _all_systems,
    "refused": _refused,
    "extraction": _extraction,
    "weights": _weights,
}
"""The figures by name."""
