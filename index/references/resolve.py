"""Resolves what a question mentions against a base: which documents and clauses it names, and what it names in vain.

A name counts only when it means one document, and a chain of ordinals only when it leads to one node of each document that
it is said of. Where several fit none is taken: the name is *ambiguous*, and what it can mean is listed. A chain without a
document is looked for in every document of the base.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import islice

from index.question.words import content_words
from index.records import Reference
from index.references.documents import Named, named_documents
from index.references.held import NEAR, Base
from index.references.mentions import Chain, DocumentMention, Mentions
from index.references.nodes import Node
from index.references.ordinals import single
from index.references.spelling import CHINESE, Spelling, spelt

_TEXT_ITSELF = re.compile(r"的?(?:全文|原文|原话|正文|条文|那段话)")
_END_OF_NAME = re.compile(r"$|[、,。?!;:()《“”\"'的里中内讲说写规是和与及跟对关有什怎啥要提]")
_TO_SERIAL = re.compile(r"[^《]+号")
_ORDINAL = re.compile(rf"^(?:{CHINESE}[、是]|第{CHINESE}(?:部分|章|条)|\({CHINESE}\)|\d+[、.])")
_ALONE = frozenset({"部分", "编", "篇", "章", "表", "box", "条", "点", "项", "件", "目", "小点", "小项", "1.2"})
_QUOTES = tuple("“”\"'")
_TIE = re.compile(r"[和与及跟以、,(]*")

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class _Group:
    """Documents that are tied together (16号和74号), from ``start`` to ``end``.

    ``keys`` are those that are clear, ``notices`` those of them that are named by their covering notice.
    """

    start: int
    end: int
    keys: tuple[str, ...]
    notices: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Outcome:
    """What one mention came to.

    ``used`` are stretches that are no words to search for, ``lost`` those that are none unless other words are left.
    ``missing`` holds a name and what is near it, ``ambiguous`` a name that has several meanings, and which. ``astray`` is a
    chain that leads nowhere.
    """

    documents: tuple[str, ...] = ()
    clause_ids: tuple[str, ...] = ()
    used: tuple[Span, ...] = ()
    lost: tuple[Span, ...] = ()
    unknown: tuple[str, ...] = ()
    missing: tuple[tuple[str, str], ...] = ()
    ambiguous: tuple[tuple[str, str], ...] = ()
    astray: Chain = ()


def resolve(question: Spelling, mentions: Mentions, base: Base) -> Reference:
    """Resolve mentions.

    :param question: the question.
    :param mentions: what it mentions (:func:`index.references.find.find`).
    :param base: what is known.
    :return: documents and clauses in the order named, and the rest of the question.
    """
    named = named_documents(question, mentions.documents, base)
    written = _written(question, mentions, base)
    parts = [(start, _Outcome((base.owner(one),), (one,), ((start, end),))) for start, end, one in written]
    groups = _groups(question, named, base)
    for chain in mentions.chains:
        is_written = any(start <= chain[0].start < end for start, end, _ in written)
        if not is_written and not _hangs(chain, mentions.documents, named):
            parts.append((chain[0].start, _chain(question, chain, groups, base)))
    parts.sort(key=lambda part: part[0])
    return _reference(
        question, [*(_document(question, one, base) for one in named), *(outcome for _, outcome in parts)]
    )


def _reference(question: Spelling, outcomes: Sequence[_Outcome]) -> Reference:
    missing = dict(pair for one in outcomes for pair in (*one.missing, *one.ambiguous))
    used = [span for one in outcomes for span in one.used]
    lost = [span for one in outcomes for span in one.lost]
    return Reference(
        documents=tuple(dict.fromkeys(key for one in outcomes for key in one.documents)),
        clause_ids=tuple(dict.fromkeys(clause_id for one in outcomes for clause_id in one.clause_ids)),
        rest=_rest(question, used, lost),
        unknown=tuple(name for one in outcomes for name in one.unknown),
        missing=tuple(missing),
        near=tuple(missing.values()),
        ambiguous=tuple(dict.fromkeys(name for one in outcomes for name, _ in one.ambiguous)),
    )


def _document(question: Spelling, named: Named, base: Base) -> _Outcome:
    span = (named.start, named.end)
    name = question.verbatim(*span)
    if named.key:
        return _Outcome((named.key,), used=(span,))
    if named.keys:
        return _Outcome(lost=(span,), ambiguous=((name, base.describe(named.keys)),))
    number = _TO_SERIAL.match(question.text, *span)
    return _Outcome(
        lost=(span,),
        unknown=(number.group(),) if number else (),
        missing=((name, base.like(named.mention, question.text[slice(*span)])),),
    )


def _written(question: Spelling, mentions: Mentions, base: Base) -> list[tuple[int, int, str]]:
    """Find the clause ids that are written out, with their positions."""
    found: list[tuple[int, int, str]] = []
    for one in mentions.written:
        known = base.clause(question.text[one.start : one.end])
        if known and not any(one.start < end for _, end, _ in found):
            found.append((one.start, one.start + known[1], known[0]))
    return found


def _groups(question: Spelling, named: Sequence[Named], base: Base) -> list[_Group]:
    """Put documents together that are tied to each other: what follows them is said of all."""
    groups: list[_Group] = []
    for one in named:
        keys = (one.key,) if one.key else ()
        notices = tuple(key for key in keys if base.is_notice(key, question.text[one.start : one.end]))
        if groups and _TIE.fullmatch(question.text, groups[-1].end, one.start):
            last = groups.pop()
            keys, notices = tuple(dict.fromkeys((*last.keys, *keys))), (*last.notices, *notices)
            groups.append(_Group(last.start, one.end, keys, notices))
        else:
            groups.append(_Group(one.start, one.end, keys, notices))
    return groups


def _hangs(chain: Chain, documents: Sequence[DocumentMention], named: Sequence[Named]) -> bool:
    """Tell whether a chain begins with a bare ordinal (四) that stands beside what turned out to be no document."""
    before = [mention for mention in documents if mention.reach <= chain[0].start]
    return chain[0].is_bare and bool(before) and all(one.mention != before[-1] for one in named)


def _chain(question: Spelling, chain: Chain, groups: Sequence[_Group], base: Base) -> _Outcome:
    """Look a chain up in the documents before it, in the only one behind it, or in all where none is named."""
    if not groups and not _stands_alone(question, chain):
        return _Outcome()
    start, end = chain[0].start, chain[-1].end
    before = [group for group in groups if group.end <= start]
    group = before[-1] if before else groups[0] if len(groups) == 1 else None
    name = question.verbatim(_begin(question.text, start, before), end)
    keys = group.keys if group else () if groups else None
    notices = group.notices if group else ()
    found = [one for each in single(chain) if (one := _looked_up(each, keys, notices, name, base))]
    if not found and keys != ():
        return _Outcome()
    ids = tuple(clause_id for one in found for clause_id in one.clause_ids)
    astray = next((one.astray for one in reversed(found) if one.astray), ())
    names = {_ORDINAL.sub("", spelt(heading)) for clause_id in ids for heading in base.headings(clause_id)}
    return _Outcome(
        documents=tuple(key for one in found for key in one.documents),
        clause_ids=ids,
        used=tuple((one.start, _behind_heading(question.text, one.end, names)) for one in chain),
        missing=((name, base.near(keys, astray)),) if astray else (),
        ambiguous=tuple(pair for one in found for pair in one.ambiguous),
    )


def _begin(text: str, start: int, before: Sequence[_Group]) -> int:
    """Find where a chain's name begins: with the documents right before it, and the bracket that they stand in."""
    if not before or start - before[-1].end > 1:
        return start
    begin = before[-1].start
    return begin - (text[begin - 1 : begin] == "(" and text[start - 1] == ")")


