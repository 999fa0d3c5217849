"""Where a sentence says that all of something are to do so: 全覆盖, 全部."""

from __future__ import annotations

import re

from ingest.records import Target
from ingest.targets.deadlines import deadline
from ingest.targets.heads import Stretch, segment, stretch_before, without_verb
from ingest.targets.quantities import Quantity
from ingest.targets.said import Said, definition_start, past_words

_WHOLE = re.compile(
    r"(?<![的将对])全部(?P<what>(?:[按如]期)?(?:化解|纳入|接入|实现|达到|达标|争创|创建|完成|建成|开通|覆盖|取消|上线|入驻|落实|办[结复理]|搬[入迁]|转|开工|投入|投用"
    r"|配备|整改|清零|建立|通过|脱贫|兑现|解决|关闭|退出|开设|设立|执行|实行|开展|达|进入|启动)[^，。；、]{0,24})"
)
_FULL = re.compile(r"(?:实行|实现)?(?<!健)全覆盖(?!检查|抽查|监管|监测|排查)")
_AREA_ONLY = re.compile(r"^(?:街镇|街道|镇|乡|居村|居村委会|居委会|各?区|社区|（[^）]*）)+$")
_COUNTED = re.compile(r"\d[万亿余多]*[个家所处件户名项套座条类]")


def wholes(reading: Said) -> list[tuple[re.Match[str], Target]]:
    """Where all of something are to do so (全覆盖, 全部), with what is read there."""
    end = definition_start(reading.text)
    full = [(found, target) for found in _FULL.finditer(reading.text, 0, end) if (target := _full(reading, found))]
    every = (found for found in _WHOLE.finditer(reading.text, 0, end) if _whole_noun(reading.text, found))
    return [*full, *((found, _whole(reading, found)) for found in every)]


def in_whole(text: str, quantity: Quantity, found: re.Match[str]) -> bool:
    """Whether a quantity only tells how many the whole has, of which all are to do something."""
    start = max(segment(text, found.start())[0], text.rfind("、", 0, found.start()))
    return start <= quantity.start < found.end()


def _whole_noun(text: str, found: re.Match[str]) -> Stretch | None:
    """What all of which are to do something: counted (36个…中心) or named; None where nothing is."""
    start, _ = segment(text, found.start())
    counted = [match.end() for match in _COUNTED.finditer(text, start, found.start())]
    a, b = (counted[-1], found.start()) if counted else without_verb(text, start, found.start())
    return (a, b) if b - a >= 2 else None


def _whole(reading: Said, found: re.Match[str]) -> Target:
    """36个街镇…中心全部争创5A等级: all of them are to be so."""
    text = reading.text
    start, end = _whole_noun(text, found) or found.span()
    return Target(
        reading.shown[start:end] + found["what"], "=", "全部", None, reading.shown[start : found.end()], reading.start + start,
        reading.start + found.end(), deadline=deadline(text, found.start(), reading.occasion.title_year),
        kind="achieved" if reading.past else "target",
    )  # fmt: skip


def _full(reading: Said, found: re.Match[str]) -> Target | None:
    text = reading.text
    start, end = segment(text, found.start())
    counted = [match.end() for match in _COUNTED.finditer(text, start, found.start())]
    a, b = without_verb(text, max([start, *counted]), found.start())
    pieces = [(a, b)] if b - a >= 2 else []
    parted = re.search("(?:加快|基本|全面|逐步)?(?:实现|完成)", text[a:b])
    if parted and 2 <= parted.start() <= b - a - 4:
        pieces = [(a, a + parted.start()), (a + parted.end(), b)]
    elif not pieces or _AREA_ONLY.match(text[a:b]):
        pieces = [*stretch_before(text, start), *pieces]
    if not pieces:
        return None
    first, last = min(a for a, _ in pieces), found.end()
    achieved = reading.past or bool(past_words(reading, start, end))
    return Target(
        "".join(reading.shown[a:b] for a, b in pieces), "=", "全覆盖", None, reading.shown[first:last], reading.start + first,
        reading.start + last, deadline=deadline(text, found.start(), reading.occasion.title_year),
        kind="achieved" if achieved else "target",
    )  # fmt: skip
