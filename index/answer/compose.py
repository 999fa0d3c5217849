"""Evidence to answer: the words, who, how much, by when, where; or 未找到依据. Nothing here is guessed.

Each field is read from the answering clause and says from which words; what is not there stays empty (未载明).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace

from index.answer.about import about
from index.answer.agreement import link
from index.answer.as_of import as_of_notes, with_force
from index.answer.cautions import force_cautions
from index.answer.comparing import compare_question, compares
from index.answer.filters import filter_notes
from index.answer.force import name_of
from index.answer.force_words import force_notes
from index.answer.library import Library, listed_hit, statement
from index.answer.lists import collect, page_of
from index.answer.parts import whole_part
from index.answer.quoting import verify
from index.question import words
from index.question.asked import Asked
from index.records import FOUND, NOT_FOUND, Agreement, Answer, Charge, Comparison, Hit, SearchResult, Statement
from ingest import reader_of
from ingest.records import Clause, Target

_CLOSE = 0.6  # an indicator this much as close to the question as the closest is asked for too

Sides = Callable[[Sequence[str]], tuple[Hit, ...]]
"""Finds the best clause of each of the documents with these keys, none for all, where it answers."""


def compose(
    asked: Asked,
    result: SearchResult,
    library: Library,
    sides: Sides,
    cautions: Sequence[str] = (),
    day: str | None = None,
) -> Answer:
    """Make the answer out of what a search found.

    :param asked: the question as it was read.
    :param result: what was found for it.
    :param library: the documents that may be quoted.
    :param sides: finds the best clause of each document, for a comparison in words rather than figures.
    :param cautions: what the user should know of the base.
    :param day: the day (ISO 8601) on which the force of the documents is told; None where none is known.
    :return: the answer, every quotation checked.
    :raises QuoteError: when a quotation is not what its document says.
    """
    keys = [asked.query.document] if asked.query.document else list(asked.reference.documents)
    answer = (
        about(asked, library, day)
        or whole_part(asked, library)
        or _compared(asked, result, library, keys, sides)
        or _listed(asked, library, keys)
        or _clause(result, asked, library)
    )
    readings = (
        *((said, (meant,)) for said, meant in asked.slips),
        *_telling(asked.readings, answer.hits[:1] if answer.kind == "clause" else answer.hits),
    )
    missing = () if answer.kind == "list" else tuple(_missing(asked, result))
    answer = replace(answer, hits=with_force(answer.hits, day, library))
    notes = (*filter_notes(asked), *as_of_notes(asked, answer.hits, library))
    warnings = (*_elsewhere(asked, library), *notes, *answer.warnings, *_force(answer, library, day), *cautions)
    wants = frozenset(name for name in ("figure", "who") if getattr(asked.intent, name))
    return verify(replace(answer, read_as=readings, missing=missing, warnings=warnings, wants=wants), library)


def _elsewhere(asked: Asked, library: Library) -> Iterator[str]:
    """Say that the question names another document than the one it was to stay within."""
    if asked.query.instead_of:
        named = "、".join(name_of(library.documents[key]) for key in asked.reference.documents)
        yield f"问题写明了{named}，已按它查，没有限于所选的{name_of(library.documents[asked.query.instead_of])}"


def _compared(asked: Asked, result: SearchResult, library: Library, keys: Sequence[str], sides: Sides) -> Answer | None:
    """Put figures side by side, or the clauses that answer in each document; None where nothing is compared."""
    if not compares(asked, library):
        return None
    comparisons = compare_question(asked, library, keys)
    if comparisons:
        hits = _hits_of(comparisons, result, library)
        shown = [side for comparison in comparisons for side in comparison.sides if side]
        return Answer(
            result.query, "compare", FOUND, hits, comparisons=comparisons, agreements=_agreements(shown, library),
            warnings=_warnings(hits, library),
        )  # fmt: skip
    found = sides(keys) if result.status == FOUND and not asked.intent.agrees else ()
    return Answer(result.query, "compare", FOUND, found) if len(found) > 1 else None


def _listed(asked: Asked, library: Library, keys: Sequence[str]) -> Answer | None:
    listed = collect(asked, library, keys) if asked.intent.lists else []
    if not listed:
        return None
    hits = page_of(listed, asked, library)
    return Answer(asked.query, "list", FOUND, hits, warnings=_warnings(hits, library), total=len(listed))


def _clause(result: SearchResult, asked: Asked, library: Library) -> Answer:
    if result.status != FOUND or not result.hits:
        return Answer(result.query, "clause", result.status if result.hits else NOT_FOUND, result.hits)
    best = result.hits[0]
    targets = _targets(best, asked)
    return Answer(
        query=result.query, kind="clause", status=FOUND, hits=result.hits, targets=targets, charges=_charges(best, asked),
        issuer=best.document.issuer, agreements=_agreements(targets, library), warnings=_warnings((best,), library),
    )  # fmt: skip


def _missing(asked: Asked, result: SearchResult) -> Iterator[str]:
    """Say what the question refers to and the base does not hold, or which of several it may mean, with what there is near.

    A title that the answering clause itself cites is not held, but is no slip of the question either.
    """
    reference = asked.reference
    cited = result.hits[0].clause.text if result.hits else ""
    for name, near in zip(reference.missing, reference.near, strict=True):
        if name in reference.ambiguous:
            said = name if name.startswith("《") else f"“{name}”"
            yield f"{said}可能指：{near}；请写明是哪一个"
        elif name.strip("《》") not in cited:
            yield f"库中没有“{name}”" + (f"；现有：{near}" if near else "")


def _telling(
    readings: Iterable[tuple[str, tuple[str, ...]]], hits: Sequence[Hit]
) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Readings that have led somewhere: with their official words that what is shown holds, and not the everyday one.

    An official word that only lengthens the everyday one (养老床位, 养老机构床位) tells nothing.
    """
    texts = [hit.clause.text for hit in hits]
    told = (
        (said, tuple(word for word in meant if not set(said) <= set(word) and any(word in text for text in texts)))
        for said, meant in readings
        if not all(said in text for text in texts)
    )
    return tuple((said, meant) for said, meant in told if meant)


