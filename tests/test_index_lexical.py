"""BM25 against numbers worked out by hand."""

from __future__ import annotations

import random
from collections import Counter
from math import log

import numpy as np
import pytest

from index.search.counts import count_tokens, postings_files, postings_from_files
from index.search.lexical import LexicalIndex, LexicalSettings, build_lexical, whole
from index.search.lexical_part import GONE
from index.search.vector_store import WordQuery

SETTINGS = LexicalSettings(k1=1.2, b=0.5, kinds={"w": 1.0, "c": 0.5})
CLAUSES = [["w:养老", "w:床位", "w:养老"], ["w:床位"], ["c:低", "c:保"]]


def counted(clauses, settings=SETTINGS):
    return count_tokens(clauses, lambda tokens: tokens, settings.kinds)


def written(postings):
    return {name: b"".join(chunks) for name, chunks in postings_files(postings).items()}


def test_score_by_hand():
    """Three clauses of 3, 1 and 2 tokens, mean 2; 床位 stands in two of them, 养老 twice in one."""
    index = build_lexical(CLAUSES, SETTINGS)
    idf_place, idf_care = log(1 + 1.5 / 2.5), log(1 + 2.5 / 1.5)
    long, short = 1 / (1 - 0.5 + 0.5 * 3 / 2), 1 / (1 - 0.5 + 0.5 * 1 / 2)
    expected = [
        idf_care * 2 * long / (1.2 + 2 * long) + idf_place * long / (1.2 + long),
        idf_place * short / (1.2 + short),
        0.0,
    ]
    assert index.scores({"w:养老": 1.0, "w:床位": 1.0}).tolist() == pytest.approx(expected, abs=1e-6)


def test_kind_and_query_weights_multiply():
    index = build_lexical(CLAUSES, SETTINGS)
    idf = log(1 + 2.5 / 1.5)
    assert index.scores({"c:低": 0.4}).tolist() == pytest.approx([0, 0, 0.4 * 0.5 * idf * 1 / (1.2 + 1)], abs=1e-6)


def test_a_kind_without_a_weight_is_not_indexed():
    index = build_lexical([["w:甲", "b:乙"]], LexicalSettings(k1=1.0, b=0.0, kinds={"w": 1.0}))
    assert list(index.tokens()) == [("w:甲", 1)]
    assert index.scores({"w:甲": 1.0}).tolist() == pytest.approx([log(1 + 0.5 / 1.5) / 2], abs=1e-6)


def test_the_highest_score_is_that_of_nothing_but_the_question():
    """床位 stands in two of three clauses, 无 in none, 低 counts half."""
    index = build_lexical(CLAUSES, SETTINGS)
    expected = log(1 + 1.5 / 2.5) + log(1 + 3.5 / 0.5) + 0.5 * log(1 + 2.5 / 1.5)
    assert index.highest({"w:床位": 1.0, "w:无": 1.0, "c:低": 1.0}) == pytest.approx(expected, abs=1e-6)
    assert index.highest({}) > 0


def test_an_unknown_token_scores_nothing():
    assert build_lexical(CLAUSES, SETTINGS).scores({"w:无": 1.0}).tolist() == [0, 0, 0]


def test_files_are_the_same_for_the_same_input_and_read_back():
    files = written(counted(CLAUSES))
    assert files == written(counted(CLAUSES))
    again = whole(postings_from_files(files), SETTINGS)
    query = {"w:养老": 1.0, "c:保": 0.3}
    assert np.array_equal(again.scores(query), build_lexical(CLAUSES, SETTINGS).scores(query))
    assert list(again.tokens()) == [("c:低", 1), ("c:保", 1), ("w:养老", 1), ("w:床位", 2)]


@pytest.mark.parametrize("settings", [SETTINGS, LexicalSettings()])
def test_nothing_indexed(settings):
    index = whole(postings_from_files(written(counted([], settings))), settings)
    assert index.scores({"w:养老": 1.0}).tolist() == []


def by_the_formula(clauses, settings, query):
    """Score clauses as the docstring of index.search.lexical writes it, term by term."""
    count = len(clauses)
    mean = max(sum(map(len, clauses)) / count, 1)

    def score(clause):
        total = 0.0
        for token, weight in query.items():
            held = sum(token in other for other in clauses)
            idf = log(1 + (count - held + 0.5) / (held + 0.5))
            times = Counter(clause)[token] / (1 - settings.b + settings.b * len(clause) / mean)
            total += weight * settings.kinds[token[0]] * idf * times / (settings.k1 + times)
        return total

    return [score(clause) for clause in clauses]


def a_hundred():
    """A hundred clauses over twenty-eight tokens, and twenty questions."""
    choice = random.Random(7)
    tokens = [f"{kind}:{number}" for kind in "cb" for number in range(14)]
    clauses = [tuple(choice.choices(tokens, k=choice.randrange(30))) for _ in range(100)]
    return clauses, [{token: choice.random() for token in choice.sample(tokens, 9)} for _ in range(20)]


