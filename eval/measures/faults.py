"""What is wrong with an outcome, and which part of the search to mend for it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from eval.records import Outcome

REFUSED_WRONGLY = "误拒"
ANSWERED_WRONGLY = "应拒未拒"
NOT_FOUND = "未找到"
NOT_FIRST = "未居首位"
WRONG_SENTENCE = "首句不符"


@dataclass(frozen=True, slots=True)
class Cause:
    """A cause of failures: what is seen, and which part to mend, both in the words of the user."""

    seen: str
    remedy: str


CAUSES: Mapping[str, Cause] = {
    "refused_first": Cause("误拒，而首位条款是对的", "拒答判断：次序没有错，看这些题凭哪个量被判为无关（index/search/refusal.py）"),
    "refused_other": Cause("误拒，首位条款也不对", "先补召回和次序，再看拒答判断：找对了条款，覆盖度多半随之升高"),
    "found_elsewhere": Cause("没取回，单用词语或向量却取回了", "融合：两路里有一路找得到，合起来反而丢了（index/search/candidates.py 的深度、index/search/data/ranking.json）"),
    "found_nowhere": Cause("没取回，单用词语或向量也没有", "召回：问法与条款既无共同的字，意思也不近；补本单位的词表（corpus/lists/thesaurus_….txt）或再训练向量模型（index/training）"),
    "first_elsewhere": Cause("未居首位，单用词语或向量却排在首位", "融合：一路排对了，被另一路压下去（index/search/data/ranking.json）"),
    "first_nowhere": Cause("未居首位，单用词语或向量也没有排对", "次序：条款已取回，看排在它前面的条款凭哪个量得分（index/search/ranking.py）"),
    "wrong_sentence": Cause("条款对，首句不对", "选句：同一条款里换一句就对（index/search/evidence.py）"),
    "answered": Cause("该答“未找到依据”却作了答", "拒答判断：近似而不作答的条款被当成依据（index/search/refusal.py、index/question/details.py）"),
}  # fmt: skip
"""The causes by key, in the order of the report."""


LISTED = 10
"""How many of the clauses that came back are looked at; one that stands further down is as good as not found."""


def gold_rank(outcome: Outcome) -> int | None:
    """Find the first gold clause.

    :param outcome: what a system gave.
    :return: its rank from 1, or None where it is not among the first :data:`LISTED`.
    """
    wanted = {gold.clause_id for gold in outcome.question.gold}
    return next((rank for rank, id_ in enumerate(outcome.ranking[:LISTED], start=1) if id_ in wanted), None)


def fault(outcome: Outcome, sentence_first: bool, by_order: bool = False) -> str | None:
    """Say what is wrong with an outcome, in the words of the user.

    :param outcome: what a system gave.
    :param sentence_first: whether the sentence shown first answers.
    :param by_order: judge what is listed beside a refusal as well, so that refusing is no fault.
    :return: the fault, or None where nothing is wrong.
    """
    if not outcome.question.answerable:
        return None if outcome.refused else ANSWERED_WRONGLY
    if sentence_first:
        return None
    if outcome.refused and not by_order:
        return REFUSED_WRONGLY
    rank = gold_rank(outcome)
    if rank is None:
        return NOT_FOUND
    return WRONG_SENTENCE if rank == 1 else NOT_FIRST


def cause(found: str, rank: int | None, elsewhere: Iterable[int | None]) -> str:
    """Tell which part to mend, by what the ways of searching that are merged made of the same question.

    :param found: the fault, as :func:`fault` names it.
    :param rank: of the first gold clause, None where it was not listed.
    :param elsewhere: its ranks in them.
    :return: a key of :data:`CAUSES`.
    """
    others = [one for one in elsewhere if one is not None]
    if found == REFUSED_WRONGLY:
        return "refused_first" if rank == 1 else "refused_other"
    if found == NOT_FOUND:
        return "found_elsewhere" if others else "found_nowhere"
    if found == NOT_FIRST:
        return "first_elsewhere" if 1 in others else "first_nowhere"
    return {WRONG_SENTENCE: "wrong_sentence", ANSWERED_WRONGLY: "answered"}[found]
