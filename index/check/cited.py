"""Citations of a draft: which documents and places it names, read as the sentences of clauses are, and looked up."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from index.check.blocks import Block
from index.check.held import Held, Range
from index.check.mentioned import BARE, SAME, aliases_of, groups_in, hangs, hung
from index.check.own import OwnCitations
from index.check.words import plain
from index.links.find import Mention
from index.links.linker import UNCLEAR, Linker
from index.links.names import NOT_HELD
from index.links.ordinals import chains_at
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
_KINDS = rf"(?:{KIND}|函|报告|文件|文(?=中?第|中?规定|明确|提出|指出|要求))"
_BACK = re.compile(
    rf"(?:(?:该|上述|前述|上列|前引|上引)(?:[份个部项])?(?P<name>[一-鿿]{{0,6}}?{_KINDS})"
    rf"|(?:这一?|此|同一?)[份个部项]?(?P<near>[一-鿿]{{0,6}}?{_KINDS})(?=[的中之]?第)|同[上前](?P<above>),?)"
)
"""Words that point back to a document named before: 该办法, 上述文件, 这一意见第三条, 同上."""
_THAT = re.compile("^(?:该|此|其|原|新|旧|现行|上[述列引]|前[述引]|这一?|同一?)+[份个部项]?")
_TO_TITLE = re.compile("(?:文件?)?[）)]?(?:印发|发布|公布|下发)?的?《")
_ANY = ("文件", "文")
_OF = re.compile("中的?|[的之]")
_SAYS = re.compile(
    r"》?(?:[（(][^（）()]{0,60}[）)])?(?:中?(?:规定|明确|提出|要求|指出|强调|写明|载明|部署)|[:：])[,，:：]?[“\"「『]"
)
"""What makes the words behind it a document's, whatever it is called: 《甲市政府工作报告》提出“…”."""


