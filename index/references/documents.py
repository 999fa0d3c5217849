"""Which documents of a base the mentions of a question mean, each looked up and then seen beside its neighbours."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from index.references.held import Base
from index.references.mentions import ByNumber, ByRun, ByTitle, DocumentMention
from index.references.spelling import Spelling

_SAME = re.compile(r"[()的]?(?:印发|所附|附)?的?")
_ANY = "文件"


@dataclass(frozen=True, slots=True)
class Named:
    """A document mention with what it means: one key, none where the base lacks it, several where it is ambiguous.

    ``end`` lies behind the words of the title that follow a number (16号规划), if it is that document's.
    """

    mention: DocumentMention
    end: int
    keys: tuple[str, ...]

    @property
    def start(self) -> int:
        """Where the mention begins."""
        return self.mention.start

    @property
    def key(self) -> str | None:
        """The document, if it is clear which."""
        return self.keys[0] if len(self.keys) == 1 else None


def named_documents(question: Spelling, mentions: Iterable[DocumentMention], base: Base) -> list[Named]:
    """Look up each document that a question mentions.

    What turns out to be none is dropped: a bare 8号 that no document bears or several bear, and 该文件 with none before it. A
    name that is clear settles an ambiguous one right beside it: 《实施方案》（浦民发〔2023〕74号）.

    :param question: the question.
    :param mentions: documents in the order of the question.
    :param base: what is known.
    :return: what is left, in the same order.
    """
    named: list[Named] = []
    for mention in mentions:
        keys = _keys(mention, named, base)
        is_document = isinstance(mention, ByRun) or len(keys) == 1 or _is_sure(mention, keys)
        if is_document:
            named.append(Named(mention, _end(question, mention, keys, base), keys))
    neighbours = zip([None, *named], named, [*named[1:], None], strict=False)
    return [_settled(question, one, before, after) for before, one, after in neighbours]


def _keys(mention: DocumentMention, before: Sequence[Named], base: Base) -> tuple[str, ...]:
    """Look up a mention; a title that points back means a document named before, if one is called so."""
    if isinstance(mention, ByNumber):
        return base.numbers.meant(mention)
    if isinstance(mention, ByRun):
        return mention.keys
    known = (one.key for one in before if one.key)
    back = dict.fromkeys(key for key in known if mention.name == _ANY or base.titles.ends(key, mention.name))
    return tuple(back) if mention.is_back and back else base.titles.meant(mention.name, mention.issuer)


def _is_sure(mention: ByNumber | ByTitle, keys: tuple[str, ...]) -> bool:
    return mention.is_sure if isinstance(mention, ByNumber) else bool(keys) or not mention.is_back


def _end(question: Spelling, mention: DocumentMention, keys: tuple[str, ...], base: Base) -> int:
    tail = question.text[mention.end : mention.reach]
    return mention.reach if tail and len(keys) == 1 and base.titles.ends(keys[0], tail) else mention.end


def _settled(question: Spelling, one: Named, before: Named | None, after: Named | None) -> Named:
    """Take of several documents the one that the mention before or behind names too."""
    beside = [
        other.key
        for other, left, right in ((before, before, one), (after, one, after))
        if other and left and right and other.key and _SAME.fullmatch(question.text, left.end, right.start)
    ]
    fits = {key for key in beside if key in one.keys}
    return replace(one, keys=tuple(fits)) if len(fits) == 1 else one
