"""The force of the documents of a base (效力): from when and until when each is in force, by what documents state.

Nothing is taken for stated that is worked out: each day says by which words it stands, and, where the words do not give it
themselves, how it was worked out. Where nothing is stated, nothing is said to be in force (未载明).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from index.answer.days import after, before, day_words, first_day, is_day, last_day
from index.answer.labels import SITE, VALID, is_over, label_doubts, label_of
from index.answer.repeals import Repeal, is_draft
from index.records import Force, Ground
from index.references.twins import apart
from ingest.plans import PLAN, plan_years
from ingest.records import Document, Metadata, Stated

IN_FORCE, REPEALED, REPLACED = "现行", "已废止", "已被代替"
NOT_YET, NOT_ISSUED, EXPIRED, PARTLY = "尚未施行", "尚未印发", "有效期已过", "有效期已过，另有规定的除外"
PLAN_OVER, PLAN_RUNS, DRAFT, UNSTATED = "规划期已过", "规划期内", "征求意见稿", "未载明"
YEAR_OVER, YEAR_RUNS = "所属年度已过", "所属年度内"
LABELLED_OVER, LABELLED_VALID = f"{SITE}失效", f"{SITE}有效"
ENDED = (REPEALED, REPLACED, EXPIRED, PARTLY, PLAN_OVER, YEAR_OVER, LABELLED_OVER)
"""What is marked beside every citation."""

OUT = (REPEALED, REPLACED, EXPIRED, NOT_YET, NOT_ISSUED, DRAFT)
"""What is not searched for a day on which it is so."""

_ISSUE = re.compile(r"(?:本[一-鿿]{2,6})?(?:印发|发布|公布|颁布|下发|批准|签署|通过)之?日(?P<later>起?.*后)?")
_RESERVE = re.compile(
    r"从其规定|未(?:特别)?(?:注明|明确|规定)[^，。]{0,8}(?:期限|时限|有效期)|另有[^，。]{0,6}(?:规定|期限)|除外"
)
_SPAN = re.compile(r"(?P<first>(?:19|20)\d\d)年?\s*[-—–―~～至到]+\s*(?P<last>(?:19|20)\d\d)年?")
_PLAN = re.compile(rf"{PLAN}(?=[^天日号])|第(?P<full>二?十[一二三四五六七八九])个五年")
_PLANS = re.compile(r"(?:规划|计划|纲要|方案|行动|任务|要点)(?:[（(][^（）()]*[）)])*$")
_YEARLY = "年度"
_ONE_YEAR = re.compile(r"(?<!\d)(?P<year>20\d\d)年度?(?![版修第])")
_YEARLY_FORMS = re.compile(
    r"(?:要点|工作报告|预算|方案|计划|安排|任务|指引|意见|通知|通告|公告)(?:[（(][^（）()]*[）)])*$"
)
_TARGET_YEAR = re.compile(r"((?:20)\d\d)年远景")


def forces_of(documents: Mapping[str, Document], repeals: Mapping[str, Sequence[Repeal]]) -> dict[str, Force]:
    """Work out of each document from when and until when it is in force; :func:`on` says how that stands on a day.

    :param documents: documents by key.
    :param repeals: what :func:`index.answer.repeals.repeals_of` found in them.
    :return: by key, without a day and a status.
    """
    starts = {key: start_of(document) for key, document in documents.items()}
    return {key: _force(document, repeals.get(key, ()), documents, starts) for key, document in documents.items()}


def on(force: Force, day: str) -> Force:
    """Say what the force of a document is on a day.

    :param force: of :func:`forces_of`.
    :param day: ISO 8601.
    :return: the same with the day and the status on it; what is to come stands in it too.
    """
    status = _with_label(force, _status(force, day), day)
    doubts = [*label_doubts(force.labelled, status, day), *earlier_text(force, day)]
    return replace(force, day=day, status=status, cautions=(*force.cautions, *doubts))


def is_out(force: Force) -> bool:
    """Tell whether a document is certainly not in force on the day of its force."""
    unknown = force.status in (REPEALED, REPLACED) and force.ended is not None and force.ended.day is None
    return force.status in OUT and not unknown


def _status(force: Force, day: str) -> str:
    since, until, ended, plan = force.since, force.until, force.ended, force.plan
    if force.issued and force.issued > day:
        return NOT_ISSUED
    if force.draft:
        return DRAFT
    if ended and (ended.day is None or ended.day <= day):
        return REPLACED if ended.kind == "代替" else REPEALED
    if until and until.day and until.day < day:
        return PARTLY if _RESERVE.search(until.words) else EXPIRED
    if since and since.day and since.day > day:
        return NOT_YET
    is_yearly = plan is not None and plan.kind == _YEARLY
    if plan and plan.day and plan.day < day:
        return YEAR_OVER if is_yearly else PLAN_OVER
    is_open = until is not None and until.day is None and until.kind != "延长"
    if not is_open and ((since and since.day) or until):
        return IN_FORCE
    if plan:
        return YEAR_RUNS if is_yearly else PLAN_RUNS
    return UNSTATED


def _with_label(force: Force, status: str, day: str) -> str:
    """A site's label settles what documents leave open; where they give an end themselves, it is only told beside it."""
    label, has_end = force.labelled, force.until is not None and force.until.day is not None
    if label is None or status != UNSTATED and (status != IN_FORCE or has_end):
        return status
    if is_over(label, day):
        return LABELLED_OVER
    is_valid = label.kind == VALID or label.day is not None
    return LABELLED_VALID if status == UNSTATED and is_valid else status


