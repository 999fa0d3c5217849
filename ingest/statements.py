"""What a document states of its own force: 施行日期, 有效期, and which documents it repeals or replaces."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from ingest.heads.dates import DAY, changed, iso_date
from ingest.heads.lines import plain
from ingest.records import Clause, Metadata, Sentence, Stated
from ingest.repeal_lists import listed
from ingest.repeals import ended_in

_LATER = r"(?:起?\s*[\d一二三四五六七八九十]{1,3}\s*(?:个?工作)?(?:日|天|个月)后)?"
_DO = "(?:施行|实施|执行|生效|试行|实行)"
_FROM = re.compile(
    rf"(?:自|从|于)(?P<day>{DAY}|\d{{4}}年\d{{1,2}}月(?=起)"
    rf"|(?:　{{2,80}}|本[\u4e00-\u9fff]{{2,6}})?(?:印发|发布|公布|颁布|下发|批准|签署|通过)之?日{_LATER})"
    rf"(?:起|开始)?(?:正式)?{_DO}"
)
_UNTIL = rf"(?:{DAY}|\d{{4}}年\d{{1,2}}月底?|\d{{4}}年底?)"
_TERM = r"[\d一二两三四五六七八九十]+\s*(?:年|个月)"
_VALID = re.compile(
    r"(?:有效期限?|试行期限?|执行期限?|施行期限?|实施期限|执行时间|实施时间)\s*+(?:暂?定?为|是|：|暂定)?\s*+"
    rf"(?:(?:(?:自|从)?[^，。；至]{{1,24}}?|(?:自|从)?\d{{4}}年[^，。；至]{{0,12}}?)(?:起?至|[-—–~～])|(?:自|从)[^，。；至]{{1,24}}?(?=起[\d一二两三四五六七八九十])|至|到|截至)?"
    rf"(?:起|为)?\s*+(?P<until>{_UNTIL}|{_TERM})"
)
_VALID_AS = re.compile(r"有效期限?(?P<until>[与同和]　{2,80}[^，。；]{0,12}?(?:一致|相同))")
_VALID_OF = re.compile(
    r"(?:^|[，,。；;、（）()\s]|政策|措施|举措|文件|办法|规定|通知|意见|细则|方案|公告|施行|试行|其|的)$"
)
"""What may stand before 有效期, that it is the document's own: not 许可证有效期."""

_SPAN = re.compile(rf"(?:自|从)?(?P<day>{DAY})起?(?:至|到)(?P<until>{_UNTIL})(?:止|期间)?{_DO}")
_TILL = re.compile(rf"(?:{_DO}，?|有效)(?:有效|执行|实施|施行)?(?:期)?至(?P<until>{_UNTIL})")
_FOR = re.compile(rf"起(?:试行|施行|实施|执行|暂行)(?P<until>{_TERM})")
_COUNTED = re.compile(rf"有效期限?为?自(?P<day>{DAY})起|(?:自|从)(?P<other>{DAY})起(?:计算|起?算)")
_PART = re.compile(r"(?:第[^，。；《》]{1,8}[条款项章节点部分]|附件\d*|附表\d*|其中[^。；]{0,30})$")
"""What stands before the day of a part, which is not the document's."""

_GENRES = "通知|办法|意见|细则|规定|方案|决定|措施|政策|公告|通告|条例|规则|规范|规程|指引|指南|要点|制度|标准|规划|计划|清单|目录|法"
_OWN = re.compile(
    rf"(?:^|[，。；])(?:自|从)|本(?:{_GENRES}|(?![市省区县州级地人])[\u4e00-\u9fff]{{0,4}}(?:办法|规定|细则|规范|措施|方案|意见|指南|指引|清单|目录))"
)
_NAMED = re.compile(r"《(?P<name>[^《》]*(?:〈[^〈〉]*〉[^《》]*)*)》(?:[（(][^（）()]*[）)])*(?=自|从|于)")
_OF_NOTICE = re.compile("的通知$")
_SHORTEST = 2
_BEFORE = 64
"""Characters before a day or a term that tell whose it is: what is looked for there is shorter."""
_DECIDES = re.compile(r"关于(?:修改|修订|修正).*的决定$")
_WHOLE = re.compile(
    r"[^\u4e00-\u9fff]*(?:[一二三四五六七八九十]{1,3}、)?\s*(?:以上|上述)[\u4e00-\u9fff]{0,6}?(?:政策|措施|举措|意见|规定|事项|条款|办法)"
)
"""How the last clause of a text speaks of all before it: 以上措施自印发之日起实施. Elsewhere 上述政策 are those of an item."""


