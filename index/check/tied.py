"""Which citation of a draft each of its quotations belongs to: one before it, or right behind it in a bracket."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from index.check.blocks import Block
from index.check.cited import Citation
from index.check.words import plain
from index.references.spelling import letters

Span = tuple[int, int]

_SAID = (
    "规定|明确|提出|要求|指出|强调|载明|写明|写道|表述|原文|所称|所列|称|定义|界定|部署|精神|内容|条文|要点|目标|任务"
    "|确定|确立|设定|设立|列明|列出|约定|公布"
)
_LEADS = re.compile(rf"[^。!?;]*(?:{_SAID})(?:了|为|是|到|的是|如下|有|的)?[:,]?|[的之中:,\-—()]*")
_GOES_ON = re.compile(rf"[,、;。]?(?:和|以及|及|与|并|并且|又|同时|还|或者?)?(?:{_SAID})?(?:了|为)?[:,]?")
_BEHIND = re.compile(
    r"(?:的(?:规定|要求|精神|部署|原则|表述)?)?[。,;!?]?(?:\((?:详?见|参见|引自|摘自|出自|出处:?|来源:?|据)?|——?"
    r"|,?(?:详?见于?|出自|语出|引自|摘自|来自|载于|源自)|,?(?:这|此|以上|上述)?(?:就?是|为|系|即))"
)
_JOINED = re.compile(r"(?:的?(?:规定|要求))?(?:[、,]|和|与|及|以及|或者?|并|同时)*(?:根据|依据|按照|依照|结合)?")
_SENTENCE = re.compile("[。！？!?]")
_COLON = re.compile(r"(?:的?规定)?[：:]\s*(?P<words>[^。！？!?“”\"\n]{12,400})")
_FAR = 120


@dataclass(frozen=True, slots=True)
class Quotation:
    """Words of a draft in quotation marks, from ``start`` to ``end`` between them.

    ``cited`` are the citations that they may belong to, the nearest first. ``is_sure`` says that the words are introduced as
    those of the first (规定：“…”, “…”（《…》第三条）); else it is only named before in the sentence, or in the paragraph.
    ``is_marked`` is False of words behind a colon without marks: 《…》第三条：….
    """

    start: int
    end: int
    cited: tuple[Citation, ...] = ()
    is_sure: bool = False
    is_in_sentence: bool = False
    is_marked: bool = True


def tie(text: str, marks: Sequence[Span], citations: Sequence[Citation], blocks: Sequence[Block]) -> list[Quotation]:
    """Give each quotation the citations that it may belong to.

    :param text: the draft.
    :param marks: where the marks of its quotations stand.
    :param citations: its citations, in order.
    :param blocks: its paragraphs.
    :return: quotations in order.
    """
    outside = _Outside(citations, blocks)
    found: list[Quotation] = []
    for opening, closing in marks:
        behind, before = outside.behind(text, closing + 1), outside.before(opening)
        one = Quotation(opening + 1, closing)
        if before:
            last = (
                found[-1] if found and found[-1].cited[:1] == before[:1] and found[-1].start > before[0].end else None
            )
            one = _after(text, one, before, last)
        is_told_twice = behind and one.is_sure and one.cited[0].key == behind.key and one.cited[0].has_place
        found.append(Quotation(opening + 1, closing, (behind,), True, True) if behind and not is_told_twice else one)
    return found


def unmarked(text: str, citations: Sequence[Citation], marks: Sequence[Span]) -> list[Quotation]:
    """Find words that follow the citation of a place and a colon without marks, to the end of their sentence.

    :param text: the draft.
    :param citations: its citations, in order.
    :param marks: where the marks of its quotations stand.
    :return: quotations without marks, in order.
    """
    openings = [start for start, _ in marks]
    found: list[Quotation] = []
    for one in citations:
        match = _COLON.match(text, one.end) if one.has_place and one.key else None
        if match:
            place = bisect_left(openings, one.end)
            is_free = place == len(openings) or openings[place] > match.end("words")
            if is_free:
                found.append(Quotation(match.start("words"), match.end("words"), (one,), False, True, False))
    return found


class _Outside:
    """Citations by where they stand; one inside a quotation is part of what is quoted."""

    def __init__(self, citations: Sequence[Citation], blocks: Sequence[Block]) -> None:
        self._citations = citations
        self._starts = [one.start for one in citations]
        self._blocks = [one.start for one in blocks]

    def behind(self, text: str, at: int) -> Citation | None:
        """Give the citation that follows at once: “…”（《…》第三条）."""
        place = bisect_left(self._starts, at)
        if place == len(self._starts) or self._starts[place] - at > 12:
            return None
        between = plain(text[at : self._starts[place]])
        return self._citations[place] if _BEHIND.fullmatch(between) else None

    def before(self, at: int) -> tuple[Citation, ...]:
        """Give the citations before a place in its paragraph, the nearest first, a few of them."""
        block = self._blocks[bisect_right(self._blocks, at) - 1] if self._blocks else 0
        place = bisect_left(self._starts, at)
        near = self._citations[max(0, place - 4) : place][::-1]
        return tuple(one for one in near if one.start >= block and one.end <= at)


def _after(text: str, one: Quotation, before: tuple[Citation, ...], last: Quotation | None) -> Quotation:
    """Tie a quotation to the citation before it; ``last`` is the quotation between them, if there is one."""
    cited, opening = before[0], one.start - 1
    start = last.end + 1 if last else cited.end
    between = text[start:opening]
    if opening - cited.end > 4 * _FAR and not last:
        return Quotation(one.start, one.end, before)
    in_sentence = len(between) <= _FAR and not _SENTENCE.search(between)
    if last:
        in_sentence = in_sentence and last.is_in_sentence and not _SENTENCE.match(text[last.end - 1])
    form = plain(between)
    if last:
        is_sure = last.is_sure and len(between) <= 20 and bool(_GOES_ON.fullmatch(form))
    else:
        is_sure = in_sentence and bool(_LEADS.fullmatch(form))
    if is_sure:
        before = _joined(text, before)
    return Quotation(one.start, one.end, before, is_sure, in_sentence or is_sure)


def _joined(text: str, before: tuple[Citation, ...]) -> tuple[Citation, ...]:
    """Keep the nearest of some citations and those that are joined to it (《…》第三条和《…》第五条规定), none less exact than it."""
    pairs = zip(before, before[1:], strict=False)
    parted = (at for at, (near, far) in enumerate(pairs, 1) if not _JOINED.fullmatch(plain(text[far.end : near.start])))
    joined = before[: next(parted, len(before))]
    return tuple(one for one in joined if one.has_place or not joined[0].has_place)


def is_worded(text: str, one: Quotation) -> bool:
    """Tell whether a quotation holds words of a document, and is no single term (“社区云”).

    :param text: the draft.
    :param one: the quotation.
    :return: whether it has eight letters, or four and a mark of a sentence or a colon before it.
    """
    words = text[one.start : one.end]
    count = len(letters(plain(words)))
    is_told = text[max(0, one.start - 2) : one.start - 1] in ("：", ":")
    return count >= 8 or (count >= 4 and (bool(re.search("[，。；：,;]", words)) or (is_told and one.is_sure)))
