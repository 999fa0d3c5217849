"""The same indicator across documents side by side."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial

from index.answer.agreement import UNSAID, difference, measure_of, parts, same_indicator, stem
from index.answer.library import Library
from index.question import words
from index.question.asked import Asked
from index.question.intent import without_intent
from index.question.lists import from_lists
from index.question.regions import Level, without_regions
from index.records import Comparison, Statement
from ingest.records import Metadata


def compares(asked: Asked, library: Library) -> bool:
    """Tell whether a question asks to see things side by side, in so many words or by naming a city and its district.

    :param asked: the question.
    :param library: the documents, whose issuers tell which districts there are.
    :return: whether it does.
    """
    below = "区里" in asked.text or any(name in asked.text for name in library.districts)
    return asked.intent.compares or (asked.is_of_city and below)


def compare_documents(left: str, right: str, library: Library) -> tuple[Comparison, ...]:
    """Put side by side all indicators that two documents share, by the words of the indicators.

    :param left: key of a document.
    :param right: key of another.
    :param library: the documents.
    :return: one comparison for each indicator, in the order of the first document.
    """
    goals = _goals(library.statements([left]))
    return _matched(_compared(goals, _goals(library.statements([left, right])), [left, right], library))


def compare_question(asked: Asked, library: Library, keys: Sequence[str]) -> tuple[Comparison, ...]:
    """Put side by side the indicators that a question asks for.

    An indicator is asked for by the words of the question that indicators of the base bear; the rest of its words say how it is
    asked. Where a question asks for no figure it compares something else.

    :param asked: the question.
    :param library: the documents.
    :param keys: documents that it names, empty for all.
    :return: comparisons; none where it names no indicator of the base.
    """
    goals = _goals(library.statements(asked.query.kept(keys or list(library.documents))))
    words_asked = _said(asked)
    bearing = [one for one in goals if any(word in library.stem_of(one.target.indicator) for word in words_asked)]
    said = words_asked & {word for one in bearing for word in _parts(one.target.indicator)}
    if not said:
        shown = _compared(goals, goals, list(keys), library) if len(keys) > 1 else []
        return _matched(shown)
    scored = [(_likeness(said, one), one) for one in bearing] if asked.intent.figure else []
    best = max((score for score, _ in scored), default=0.0)
    close = [one for score, one in scored if score == best] if best > 0 else []
    found = _compared(close, goals, list(keys), library)
    return tuple(_within(one, asked) for one in _matched(found) or found)


_ASKED = 0.5
"""An indicator is asked for when it holds at least this share of the question's words that indicators bear."""


def _likeness(said: frozenset[str], one: Statement) -> float:
    """How near an indicator comes to the words asked for: Dice's coefficient, 0 where too few are met."""
    named = _parts(one.target.indicator)
    met = len(said & named)
    return 2 * met / (len(said) + len(named)) if met >= _ASKED * len(said) else 0.0


def _said(asked: Asked) -> frozenset[str]:
    """The words of a question that may name an indicator; regions say whose it is."""
    rest = without_regions(without_intent(asked.reference.rest or asked.text), asked.regions)
    found = (part for word in words.content_words(rest) for part in _parts(word))
    return frozenset(part for part in found if not part.isdigit())


@from_lists(maxsize=1 << 14)
def _parts(indicator: str) -> frozenset[str]:
    return frozenset(part for part in parts(stem(indicator)) if len(part) > 1)


def _goals(statements: Iterable[Statement]) -> list[Statement]:
    return [one for one in statements if one.target.kind == "target"]


def _compared(
    ones: Sequence[Statement], every: Sequence[Statement], keys: Sequence[str], library: Library
) -> list[Comparison]:
    """Put beside each statement the like ones of the documents named, or of all that have one, in the documents' order."""
    by_measure: dict[str, list[Statement]] = {}
    for one in every:
        by_measure.setdefault(measure_of(one.target), []).append(one)
    found: list[Comparison] = []
    used: set[tuple[str, int]] = set()
    for one in ones:
        if one.place in used:
            continue
        others = _near(one, by_measure.get(measure_of(one.target), ()), library)
        alike = [other for other in others if other.place == one.place or same_indicator(one.target, other.target)]
        sides = {library.key_of(one): one}
        for other in alike:
            sides.setdefault(library.key_of(other), other)
        used |= {other.place for other in (one, *alike)}
        found.append(
            _side_by_side(
                one.target.indicator, sides, keys or [key for key in library.documents if key in sides], library
            )
        )
    return found


def _near(one: Statement, others: Iterable[Statement], library: Library) -> Iterator[Statement]:
    """Keep the statements that may be of the same indicator, by a look that costs little: some word of it is in their names."""
    own = library.stem_of(one.target.indicator)
    telling = [own, *_parts(one.target.indicator)]
    for other in others:
        name = library.stem_of(other.target.indicator)
        if name in own or any(word in name for word in telling):
            yield other


def _side_by_side(indicator: str, sides: Mapping[str, Statement], keys: Sequence[str], library: Library) -> Comparison:
    shown = tuple(sides.get(key) for key in keys)
    present = [side for side in shown if side]
    remark = difference(present[0].target, present[1].target) if len(present) == 2 else None
    return Comparison(indicator, tuple(library.documents[key].metadata for key in keys), shown, remark)


def _matched(comparisons: Iterable[Comparison]) -> tuple[Comparison, ...]:
    """Keep those that more than one document states."""
    return tuple(one for one in comparisons if sum(side is not None for side in one.sides) > 1)


def _within(comparison: Comparison, asked: Asked) -> Comparison:
    """Keep at most as many sides as are wanted, those of the regions and levels named first, and say which of these state nothing."""
    pairs = list(zip(comparison.documents, comparison.sides, strict=True))
    order = sorted(range(len(pairs)), key=lambda at: (*_preference(pairs[at][0], asked), at))[: asked.query.k]
    kept = [pairs[at] for at in sorted(order)]
    stating = [document for document, side in kept if side]
    silent = [name for name, owns in _owners(asked) if not any(map(owns, stating))]
    remarks = [comparison.remark] if comparison.remark and len(kept) == len(pairs) else []
    remarks += [f"{name}：库中文件{UNSAID}" for name in silent]
    documents, sides = zip(*kept, strict=True)
    return Comparison(comparison.indicator, documents, sides, "；".join(remarks) or None)


def _preference(document: Metadata, asked: Asked) -> tuple[bool, int]:
    """Sort documents of a region or level that is named before others, and later ones before earlier."""
    own = any(owns(document) for _, owns in _owners(asked))
    return not own, -int((document.date or "0").replace("-", ""))


def _owners(asked: Asked) -> list[tuple[str, Callable[[Metadata], bool]]]:
    """Say for each region and level that a question names which documents are its own."""
    regions = [(region, partial(_is_of_region, region=region)) for region in asked.regions]
    cities = [("全市", partial(_is_of_level, level=level)) for level in asked.levels if level.name == "city"]
    return [*regions, *cities]


def _is_of_region(document: Metadata, region: str) -> bool:
    return region in (document.issuer or "") or region in document.title


def _is_of_level(document: Metadata, level: Level) -> bool:
    return not level.below.search(document.issuer or "")
