"""What a document states of its own force: 施行日期, 有效期, and which documents it repeals or replaces."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from ingest.heads.dates import iso_date
from ingest.heads.numbers import NUMBER
from ingest.records import Clause, Sentence, Stated

_DAY = r"\d{4}年\d{1,2}月\d{1,2}日|[一二三四五六七八九〇○零]{4}年[一二三四五六七八九十]{1,3}月[一二三四五六七八九十]{1,3}日"
_LATER = r"(?:起?\s*[\d一二三四五六七八九十]{1,3}\s*(?:个?工作)?(?:日|天|个月)后)?"
_FROM = re.compile(
    rf"(?:自|从|于)(?P<day>{_DAY}|(?:　{{2,80}}|本[\u4e00-\u9fff]{{2,6}})?(?:印发|发布|公布|颁布|下发|批准|签署|通过)之?日{_LATER})"
    r"(?:起|开始)?(?:正式)?(?:施行|实施|执行|生效|试行|实行)"
)
_VALID = re.compile(
    rf"(?:有效期|试行期|执行期限?|有效期限)\s*+(?:(?:自|从)[^，。；至]{{1,24}}?(?=起?至|起[\d一二两三四五六七八九十]))?(?:起?至|起|为|到|截至|：|暂定为?)?\s*+"
    rf"(?P<until>{_DAY}|\d{{4}}年\d{{1,2}}月底?|\d{{4}}年底?|[\d一二两三四五六七八九十]+\s*(?:年|个月))"
)
_TITLE = r"《(?:[^《》]*+》|(?:[^《》〈]|〈[^〈〉]*+〉|〈){0,200}+》)"
_TITLES = rf"(?P<what>(?:{_TITLE}(?P<behind>[（(][^（）()]*[）)])?[、和及以及与]*)++)"
_ONE_TITLE = re.compile(r"《[^《》]*》(?:[（(][^（）()]*[）)])?")
_NAMED = re.compile(_TITLES)
_NO_PART = r"(?:(?!第[\d一二三四五六七八九十百]{1,5}[章节条款项])[^。；《》])"
"""What may stand between a title and 废止: with 第五条第一款 there, a part of the document ends, not the whole."""

_ENDED = r"(?:废止|停止执行|停止实施|不再执行|不再施行|失效)"
_ENDS = re.compile(rf"{_NO_PART}{{0,12}}?{_ENDED}")
_NUMBER_REPEALED = re.compile(
    rf"(?:^|[，。；、和及])原?(?P<what>{NUMBER.pattern})(?:文件?)?(?:同时|即行|自行|一并|相应|予以)*{_ENDED}"
)
_REPLACES = re.compile(rf"(?:代替|替代|取代)(?:原)?{_TITLES}")
_GENRES = "通知|办法|意见|细则|规定|方案|决定|措施|政策|公告|通告|条例|规则|规范|规程|指引|指南|要点|制度|标准|规划|计划|清单|目录|法"
_OWN = re.compile(
    rf"(?:^|[，。；])(?:自|从)|本(?:{_GENRES}|(?![市省区县州级地人])[\u4e00-\u9fff]{{0,4}}(?:办法|规定|细则|规范|措施|方案|意见|指南|指引|清单|目录))"
)
_WHOLE = re.compile(
    r"[^\u4e00-\u9fff]*(?:[一二三四五六七八九十]{1,3}、)?\s*(?:以上|上述)[\u4e00-\u9fff]{0,6}?(?:政策|措施|举措|意见|规定|事项|条款|办法)"
)
"""How the last clause of a text speaks of all before it: 以上措施自印发之日起实施. Elsewhere 上述政策 are those of an item."""


def statements(clauses: Iterable[Clause]) -> Iterator[Stated]:
    """Reads what the clauses of a document state of its own force, in their order.

    A sentence counts where it speaks of the document (本办法…), opens with the day itself, or closes a text with 以上政策…;
    what it says of others by their titles or numbers is repeal or replacement only.
    """
    worded = [clause for clause in clauses if clause.kind != "row"]
    for place, clause in enumerate(worded, start=1):
        closes = place == len(worded) or _text_of(worded[place]) != _text_of(clause)
        whole = closes and bool(_WHOLE.match(clause.text))
        for sentence in clause.sentences:
            yield from _of(clause.clause_id, sentence, whole)


def _text_of(clause: Clause) -> tuple[str, str]:
    """What tells the texts of a file apart: notice or clause, and the annex that a clause stands in."""
    return clause.kind, next((part for part in clause.clause_id.split("/") if part.startswith("附件")), "")


def _of(clause_id: str, sentence: Sentence, whole: bool) -> Iterator[Stated]:
    text = sentence.text
    if whole or _OWN.search(text):
        outside = re.sub(r"《[^《》]*》", lambda found: "　" * len(found[0]), text)
        for found in _FROM.finditer(outside):
            day = text[slice(*found.span("day"))]
            yield Stated("施行日期", iso_date(day) or day, text, clause_id)
        for found in _VALID.finditer(outside):
            until = re.sub(r"\s", "", found["until"])
            yield Stated("有效期", iso_date(until) or until, text, clause_id)
    for title in _repealed(text):
        yield Stated("废止", title, text, clause_id)
    for found in _REPLACES.finditer(text):
        for one in _ONE_TITLE.finditer(found["what"]):
            yield Stated("代替", one[0], text, clause_id)
    for found in _NUMBER_REPEALED.finditer(text):
        yield Stated("废止", found["what"], text, clause_id)


def _repealed(text: str) -> Iterator[str]:
    """The titles of each run that the words of repeal follow, be it in the bracket behind the last: 《甲》（2020年废止）."""
    for run in _NAMED.finditer(text):
        end = run.end()
        if not _ENDS.match(text, end):
            end = run.start("behind")
            if end < 0 or "《" in text[run.end("behind") : run.end()] or not _ENDS.match(text, end):
                continue
        yield from (title[0] for title in _ONE_TITLE.finditer(text, run.start(), end))
