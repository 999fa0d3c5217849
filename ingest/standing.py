"""效力标注: what the site that publishes a document says of its force beside number and day: 有效性：失效, 失效日期：2023-12-31."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ingest.records import Stated

MARK = "标题注明"
"""Here the name of what stands in brackets beside a title: 【已废止】."""

NAMES = (
    "有效性", "是否有效", "时效", "时效性", "时效状态", "文件有效性", "文件时效性", "文件时效", "文件状态", "文件效力", "效力状态", "有效状态", "生效状态",
    MARK, "是否失效", "是否废止", "是否作废",
)  # fmt: skip
"""The names under which sites say whether a document is in force."""

DAY_NAMES = ("失效日期", "失效时间", "废止日期", "废止时间", "终止日期")
"""The names under which they say on which day it ended, or will."""

OVER, VALID, PARTLY_OVER, AMENDED, NOT_BEGUN = "失效", "有效", "部分失效", "已修改", "尚未生效"
_WORDS = {
    PARTLY_OVER: re.compile(
        r"部分(?:条款|内容)?(?:已经?)?(?:失效|废止|有效|无效|修改)|有效[（(]部分(?:条款|内容)?(?:失效|废止)[)）]"
    ),
    NOT_BEGUN: re.compile(r"(?:尚未|未|待|即将)(?:生效|施行|实施)"),
    AMENDED: re.compile(r"(?:已经?)?被?(?:修改|修订|修正)"),
    OVER: re.compile(r"(?:现?已经?)?被?(?:废止|失效|终止|无效|作废|撤销|停止执行|宣布失效|宣布废止)|过期|否"),
    VALID: re.compile(r"(?:现行|继续|长期)?有效|现行|(?:已经?)?生效|(?:正在)?施行中?|是"),
}
"""What the words of a label come to; the first that fits."""

_ASKS_FOR_END = NAMES[-3:]
_REVERSED = {OVER: VALID, VALID: OVER}
_ENDS = r"(?=$|[\s|｜，,。；;（(【\[])"
_MARKS = re.compile(
    r"^[\[【（(〔]([^\[\]【】（）()〔〕]{2,6})[\]】）)〕]\s*|\s*[\[【（(〔]([^\[\]【】（）()〔〕]{2,6})[\]】）)〕]$"
)
_DAY = re.compile(r"((?:19|20)\d\d)\s*[-./年]\s*(\d{1,2})\s*[-./月]\s*(\d{1,2})")


def standing_of(label: str) -> str | None:
    """Tell what a label comes to.

    >>> standing_of("有效性：已废止"), standing_of("是否有效：否"), standing_of("是否失效：否"), standing_of("文件状态：不限")
    ('失效', '失效', '有效', None)

    :param label: name, ： and value, as the page has them but for blanks in the name.
    :return: 失效, 有效, 部分失效, 已修改 or 尚未生效; None where it is none, or names several to choose from.
    """
    name, _, value = label.partition("：")
    value = value.strip(" \u3000[]【】|｜。；;")
    if name in DAY_NAMES and _day(value):
        return OVER
    for standing, words in _WORDS.items() if name in (*NAMES, *DAY_NAMES) else ():
        found = re.match(f"(?:{words.pattern}){_ENDS}", value)
        if found:
            rest = value[found.end() :].split()
            if any(standing_of(f"{name}：{word}") not in (None, standing) for word in rest):
                return None
            return _REVERSED.get(standing, standing) if name in _ASKS_FOR_END and value[0] in "是否" else standing
    return None


def title_mark(text: str) -> tuple[str, str]:
    """Part a title from what a site has put before or behind it of its force.

    >>> title_mark("【已废止】青禾市养老服务办法"), title_mark("青禾市养老服务办法（试行）")
    (('青禾市养老服务办法', '标题注明：已废止'), ('青禾市养老服务办法（试行）', ''))

    :param text: of a line.
    :return: the title, and the mark as a label; empty where there is none.
    """
    for found in _MARKS.finditer(text.strip()):
        label = f"{MARK}：{found[1] or found[2]}"
        # （修订）behind a title names the revision that the text is.
        if standing_of(label) in ((OVER, PARTLY_OVER, AMENDED) if found[1] else (OVER, PARTLY_OVER)):
            return text.strip().replace(found[0], "", 1).strip(), label
    return text, ""


def stated_by_site(labels: Sequence[str]) -> tuple[Stated, ...]:
    """Give what the labels of a page say together of the force of its document.

    >>> stated_by_site(["有效性：失效", "失效日期：2023-12-31"])
    (Stated(kind='标注', value='失效', text='有效性：失效，失效日期：2023-12-31', clause_id='', day='2023-12-31', citation=''),)

    :param labels: as for :func:`standing_of`.
    :return: one of kind 标注, and as value what they come to; none where they say nothing or contradict each other, as those
        of a template do that holds all its words.
    """
    said = [(label, standing) for label in dict.fromkeys(labels) if (standing := standing_of(label)) is not None]
    days = {day for label, _ in said if label.partition("：")[0] in DAY_NAMES and (day := _day(label))}
    plain = {standing for label, standing in said if label.partition("：")[0] not in DAY_NAMES or not _day(label)}
    kinds = plain or {standing for _, standing in said}
    if len(kinds) != 1 or len(days) > 1:
        return ()
    return (Stated("标注", kinds.pop(), "，".join(label for label, _ in said), "", next(iter(days), None)),)


def _day(text: str) -> str | None:
    found = _DAY.search(text)
    return f"{int(found[1]):04}-{int(found[2]):02}-{int(found[3]):02}" if found else None
