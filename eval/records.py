"""What is asked, what came back, and how good it was, all frozen."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

UNANSWERABLE = "unanswerable"
REFERENCE = "reference"
IMPORTED = "imported"
OVERALL = "overall"

CLASSES: Mapping[str, str] = {
    "exact": "官方原词",
    "everyday": "日常说法",
    "target": "指标数值",
    "unit": "责任主体",
    "comparison": "两文对照",
    REFERENCE: "按字号条次",
    UNANSWERABLE: "查无依据",
    IMPORTED: "外部基准",
}
"""The classes of question with their Chinese names, in the order of the report."""

CALIBRATION, TEST = "calibration", "test"
SPLITS = (CALIBRATION, TEST)
"""Questions that thresholds may be set on, and questions that may only be measured on."""

GRADES: Mapping[int, str] = {3: "完整作答", 2: "部分作答", 1: "有关，可作旁证"}
"""How well a gold clause answers, with the Chinese names; every one of them counts as relevant, nDCG weighs them."""

FULL = max(GRADES)
"""The grade of a gold clause that states none."""


@dataclass(frozen=True, slots=True)
class Gold:
    """A clause that answers a question, and the sentences of it that do, verbatim.

    ``sentences`` is empty where the clause answers as a whole: a table row, or a clause asked for by reference.
    ``grade`` is one of :data:`GRADES`, or for an imported benchmark its own number, above 0. ``by`` says whose
    judgment it is, empty where nobody is named.
    """

    clause_id: str
    sentences: tuple[str, ...]
    grade: int = FULL
    by: str = ""


@dataclass(frozen=True, slots=True)
class Question:
    """A question with its answers; ``kind`` is one of :data:`CLASSES`, ``gold`` is empty when nothing answers."""

    id: str
    kind: str
    query: str
    gold: tuple[Gold, ...]
    split: str
    note: str = ""

    @property
    def answerable(self) -> bool:
        """Whether the base holds an answer."""
        return bool(self.gold)

    @property
    def counts_overall(self) -> bool:
        """Whether it counts in :data:`OVERALL`: a reference is looked up, not searched for, and would flatter the figure."""
        return self.kind not in (REFERENCE, UNANSWERABLE)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What one system gave for one question.

    ``ranking`` holds clause ids, best first, each once. ``sentence`` is the first piece of evidence of the
    first clause, None where nothing came back. ``refused`` says that the system found no basis; it may still
    list the nearest clauses. ``read`` is how many characters a reader has read when the answer stands read in
    full (:mod:`eval.measures.reading`), None where it never does. ``parts`` names for each rank the parts of documents
    that it shows, where the id in the ranking does not tell; empty for the parts of the ids.
    """

    question: Question
    refused: bool
    ranking: tuple[str, ...]
    sentence: str | None
    read: int | None = None
    parts: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class Interval:
    """A mean between 0 and 1, with the ends of its 95% confidence interval."""

    value: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class GroupScore:
    """The measures of one system over one class of questions, or over :data:`OVERALL`."""

    group: str
    count: int
    scores: Mapping[str, Interval]


@dataclass(frozen=True, slots=True)
class Run:
    """One system put to all questions: what it gave, each question's measures by id, and their means.

    ``by_order`` says that what is listed beside a refusal was judged as well.
    """

    system: str
    outcomes: tuple[Outcome, ...]
    values: Mapping[str, Mapping[str, float]]
    groups: tuple[GroupScore, ...]
    by_order: bool = False
