"""What the paragraphs of a draft mention: documents and ordinals, those of a list together, and what hangs on a place cited before."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from index.check.blocks import Block
from index.links.find import Mention, aliases_in, mentions_in
from index.links.ordinals import RANK, chains_at
from index.links.titles import Named
from index.references.mentions import Chain
from index.references.reader import ReferenceReader
from index.references.spelling import Spelling, letters

BARE, SAME = "bare", "same"
"""Kinds of mention that give no document: 第十条 alone, and 同条, 该款."""

_KINDS = frozenset({"named", "unmarked", BARE})
_SAME = re.compile(r"(?:(?<![合不相共])同|该|上述|前述)(?P<unit>条(?![例件款目])|款(?!项)|项(?!目))的?")
_FROM_THE_TOP = frozenset({"编", "篇", "章", "部分", "条"})


def groups_in(block: Block, aliases: Mapping[str, Named], reader: ReferenceReader) -> Iterator[list[Mention]]:
    """Put the ordinals of a list (第三条、第五条) together with the document that they are of; what is the draft's own is left out.

    :param block: a paragraph.
    :param aliases: documents by the short names that the draft gives them.
    :param reader: knows the numbers of the base.
    :return: mentions in order, those of one document and place together.
    """
    starts = {end: start for start, end, _ in reader.numbers(block.line)}
    own = (_whole(one, block.line, starts) for one in mentions_in(block.line, aliases) if one.kind in _KINDS)
    group: list[Mention] = []
    for mention in sorted((*own, *_same_in(block.line)), key=lambda one: one.start):
        is_more = group and mention.named is group[-1].named and mention.kind == group[-1].kind and mention.chain
        if is_more and group[-1].chain and mention.start - group[-1].end <= 1:
            group.append(mention)
            continue
        if group:
            yield group
        group = [mention]
    if group:
        yield group


def aliases_of(blocks: Sequence[Block]) -> dict[str, Named]:
    """Find the short names that a draft gives to documents; one that it gives to two means neither.

    :param blocks: its paragraphs.
    :return: documents by the letters of their short names.
    """
    given: dict[str, dict[tuple[str, str], Named]] = {}
    for block in blocks:
        for alias, named in aliases_in(block.line) if "称" in block.line.text else ():
            given.setdefault(alias, {}).setdefault((letters(named.title), named.number), named)
    return {alias: next(iter(each.values())) for alias, each in given.items() if len(each) == 1}


def hung(mention: Mention, above: Chain) -> Chain:
    """Complete ordinals that hang on a place cited before: behind 第六条第（三）项, 第（七）项 is of 第六条, 同条第二款 too.

    :param mention: ordinals without a document.
    :param above: those of the place.
    :return: the ordinals in full; those of the mention where it names a level that is counted from the top.
    """
    if mention.kind == BARE and mention.chain[0].form in _FROM_THE_TOP:
        return mention.chain
    depths = [RANK[mention.chain[0].form]] if mention.chain else []
    depths += [RANK[mention.word] + 1] if mention.kind == SAME else []
    return (*(one for one in above if RANK[one.form] < min(depths)), *mention.chain)


def _whole(mention: Mention, line: Spelling, starts: Mapping[int, int]) -> Mention:
    """Let a number without a title begin where one of the base does: 据丙中心规字〔2020〕5号 has the code 丙中心规字."""
    named = mention.named
    if not named or named.title or (start := starts.get(named.end, named.start)) >= named.start:
        return mention
    number = line.text[start : named.end]
    return replace(mention, start=start, named=replace(named, start=start, number=number))


def _same_in(line: Spelling) -> Iterator[Mention]:
    """Find 同条第二款, 该条, 该款第（一）项."""
    for match in _SAME.finditer(line.text):
        start = match.start()
        for chain in chains_at(line.text, match.end()) or [()]:
            end = chain[-1].end if chain else match.end()
            yield Mention(start, end, SAME, match["unit"], chain=chain)
            start = end
