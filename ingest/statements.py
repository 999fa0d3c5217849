"""What a document states of its own force: 施行日期, 有效期, and which documents it repeals or replaces."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from ingest.heads.dates import iso_date
from ingest.records import Clause, Sentence, Stated

_DAY = r"\d{4}年\d{1,2}月\d{1,2}日|[一二三四五六七八九〇○零]{4}年[一二三四五六七八九十]{1,3}月[一二三四五六七八九十]{1,3}日"
_FROM = re.compile(
    rf"(?:自|从|于)(?P<day>{_DAY}|(?:本[\u4e00-\u9fff]{{2,6}})?(?:印发|发布|公布|颁布|批准|签署|通过)之?日)(?:起|开始)?(?:正式)?(?:施行|实施|执行|生效|试行)"
)
_VALID = re.compile(
    rf"(?:有效期|试行期|执行期限?|有效期限)\s*(?:为|至|到|截至|：)?\s*(?P<until>{_DAY}|\d{{4}}年\d{{1,2}}月底?|\d{{4}}年底?|[\d一二两三四五六七八九十]+\s*(?:年|个月))"
)
_TITLES = r"(?:《[^《》]*(?:〈[^〈〉]*〉[^《》]*)*》(?:[（(][^（）()]*[）)])?[、和及以及与]*)+"
_ONE_TITLE = re.compile(r"《[^《》]*》(?:[（(][^（）()]*[）)])?")
_REPEALED = re.compile(rf"(?P<what>{_TITLES})[^。；《》]{{0,12}}?(?:同时|即行|自行|一并|相应)?(?:废止|停止执行|失效)")
_REPLACES = re.compile(rf"(?:代替|替代|取代)(?:原)?(?P<what>{_TITLES})")
_OWN = re.compile(
    r"(?:^|[，。；])(?:自|从)|本(?:通知|办法|意见|细则|规定|方案|决定|措施|政策|公告|通告|条例|规则|规范|规程|指引|指南|要点|制度|标准|规划|计划|法|[\u4e00-\u9fff]{0,4}(?:办法|规定|细则|规范|措施))"
)


def statements(clauses: Iterable[Clause]) -> Iterator[Stated]:
    """Reads what the clauses of a document state of its own force, in their order.

    A sentence counts where it speaks of the document (本办法…) or opens with the day itself; what it says of others
    by their titles is repeal or replacement only.
    """
    for clause in clauses:
        if clause.kind == "row":
            continue
        for sentence in clause.sentences:
            yield from _of(clause.clause_id, sentence)


def _of(clause_id: str, sentence: Sentence) -> Iterator[Stated]:
    text = sentence.text
    if _OWN.search(text):
        outside = re.sub(r"《[^《》]*》", lambda found: "　" * len(found[0]), text)
        for found in _FROM.finditer(outside):
            yield Stated("施行日期", iso_date(found["day"]) or found["day"], text, clause_id)
        for found in _VALID.finditer(outside):
            until = re.sub(r"\s", "", found["until"])
            yield Stated("有效期", iso_date(until) or until, text, clause_id)
    for kind, pattern in (("废止", _REPEALED), ("代替", _REPLACES)):
        for found in pattern.finditer(text):
            for title in _ONE_TITLE.finditer(found["what"]):
                yield Stated(kind, title[0], text, clause_id)
