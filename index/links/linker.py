"""Follows the references of clauses to the clauses that they mean (援引), when asked, so that none is ever stale."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from index.links.find import Mention, aliases_in, mentions_in
from index.links.homes import DECISION, Home, home_of, kind_of, text_name
from index.links.names import NOT_HELD, Names
from index.links.place import Place, followed, is_inner, spots_of
from index.links.texts import Spot
from index.links.titles import Named, is_generic
from index.records import CrossReference
from index.references.ordinals import ANNEX
from index.references.spelling import Spelling, letters, spelling, spelt
from ingest.records import Clause, Document, Metadata

UNCLEAR = "未能确定指哪份文件"
NO_SUCH_PLACE = "未找到该处"

_FIRST_SENTENCE = re.compile(r"[^。！？\n]*[。！？]?")
_LOOKED_BACK = 50
_QUOTE = re.compile("“[^“”]{40,}”")
_ARTICLE, _OWN_NUMBER = re.compile(r"第[一二三四五六七八九十百零\d]{1,7}条"), 7
_SURE = re.compile(r"的?规定|所[列称规]|之规定|第")
_FULL_WIDTH = str.maketrans("()[],;:", "（）〔〕，；：")


@dataclass(frozen=True, slots=True)
class _Scene:
    """Where a reference is read: the document, the text of it by name, the place, the line, and what its sentence said before."""

    home: Home
    name: str
    place: Place
    line: Spelling
    before: Sequence[Mention]

    @property
    def is_quoting(self) -> bool:
        """Whether it speaks of other documents: a row of a table that quotes them, a decision that amends them."""
        return bool(self.place.text.clauses[self.place.clause_id].cells) or self.name == DECISION


@dataclass(frozen=True, slots=True)
class _Resolved:
    """What a reference came to: the document that is held, the places, why not, and the document as it is named."""

    data: Metadata | None
    spots: Sequence[Spot] = ()
    remark: str = ""
    named: Named | None = None


class Linker:
    """Knows the documents of a base and follows references between their clauses.

    ``documents`` are they, ``names`` tells which of them a name means.

    :param documents: documents by key.
    """

    def __init__(self, documents: Mapping[str, Document]) -> None:
        self.documents = documents
        self.names = Names(documents)
        self._homes: dict[str, Home] = {}
        self._aliases: dict[str, Mapping[str, Named]] = {}

    def references(self, clause: Clause, key: str) -> tuple[CrossReference, ...]:
        """Follow the references of a clause.

        :param clause: the clause.
        :param key: key of its document.
        :return: references in order; what leads nowhere says why. What stands in a long quotation is not read: its 本法
            and 前款 are another document's.
        """
        home, name = self.home(key), text_name(clause.clause_id, key)
        quotes = [match.span() for match in _QUOTE.finditer(clause.text)]
        found: list[CrossReference] = []
        start = 0
        for number, line in enumerate(clause.text.split("\n")):
            place = Place(home.texts[name], clause.clause_id, number)
            for one in self._in_line(_Scene(home, name, place, spelling(line), ())):
                if not any(first < start + one.start < last for first, last in quotes):
                    found.append(replace(one, start=start + one.start, end=start + one.end))
            start += len(line) + 1
        return tuple(found)

    def _in_line(self, scene: _Scene) -> Iterator[CrossReference]:
        mentions = mentions_in(scene.line, self._aliases_of(scene.home.key))
        for at, mention in enumerate(mentions):
            here = replace(scene, before=_before(scene, mentions[max(0, at - _LOOKED_BACK) : at], mention))
            resolved = self._resolved(mention, here)
            if resolved and not _is_own(resolved, mention, scene.place):
                yield self._record(mention, resolved, scene.line)

    def _resolved(self, mention: Mention, scene: _Scene) -> _Resolved | None:
        home, place, kind = scene.home, scene.place, mention.kind
        if kind in ("named", "unmarked"):
            return self._in_document(mention, scene)
        if kind == "annex":
            return _annex(home, mention.word)
        is_sure = kind != "bare" or scene.name == DECISION or bool(_SURE.match(scene.line.text, mention.end))
        unclear = _Resolved(None, remark=UNCLEAR) if is_sure else None
        if not mention.chain and (kind == "self" or (kind == "here" and scene.is_quoting)):
            return None
        if scene.is_quoting:
            return self._quoted(mention, scene) or unclear
        if kind == "self" and not _is_self(mention, scene):
            return unclear
        if kind == "bare" and mention.start == place.line == 0 and place.article == place.clause_id:
            return None  # its own number
        if kind == "bare" and _is_of_other(mention, scene):
            return unclear
        spots = spots_of(mention, place)
        is_loose = kind == "bare" and not place.text.is_in_articles and not is_sure
        if not spots and (is_loose or (kind == "here" and not mention.chain)):
            return None
        return _Resolved(home.data, spots, "" if spots else NO_SUCH_PLACE)

    def _quoted(self, mention: Mention, scene: _Scene) -> _Resolved | None:
        """Follow 本法 where other documents are quoted: it is the one that is named last before, if its title ends so."""
        last = next((one.named for one in reversed(scene.before) if one.named), None)
        if mention.kind != "self" or not last or not kind_of(last.title).endswith(mention.word):
            return None
        return self._in_document(replace(mention, kind="named", word="", named=last), scene)

    def _in_document(self, mention: Mention, scene: _Scene) -> _Resolved | None:
        """Follow a reference to a document that it names, with or without marks."""
        named = mention.named or Named(mention.start, mention.end, mention.word)
        if mention.kind == "unmarked" and not mention.word:
            return _Resolved(None, remark=UNCLEAR)
        if named.annex:
            return _annex(scene.home, named.annex.removeprefix(ANNEX))
        meant = self.names.meant(named, scene.home.key)
        if meant.key is None:
            return _not_held(named, mention, meant.remark)
        if meant.key == scene.home.key and not named.title:
            return None  # no document cites itself by its number; where it seems to, that is another's
        if remark := self.names.earlier(named, meant.key, scene.home.key, scene.line.text, mention):
            return _Resolved(None, remark=remark, named=named)
        other = self.home(meant.key)
        if mention.word.startswith(ANNEX) and not mention.chain:
            return _annex(other, mention.word.removeprefix(ANNEX))
        if not mention.chain:
            return _Resolved(other.data)
        is_notice = named.title.endswith("通知") and not spelt(other.data.title).endswith("通知")
        text = other.texts.get("通知" if is_notice else "")
        spots = followed(text, mention.chain) if text else []
        return _Resolved(other.data, spots, "" if spots else NO_SUCH_PLACE)

    def _record(self, mention: Mention, resolved: _Resolved, line: Spelling) -> CrossReference:
        start, end = line.offsets[mention.start], line.offsets[mention.end - 1] + 1
        named, data, spots = resolved.named, resolved.data, resolved.spots
        said = _FIRST_SENTENCE.match(spots[0].words) if spots else None
        return CrossReference(
            text=line.source[start:end],
            start=start,
            end=end,
            number=data.number if data else _shown(named.number) if named else None,
            title=data.title if data else _shown(named.title) if named else None,
            held=data is not None,
            clause_ids=tuple(dict.fromkeys(one for spot in spots for one in spot.clause_ids)),
            citation=spots[0].citation + (f"等{len(spots)}处" if len(spots) > 1 else "") if spots else "",
            sentence=said.group() if said else "",
            remark=resolved.remark,
        )

    def home(self, key: str) -> Home:
        """Give a document with its texts.

        :param key: key of the document.
        """
        if key not in self._homes:
            self._homes[key] = home_of(self.documents[key])
        return self._homes[key]

    def _aliases_of(self, key: str) -> Mapping[str, Named]:
        """The short names that a document gives to others; one that it gives to two means neither."""
        if key not in self._aliases:
            given: dict[str, dict[tuple[str, str], Named]] = {}
            for clause in self.documents[key].clauses:
                for alias, named in aliases_in(spelling(clause.text)) if "简称" in clause.text else ():
                    given.setdefault(alias, {}).setdefault((letters(named.title), named.number), named)
            self._aliases[key] = {alias: next(iter(each.values())) for alias, each in given.items() if len(each) == 1}
        return self._aliases[key]


def _not_held(named: Named, mention: Mention, remark: str) -> _Resolved | None:
    """Say that a document is not held; what is none by the look of it is passed over."""
    if not (named.is_document or remark or mention.chain):
        return None
    is_unclear = not (named.number or remark) and is_generic(named.title)
    return _Resolved(None, remark=UNCLEAR if is_unclear else remark or NOT_HELD, named=named)


def _annex(home: Home, number: str) -> _Resolved:
    spot = home.annex(number)
    return _Resolved(home.data, [spot]) if spot else _Resolved(home.data, remark=f"{NOT_HELD}这份文件的{ANNEX}{number}")


def _shown(text: str) -> str | None:
    return text.translate(_FULL_WIDTH) or None


def _before(scene: _Scene, mentions: Sequence[Mention], mention: Mention) -> list[Mention]:
    """List what is mentioned before in the same sentence; a row of a table is one."""
    if scene.is_quoting:
        return list(mentions)
    start = max(scene.line.text.rfind(end, 0, mention.start) for end in "。!?")
    return [one for one in mentions if one.start > start]


def _is_self(mention: Mention, scene: _Scene) -> bool:
    """Tell whether 本办法 is the text that says it; 本规定 any text in articles may call itself."""
    is_rules = mention.word == "规定" and not scene.name and scene.place.text.is_in_articles
    is_free = not any(one.named for one in scene.before)
    return scene.home.calls_itself(mention.word, scene.name) or (is_rules and is_free)


def _is_of_other(mention: Mention, scene: _Scene) -> bool:
    """Tell whether ordinals alone may be another's: of a document that the same sentence names with ordinals before them.

    第一项 alone may be one of the article that its own article is about: 违反第九条…：（一）违反第一项规定的….
    """
    place = scene.place
    if is_inner(mention) and place.article:
        own = place.text.clauses.get(place.article)
        return own is None or bool(_ARTICLE.search(own.text, _OWN_NUMBER))
    others = [one for one in scene.before if one.kind in ("named", "unmarked")]
    return any(one.chain or not place.text.is_in_articles for one in others)


def _is_own(resolved: _Resolved, mention: Mention, place: Place) -> bool:
    """Tell whether 本条 or a number leads to nothing but the clause that says it."""
    ids = {one for spot in resolved.spots for one in spot.clause_ids}
    return ids == {place.clause_id} and (mention.kind == "bare" or (mention.kind == "here" and not mention.chain))
