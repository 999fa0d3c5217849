"""Evidence to answer: the words, who, how much, by when, where; or 未找到依据. Nothing here is guessed.

Each field is read from the answering clause and says from which words; what is not there stays empty (未载明).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

from index.answer.agreement import link
from index.answer.comparing import LISTS, NUMERIC, collect, compare_question, compares
from index.answer.library import Library, listed_hit, statement
from index.answer.quoting import verify
from index.question import words
from index.question.thesaurus import official_words, read_as
from index.records import Agreement, Answer, Charge, Comparison, Hit, SearchResult, Statement
from ingest.records import Clause, Target

_WHO = re.compile(r"谁|哪个部门|哪个单位|哪些部门|哪些单位|责任|牵头|负责|归.*管")
_CLOSE = 0.6  # an indicator this much as close to the question as the closest is asked for too
_AGREES = re.compile(r"一样吗|一致吗")
_FORMATS = {"html": "网页版", "pdf": "PDF 版"}


def compose(
    result: SearchResult,
    library: Library,
    keys: Sequence[str],
    rest: str,
    missing: Sequence[str] = (),
    each: Callable[[], tuple[Hit, ...]] = tuple,
) -> Answer:
    """Make the answer out of what a search found.

    :param result: what was found.
    :param library: the documents that may be quoted.
    :param keys: documents that the question names, empty for all.
    :param rest: the question without its references.
    :param missing: what it refers to and the base does not hold, with what there is near it.
    :param each: finds the best clause of each document, for a comparison in words rather than figures.
    :return: the answer, every quotation checked.
    :raises QuoteError: when a quotation is not what its document says.
    """
    question = result.query.meant
    slips = tuple((said, (meant,)) for said, meant in result.query.slips)
    readings = (*slips, *_telling(read_as(question)))
    if compares(question, library):
        comparisons = compare_question(rest, library, keys)
        if comparisons:
            hits = _hits_of(comparisons, result, library)
            shown = [side for comparison in comparisons for side in comparison.sides if side]
            answer = Answer(
                result.query, "compare", "found", hits, comparisons=comparisons, agreements=_agreements(shown, library),
                warnings=_warnings(hits, library), read_as=readings, missing=tuple(missing),
            )  # fmt: skip
            return verify(answer, library)
        sides = each() if result.status == "found" and not _AGREES.search(question) else ()
        if len(sides) > 1:
            return verify(Answer(result.query, "compare", "found", sides, read_as=readings), library)
    if LISTS.search(question) and (listed := collect(rest, library, keys)):
        hits = tuple(
            listed_hit(rank, clause, key, library, terms) for rank, (key, clause, terms) in enumerate(listed, 1)
        )
        return verify(
            Answer(result.query, "list", "found", hits, warnings=_warnings(hits, library), read_as=readings), library
        )
    if result.status != "found" or not result.hits:
        return verify(
            Answer(result.query, "clause", "not_found", result.hits, read_as=readings, missing=tuple(missing)), library
        )
    best = result.hits[0]
    targets = _targets(best, question)
    answer = Answer(
        query=result.query, kind="clause", status="found", hits=result.hits, targets=targets, charges=_charges(best, question),
        issuer=best.document.issuer, agreements=_agreements(targets, library), warnings=_warnings((best,), library),
        read_as=readings, missing=tuple(missing),
    )  # fmt: skip
    return verify(answer, library)


def _telling(readings: Iterable[tuple[str, tuple[str, ...]]]) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Readings that say something: an official word that only lengthens the word (养老床位, 养老机构床位) does not."""
    told = ((said, tuple(word for word in meant if not set(said) <= set(word))) for said, meant in readings)
    return tuple((said, meant) for said, meant in told if meant)


def _targets(hit: Hit, question: str) -> tuple[Statement, ...]:
    """Targets of the answering sentences; where a number was asked for and they state none, those of the clause."""
    inside = [
        target
        for target in hit.clause.targets
        for sentence in hit.evidence
        if sentence.start <= target.start < sentence.end
    ]
    if not inside and NUMERIC.search(question):
        inside = list(hit.clause.targets)
    overlap = _overlaps(inside, question)
    least = _CLOSE * max(overlap.values(), default=0)
    # Where the question names an indicator, the others of the sentence were not asked for.
    chosen = [target for target in dict.fromkeys(inside) if overlap[target] >= least or not NUMERIC.search(question)]
    return tuple(statement(hit.clause, target, hit.document) for target in chosen)


def _overlaps(targets: Iterable[Target], question: str) -> dict[Target, float]:
    """Say which share of each indicator's pairs of characters stands in the question or its official words."""
    asked: set[str] = set()
    for text in (words.content_form(question), *official_words(question)):
        asked.update(words.pairs(text))
    return {target: _share(set(words.pairs(target.indicator)), asked) for target in targets}


def _share(pairs: set[str], asked: set[str]) -> float:
    return len(pairs & asked) / len(pairs) if pairs else 0.0


def _charges(hit: Hit, question: str) -> tuple[Charge, ...]:
    """Units of the answering sentences; where 谁 was asked and they name none, those of the clause."""
    said = {sentence.text for sentence in hit.evidence}
    units = [unit for unit in hit.clause.units if unit.sentence in said]
    if not units and _WHO.search(question):
        units = list(hit.clause.units)
    return tuple(Charge(unit, hit.clause.citation) for unit in units)


def _agreements(statements: Sequence[Statement], library: Library) -> tuple[Agreement, ...]:
    found: list[Agreement] = []
    for key, document in library.documents.items():
        mine = [one for one in statements if one.document == document.metadata]
        found += link(mine, library.statements([key])) if mine else ()
    return tuple(found)


def _warnings(hits: Sequence[Hit], library: Library) -> tuple[str, ...]:
    """Where another rendition of the first clause shown states another target."""
    found: list[str] = []
    for hit in hits[:1]:
        for key, others in library.renditions.items():
            for other in others:
                clause = next((one for one in other.clauses if one.clause_id == hit.clause.clause_id), None)
                if clause is not None and hit.clause.targets:
                    found += _different_targets(
                        hit.clause, clause, f"{key} 的{_FORMATS.get(other.source.format, other.source.format)}"
                    )
    return tuple(found)


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
