"""Which other documents a text repeals, replaces or prolongs (废止, 代替, 延长), sentence by sentence.

Only whole documents count: 《甲办法》第五条, 《甲办法》附件2 and 《甲办法》中有关补贴的规定 are parts, whose end leaves the rest in force.
What may stand between a title and 废止 is therefore a closed list of words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from ingest.heads.dates import DAY, iso_date
from ingest.heads.numbers import NUMBER

_TITLE = r"《(?:[^《》]*+》|(?:[^《》〈]|〈[^〈〉]*+〉|〈|《[^《》]*+》){0,200}+》)"
_NAMED = re.compile(rf"{_TITLE}(?P<behind>(?:\s*[（(〔\[][^（）()]*[）)〕\]])*+)")
_NUMBERED = re.compile(rf"(?:^|(?<=[，。；：、和及与原止替代]))(?P<what>{NUMBER.pattern})(?:文件|文)?")
_VERB = re.compile(r".*(?:废止|废除|停止执行|代替|替代|取代|宣布失效)了?原?|第[一二三四五六七八九十百]+条原?|原")
_BETWEEN = re.compile(
    r"[、，,；;和及与以\s]*+(?:原|[^《》。；]{0,60}?(?:发布|公布|印发|颁布|下发|制定|通过|批准|修正|修订|转发|出台)的)?"
)
"""What stands between two that are repealed together: 和2005年3月1日发布的."""

_END = (
    r"(?:废止|废除|失效|作废|(?:停止|终止)(?:执行|实施|施行|适用|使用)|不再(?:执行|施行|实施|有效|适用|沿用))"
    r"(?=$|[^一-鿿《]|并|且)"
)
_KIND = r"(?:行政|地方)?(?:规范性|政策性|政策)?(?:文件|规章|法规|规定|通知|办法|政策|标准)"
_SAME = r"(?:本[^《》。；，]{1,14}?)?(?:施行|实施|印发|发布|公布|执行|生效)(?:之日)?(?:起|后)"
_WHEN = rf"(?:(?:自|从|于)(?:(?P<day>{DAY})起?|{_SAME}|即日起)|{_SAME}|即日起)"
_HOW = r"(?:同时|同步|即行|自行|自动|自然|一并|相应|予以|随之|即|均|也|亦|都|已经?|现|全部|宣布|正式|将|应当?|则)"
TAIL = re.compile(
    rf"\s*(?:等?(?:共?[\d一二两三四五六七八九十百]+[件个份部项])?(?:{_KIND})?)，?{_HOW}{{0,4}}(?:{_WHEN}，?)?{_HOW}{{0,4}}{_END}"
)
"""What says behind titles or numbers that they end: 等3件规范性文件自2024年1月1日起一并废止."""

_ENDED_INSIDE = re.compile(r"[^，；]{0,12}(?:废止|失效|作废)[）)]$")
_ORDINAL = r"(?:第[一二三四五六七八九十百\d]+条|[（(]?[一二三四五六七八九十\d]{1,3}[）)]?[、.．]?)?\s*"
_BEFORE = rf"(?:^{_ORDINAL}|[，。；：]|决定|同意|现|(?:自|从)(?P<day>{DAY})起，?|即日起，?|同时|一并|予以|即行)"
_FRONT = re.compile(
    rf"{_BEFORE}(?:废止|宣布失效|宣布废止|废除|停止执行)(?:了|(?:下列|以下|如下)[^《》。；：]{{0,20}}：)?(?:{_BETWEEN.pattern})$"
)
"""What says before a title that it ends: 现决定废止《甲办法》; 拟废止 and 修改或废止 say nothing yet."""

_NEAR = 150
"""Characters before a title that may say what becomes of it."""

_FROM = re.compile(rf"(?:自|从)(?P<day>{DAY})起，?(?:原|同时)*$")
_PART = re.compile(r"\s*(?:等[^《》。；，（(]{0,12})?(?:的|第|中|附件|附表|附录|有关|相关|部分|里)")
_REPLACES = re.compile(r"(?:代替|替代|取代)了?原?$")
_REPLACED = re.compile(rf"\s*{_HOW}{{0,4}}[由被]本[^《》。；，]{{1,14}}?(?:代替|替代|取代)")
_PROLONGED = re.compile(
    rf"\s*的?(?:有效期限?|试行期限?|实施期限|执行期限?)?(?:统一|相应|继续|均)*(?:延长|延续|顺延|延期|延至|继续(?:有效|执行|施行|实施))(?:(?:至|到)(?P<day>{DAY}))?"
)
_THING = re.compile(r"(?:失效|作废)$")
_DOCUMENT = re.compile(
    r"(?:通知|办法|意见|细则|规定|方案|决定|决议|措施|政策|公告|通告|条例|规则|规范|规程|指引|指南|要点|制度|标准|规划|计划|纲要|清单|目录|法|函|批复)"
    r"(?:[（(〔〈][^（）()]*[）)〕〉])?》"
)
"""What the title of a document ends in: a certificate or a coupon (《房票》) lapses as well."""


@dataclass(frozen=True, slots=True)
class Ended:
    """A document that a sentence ends or prolongs: ``kind`` 废止, 代替 or 延长, its title or number, and the day (ISO 8601) that is said.

    It is the first day without it, or where it is prolonged the last day with it.
    """

    kind: str
    value: str
    day: str | None = None


@dataclass(frozen=True, slots=True)
class _Name:
    """A title with the brackets behind it, or a number; ``bracket`` is where these begin."""

    value: str
    start: int
    end: int
    bracket: int


def ended_in(text: str) -> Iterator[Ended]:
    """Finds what a sentence repeals, replaces or prolongs, in order.

    >>> [one.value for one in ended_in("原《甲办法》（甲发〔2001〕1号）、甲发〔2002〕2号文件同时废止。")]
    ['《甲办法》（甲发〔2001〕1号）', '甲发〔2002〕2号']
    >>> list(ended_in("《甲办法》第五条同时废止。"))
    []

    :param text: a sentence.
    """
    for run in _runs(text, _names(text)):
        start, end = run[0].start, run[-1].end
        near = max(0, start - _NEAR)
        if _REPLACED.match(text, end) or (_REPLACES.search(text, near, start) and not _PART.match(text, end)):
            yield from (Ended("代替", one.value) for one in run)
            continue
        tail, front = TAIL.match(text, end), _FRONT.search(text, near, start)
        inside = _ENDED_INSIDE.search(text[run[-1].bracket : end])
        prolonged = _PROLONGED.match(text, end)
        if prolonged:
            yield from (Ended("延长", one.value, _iso(prolonged["day"])) for one in run)
        elif tail and (not _THING.search(tail[0]) or all(map(_is_document, run))):
            found = tail["day"] or _day_before(text, near, start)
            yield from (Ended("废止", one.value, _iso(found)) for one in run)
        elif front and not _PART.match(text, end):
            yield from (Ended("废止", one.value, _iso(front["day"])) for one in run)
        elif inside:
            yield from (Ended("废止", text[one.start : one.bracket]) for one in run)


def _names(text: str) -> list[_Name]:
    """Titles with the brackets behind them, and the numbers that stand by themselves."""
    named = [
        _Name(text[found.start() : found.end()].rstrip(), *found.span(), found.start("behind"))
        for found in _NAMED.finditer(text)
    ]
    bare = _NAMED.sub(lambda found: "　" * len(found[0]), text)
    for found in _NUMBERED.finditer(bare):
        verb = _VERB.match(found["what"])
        start = found.start("what") + (verb.end() if verb else 0)
        named.append(_Name(text[start : found.end("what")], start, found.end(), found.end()))
    return sorted(named, key=lambda one: one.start)


def _runs(text: str, names: Sequence[_Name]) -> Iterator[list[_Name]]:
    """Parts names into those that are spoken of together."""
    run: list[_Name] = list(names[:1])
    for one, other in pairwise(names):
        if not _BETWEEN.fullmatch(text, one.end, other.start):
            yield run
            run = []
        run.append(other)
    if run:
        yield run


def _is_document(one: _Name) -> bool:
    return not one.value.startswith("《") or one.bracket < one.end or bool(_DOCUMENT.search(one.value))


def _day_before(text: str, near: int, end: int) -> str | None:
    found = _FROM.search(text, near, end)
    return found["day"] if found else None


def _iso(day: str | None) -> str | None:
    return iso_date(day) if day else None