@dataclass(frozen=True, slots=True)
class Citation:
    """How a draft cites, at ``start`` to ``end``; the ordinals begin at ``name_end``, the same as ``end`` where there are none.

    ``key`` is the document that is meant, empty where it is not held or not clear; ``ranges`` are where the place stands in the
    words of the base, the whole document where no ordinals are given, none where it has no such place. ``remark`` says what
    stands in the way; ``other`` is the document that bears the title, where the number is none of the base. ``chain`` are the
    ordinals in full, on which others may hang; ``title`` are the letters of the title of a document that is not held.
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
    title: str = ""

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
        found: list[Citation] = []
        for block in blocks:
            here: list[Citation] = []
            for group in groups_in(block, aliases, self._reader, self._linker.names):
                is_read = here and block.span(group[0].start, group[-1].end)[0] < here[-1].end
                if one := None if is_read else self._citation(block, group, found[-_LOOKED_BACK:], here):
                    here.append(one)
            found += self._with_numbers(block, here, found[-_LOOKED_BACK:])
        return found

    def _citation(
        self, block: Block, group: Sequence[Mention], before: Sequence[Citation], here: Sequence[Citation]
    ) -> Citation | None:
        first = group[0]
        is_annex = first.kind == "named" and first.word.startswith(ANNEX)
        written = len(first.word) if is_annex else 0
        name_end = first.chain[0].start if first.chain else first.end - written
        start, end = block.span(first.start, group[-1].end)
        behind = block.span(first.start, name_end)[1] if name_end > first.start else start
        shell = Citation(start, end, behind if first.chain or is_annex else end, chain=group[-1].chain)
        if first.kind in (BARE, SAME):
            last = (here or before)[-1] if here or before else None
            is_hung = last and last.key and hangs(block.line.text, group, of_place=last.has_place, is_near=bool(here))
            return self._hung(block, replace(shell, name_end=start), group, last) if last and is_hung else None
        key, remark, other = self._document(first, block, [*before, *here[-_LOOKED_BACK:]])
        if key:
            return self._placed(block, replace(shell, key=key), group, name_end)
        name = first.named or Named(first.start, first.end, first.word)
        says = bool(name.title) and _SAYS.match(block.line.text, first.end)
        if not (name.is_document or remark or first.chain or says):
            return None
        remark = remark or (UNCLEAR if not name.number and is_generic(name.title) else NOT_HELD)
        return replace(shell, remark=remark, other=other, title=letters(name.title))

    def _hung(self, block: Block, shell: Citation, group: Sequence[Mention], last: Citation) -> Citation | None:
        """Follow ordinals without a document: those that are of the place cited last, else one that its document has once."""
        shell = replace(shell, key=last.key)
        if not last.has_place:
            return self._placed(block, shell, group, group[0].chain[0].start) if group[0].chain else None
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

    def _document(self, mention: Mention, block: Block, before: Sequence[Citation]) -> tuple[str, str, str]:
        """Say which document is meant: by number, by its whole title, as one named before, or by a title that is short.

        :return: key, remark, and the document that bears the title where the number is none of the base.
        """
        if mention.kind == "unmarked" and not mention.word:
            text = block.line.text[mention.start : mention.chain[0].start]
            return self._before(_THAT.sub("", text).rstrip("的中之"), before), UNCLEAR, ""
        name = mention.named or Named(mention.start, mention.end, mention.word)
        meant = self._linker.names.meant(name, "")
        if name.annex and not meant.key:
            return "", "", ""
        if meant.key or name.number:
            other = (
                "" if meant.key or not name.title else self._linker.names.meant(replace(name, number=""), "").key or ""
            )
            return meant.key or "", meant.remark, other
        title = letters(spelt(name.title))
        if back := self._before(title, before):
            return back, "", ""
        if meant.remark or is_generic(name.title) or mention.kind == "unmarked":
            return "", meant.remark, ""
        short = self._reader.titled(name.title, name.issuer) or self._reader.titled(name.title)
        return short[0] if len(short) == 1 else "", "" if len(short) < 2 else UNCLEAR, ""

    def _before(self, name: str, before: Sequence[Citation]) -> str:
        """Find the document cited last whose title ends in a name; empty where that is one not held."""
        for one in reversed(before[-_LOOKED_BACK:]):
            is_called = self._reader.is_called(one.key, name) if one.key else one.title.endswith(name)
            if name and (name in _ANY or is_called):
                return one.key
        return ""

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
        each = [self._spots(one, shell.key) for one in group]
        spots = [spot for one in each for spot in one]
        if not spots and longer:
            return self._of_clauses(shell, longer[1])
        listed = zip(each, group, strict=True) if len(group) > 1 else ()
        if any(not found and not self._reader.follow(shell.key, one.chain) for found, one in listed):
            return shell
        ids = tuple(dict.fromkeys(one for spot in spots for one in spot.clause_ids))
        return replace(shell, clause_ids=ids, ranges=tuple(one for spot in spots for one in self._ranges(spot)))

    def _of_clauses(self, shell: Citation, ids: tuple[str, ...]) -> Citation:
        return replace(shell, clause_ids=ids, ranges=tuple(self._held.ranges_of(ids)))

    def _spots(self, mention: Mention, key: str) -> list[Spot]:
        home = self._linker.home(key)
        if mention.word.startswith(ANNEX) and not mention.chain:
            number = mention.word.removeprefix(ANNEX)
            if spot := home.annex(number):
                return [spot]
            annexes = [text for name, text in home.texts.items() if name.startswith(ANNEX) and not number]
            return [text.spot(list(text.clauses)) for text in annexes]  # 附件《…》 without its number is one of them
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

    def _with_numbers(self, block: Block, here: Sequence[Citation], before: Sequence[Citation]) -> list[Citation]:
        """Add documents that are named by part of their number (74号文), and by a word that points back (该办法明确)."""
        numbers = ((start, end, key) for start, end, key in self._reader.numbers(block.line))
        backs = ((*match.span(), match["name"] or match["near"] or "文件") for match in _BACK.finditer(block.line.text))
        more = sorted([*((*one, False) for one in numbers), *((*one, True) for one in backs)])
        found: list[Citation] = []
        waiting = list(here)[::-1]
        for start, end, name, is_back in more:
            first, last = block.span(start, end)
            while waiting and waiting[-1].start < last:
                found.append(waiting.pop())
            key = self._before(name, [*before, *found[-_LOOKED_BACK:]]) if is_back else name
            if key and not (found and found[-1].end > first):
                found.append(self._numbered(block, Citation(first, last, last, key), start, end))
                while waiting and waiting[-1].start < found[-1].end:
                    waiting.pop()
        return list(_joined([*found, *waiting[::-1]], block))

    def _numbered(self, block: Block, shell: Citation, start: int, end: int) -> Citation:
        """Read the ordinals behind part of a number, or behind a word that points back, as those behind a title are."""
        text = block.line.text
        of = _OF.match(text, end)
        chains = chains_at(text, of.end() if of else end, is_named=True)
        if not chains:
            return self._placed(block, shell, [Mention(start, end, "named")], end)
        group = [Mention(start, chain[-1].end, "named", chain=chain) for chain in chains]
        name_end, behind = block.span(chains[0][0].start, group[-1].end)
        shell = replace(shell, name_end=name_end, end=behind, chain=chains[-1])
        return self._placed(block, shell, group, chains[0][0].start)


def _joined(citations: Sequence[Citation], block: Block) -> Iterator[Citation]:
    """Make one of a number and the title of the same document behind it: 甲市人民政府令第5号《甲市养老服务条例》第三条."""
    last: Citation | None = None
    for one in citations:
        is_same = last and last.key and last.key == one.key and not last.has_place
        between = block.line.source[last.end - block.start : one.start + 1 - block.start] if last else ""
        if last and is_same and _TO_TITLE.fullmatch(between):
            one = replace(one, start=last.start)
        elif last:
            yield last
        last = one
    if last:
        yield last