def statements(clauses: Iterable[Clause], title: str = "") -> Iterator[Stated]:
    """Reads what the clauses of a document state of its own force, in their order.

    A sentence counts where it speaks of the document (本办法…, 《清单（2021年版）》自… of one whose title ends so), opens with the
    day itself, or closes a text with 以上政策…; what it says of others by their titles or numbers is repeal or replacement only.

    :param clauses: in their order, rows among them.
    :param title: of the document.
    """
    every = list(clauses)
    worded = [clause for clause in every if clause.kind != "row"]
    found: list[Stated] = []
    for place, clause in enumerate(worded, start=1):
        closes = place == len(worded) or _text_of(worded[place]) != _text_of(clause)
        whole = closes and bool(_WHOLE.match(clause.text))
        for sentence in clause.sentences:
            found += _of(clause.clause_id, sentence, whole, title)
    known = {(one.clause_id, one.value) for one in found}
    found += [one for one in listed(every) if (one.clause_id, one.value) not in known]
    order = {clause.clause_id: place for place, clause in enumerate(every)}
    for one in sorted(found, key=lambda one: order[one.clause_id]):
        yield replace(one, citation=every[order[one.clause_id]].citation)


def changed_by(note: str, metadata: Metadata) -> Iterator[Stated]:
    """Reads what a document says of its text being a changed one, under its title or by that of the decision that gives it anew.

    :param note: under its title; empty where there is none.
    :param metadata: of the document.
    :return: one of kind 修正 at most: ``value`` is from when the text is as it stands, ``day`` that of the first text where it is told.
    """
    days = changed(note)
    if days:
        yield Stated("修正", days[1], note, "", days[0])
    elif metadata.date and metadata.notice_title and _DECIDES.search(metadata.notice_title):
        yield Stated("修正", metadata.date, metadata.notice_title, "")


def _text_of(clause: Clause) -> tuple[str, str]:
    """What tells the texts of a file apart: notice or clause, and the annex that a clause stands in."""
    return clause.kind, next((part for part in clause.clause_id.split("/") if part.startswith("附件")), "")


def _of(clause_id: str, sentence: Sentence, whole: bool, title: str) -> Iterator[Stated]:
    text = sentence.text
    if whole or _OWN.search(text) or _names_itself(text, title):
        outside = re.sub(r"《[^《》]*》", lambda found: "　" * len(found[0]), text)
        days = sorted(_days(outside, text), key=lambda one: (one[0] != "施行日期", one[1]))
        own = [
            (kind, iso_date(value) or value)
            for kind, start, value in days
            if not _PART.search(outside[max(0, start - _BEFORE) : start])
        ]
        counted = _counted_from(outside)
        for kind, value in dict.fromkeys(own):
            yield Stated(kind, value, text, clause_id, counted if value[-1] in "年月" and kind == "有效期" else None)
    for one in ended_in(text):
        yield Stated(one.kind, one.value, text, clause_id, one.day)


def _days(outside: str, text: str) -> Iterator[tuple[str, int, str]]:
    """Kind, place and value of each day or term that a sentence about the document gives."""
    for found in _FROM.finditer(outside):
        yield "施行日期", found.start(), text[slice(*found.span("day"))]
    for found in _SPAN.finditer(outside):
        yield "施行日期", found.start(), found["day"]
        yield "有效期", found.start(), found["until"]
    for found in _VALID.finditer(outside):
        if _VALID_OF.search(outside[max(0, found.start() - _BEFORE) : found.start()]):
            yield "有效期", found.start(), re.sub(r"\s", "", found["until"])
    for found in _VALID_AS.finditer(outside):
        yield "有效期", found.start(), text[slice(*found.span("until"))]
    for pattern in (_TILL, _FOR):
        for found in pattern.finditer(outside):
            yield "有效期", found.start("until"), found["until"]


def _counted_from(text: str) -> str | None:
    """The day from which a sentence counts a term, where it says one: 有效期五年，自2022年1月1日起计算."""
    found = _COUNTED.search(text)
    return iso_date(found["day"] or found["other"]) if found else None


def _names_itself(text: str, title: str) -> bool:
    """Whether a sentence gives a day to the document by its own title, or by its end: 《清单（2021年版）》自….."""
    own = plain(_OF_NOTICE.sub("", title))
    names = (plain(found["name"]) for found in _NAMED.finditer(text))
    return any(len(name) >= _SHORTEST and own.endswith(name) for name in names)