def test_scores_are_those_of_the_formula():
    clauses, queries = a_hundred()
    index = build_lexical(clauses, LexicalSettings())
    for query in queries:
        expected = by_the_formula(clauses, LexicalSettings(), query)
        assert index.scores(query).tolist() == pytest.approx(expected, abs=1e-6)


def test_a_base_that_grew_by_parts_and_lost_some_is_the_one_built_at_once():
    """Forty, then seventy clauses of which ten are gone and the others stand before the first forty."""
    clauses, queries = a_hundred()
    extra = [clauses[place] for place in range(0, 100, 10)]
    second = [*clauses[40:], *extra]
    places = np.array([*range(60), *[GONE] * 10])
    parts = [
        (counted(clauses[:40], LexicalSettings()), np.arange(60, 100)),
        (counted(second, LexicalSettings()), places),
    ]
    grown, once = LexicalIndex(parts, LexicalSettings()), build_lexical(clauses[40:] + clauses[:40], LexicalSettings())
    for query in queries:
        assert np.array_equal(grown.scores(query), once.scores(query))
        assert grown.highest(query) == once.highest(query)
        assert grown.together(sorted(query)[:2]) == once.together(sorted(query)[:2])
    assert list(grown.tokens()) == list(once.tokens())
    assert (grown.count, grown.clauses("c:3"), grown.clauses("c:none")) == (100, once.clauses("c:3"), 0)


@pytest.mark.parametrize("seed", range(40))
def test_the_best_are_those_of_full_scoring_whatever_is_passed_over(seed):
    """In parts, some clauses gone, equal ones among them, within a scope or not, with words of a thesaurus or none."""
    choice = random.Random(seed)
    tokens = [f"b:{number}" for number in range(30)] + [f"c:{number}" for number in range(8)]
    parts, first = [], 0
    for _ in range(choice.randint(1, 4)):
        size = choice.randint(1, 200)
        texts = [
            choice.choices(tokens, [1 / (at + 1) for at in range(38)], k=choice.randint(1, 12)) for _ in range(size)
        ]
        texts = texts[:1] * size if choice.random() < 0.3 else texts
        places = np.full(size, GONE)
        held = [row for row in range(size) if choice.random() > 0.2]
        places[held] = range(first, first + len(held))
        first += len(held)
        parts.append((counted(texts, LexicalSettings()), places))
    index = LexicalIndex(parts, LexicalSettings())

    def some(count):
        return index.weights(dict.fromkeys(choice.sample(tokens, count), 1.0))

    query = WordQuery(some(choice.randint(1, 10)), ((some(2), some(3)),) * choice.randint(0, 2), 0.5)
    within = None if seed % 2 else np.array([choice.random() < 0.3 for _ in range(first)], dtype=bool)
    k, scores = choice.randint(1, 30), index.scored(query, np.arange(first))
    scores = scores if within is None else scores * within
    lowest = np.sort(scores)[-k] if len(scores) > k else 0
    expected = {(place, score) for place, score in enumerate(scores.tolist()) if score > 0 and score >= lowest}
    places, best = index.best(query, k, within)
    assert set(zip(places.tolist(), best.tolist(), strict=True)) == expected


def test_a_score_does_not_depend_on_what_is_scored_beside_it():
    clauses, queries = a_hundred()
    index = build_lexical(clauses, LexicalSettings())
    for query in queries:
        whole = index.scores(query)
        some = index.scored(WordQuery(index.weights(query)), np.array([71, 3, 20]))
        assert some.tolist() == whole[[71, 3, 20]].tolist()


def test_counts_lie_in_as_few_bytes_as_hold_them():
    postings = counted([["c:甲"] * 300, ["c:甲"]], LexicalSettings())
    assert (postings.times.dtype, postings.places.dtype, postings.starts.dtype) == (np.uint16, np.uint8, np.uint8)
    assert [array.tolist() for array in postings.of("c:甲")] == [[0, 1], [300, 1]]


def test_tokens_are_listed_by_kind():
    index = build_lexical(CLAUSES, SETTINGS)
    assert list(index.tokens("c")) == [("c:低", 1), ("c:保", 1)]


def test_tokens_are_counted_in_order_of_their_characters():
    postings = count_tokens(["乙甲甲", "丙"], list, dict.fromkeys("甲乙丙", 1.0))
    assert [term.decode() for term in postings.terms] == ["丙", "乙", "甲"]
    assert [array.tolist() for array in postings.of("甲")] == [[0], [2]]
    assert (postings.starts.tolist(), postings.lengths.tolist()) == ([0, 1, 2, 3], [3.0, 1.0])