def _targets(hit: Hit, asked: Asked) -> tuple[Statement, ...]:
    """Targets of the answering sentences; where a number was asked for and they state none, those of the clause."""
    inside = [
        target
        for target in hit.clause.targets
        for sentence in hit.evidence
        if sentence.start <= target.start < sentence.end
    ]
    if not inside and asked.intent.figure:
        inside = list(hit.clause.targets)
    overlap = _overlaps(inside, asked)
    least = _CLOSE * max(overlap.values(), default=0)
    # Where the question names an indicator, the others of the sentence were not asked for.
    chosen = [target for target in dict.fromkeys(inside) if overlap[target] >= least or not asked.intent.figure]
    return tuple(statement(hit.clause, target, hit.document) for target in chosen)


def _overlaps(targets: Iterable[Target], asked: Asked) -> dict[Target, float]:
    """Say which share of each indicator's pairs of characters stands in the question or its official words."""
    texts = (words.content_form(asked.text), *asked.official)
    said = {pair for text in texts for pair in words.pairs(text)}
    return {target: _share(set(words.pairs(target.indicator)), said) for target in targets}


def _share(pairs: set[str], said: set[str]) -> float:
    return len(pairs & said) / len(pairs) if pairs else 0.0


def _charges(hit: Hit, asked: Asked) -> tuple[Charge, ...]:
    """Units of the answering sentences, a bracket that closes them among them; where 谁 was asked and none, the clause's."""
    said = [sentence.text for sentence in hit.evidence]
    units = [unit for unit in hit.clause.units if any(text in unit.sentence for text in said)]
    if not units and asked.intent.who:
        units = list(hit.clause.units)
    return tuple(Charge(unit, hit.clause.citation) for unit in units)


def _agreements(statements: Sequence[Statement], library: Library) -> tuple[Agreement, ...]:
    by_document: dict[str, list[Statement]] = {}
    for one in statements:
        by_document.setdefault(library.key_of(one), []).append(one)
    keys = [key for key in library.documents if key in by_document]
    return tuple(found for key in keys for found in link(by_document[key], library.statements([key])))


def _warnings(hits: Sequence[Hit], library: Library) -> tuple[str, ...]:
    """Where another rendition of the first clause shown states another target."""
    found: list[str] = []
    for hit in hits[:1]:
        key = library.clauses[hit.clause.clause_id][0]
        for other in library.renditions.get(key, ()):
            clause = next((one for one in other.clauses if one.clause_id == hit.clause.clause_id), None)
            if clause is not None and hit.clause.targets:
                name = f"{key} 的{reader_of(other.source.format).label}"
                found += _different_targets(hit.clause, clause, name)
    return tuple(found)


def _force(answer: Answer, library: Library, day: str | None) -> Iterator[str]:
    """What is stated of the force of the documents that answer; a list is only a way to them."""
    if answer.status == FOUND and answer.kind in ("clause", "compare"):
        shown = answer.hits if answer.kind == "compare" else answer.hits[:1]
        keys = dict.fromkeys(library.clauses[hit.clause.clause_id][0] for hit in shown)
        if day is None:
            yield from force_cautions(keys, library.documents, library.repeals)
        else:
            forces = (library.force(key, day) for key in keys)
            yield from force_notes(forces, library.documents, bool(answer.comparisons))


def _different_targets(ours: Clause, theirs: Clause, name: str) -> Iterable[str]:
    for mine, other in zip(ours.targets, theirs.targets, strict=False):
        if (mine.comparator, mine.value, mine.unit) != (other.comparator, other.value, other.unit):
            yield f"{name}此处为“{value_words(other)}”，与本处“{value_words(mine)}”不一致，以本处为准"
    if len(ours.targets) != len(theirs.targets):
        yield f"{name}此处读出 {len(theirs.targets)} 个目标值，本处 {len(ours.targets)} 个，以本处为准"


def value_words(target: Target) -> str:
    """A value as one would say it: comparator, value, unit."""
    sign = "" if target.comparator == "=" else target.comparator
    return f"{sign}{target.value}{target.unit or ''}"


def _hits_of(comparisons: Sequence[Comparison], result: SearchResult, library: Library) -> tuple[Hit, ...]:
    """The clauses that a comparison shows, as hits, in its order."""
    ids = list(dict.fromkeys(side.clause_id for comparison in comparisons for side in comparison.sides if side))
    known = {hit.clause.clause_id: hit for hit in result.hits}
    hits = []
    for rank, clause_id in enumerate(ids, 1):
        if clause_id in known:
            hits.append(replace(known[clause_id], rank=rank))
        else:
            key, clause = library.clauses[clause_id]
            hits.append(listed_hit(rank, clause, key, library))
    return tuple(hits)
