"""What a document is known by beside its number and title: who issued it, of which year, of which kind (文种), and when it is in force."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from index.answer.days import before, is_day
from index.answer.force import is_out
from index.answer.library import Library
from index.records import Force
from ingest.records import Metadata

ALWAYS, NEVER = 0, 99_999_999
"""Days as numbers, 20220630, before and after all that there are."""

_KINDS = (
    "决议 决定 命令 令 公报 公告 通告 意见 通知 通报 报告 请示 批复 议案 函 纪要"
    " 条例 规定 办法 细则 规则 法 规划 计划 纲要 方案 要点 措施 标准 规范 指南 目录 清单 预算"
)
"""文种: those of 党政机关公文处理工作条例 (2012) article 8, of 规章制定程序条例 article 7, and what plans and lists are called."""
_KIND = re.compile(
    rf"({'|'.join(sorted(_KINDS.split(), key=lambda kind: -len(kind)))})(?:[（(〔][^（）()〔〕]*[）)〕])*$"
)
OTHER = "其他"


@dataclass(frozen=True, slots=True)
class Attributes:
    """What a document is known by: ``issuer`` is empty and ``year`` 0 where it names none.

    It may be in force from day ``since`` to day ``until``, both included; where that is no one span of days, ``is_span`` is
    False and the span is all time.
    """

    issuer: str
    year: int
    kind: str
    since: int = ALWAYS
    until: int = NEVER
    is_span: bool = True


def kind_of(title: str) -> str:
    """Tell what kind of document a title names (文种).

    >>> kind_of("养老服务条例（试行）"), kind_of("关于加强养老服务的实施意见"), kind_of("养老服务")
    ('条例', '意见', '其他')

    :param title: of a document.
    :return: the word that it ends with, brackets left out; 其他 where it ends with none of them.
    """
    found = _KIND.search(title)
    return found[1] if found else OTHER


def year_of(metadata: Metadata) -> int:
    """Give the year of a document's date.

    :param metadata: of the document.
    :return: the year; 0 where it names no date.
    """
    return int(metadata.date[:4]) if metadata.date and metadata.date[:4].isdigit() else 0


def number_of(day: str) -> int:
    """Give a day as a number.

    :param day: ISO 8601.
    :return: 20220630.
    """
    return int(day.replace("-", ""))


def attributes_of(library: Library) -> Mapping[str, Attributes]:
    """Tell what the documents of a base are known by.

    :param library: the documents.
    :return: by key, in their order.
    """
    return {key: _attributes(key, document.metadata, library) for key, document in library.documents.items()}


def _attributes(key: str, metadata: Metadata, library: Library) -> Attributes:
    known = metadata.issuer or "", year_of(metadata), kind_of(metadata.title)
    turns = sorted(set(_turns(library.force(key, "1900-01-01"))))
    firsts = [ALWAYS, *map(number_of, turns)]
    among = [not is_out(library.force(key, day)) for day in ("0001-01-01", *turns)]
    spans = [at for at in range(len(among)) if among[at] and (at == 0 or not among[at - 1])]
    if not any(among):
        return Attributes(*known, NEVER, ALWAYS)
    start = spans[0]
    end = among.index(False, start) if False in among[start:] else len(among)
    until = NEVER if end == len(among) else number_of(before(turns[end - 1]))
    return Attributes(*known, firsts[start], until) if len(spans) == 1 else Attributes(*known, is_span=False)


def _turns(force: Force) -> Iterator[str]:
    """List the days on which the force of a document may change: those that anything of it gives, and the days after."""
    grounds = (force.since, force.until, force.ended, force.plan, force.labelled, force.amended)
    days = [ground.day for ground in grounds if ground and ground.day]
    for day in (*days, force.issued, force.first):
        if day and is_day(day):
            yield day
            yield (date.fromisoformat(day) + timedelta(days=1)).isoformat()