def _force(
    document: Document,
    repeals: Sequence[Repeal],
    documents: Mapping[str, Document],
    starts: Mapping[str, Ground | None],
) -> Force:
    issued = document.metadata.date
    since = starts[document.key]
    ends = [
        _end(one, documents[one.key], starts[one.key]) for one in repeals if not one.doubt and one.stated.kind != "延长"
    ]
    amended, first = _changed(document, since)
    return Force(
        document=document.key,
        issued=issued if issued and is_day(issued) else None,
        draft=is_draft(document),
        since=since,
        until=_until(document, since, repeals, documents),
        ended=min(ends, key=lambda one: (one.day is None, one.day or "")) if ends else None,
        plan=_plan(document) or _year(document),
        labelled=label_of(document),
        amended=amended,
        first=first,
        cautions=tuple(_cautions(repeals, documents)),
    )


def start_of(document: Document) -> Ground | None:
    """Give the day on which a document says that it comes into force, the latest where its texts say several.

    :param document: any.
    :return: the day (None in it where the words give none that can be told); None where it states nothing.
    """
    found = [_start(one, document) for one in _own(document, "施行日期")]
    return max(found, key=lambda one: one.day or "") if found else None


def _start(stated: Stated, document: Document) -> Ground:
    day = first_day(stated.value)
    if day:
        return _ground(stated, document, day, "" if day == stated.value else "按该月第一日计")
    issue, issued = _ISSUE.fullmatch(stated.value), document.metadata.date
    if not issue or not issued or not is_day(issued):
        return _ground(stated, document, None, "")
    rule = f"{stated.value}按文件日期{day_words(issued)}计"
    if not issue["later"]:
        return _ground(stated, document, issued, rule)
    counts = "工作" not in stated.value
    return _ground(stated, document, after(issued, stated.value) if counts else None, rule)


def _until(
    document: Document, since: Ground | None, repeals: Sequence[Repeal], documents: Mapping[str, Document]
) -> Ground | None:
    """The last day of the term that a document states for itself, or another for it; the latest of several."""
    found = [_term(one, document, since) for one in _own(document, "有效期")]
    for one in repeals:
        if one.stated.kind == "延长" and not one.doubt:
            found.append(_ground(one.stated, documents[one.key], one.stated.day, ""))
    unknown = [one for one in found if one.day is None]
    return (unknown or sorted(found, key=lambda one: one.day or ""))[-1] if found else None


def _term(stated: Stated, document: Document, since: Ground | None) -> Ground:
    if day := last_day(stated.value):
        return _ground(stated, document, day, "" if day == stated.value else "按该月或该年最后一日计")
    issued = document.metadata.date
    counted = stated.day or (since.day if since else None)
    start = counted or (issued if issued and is_day(issued) else None)
    end = after(start, stated.value) if start else None
    if not start or not end:
        return _ground(stated, document, None, "")
    named = "" if counted else "（文件日期）"
    return _ground(stated, document, before(end), f"自{day_words(start)}{named}起{stated.value}")


