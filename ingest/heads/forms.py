"""Forms to fill in (待填表单): what an annex is that states nothing before somebody has filled it in."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ingest.heads.lines import is_template_mark, is_to_fill_in

_SIGNED_BLANK = re.compile(
    r"[^。；，,:：]{0,20}[（(](?:盖章|公章|签章|签字|签名|印章)[^（）()]{0,8}[）)]\s*[:：]?[_＿\s]*|"
    r"(?:[\u4e00-\u9fff]{0,4}日\s*期\s*[:：])?\s*(?:20)?[\d_＿×xX\s]*年[_＿×xX\s]*月[_＿×xX\s]*日"
)
_OPEN_FIELD = re.compile(r"[:：]\s*[，,、；;。]")
_NOTES = re.compile(r"(?:备注|注|注意事项|说明|填表说明|填写说明|填报说明)\s*[:：]")
_FEWEST_BLANKS, _BLANK_SHARE = 3, 0.35
"""An annex with more lines to fill in than the one, and a greater share of them than the other, is a form."""

_BRIEF = 40
"""A line beside an empty table says no more than this where the table is all there is."""


def is_blank_signature(line: str) -> bool:
    """Whether a line waits for a seal or a date: 承诺企业（盖章）：, 日期：____年__月__日."""
    return bool(_SIGNED_BLANK.fullmatch(line.strip()))


def is_form(lines: Sequence[str], is_all_tables: bool) -> bool:
    """Whether a text is a form, or a pattern to fill in.

    It says so (（参考模板）), or waits to be filled in line by line, or is an empty table with what to write into it.

    :param lines: the paragraphs of its body that are no tables, as shown.
    :param is_all_tables: whether it has tables, and all wait to be filled in.
    """
    blanks = sum(map(is_to_fill_in, lines))
    if blanks and any(map(is_template_mark, lines[:3])):
        return True
    if blanks > max(_FEWEST_BLANKS, _BLANK_SHARE * len(lines)):
        return True
    left_open = sum(1 for line in lines if is_blank_signature(line) or _OPEN_FIELD.search(line))
    if left_open > 1 and 2 * left_open > len(lines):
        return True
    noted = next((place for place, line in enumerate(lines) if _NOTES.match(line)), len(lines))
    return is_all_tables and all(len(line) <= _BRIEF and "。" not in line for line in lines[:noted])
