"""What may go wrong with a quotation on its way into a draft, done to paragraphs that are right, by chance with a seed."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from random import Random

from index.check.findings import DIFFERS, MISPLACED, NO_SUCH_CLAUSE, SAME, UNATTRIBUTED, UNKNOWN
from ingest.numerals import ordinal, to_chinese

Span = tuple[int, int]

_CHARACTERS = "本市应当按照有关规定做好工作建立制度加强管理推进服务保障责任单位人员"
_ADDED = ("进一步", "原则上", "切实", "及时", "有关")
_NUMERAL = re.compile(r"\d+|[一二三四五六七八九十](?=[个年月日人次家套间万成])")
_ORDINAL = re.compile(
    r"第([（(]?)([一二三四五六七八九十百]+|\d+)([）)]?[条款项点章节])$|第([一二三四五六七八九十]+)(部分)$"
)
_SERIAL = re.compile(r"\d+(?=号)")
_HAN = re.compile("[一-鿿]")
_LONG = 20


@dataclass(frozen=True, slots=True)
class Expected:
    """What is to be told: the verdict on the words at ``span``, which are cited at ``cited``; None where they are given no source."""

    verdict: str
    span: Span
    cited: Span | None
    is_quotation: bool


@dataclass(frozen=True, slots=True)
class Draft:
    """A paragraph with what is to be told of it; ``kind`` says how it was altered, ``without`` which documents are left out."""

    id: str
    half: str
    kind: str
    text: str
    expected: tuple[Expected, ...]
    without: tuple[str, ...] = ()

    def put(self, start: int, end: int, words: str) -> Draft:
        """Replace a stretch of the text; all spans behind it move, those round it grow."""
        more = len(words) - (end - start)

        def moved(span: Span | None) -> Span | None:
            if span is None or span[1] <= start:
                return span
            return (span[0] + more, span[1] + more) if span[0] >= end else (span[0], span[1] + more)

        expected = tuple(
            replace(one, span=moved(one.span) or one.span, cited=moved(one.cited)) for one in self.expected
        )
        return replace(self, text=self.text[:start] + words + self.text[end:], expected=expected)

    def told(self, verdict: str, *places: int) -> Draft:
        """Expect another verdict of some of what is expected, by their places."""
        changed = (replace(one, verdict=verdict) if at in places else one for at, one in enumerate(self.expected))
        return replace(self, expected=tuple(changed))


def _quotation(draft: Draft, chosen: Random, is_cited: bool = True) -> int | None:
    """Choose a quotation whose words stand where they are said to."""
    places = [at for at, one in enumerate(draft.expected) if one.is_quotation and one.verdict == SAME and is_cited]
    return chosen.choice(places) if places else None


def _inside(draft: Draft, at: int, pattern: re.Pattern[str]) -> list[Span]:
    """List matches in the words of a quotation, not at its edges."""
    start, end = draft.expected[at].span
    return [match.span() for match in pattern.finditer(draft.text, start + 2, end - 2)]


def character(draft: Draft, chosen: Random) -> Draft | None:
    """Change one character."""
    if (at := _quotation(draft, chosen)) is None:
        return None
    start, end = chosen.choice(_inside(draft, at, _HAN))
    other = chosen.choice([one for one in _CHARACTERS if one != draft.text[start]])
    return draft.put(start, end, other).told(DIFFERS, at)


def numeral(draft: Draft, chosen: Random) -> Draft | None:
    """Change a number."""
    for at, one in enumerate(draft.expected):
        if one.is_quotation and one.verdict == SAME and (found := _inside(draft, at, _NUMERAL)):
            start, end = chosen.choice(found)
            old = draft.text[start:end]
            new = (
                str(int(old) + chosen.randint(1, 9))
                if old.isascii()
                else "二三四五六七八九十两"["一二三四五六七八九十".index(old)]
            )
            return draft.put(start, end, new).told(DIFFERS, at)
    return None


def dropped(draft: Draft, chosen: Random) -> Draft | None:
    """Leave out two to four characters."""
    if (at := _quotation(draft, chosen)) is None:
        return None
    places = _inside(draft, at, re.compile("[一-鿿]{2,4}"))
    return draft.put(*chosen.choice(places), "").told(DIFFERS, at)


def added(draft: Draft, chosen: Random) -> Draft | None:
    """Put in a word."""
    if (at := _quotation(draft, chosen)) is None:
        return None
    start, _ = chosen.choice(_inside(draft, at, _HAN))
    return draft.put(start, start, chosen.choice(_ADDED)).told(DIFFERS, at)


def turned(draft: Draft, chosen: Random) -> Draft | None:
    """Change the order of two phrases side by side."""
    pattern = re.compile("(?<=[，、])([一-鿿]{2,20})([，、])([一-鿿]{2,20})(?=[，、。])")
    for at, one in enumerate(draft.expected):
        if one.is_quotation and one.verdict == SAME and (found := _inside(draft, at, pattern)):
            start, end = chosen.choice(found)
            left, mark, right = pattern.match(draft.text, start).groups()  # type: ignore[union-attr]
            return draft.put(start, end, right + mark + left).told(DIFFERS, at)
    return None


def shifted(draft: Draft, chosen: Random) -> Draft | None:
    """Raise the last ordinal of a citation by one."""
    if (at := _quotation(draft, chosen)) is None:
        return None
    edit = _ordinal(draft, at, lambda number: number + 1)
    return draft.put(*edit).told(MISPLACED, at) if edit and _sharing(draft, at) == [at] else None


def beyond(draft: Draft, chosen: Random) -> Draft | None:
    """Cite a place that is not there, without its words."""
    if (at := _quotation(draft, chosen)) is None or _sharing(draft, at) != [at]:
        return None
    edit, (start, end) = _ordinal(draft, at, lambda _: 997), draft.expected[at].span
    if not edit:
        return None
    altered = draft.put(start - 1, end + 1, "有关要求")
    edit = _ordinal(altered, at, lambda _: 997) or edit
    altered = altered.put(*edit)
    cited = altered.expected[at].cited or (0, 0)
    one = replace(altered.expected[at], verdict=NO_SUCH_CLAUSE, span=cited, is_quotation=False)
    return replace(altered, expected=(*altered.expected[:at], one, *altered.expected[at + 1 :]))


def _ordinal(draft: Draft, at: int, new: Callable[[int], int]) -> tuple[int, int, str] | None:
    """Give the edit that changes the last ordinal of what is cited."""
    cited = draft.expected[at].cited
    match = _ORDINAL.search(draft.text[: cited[1]], cited[0]) if cited else None
    if not match:
        return None
    group = 2 if match[2] else 4
    number = new(ordinal(match[group]) or 0)
    return *match.span(group), str(number) if match[group].isascii() else to_chinese(number)


def renumbered(draft: Draft, chosen: Random) -> Draft | None:
    """Change the number of the document to one that is not held."""
    for at, one in enumerate(draft.expected):
        match = _SERIAL.search(draft.text, *one.cited) if one.cited and one.verdict == SAME else None
        if match and not _hangs(draft):
            return draft.put(*match.span(), str(chosen.randint(5000, 9999))).told(UNKNOWN, *_sharing(draft, at))
    return None


def retitled(draft: Draft, chosen: Random) -> Draft | None:
    """Change a character of a title, so that none that is held has it."""
    for at, one in enumerate(draft.expected):
        cited = draft.text[slice(*one.cited)] if one.cited and one.verdict == SAME else ""
        if cited.startswith("《") and len(cited) > 10 and "号" not in cited and not _hangs(draft):
            start = (one.cited or (0, 0))[0] + chosen.choice((4, 5, 6))
            return draft.put(start, start + 1, "港").told(UNKNOWN, *_sharing(draft, at))
    return None


def unsourced(draft: Draft, chosen: Random) -> Draft | None:
    """Leave out every citation, with the brackets round it; what is quoted has no source then."""
    quoted = [at for at, one in enumerate(draft.expected) if one.is_quotation and one.cited]
    found = (draft.expected[at] for at in quoted)
    if not quoted or not all(one.verdict == SAME and one.span[1] - one.span[0] >= _LONG for one in found):
        return None
    altered = draft
    for start, end in sorted({one.cited for one in draft.expected if one.cited}, reverse=True):
        is_bracketed = draft.text[start - 1] == "（" and draft.text[end] == "）"
        altered = altered.put(start - is_bracketed, end + is_bracketed, "")
    expected = (replace(one, cited=None) for one in altered.told(UNATTRIBUTED, *quoted).expected if one.is_quotation)
    return replace(altered, expected=tuple(expected))


def _sharing(draft: Draft, at: int) -> list[int]:
    """List what has the same citation."""
    return [other for other, one in enumerate(draft.expected) if one.cited == draft.expected[at].cited]


def _hangs(draft: Draft) -> bool:
    """Tell whether a citation means a document by what is said before it: 该办法, 上述通知, 《条例》, 同条, 第八条."""
    cited = (draft.text[slice(*one.cited)] for one in draft.expected if one.cited)
    return any(re.match("该|上述|同|第|《.{2,4}》", one) for one in cited)


KINDS: Mapping[str, Callable[[Draft, Random], Draft | None]] = {
    "改一字": character,
    "条次移一": shifted,
    "改文号": renumbered,
    "去出处": unsourced,
    "改数字": numeral,
    "引无此条": beyond,
    "漏字": dropped,
    "改标题": retitled,
    "添字": added,
    "换次序": turned,
}
"""The kinds by name, in the order in which they are made by turns."""
