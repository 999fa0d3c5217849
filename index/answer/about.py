"""文件信息: questions about a document itself (何时印发, 谁发的, 发给谁, 文号, 还有效吗), answered from what its heads state."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping

from index.answer.days import day_words
from index.answer.force_words import basis_words, force_words, grounds_of
from index.answer.library import Library
from index.question.asked import Asked
from index.question.words import plain
from index.records import FOUND, Answer, Fact
from ingest.records import Document

_WHEN = r"(?:什么时候|什么时间|啥时候|啥时间|何时|几时|哪年|哪一年|哪天|哪一天|几月几[日号])"
_WHICH = r"(?:谁|(?:哪|什么|啥)个?(?:部门|单位|机关|机构|委|局))"
_ISSUES = r"(?:印发|发布|下发|颁布|公布|出台|发文|发出|制定|起草|出|发)"
_FILLER = r"(?:请问|问一下|想知道|查一下|查查|看看|这份|这个|该|本)?(?:文件|通知|文|办法|规定|方案|规划|意见|公告|政策|条例)?(?:的|是|它|都|又)*"
_END = r"(?:的|了|呢|啊|呀|吗|么|没有|没|来着|来的|到底)*"
_ASKED: Mapping[str, str] = {
    "date": rf"{_WHEN}{_ISSUES}|(?:印发|发布|成文|发文|下发|公布)(?:日期|时间)(?:是?{_WHEN}|是?哪[天年]|是多少|是什么)?|{_ISSUES}于?{_WHEN}",
    "issuer": rf"(?:是|由)?{_WHICH}{_ISSUES}|(?:发文|印发|发布|制定)(?:机关|单位|部门|机构)(?:是?{_WHICH})?|{_ISSUES}(?:机关|单位|部门)是?{_WHICH}?",
    "recipients": rf"(?:是)?(?:印发|发|下发|抄送|主送)给?(?:到|了)?(?:谁|哪些?(?:部门|单位|机关|人|地方)?)|(?:主送|抄送)(?:机关|单位)?(?:是?{_WHICH}|有?哪些|是?什么)?",
    "number": r"(?:发文)?(?:文号|字号)(?:是|叫)?(?:多少|什么|几号|啥)?|(?:是)?(?:多少|几)号文",
    "title": r"(?:全称|标题|题目|名称|全名)(?:是|叫)?(?:什么|啥)?|叫(?:什么|啥)(?:名字|名称)?",
    "force": rf"(?:现在|目前|如今|还|是否|是不是|有没有|已经?|还是)*(?:有效|管用|作数|算数|适用|生效|施行|执行|废止|失效|过期|作废|到期)"
    rf"|(?:有效期|有效期限|时效)(?:限)?(?:到|至|是)?(?:{_WHEN}|多久|多长|多长时间|几年|多少年)?|{_WHEN}(?:施行|实施|生效|执行|起施行|到期|失效|废止|过期|作废)",
}
"""What is asked for, by the set phrases that ask for it: a question holds nothing else beside the document's name."""
_PATTERNS = {name: re.compile(f"{_FILLER}(?:{phrase}){_END}") for name, phrase in _ASKED.items()}


def about(asked: Asked, library: Library, day: str | None) -> Answer | None:
    """Answer a question about a document itself.

    :param asked: the question as it was read.
    :param library: the documents.
    :param day: the day (ISO 8601) on which force is told; None for what is stated alone.
    :return: the answer with its facts and no clause; None where the question is none about the one document that it names.
    """
    keys = asked.reference.documents or ((asked.query.document,) if asked.query.document else ())
    if len(keys) != 1 or keys[0] not in library.documents or asked.reference.clause_ids or asked.reference.missing:
        return None
    rest = plain(asked.reference.rest)
    names = [name for name, pattern in _PATTERNS.items() if pattern.fullmatch(rest)]
    if not names:
        return None
    document = library.documents[keys[0]]
    facts = tuple(fact for name in names for fact in _READ[name](document, library, day))
    return Answer(asked.query, "facts", FOUND, (), facts=facts, about=document.metadata)


def _date(document: Document, library: Library, day: str | None) -> Iterator[Fact]:
    data = document.metadata
    yield Fact("成文日期", day_words(data.date) if data.date else None)
    if data.printed:
        yield Fact("印发日期", day_words(data.printed))


def _issuer(document: Document, library: Library, day: str | None) -> Iterator[Fact]:
    yield Fact("发文机关", document.metadata.issuer)


def _recipients(document: Document, library: Library, day: str | None) -> Iterator[Fact]:
    data = document.metadata
    yield Fact("主送机关", "、".join(data.recipients) or None)
    if data.copied_to:
        yield Fact("抄送", "、".join(data.copied_to))


def _number(document: Document, library: Library, day: str | None) -> Iterator[Fact]:
    yield Fact("发文字号", document.metadata.number)


def _title(document: Document, library: Library, day: str | None) -> Iterator[Fact]:
    yield Fact("标题", document.metadata.title)
    if document.metadata.notice_title:
        yield Fact("印发它的通知", document.metadata.notice_title)


def _force(document: Document, library: Library, day: str | None) -> Iterator[Fact]:
    if day is None:
        yield from (Fact(one.kind, f"“{one.text}”（{one.citation}）", one.clause_id) for one in document.statements)
        return
    force = library.force(document.key, day)
    shown = grounds_of(force)
    yield Fact(f"效力（{day_words(day)}）", force_words(force), next((one.clause_id for one in shown), ""))
    for one in (force.since, force.until, force.ended, force.plan):
        if one and one not in shown:
            yield Fact(one.kind, basis_words(one), one.clause_id)
    yield from (Fact("注意", caution) for caution in force.cautions)


_READ: Mapping[str, Callable[[Document, Library, str | None], Iterator[Fact]]] = {
    "date": _date,
    "issuer": _issuer,
    "recipients": _recipients,
    "number": _number,
    "title": _title,
    "force": _force,
}
