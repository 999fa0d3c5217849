"""Finds what the sentences of a clause refer to, by the usage of 立法技术规范（试行）: 本法, 前款, 第十条第二款, 《…》第三条.

Nothing is looked up; :mod:`index.links.linker` says what is meant.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from index.links.ordinals import chains_at
from index.links.titles import KIND, Named, named_in
from index.references.mentions import Chain
from index.references.spelling import Spelling, is_connective, letters, name_at_end
from ingest.numerals import to_number

_N = r"[一二两三四五六七八九十\d]"
_HEADS = re.compile(
    rf"(?P<self>本(?:实施|工作|暂行)?(?P<kind>{KIND}))(?=[的中]?第|附件|[\d一二三四五六七八九十百]+条)"
    r"|(?P<here>本(?P<unit>条(?![例件])|款(?!项)|项(?!目)|章(?!程)|节(?!能)))"
    rf"|(?:(?<![目以之此提当年月日天会事生从产午空面])前|(?<!以)上(?=款))(?P<count>{_N}?)"
    r"(?P<back>条(?![例件款])|款(?!项)|项(?!目)|章(?!程)|节)"
    rf"|附件(?P<annex>\d{{1,2}}(?![\d.\-—])|[一二三四五六七八九十]{{1,2}}(?![一-鿿]))|(?<=[见(])附件(?P<sole>)(?=[),。;《])"
    r"|附件(?P<listed>)(?=所[列示附])"
    r"|(?P<above>(?:上述|前述|上列|前列)?)(?=第[\d(一二三四五六七八九十零〇百])"
)
_GAP = re.compile(r"(?:所列|规定|所称)?的?(?:中的?)?(?=第|\()")
_CITED = re.compile(r"(?:还|也|又|则|同时)?的?规定|所[列称规]|之规定|、第")
_NO_GAP = re.compile("")
_OF_NAME = re.compile(r"的?(?:中的?)?(?=第|附件|\d|[一二三四五六七八九十百])")
_ITS_ANNEX = re.compile(r"附件(?:\d{1,2}|[一二三四五六七八九十]{1,2})?")
_UNMARKED = re.compile(rf"[一-鿿]{{0,20}}(?:{KIND})(?:[的中])?$")
_NO_NAME = re.compile(r"(?:按照|依照|根据|违反|符合|本|有关|相关|其他|上述)规定$")
_LEADS = re.compile("(?:依照|按照|参照|根据|依据|违反|符合|适用|属于|触犯)$")
_CHAPTERS = ("编", "篇", "章", "节", "部分")
_VERB = re.compile("了|适用|触犯|违反|属于|依据|修改|废止|执行|参照|符合")
_THAT = re.compile(r"(?:该|此|其|原|新|旧|同一?|这些?|各|上述|前述|上列)(?:[一-鿿]{0,4})$")
_MAY_STAND = re.compile(
    r"(?:^|[,;:、(]|依照|按照|违反|根据|符合|依据|除|有|按|参照|适用|属于|具有|执行|及|和|与|或|见|因|对|在|由|将|从|至|于|为|满足|提供|与|但|是|经)$"
)
_MAY_FOLLOW = re.compile(
    r"(?:还|也|又|则|同时)?规定|所|之?列|要求|情形|条件|内容|标准|范围|程序|方式|材料|行为|中|的(?:规定|情形|要求|条件|相应|内容)|以外|外|之|[,;)]|$"
)


@dataclass(frozen=True, slots=True)
class Mention:
    """A reference as it is written, from ``start`` to ``end`` of the spelt text.

    ``kind`` is empty where ordinals refer to nothing, else ``named``, ``self`` (本办法), ``here`` (本条), ``back`` (前款), ``bare`` (第十条 alone), ``unmarked`` (a document
    whose name no marks close in) or ``annex``. ``word`` is the kind of document of 本办法, the level of 本条 and 前款, the
    number of an annex, or the unmarked name; ``count`` is the 2 of 前两款. ``chain`` is what is written of levels.
    """

    start: int
    end: int
    kind: str
    word: str = ""
    count: int = 1
    named: Named | None = None
    chain: Chain = ()


def mentions_in(
    sentence: Spelling, aliases: Mapping[str, Named], names: Sequence[Named] | None = None
) -> list[Mention]:
    """Find what a paragraph of a clause refers to.

    :param sentence: the paragraph.
    :param aliases: documents by the letters of the short names that their document gives them (以下简称).
    :param names: the documents that it names, in order; None for those in 《》 and those by number.
    :return: references in order.
    """
    text = sentence.text
    names = list(named_in(sentence)) if names is None else names
    found: list[Mention] = []
    end = 0
    for position, name in _starts(text, names):
        if position < end:
            continue
        new = _named(text, name, aliases) if name else _at(text, position, found, aliases)
        found += [one for one in new if one.kind]
        end = max([end, *(one.end for one in new), name.end if name else 0])
    return found


def aliases_in(sentence: Spelling) -> Iterator[tuple[str, Named]]:
    """Find the short names that a text gives to documents.

    :param sentence: the text of a clause.
    :return: letters of the name, and the document.
    """
    return ((letters(one.alias), one) for one in named_in(sentence) if one.alias)


def _starts(text: str, names: Sequence[Named]) -> list[tuple[int, Named | None]]:
    inside = [(one.start, one.end) for one in names]
    heads = [match.start() for match in _HEADS.finditer(text)]
    free: list[tuple[int, Named | None]] = []
    at = 0
    for head in heads:
        while at < len(inside) and inside[at][1] <= head:
            at += 1
        if at == len(inside) or head < inside[at][0]:
            free.append((head, None))
    return sorted([*free, *((one.start, one) for one in names)], key=lambda pair: pair[0])


def _named(text: str, name: Named, aliases: Mapping[str, Named]) -> list[Mention]:
    known = aliases.get(letters(name.title)) if not name.number else None
    if annex := _ITS_ANNEX.match(text, name.end):
        return [Mention(name.start, annex.end(), "named", annex.group(), named=known or name)]
    return _with_chains(text, Mention(name.start, name.end, "named", named=known or name), _OF_NAME)


def _at(text: str, position: int, found: Sequence[Mention], aliases: Mapping[str, Named]) -> list[Mention]:
    """Read the reference that begins with a word of its own: 本办法, 本条, 前款, 附件2, 第十条."""
    match = _HEADS.match(text, position)
    if not match:
        return []
    end = match.end()
    if match["self"]:
        return _with_chains(text, Mention(position, end, "self", match["kind"]), _OF_NAME)
    if match["here"]:
        inner = _at(text, end, found, aliases) if text.startswith("前", end) else []
        if inner and inner[0].kind == "back":  # 本条前款
            return [Mention(position, inner[0].end, "back", inner[0].word, inner[0].count, chain=inner[0].chain)]
        return _with_chains(text, Mention(position, end, "here", match["unit"]), _GAP)
    if match["back"]:
        count = to_number(match["count"]) if match["count"] else 1
        return _with_chains(text, Mention(position, end, "back", match["back"], count), _GAP)
    if match["annex"] or match["sole"] == "" or match["listed"] == "":
        return [Mention(position, end, "annex", match["annex"] or "")]
    return _bare(text, position, end, aliases)


def _bare(text: str, position: int, end: int, aliases: Mapping[str, Named]) -> list[Mention]:
    """Read ordinals without a document before them; the name of one may stand there without marks."""
    chains = chains_at(text, end)
    if not chains:
        return []
    before = text[max(0, position - 24) : position]
    if end == position and (name := _UNMARKED.search(before)) and not _NO_NAME.search(before):
        return _unmarked(text, position, name.group(), aliases)
    is_last = chains[-1][-1].end
    is_sure = end > position or _MAY_FOLLOW.match(text, is_last)
    is_chapter = chains[0][0].form in _CHAPTERS  # 第四节 may be its own heading
    may_refer = is_sure or (_MAY_STAND.search(before) and not is_chapter)
    if before.endswith(("条", "款", "项")) or not may_refer or _is_head(text, position, is_last):
        return [Mention(position, is_last, "")]
    return _with_chains(text, Mention(position, end, "bare"), _NO_GAP)


def _unmarked(text: str, position: int, before: str, aliases: Mapping[str, Named]) -> list[Mention]:
    """Read 药品管理法第九条: by a short name given to the document, else by the name as it stands.

    A short name of two or three letters is one only by itself: not the 办法 of 其他办法.
    """
    name = before.rstrip("的中")
    alias = max((one for one in aliases if name.endswith(one) and _is_whole(name, one)), key=len, default="")
    word = alias or _VERB.split(name_at_end(name))[-1]
    start, last = position - len(before) + len(name) - len(word), chains_at(text, position)[-1][-1].end
    if not alias and not _LEADS.search(text[max(0, start - 4) : start]) and not _MAY_FOLLOW.match(text, last):
        return [Mention(position, last, "")]
    if alias:
        return _with_chains(text, Mention(start, position, "named", alias, named=aliases[alias]), _NO_GAP)
    return _with_chains(text, Mention(start, position, "unmarked", "" if _THAT.search(name[:-1]) else word), _NO_GAP)


def _is_whole(name: str, alias: str) -> bool:
    rest = name.removesuffix(alias)
    return len(alias) > 3 or not rest or is_connective(rest) or bool(_LEADS.search(rest))


def _is_head(text: str, start: int, end: int) -> bool:
    """Tell whether ordinals are those of the paragraph that they open, 第十条 …, and refer to nothing."""
    return start == 0 and not _CITED.match(text, end)


def _with_chains(text: str, head: Mention, gap: re.Pattern[str]) -> list[Mention]:
    """Give a reference the ordinals behind it; each further one of a list is a reference of its own to the same."""
    match = gap.match(text, head.end)
    chains = chains_at(text, match.end(), is_named=head.kind in ("self", "named")) if match else []
    if not chains:
        return [head] if head.kind not in ("self", "bare") else []
    found: list[Mention] = []
    for at, chain in enumerate(chains):
        written = chain[-1].end
        start = head.start if not at else _own_start(chain, found[-1].end)
        found.append(Mention(start, written, head.kind, head.word, head.count, head.named, chain))
    return found


def _own_start(chain: Chain, after: int) -> int:
    """Where the words of a further reference of a list begin: those of its ordinals that stand behind the one before."""
    return next(one.start for one in chain if one.start >= after)
