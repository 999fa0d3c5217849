"""Which citation of a draft each of its quotations belongs to: one before it, or right behind it in a bracket."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace

from index.check.blocks import Block
from index.check.cited import Citation
from index.check.notes import note_behind, notes_in
from index.check.words import plain
from index.references.spelling import letters

Span = tuple[int, int]

_SAID = (
    "规定|明确|提出|要求|指出|强调|载明|写明|写道|表述|原文|所称|所列|称|定义|界定|部署|精神|内容|条文|要点|目标|任务"
    "|确定|确立|设定|设立|列明|列出|约定|公布"
)
_LEADS = re.compile(rf"[^。!?;]*(?:{_SAID})(?:了|为|是|到|的是|如下|有|的)?[:,]?|[\])]?(?:第\d+页)?[的之中:,\-—()]*")
_VERB = re.compile("[一-鿿]{0,5}[:,]?")
"""What stands between a place and its words, whatever it is: 第十条允许“…”, 第三条要求做到“…”."""
_GOES_ON = re.compile(rf"[,、;。]?(?:和|以及|及|与|并|并且|又|同时|还|或者?)?(?:{_SAID})?(?:了|为)?[:,]?")
_SOURCE = "[一-鿿]{0,4}(?:见|参[见阅照考]|[引摘出]自|出处|来源|依据|根据|据|即|注)"
_ISSUED = r"(?:(?:[一-鿿、]{1,24}[院部委会局厅办府署室司行心门联团社所校区市县省央])?(?:(?:20\d\d年)?(?:印发|发布|公布|出台|制定)的)?)?"
"""Who issued a document, before its title."""
_BEHIND = re.compile(
    rf"(?:的(?:规定|要求|精神|部署|原则|表述)?)?[。,;!?]?(?:[(\[](?:{_SOURCE})?:?{_ISSUED}|——?{_ISSUED}"
    rf"|,?(?:(?:详|参)?见于?|[引摘出]自|语出|来自|载于|源自|(?:这一|[一-鿿]{{0,4}}(?:依据|出处|来源)(?:是|为|:))){_ISSUED}|,?(?:这|此|以上|上述)?(?:就?是|为|系|即){_ISSUED})"
)
_REST = re.compile(r"[;,、]|和|与|及|以及")
"""What stands between the citations of one bracket."""
_JOINED = re.compile(r"(?:的?(?:规定|要求))?(?:[、,]|和|与|及|以及|或者?|并|同时)*(?:根据|依据|按照|依照|结合)?")
_SENTENCE = re.compile("[。！？!?]")
_COLON = re.compile(r"(?:的?规定)?[：:]\s*(?P<words>[^。！？!?“”\"\n]{12,400})")
_FAR = 120
_NEAR, _BESIDE = 40, 10
"""Characters from a quotation to the citation behind it; citations of one bracket that are looked at."""


@dataclass(frozen=True, slots=True)
class Quotation:
    """Words of a draft in quotation marks, from ``start`` to ``end`` between them.

    ``cited`` are the citations that they may belong to, the nearest first. ``is_sure`` says that the words are introduced as
    those of the first (规定：“…”, “…”（《…》第三条）); else it is only named before in the sentence, or in the paragraph.
    ``later`` are those behind them in their sentence, which may be theirs too.
    ``is_marked`` is False of words behind a colon without marks: 《…》第三条：….
    """

    start: int
    end: int
    cited: tuple[Citation, ...] = ()
    is_sure: bool = False
    is_in_sentence: bool = False
    is_marked: bool = True
    later: tuple[Citation, ...] = ()


def tie(text: str, marks: Sequence[Span], citations: Sequence[Citation], blocks: Sequence[Block]) -> list[Quotation]:
    """Give each quotation the citations that it may belong to.

    :param text: the draft.
    :param marks: where the marks of its quotations stand.
    :param citations: its citations, in order.
    :param blocks: its paragraphs.
    :return: quotations in order.
    """
    outside, notes = _Outside(citations, blocks), notes_in(text)
    found: list[Quotation] = []
    for opening, closing in marks:
        behind, before = outside.behind(text, closing + 1), outside.before(opening)
        if not behind and (note := note_behind(text, closing + 1, notes)):
            behind = outside.within(*note)
        one = Quotation(opening + 1, closing, later=outside.later(text, closing + 1))
        if before:
            last = (
                found[-1] if found and found[-1].cited[:1] == before[:1] and found[-1].start > before[0].end else None
            )
            one = _after(text, one, before, last)
        is_told_twice = behind and one.is_sure and one.cited[0].key == behind[0].key and one.cited[0].has_place
        found.append(Quotation(opening + 1, closing, behind, True, True) if behind and not is_told_twice else one)
    return _shared(text, found)


def _shared(text: str, quotations: Sequence[Quotation]) -> list[Quotation]:
    """Let quotations share the bracket that cites behind the last of their sentence: 既要“…”，又要“…”（《…》第三条、第五条）."""
    found: list[Quotation] = []
    for one in reversed(quotations):
        after = found[-1] if found else None
        between = text[one.end : after.start] if after else ""
        may_share = after and not one.is_sure and after.cited and after.cited[0].start > one.end
        if after and may_share and len(between) <= _FAR and not _SENTENCE.search(between):
            new = tuple(each for each in after.cited if each.start > after.end)
            is_between = any(one.end <= each.start < after.start for each in after.cited)
            if new and not is_between:
                one = replace(one, cited=(*one.cited, *new), is_in_sentence=True)
        found.append(one)
    return found[::-1]


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

    def behind(self, text: str, at: int) -> tuple[Citation, ...]:
        """Give the citation that follows at once, with those that stand beside it in its bracket: “…”（《…》第三条；《…》第五条）."""
        place = bisect_left(self._starts, at)
        if place == len(self._starts) or self._starts[place] - at > _NEAR:
            return ()
        between = plain(text[at : self._starts[place]])
        if not _BEHIND.fullmatch(between):
            return ()
        end = place + 1
        while end < len(self._starts) and end - place < _BESIDE and self._is_beside(text, end):
            end += 1
        return tuple(self._citations[place:end])

    def within(self, start: int, end: int) -> tuple[Citation, ...]:
        """Give the citations in a stretch, a few of them."""
        return tuple(self._citations[bisect_left(self._starts, start) : bisect_left(self._starts, end)][:_BESIDE])

    def later(self, text: str, at: int) -> tuple[Citation, ...]:
        """Give the citations behind a place in its sentence, a few of them."""
        end = _SENTENCE.search(text, at, at + _FAR)
        return self.within(at, end.start() if end else at + _FAR)[:3]

    def _is_beside(self, text: str, place: int) -> bool:
        between = text[self._citations[place - 1].end : self._starts[place]]
        return len(between) <= 2 and bool(_REST.fullmatch(plain(between)))

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
        return replace(one, cited=before)
    in_sentence = len(between) <= _FAR and not _SENTENCE.search(between)
    if last:
        in_sentence = in_sentence and last.is_in_sentence and not _SENTENCE.match(text[last.end - 1])
    form = plain(between)
    if last:
        is_sure = last.is_sure and len(between) <= 20 and bool(_GOES_ON.fullmatch(form))
    else:
        is_sure = in_sentence and bool(_LEADS.fullmatch(form) or (cited.has_place and _VERB.fullmatch(form)))
    if is_sure:
        before = _joined(text, before)
    return replace(one, cited=before, is_sure=is_sure, is_in_sentence=in_sentence or is_sure)


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
