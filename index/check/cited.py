"""Citations of a draft: which documents and places it names, read as the sentences of clauses are, and looked up."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from index.check.blocks import Block
from index.check.held import Held, Range
from index.check.mentioned import BARE, SAME, aliases_of, groups_in, hung
from index.check.own import OwnCitations
from index.check.words import plain
from index.links.find import Mention
from index.links.linker import UNCLEAR, Linker
from index.links.names import NOT_HELD
from index.links.place import followed
from index.links.texts import Spot
from index.links.titles import KIND, Named, is_generic
from index.references.mentions import Chain
from index.references.ordinals import ANNEX
from index.references.reader import ReferenceReader
from index.references.spelling import CHINESE, letters, spelt

_LOOKED_BACK = 50
_REACH = 60
"""Characters that the ordinals behind the name of a document may have."""
_STOP = re.compile(rf"[,。;:!?《]|[“\"](?!{CHINESE}是)|(?:规定|明确|要求|提出)(?!的)")
_BACK = re.compile(rf"(?:该|上述|前述)(?P<name>[一-鿿]{{0,6}}?(?:{KIND})|文件)")
_BARE = re.compile('(?:还|又|则|也|亦|同时|进一步)?(?:的?规定|所[列称规]|明确|要求|提出|之规定)|[,:]?[“"「『]')


@dataclass(frozen=True, slots=True)
class Citation:
    """How a draft cites, at ``start`` to ``end``; the ordinals begin at ``name_end``, the same as ``end`` where there are none.

    ``key`` is the document that is meant, empty where it is not held or not clear; ``ranges`` are where the place stands in the
    words of the base, the whole document where no ordinals are given, none where it has no such place. ``remark`` says what
    stands in the way; ``other`` is the document that bears the title, where the number is none of the base. ``chain`` are the
    ordinals in full, on which others may hang.
    """

    start: int
    end: int
    name_end: int
    key: str = ""
    clause_ids: tuple[str, ...] = ()
    ranges: tuple[Range, ...] = ()
    remark: str = ""
    other: str = ""
    chain: Chain = ()

    @property
    def has_place(self) -> bool:
        """Whether ordinals are given."""
        return self.name_end < self.end


class CitationReader:
    """Reads the citations of drafts.

    :param linker: knows the documents of the base.
    :param reader: reads references to them.
    :param held: their words.
    """

    def __init__(self, linker: Linker, reader: ReferenceReader, held: Held) -> None:
        self._linker, self._reader, self._held = linker, reader, held
        self._own = OwnCitations(linker.documents)

    def read(self, blocks: Sequence[Block]) -> list[Citation]:
        """Read the citations of a draft.

        :param blocks: its paragraphs.
        :return: citations in order; none overlaps another.
        """
        aliases = aliases_of(blocks)
        named: list[str] = []
        found: list[Citation] = []
        for block in blocks:
            before, here = list(named[-_LOOKED_BACK:]), list[Citation]()
            for group in groups_in(block, aliases, self._reader):
                is_read = here and block.span(group[0].start, group[-1].end)[0] < here[-1].end
                if one := None if is_read else self._citation(block, group, named, here):
                    here.append(one)
                    named += [one.key] if one.key else []
            more = self._with_numbers(block, here, before)
            named += [one.key for one in more if one.key]
            found += more
        return found

    def _citation(
        self, block: Block, group: Sequence[Mention], named: list[str], here: list[Citation]
    ) -> Citation | None:
        first = group[0]
        name_end = first.chain[0].start if first.chain else first.end
        start, end = block.span(first.start, group[-1].end)
        behind = block.span(first.start, name_end)[1] if name_end > first.start else start
        shell = Citation(start, end, behind if first.chain else end, chain=group[-1].chain)
        if first.kind in (BARE, SAME):
            shell = replace(shell, name_end=start)
            is_cited = _BARE.match(block.line.text, group[-1].end) or (first.kind == SAME and first.chain)
            return self._hung(block, shell, group, here[-1]) if is_cited and here and here[-1].key else None
        key, remark, other = self._document(first, block, named)
        if key:
            return self._placed(block, replace(shell, key=key), group, name_end)
        name = first.named or Named(first.start, first.end, first.word)
        if not (name.is_document or remark or first.chain):
            return None
        return replace(
            shell, remark=remark or (UNCLEAR if not name.number and is_generic(name.title) else NOT_HELD), other=other
        )

    def _hung(self, block: Block, shell: Citation, group: Sequence[Mention], last: Citation) -> Citation | None:
        """Follow ordinals without a document: those that are of the place cited last, else one that its document has once."""
        if not last.has_place:
            return None
        shell = replace(shell, key=last.key)
        full = [replace(one, chain=hung(one, last.chain)) for one in group]
        if all(one.chain == other.chain for one, other in zip(full, group, strict=True)):
            return self._placed(block, shell, group, group[0].chain[0].start)
        spots = [spot for one in full if one.chain for spot in self._spots(one, shell.key)]
        ids = tuple(dict.fromkeys(one for spot in spots for one in spot.clause_ids))
        shell = replace(shell, clause_ids=ids, chain=full[-1].chain)
        if ids:
            return replace(shell, ranges=tuple(one for spot in spots for one in self._ranges(spot)))
        chains = [*((one.chain, False) for one in full), *((one.chain, True) for one in group if one.chain)]
        found = (self._reader.follow(shell.key, chain, is_sole=is_sole) for chain, is_sole in chains)
        return self._of_clauses(shell, next(filter(None, found), ()))

    def _document(self, mention: Mention, block: Block, named: Sequence[str]) -> tuple[str, str, str]:
        """Say which document is meant: by number, by its whole title, as one named before, or by a title that is short.

        :return: key, remark, and the document that bears the title where the number is none of the base.
        """
        if mention.kind == "unmarked" and not mention.word:
            text = block.line.text[mention.start : mention.chain[0].start]
            return self._before(_BACK.sub(r"\g<name>", text).lstrip("该此其原上述前"), named), UNCLEAR, ""
        name = mention.named or Named(mention.start, mention.end, mention.word)
        if name.annex:
            return "", "", ""
        meant = self._linker.names.meant(name, "")
        if meant.key or name.number:
            other = (
                "" if meant.key or not name.title else self._linker.names.meant(replace(name, number=""), "").key or ""
            )
            return meant.key or "", meant.remark, other
        title = letters(spelt(name.title))
        if back := self._before(title, named):
            return back, "", ""
        if meant.remark or is_generic(name.title) or mention.kind == "unmarked":
            return "", meant.remark, ""
        short = self._reader.titled(name.title, name.issuer) or self._reader.titled(name.title)
        return short[0] if len(short) == 1 else "", "" if len(short) < 2 else UNCLEAR, ""

    def _before(self, name: str, named: Sequence[str]) -> str:
        """Find the document named last whose title ends in a name."""
        fits = (key for key in reversed(named[-_LOOKED_BACK:]) if name == "文件" or self._reader.is_called(key, name))
        return next(fits, "") if name else ""

    def _placed(self, block: Block, shell: Citation, group: Sequence[Mention], name_end: int) -> Citation:
        """Say where a citation leads: as its ordinals are read, or as the base itself cites places, whichever takes in more."""
        read = self._followed(block, shell, group, name_end)
        starts = (group[0].start, name_end) if group[0].kind != "bare" else (name_end,)
        options = (self._own.at(shell.key, block.line, one) for one in starts)
        end, ids = max(filter(None, options), default=(0, []))
        if end <= name_end:
            return read
        start, behind = block.span(name_end, end)
        if behind < read.end or (behind == read.end and set(ids) <= set(read.clause_ids)):
            return read
        ids = list(dict.fromkeys((*ids, *(read.clause_ids if behind == read.end else ()))))
        ranges = tuple(self._held.ranges_of(ids))
        return replace(read, end=behind, name_end=start, clause_ids=tuple(ids), ranges=ranges)

    def _followed(self, block: Block, shell: Citation, group: Sequence[Mention], name_end: int) -> Citation:
        """Follow the ordinals, by the usage of articles first, then by all that a document may be numbered with."""
        first, last = group[0], group[-1]
        text = block.line.text
        limit = min(len(text), name_end + _REACH)
        stop = _STOP.search(text, name_end, limit)
        reach = (first.start, name_end, stop.start() if stop else limit)
        longer = self._reader.place(block.line, *reach, shell.key) if first.kind != "bare" else None
        if longer and longer[0] > last.end:
            start, behind = block.span(name_end, longer[0])
            return replace(self._of_clauses(shell, longer[1]), end=behind, name_end=start)
        if not first.chain and not first.word.startswith(ANNEX):
            return replace(shell, ranges=(self._held.documents[shell.key],))
        spots = [spot for one in group for spot in self._spots(one, shell.key)]
        if not spots and longer:
            return self._of_clauses(shell, longer[1])
        ids = tuple(dict.fromkeys(one for spot in spots for one in spot.clause_ids))
        return replace(shell, clause_ids=ids, ranges=tuple(one for spot in spots for one in self._ranges(spot)))

    def _of_clauses(self, shell: Citation, ids: tuple[str, ...]) -> Citation:
        return replace(shell, clause_ids=ids, ranges=tuple(self._held.ranges_of(ids)))

    def _spots(self, mention: Mention, key: str) -> list[Spot]:
        home = self._linker.home(key)
        if mention.word.startswith(ANNEX) and not mention.chain:
            spot = home.annex(mention.word.removeprefix(ANNEX))
            return [spot] if spot else []
        title = mention.named.title if mention.named else ""
        is_notice = title.endswith("通知") and not spelt(home.data.title).endswith("通知")
        text = home.texts.get("通知" if is_notice else "")
        return followed(text, mention.chain) if text else []

    def _ranges(self, spot: Spot) -> list[Range]:
        """Give where a spot stands; a 款 is part of its clause."""
        found = self._held.ranges_of(spot.clause_ids)
        words = plain(spot.words)
        at = self._held.stream.find(words, *found[0]) if words else -1
        return [(at, at + len(words)), *found[1:]] if at >= 0 and len(spot.clause_ids) == 1 else found

    def _with_numbers(self, block: Block, here: Sequence[Citation], before: Sequence[str]) -> list[Citation]:
        """Add documents that are named by part of their number (74号文), and by a word that points back (该办法明确)."""
        numbers = ((start, end, key) for start, end, key in self._reader.numbers(block.line))
        backs = ((*match.span(), match["name"]) for match in _BACK.finditer(block.line.text))
        more = sorted([*((*one, False) for one in numbers), *((*one, True) for one in backs)])
        found: list[Citation] = []
        waiting = list(here)[::-1]
        for start, end, name, is_back in more:
            first, last = block.span(start, end)
            while waiting and waiting[-1].start < last:
                found.append(waiting.pop())
            known = [*before, *(one.key for one in found[-_LOOKED_BACK:] if one.key)]
            key = self._before(name, known) if is_back else name
            if key and not (found and found[-1].end > first):
                mention = Mention(start, end, "named")
                found.append(self._placed(block, Citation(first, last, last, key), [mention], end))
                while waiting and waiting[-1].start < found[-1].end:
                    waiting.pop()
        return [*found, *waiting[::-1]]
