"""Where words of a draft stand in the base, verbatim or nearly so, in a place or anywhere."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from index.check.aligned import Aligned, align
from index.check.held import SEED, Held, Range, Seeds
from index.check.words import Words

_MOST = 200
"""Places of the base that are looked at for one stretch; what stands more often is nobody's own."""
_PER_SEED, _SEEDS, _WINDOWS = 20, 200, 3
_SMALL = 8_000
"""Characters of a place that is looked through whole for words like those quoted."""
_WIDTH = 64


@dataclass(frozen=True, slots=True)
class Match:
    """Where the parts of a quotation stand in the words of the base.

    ``parts`` pairs each stretch of the draft's form with one of the stream and how the two differ, None where they are the
    same. ``likeness`` is the share of its characters that stand there in their order.
    """

    parts: tuple[tuple[Range, Range, Aligned | None], ...]
    likeness: float


class Matcher:
    """Looks up the words of one draft.

    :param words: the form of the draft.
    :param held: the words of the base.
    :param seeds: where the seeds of the draft stand in it.
    """

    def __init__(self, words: Words, held: Held, seeds: Seeds) -> None:
        self._text, self._held, self._seeds = words.text, held, seeds
        self._known: dict[str, tuple[int, ...]] = {}

    def verbatim(self, parts: Sequence[Range], ranges: Sequence[Range]) -> Match | None:
        """Find parts of a quotation as they are, in their order, in one of some ranges of the stream."""
        for start, end in ranges:
            found: list[tuple[Range, Range, Aligned | None]] = []
            at = start
            for first, last in parts:
                at = self._held.stream.find(self._text[first:last], at, end)
                if at < 0:
                    break
                found.append(((first, last), (at, at + last - first), None))
                at += last - first
            if len(found) == len(parts):
                return Match(tuple(found), 1.0)
        return None

    def near(self, parts: Sequence[Range], ranges: Sequence[Range]) -> Match | None:
        """Find what is most like a quotation in some ranges; None where some part has no like there."""
        found: list[tuple[Range, Range, Aligned | None]] = []
        shared = 0
        for part in parts:
            options = [one for window in self._windows(part, ranges) if (one := self._aligned(part, window))]
            if not options:
                return None
            best = max(options, key=lambda one: one[2].shared - len(one[2].differences))
            shared += best[2].shared
            found.append((part, best[1], best[2] if best[2].differences else None))
        total = sum(end - start for start, end in parts)
        return Match(tuple(found), shared / total) if total else None

    def everywhere(self, parts: Sequence[Range]) -> Iterator[Match]:
        """List where a quotation stands verbatim in the whole base: its longest part, the others in the same document."""
        longest = max(parts, key=lambda one: one[1] - one[0])
        for at in self.places(*longest):
            document = self._held.documents[self._held.piece_at(at).key]
            if len(parts) == 1:
                yield Match(((longest, (at, at + longest[1] - longest[0]), None),), 1.0)
            elif found := self.verbatim(parts, [document]):
                yield found

    def places(self, start: int, end: int) -> tuple[int, ...]:
        """List where a stretch of the draft stands in the stream, the first places of many."""
        text = self._text[start:end]
        if text not in self._known:
            rarest = self._seeds.rarest(start, end)
            places = self._seeds.at(rarest, _MOST) if rarest is not None else []
            firsts = (place - (rarest or 0) + start for place in places)
            self._known[text] = tuple(one for one in firsts if one >= 0 and self._held.stream.startswith(text, one))
        return self._known[text]

    def documents(self, start: int, end: int) -> set[str]:
        """Give the keys of the documents that hold a stretch of the draft verbatim."""
        return {self._held.piece_at(at).key for at in self.places(start, end)}

    def _aligned(self, part: Range, window: Range) -> tuple[Range, Range, Aligned] | None:
        one = align(self._text[slice(*part)], self._held.stream[slice(*window)])
        return (part, (window[0] + one.start, window[0] + one.end), one) if one else None

    def _windows(self, part: Range, ranges: Sequence[Range]) -> list[Range]:
        """Choose the stretches of some ranges that share most seeds with a part; a small place is one whole."""
        start, end = part
        around = (end - start) // 4 + 20
        votes: Counter[tuple[int, Range]] = Counter()
        step = max(1, (end - start) // _SEEDS)
        for at in range(start, end - SEED + 1, step):
            for place in self._seeds.at(at, _PER_SEED):
                for own in ranges:
                    if own[0] <= place < own[1]:
                        votes[(place - at + start) // _WIDTH, own] += 1
        likely = sorted(votes, key=lambda one: (-votes[one], one))[:_WINDOWS]
        found = [
            (max(own[0], row * _WIDTH - around), min(own[1], (row + 1) * _WIDTH + end - start + around))
            for row, own in likely
        ]
        return found or [own for own in ranges if own[1] - own[0] <= _SMALL]