def _looked_up(
    chain: Chain, keys: Sequence[str] | None, notices: Sequence[str], name: str, base: Base
) -> _Outcome | None:
    """Say where a chain leads, or that it leads nowhere or to several nodes; None when it says nothing.

    Without a document a chain of several ordinals, a box or a table may be meant in some few, of which each has it once:
    表1第9行. A single 第三条 is not, and says nothing of the base behind other words (15条措施的第3条).
    """
    is_loose, is_single = keys is None, len(chain) == 1 and chain[0].form not in ("box", "表")
    asked = base.holding(chain) if keys is None else keys
    every = ((key, base.tree(key).nodes(chain, in_notice=key in notices)) for key in asked)
    found = list(islice(((key, nodes) for key, nodes in every if nodes), NEAR + 1 if is_loose else None))
    most = 1 if is_loose and is_single else NEAR if is_loose else len(found)
    if found and all(len(nodes) == 1 for _, nodes in found) and len(found) <= most:
        ids = tuple(clause_id for _, nodes in found for clause_id in nodes[0].clause_ids)
        return _Outcome((found[0][0],) if is_loose and len(found) == 1 else (), ids)
    if found and is_loose and is_single and chain[0].start:
        return None
    is_meant = any(not ordinal.is_bare for ordinal in chain) or (len(chain) > 1 and keys is not None)
    if not is_meant or keys == ():
        return None
    if found:
        return _Outcome(ambiguous=((name, _labels(found, alone=keys is not None and len(keys) == 1)),))
    return _Outcome(astray=chain)


def _labels(found: Sequence[tuple[str, Sequence[Node]]], *, alone: bool) -> str:
    labels = [("" if alone else key) + node.label for key, nodes in found for node in nodes]
    return "、".join(labels[:NEAR]) + ("等" if len(labels) > NEAR else "")


def _behind_heading(text: str, end: int, names: Iterable[str]) -> int:
    """Find where the heading that follows an ordinal ends: 第三部分“发展目标”."""
    start = end + (text[end : end + 1] in _QUOTES)
    ends = [start + len(name) for name in names if name and text.startswith(name, start)]
    last = max(ends, default=0)
    return last + (text[last : last + 1] in _QUOTES) if last else end


def _stands_alone(question: Spelling, chain: Chain) -> bool:
    """Tell whether a chain without a document is a reference at all, and not part of some name."""
    if not question.is_free(chain[0].start) or not _END_OF_NAME.match(question.text, chain[-1].end):
        return False
    first = chain[0]
    if not first.numbers or len(chain) > 1:
        return bool(first.numbers)
    return not first.is_bare and first.form in _ALONE


def _rest(question: Spelling, used: Sequence[Span], lost: Sequence[Span]) -> str:
    """Take the references out of a question; function words alone are nothing.

    A lost document beside other words stays: a clause may cite it.
    """
    if not used and not lost:
        return question.source
    bare = _without(question, [*used, *lost])
    if not content_words(bare):
        return ""
    return _without(question, used) if lost else bare


def _without(question: Spelling, spans: Iterable[Span]) -> str:
    kept = list(question.source)
    for start, end in spans:
        first, last = question.offsets[start], question.offsets[end - 1] + 1
        kept[first:last] = " " * (last - first)
    return " ".join(_TEXT_ITSELF.sub(" ", "".join(kept)).split())