def _end(repeal: Repeal, document: Document, start: Ground | None) -> Ground:
    """When a repeal takes effect: on the day that it says, else when the document that says it does, not before its date."""
    stated, issued = repeal.stated, document.metadata.date
    if stated.day:
        return _ground(stated, document, stated.day, "")
    known = [day for day in (start.day if start else None, issued) if day and is_day(day)]
    if not known or (start and not start.day):
        return _ground(stated, document, None, "")
    own = bool(start and start.day == max(known))
    if own and start and start.is_stated and start.words == stated.text:
        return _ground(stated, document, start.day, "")
    told = "施行之日" if own else "文件日期"
    return _ground(stated, document, max(known), f"按所据文件{told}{day_words(max(known))}计")


def earlier_text(force: Force, day: str) -> Iterator[str]:
    """Say that on a day another text of a document was in force than the one of the base, which has been changed since.

    :param force: of :func:`forces_of`.
    :param day: ISO 8601.
    :return: a sentence for the user at most.
    """
    changed = force.amended.day if force.amended else None
    since = force.since.day if force.since else None
    start = since if since and changed and since < changed else force.first
    if changed and day < changed and (start is None or start <= day):
        yield f"库中是修改后的文字（自{day_words(changed)}起），此前的文字库中没有，请另行查找"


def _changed(document: Document, since: Ground | None) -> tuple[Ground | None, str | None]:
    """From when the text is as it stands, where it was changed, and from when there was a first one."""
    found = next((one for one in document.statements if one.kind == "修正"), None)
    if found is None:
        return None, None
    starts = since.day if since and since.day else ""
    return _ground(found, document, max(found.value, starts), ""), found.day


def _plan(document: Document) -> Ground | None:
    """The last day of the years that the title of a plan names: 2021-2025年, “十四五”, and 2035年 of a vision to it."""
    title = document.metadata.title
    if not _PLANS.search(title):
        return None
    spans = [(one[0], int(one["first"]), int(one["last"])) for one in _SPAN.finditer(title)]
    spans += [(one[0].strip('“”"'), *plan_years((one["plan"] or one["full"]) + "五")) for one in _PLAN.finditer(title)]
    if not spans:
        return None
    words, first, last = max(spans, key=lambda one: one[2])
    last = max([last, *map(int, _TARGET_YEAR.findall(title))])
    said = "题名所写" if _SPAN.search(title) else "这个五年规划是"
    return Ground(
        "规划期", f"{last}-12-31", words, "", document.key, f"{name_of(document)}题名", f"{said}{first}—{last}年"
    )


def _year(document: Document) -> Ground | None:
    """The last day of the one year that a document is for by its title: 2023年…工作要点, issued in it or the year before."""
    title, issued = document.metadata.title, document.metadata.date
    named = {int(one["year"]) for one in _ONE_YEAR.finditer(title)}
    if len(named) != 1 or not _YEARLY_FORMS.search(title):
        return None
    year = named.pop()
    if issued and int(issued[:4]) not in (year, year - 1):
        return None
    words = next(one[0] for one in _ONE_YEAR.finditer(title))
    return Ground(
        _YEARLY, f"{year}-12-31", words, "", document.key, f"{name_of(document)}题名", f"题名所写年度{year}年"
    )


def _own(document: Document, kind: str) -> list[Stated]:
    """What a document states of itself, of its annexes only where nothing else does."""
    every = [one for one in document.statements if one.kind == kind]
    return [one for one in every if "/附件" not in one.clause_id] or every


def _cautions(repeals: Iterable[Repeal], documents: Mapping[str, Document]) -> Iterator[str]:
    for one in repeals:
        if one.doubt:
            yield f"{name_of(documents[one.key])}写有“{one.stated.text}”，但{one.doubt}"
        elif one.stated.kind == "延长" and not one.stated.day:
            yield f"{name_of(documents[one.key])}写明延长：“{one.stated.text}”"


def name_of(document: Document) -> str:
    """Name a document by title and number, and by what tells it from another of that title: 《甲办法》（甲发〔2023〕1号）."""
    return named(document.metadata) + apart(document.metadata, document.key)


def named(document: Metadata) -> str:
    """Name a document by title and number, the marks of a title inside another being 〈〉: 《关于〈乙规划〉的通知》（甲发〔2024〕1号）."""
    title = document.title.replace("《", "〈").replace("》", "〉")
    return f"《{title}》（{document.number}）" if document.number else f"《{title}》"


def _ground(stated: Stated, document: Document, day: str | None, rule: str) -> Ground:
    citation = stated.citation or name_of(document)
    return Ground(stated.kind, day, stated.text, stated.clause_id, document.key, citation, rule)
