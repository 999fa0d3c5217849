"""Where a reference leads in the text that it stands in, or in the text of the document that it names."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from index.links.find import Mention
from index.links.texts import ITEMS, Spot, Text
from index.references.levels import BRACKET, SMALL
from index.references.mentions import Chain, Ordinal
from index.references.ordinals import single

_ABOVE = frozenset({"编", "篇", "章", "节", "部分"})
_SIBLINGS = {"（一）": BRACKET, "（1）": SMALL}
_UNITS = {"章": "chapter", "节": "section"}


@dataclass(frozen=True, slots=True)
class Place:
    """Where a reference stands: the text, the clause, and the line (paragraph) of it, counted from 0."""

    text: Text
    clause_id: str
    line: int

    @property
    def article(self) -> str:
        """What the ids of its article begin with; empty where it is in none."""
        return self.text.article_of(self.clause_id)

    @property
    def paragraph(self) -> int | None:
        """The 款 that it stands in."""
        return self.text.paragraph_of(self.article, self.clause_id, self.line) if self.article else None


def spots_of(mention: Mention, place: Place) -> list[Spot]:
    """Follow a reference to the text that it stands in.

    :param mention: what is written; of a document that is named only its levels are looked at.
    :param place: where it is written.
    :return: what it leads to; empty where it leads nowhere, or not surely to one place.
    """
    if mention.kind == "back":
        return _back(mention, place)
    if mention.kind == "here":
        return _here(mention, place)
    if is_inner(mention):
        return _inside(place, mention.chain) if place.article else _beside(place, mention.chain)
    return followed(place.text, mention.chain)


def is_inner(mention: Mention) -> bool:
    """Tell whether a reference names a 款 or 项 alone, of the article that it stands in: 第一款, 第（二）项."""
    return mention.kind == "bare" and mention.chain[0].form not in _ABOVE and mention.chain[0].form != "条"


def followed(text: Text, chain: Chain) -> list[Spot]:
    """Follow ordinals from the top of a text.

    :param text: the text.
    :param chain: 第十条第二款, 第三章, 第二部分第（一）项.
    :return: a spot for each of a list; empty where one of them is not there.
    """
    at = next((at for at, one in enumerate(chain) if one.form == "条"), None)
    if at is None or not text.is_in_articles:
        if any(len(one.numbers) > 1 for one in chain[:-1]):
            return []
        if chain[0].form == "点" and text.has_parts:  # 本通知第三点 is its 三、
            chain = (replace(chain[0], form="部分"), *chain[1:])
        spots = [text.level(one) for one in single(chain)]
        return _all(spots, len(chain[-1].numbers))
    if at and not text.level(chain[: at + 1]):
        return []
    articles = [path for number in chain[at].numbers if (path := text.article(number))]
    rest = chain[at + 1 :]
    if len(articles) < len(chain[at].numbers) or (rest and len(articles) > 1):
        return []
    return _within(text, articles[0], rest, None) if rest else [text.whole(one) for one in articles]


def _within(text: Text, article: str, chain: Chain, current: int | None) -> list[Spot]:
    """Follow 款, 项 and 目 in an article; an item without a 款 is looked for in the current 款 first, then in all."""
    paragraphs = text.paragraphs(article)
    spots = list(paragraphs.values())
    if chain[0].form == "款":
        spots = _all([text.paragraph(article, number[0]) for number in chain[0].numbers], len(chain[0].numbers))
        chain = chain[1:]
    elif current in paragraphs and (found := _items(text, [paragraphs[current]], chain)):
        return found
    return _items(text, spots, chain)


def _items(text: Text, spots: list[Spot], chain: Sequence[Ordinal]) -> list[Spot]:
    for ordinal in chain:
        found = text.items(spots, ordinal)
        spots = found if len(found) == len(ordinal.numbers) else []
    return spots


def _all(spots: Sequence[Spot | None], count: int) -> list[Spot]:
    found = [spot for spot in spots if spot]
    return found if len(found) == count else []


def _inside(place: Place, chain: Chain) -> list[Spot]:
    return _within(place.text, place.article, chain, place.paragraph)


def _here(mention: Mention, place: Place) -> list[Spot]:
    """本条第一款, 本款第（二）项, 本章: what the clause itself lies in."""
    text, unit = place.text, mention.word
    if unit in _UNITS:
        return _enclosing(place, unit, 0) if not mention.chain else []
    if not place.article:
        return []
    if unit == "条":
        return _inside(place, mention.chain) if mention.chain else [text.whole(place.article)]
    paragraph = place.paragraph
    if unit == "款" and paragraph:
        return _items(text, [text.paragraphs(place.article)[paragraph]], mention.chain)
    return []


def _back(mention: Mention, place: Place) -> list[Spot]:
    """前款 is the 款 just before in the same article, 前条 the article just before, 前两款 the two before."""
    text, count = place.text, mention.count
    if mention.word in _UNITS:
        return _enclosing(place, mention.word, count) if not mention.chain else []
    if mention.word == "条" and place.article:
        articles = text.before(place.article, count)
        if mention.chain:
            return _within(text, articles[0], mention.chain, None) if len(articles) == 1 else []
        return [text.whole(one) for one in articles]
    if mention.word == "款":
        spots = _paragraphs_before(place, count)
        return _items(text, spots, mention.chain) if len(spots) == 1 or not mention.chain else []
    return _items_before(place, count) if mention.word == "项" and not mention.chain else []


def _paragraphs_before(place: Place, count: int) -> list[Spot]:
    """The 款 before one; in a text without articles the paragraph before, in the same clause or right beside it."""
    text = place.text
    if place.article:
        paragraph = place.paragraph or 0
        numbers = range(paragraph - count, paragraph)
        if text.is_flat and (spot := text.paragraph(place.article, 0)):
            return [spot]
        paragraphs = text.paragraphs(place.article)
        return _all([paragraphs.get(number) for number in numbers], count)
    lines = text.clauses[place.clause_id].text.split("\n")
    if place.line >= count:
        return [text.spot([place.clause_id], lines[at]) for at in range(place.line - count, place.line)]
    step = text.steps(place.clause_id)[-1]
    if step.style != "paragraph" or place.line:
        return []
    above = place.clause_id.rpartition("/")[0]
    ids = [f"{above}/第{number}段" for number in range(step.number[0] - count, step.number[0])]
    return _all([text.spot([one]) if one in text.clauses else None for one in ids], count)


def _items_before(place: Place, count: int) -> list[Spot]:
    """前项, 前两项: the items just before, beside the one that it stands in."""
    step = place.text.steps(place.clause_id)[-1]
    if step.style not in ITEMS or len(step.number) != 1:
        return []
    numbers = range(step.number[0] - count, step.number[0])
    return _all([_sibling(place, len(place.text.steps(place.clause_id)) - 1, number) for number in numbers], count)


def _beside(place: Place, chain: Chain) -> list[Spot]:
    """上述第（一）项 in a text without articles: the item of that number beside the one that it stands in."""
    style = _SIBLINGS.get(chain[0].form)
    steps = place.text.steps(place.clause_id)
    depth = next((at for at in range(len(steps) - 1, -1, -1) if steps[at].style == style), None)
    if depth is None or len(chain) > 1:
        return []
    spots = [_sibling(place, depth, number[0]) for number in chain[0].numbers]
    return _all(spots, len(chain[0].numbers))


def _sibling(place: Place, depth: int, number: int) -> Spot | None:
    """Find the step of a number beside the one at a depth of the clause's own id."""
    text = place.text
    own = text.steps(place.clause_id)
    ids = [
        one
        for one in text.clauses
        if len(steps := text.steps(one)) > depth
        and steps[:depth] == own[:depth]
        and (steps[depth].style, steps[depth].number) == (own[depth].style, (number,))
    ]
    heads = {text.steps(one)[: depth + 1] for one in ids}
    return text.spot(ids) if len(heads) == 1 else None


def _enclosing(place: Place, unit: str, back: int) -> list[Spot]:
    """本章, or the chapters before it."""
    steps = place.text.steps(place.clause_id)
    depth = next((at for at, step in enumerate(steps) if step.style == _UNITS[unit]), None)
    if depth is None or len(steps[depth].number) != 1:
        return []
    number = steps[depth].number[0]
    numbers = range(number - back, number) if back else [number]
    return _all([_sibling(place, depth, each) for each in numbers], len(numbers))
