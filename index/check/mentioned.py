"""What the paragraphs of a draft mention: documents and ordinals, those of a list together, and what hangs on a place cited before."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from index.check.blocks import Block
from index.check.unmarked import ISSUERS, named_otherwise
from index.links.find import Mention, aliases_in, mentions_in
from index.links.names import Names
from index.links.ordinals import RANK, chains_at
from index.links.titles import Named, named_in
from index.question.regions import regions
from index.question.words import count_of, segment
from index.references.mentions import Chain
from index.references.reader import ReferenceReader
from index.references.spelling import Spelling, letters

BARE, SAME = "bare", "same"
"""Kinds of mention that give no document: 第十条 alone, and 同条, 该款."""

_KINDS = frozenset({"named", "unmarked", BARE})
_SAME = re.compile(r"(?:(?<![合不相共])同|该|上述|前述)(?P<unit>条(?![例件款目])|款(?!项)|项(?!目))的?")
_FROM_THE_TOP = frozenset({"编", "篇", "章", "部分", "条"})


_TIED = re.compile(r"(?:[”\"]?文件?|[”\"])?(?:第\d+页)?[,:]?(?:其中的?,?|其|在)?|[—·•\-]{1,2}|第\d+页")
"""What may stand between a document and the ordinals that are its own: 《…》，其中第三条规定, 《…》——第三条."""
_SAID = re.compile(
    '中?(?:还|又|则|也|亦|同时|进一步)?(?:的?规定|所[列称规]|明确|要求|提出|之规定)|[,:]?[“"「『]|[)\\]]'
)
_BESIDE = re.compile('[^一-鿿:;。“"]?|[和与及或至到]|或者|以及|还是|[、,](?:以及|或者|和)')
_OF_IT = re.compile("(?:其中的?,?|其)$")
_WORDS = re.compile('[^。;!?《》]{0,12}["“「『]')
_OTHERWISE = re.compile("[改作]为$|[前后]者$")
"""What stands before ordinals that are not of the place cited last: 将第十条改为第十一条, 前者第三条."""
_LIST = tuple("、和与及至到")
_BEFORE = "以按据照依由经从将对把与和及在到为是即见用循凭如因给的了"
"""Words of one character that stand before a number: 以甲府发〔2020〕5号为依据."""


def groups_in(
    block: Block, aliases: Mapping[str, Named], reader: ReferenceReader, names: Names
) -> Iterator[list[Mention]]:
    """Put the ordinals of a list (第三条、第五条) together with the document that they are of; what is the draft's own is left out.

    :param block: a paragraph.
    :param aliases: documents by the short names that the draft gives them.
    :param reader: knows the numbers of the base.
    :param names: knows its titles.
    :return: mentions in order, those of one document and place together.
    """
    text = block.line.text
    starts = {text.rfind("号", start, end) + 1: start for start, end, _ in reader.numbers(block.line)}
    named = named_otherwise(
        block.line, list(named_in(block.line)), lambda form: form in aliases or names.is_title(form)
    )
    mentions = mentions_in(block.line, aliases, named)
    own = (_whole(one, block.line, starts) for one in mentions if one.kind in _KINDS)
    group: list[Mention] = []
    for mention in _tied(sorted((*own, *_same_in(block.line)), key=lambda one: one.start), block.line.text):
        is_more = group and mention.named is group[-1].named and mention.kind == group[-1].kind and mention.chain
        if is_more and group[-1].chain and _BESIDE.fullmatch(text, group[-1].end, mention.start):
            group.append(mention)
            continue
        if group:
            yield group
        group = [mention]
    if group:
        yield group


def _tied(mentions: Sequence[Mention], text: str) -> list[Mention]:
    """Give ordinals that a mark or 其中 parts from the name of their document to it."""
    found: list[Mention] = []
    for one in mentions:
        last = found[-1] if found else None
        if last and _is_tied(last, one, text):
            found[-1] = replace(one, start=last.start, kind=last.kind, named=last.named)
        elif (
            last
            and last.kind == "named"
            and last.chain
            and one.kind == BARE
            and _BESIDE.fullmatch(text, last.end, one.start)
        ):
            found.append(replace(one, kind=last.kind, named=last.named, chain=hung(one, last.chain)))
        else:
            found.append(one)
    return found


def _is_tied(named: Mention, bare: Mention, text: str) -> bool:
    """Tell whether ordinals are those of the document right before them, with a mark or 其中 between."""
    if named.kind != "named" or named.chain or named.word or bare.kind != BARE:
        return False
    is_cited = _SAID.match(text, bare.end) or text.startswith(_LIST, bare.end)
    return bool(is_cited) and bool(_TIED.fullmatch(text, named.end, bare.start))


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


def hangs(text: str, group: Sequence[Mention], *, of_place: bool, is_near: bool) -> bool:
    """Tell whether ordinals without a document are of the one cited last.

    Of a place in the same paragraph all may be that are cited. Of a document, and of another paragraph, only those of which
    words are quoted, and 其中第三条: others may be the draft's own.

    :param text: the paragraph, spelt.
    :param group: the ordinals.
    :param of_place: whether a place is cited last, and not a whole document.
    :param is_near: whether it is in the same paragraph.
    """
    first, end = group[0], group[-1].end
    if first.kind == SAME and first.chain:
        return is_near
    if not _SAID.match(text, end) or _OTHERWISE.search(text, max(0, first.start - 2), first.start):
        return False
    is_its = is_near and bool(_OF_IT.search(text, max(0, first.start - 5), first.start))
    return (is_near and of_place) or is_its or bool(_WORDS.match(text, end))


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
    """Let a number without a title begin where one of the base does: 据丙中心规字〔2020〕5号 has the code 丙中心规字.

    What stands before it may be its office: 甲市人民政府甲府发〔2023〕5号.
    """
    named = mention.named
    if not named or named.title or (start := starts.get(named.end, named.start)) == named.start:
        return mention
    is_code = not line.text[start].isdigit()
    if start > named.start and not (is_code and _ends_in_word(line.text[named.start : start])):
        return mention
    number = line.text[start : named.end]
    return replace(mention, start=start, named=replace(named, start=start, number=number))


def _ends_in_word(text: str) -> bool:
    """Tell whether what stands before a number ends in an office or a word (应遵守), and not in more of a longer number (皖 of 皖财税)."""
    if text[-1] in ISSUERS or text[-1] in _BEFORE:
        return True
    last = segment(text)[-1:]
    return bool(last) and len(last[0]) > 1 and count_of(last[0]) > 0 and not regions(last)


def _same_in(line: Spelling) -> Iterator[Mention]:
    """Find 同条第二款, 该条, 该款第（一）项."""
    for match in _SAME.finditer(line.text):
        start = match.start()
        for chain in chains_at(line.text, match.end()) or [()]:
            end = chain[-1].end if chain else match.end()
            yield Mention(start, end, SAME, match["unit"], chain=chain)
            start = end
