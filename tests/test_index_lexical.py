"""BM25 against numbers worked out by hand."""

from __future__ import annotations

import random
from collections import Counter
from math import log

import numpy as np
import pytest

from index.search import lexical
from index.search.counts import count_tokens
from index.search.lexical import LexicalSettings, build_lexical, lexical_files, lexical_from_files, weigh
from index.search.passages import gather

ONE_FIELD = LexicalSettings(k1=1.2, b=0.5, fields=(1.0,), kinds={"w": 1.0, "c": 0.5})
SENTENCES = [(["w:养老", "w:床位", "w:养老"],), (["w:床位"],), (["c:低", "c:保"],)]


def written(index):
    return {name: b"".join(chunks) for name, chunks in lexical_files(index).items()}


def test_score_by_hand():
    """Three sentences of 3, 1 and 2 tokens, mean 2; 床位 stands in two of them, 养老 twice in one."""
    index = build_lexical(SENTENCES, ONE_FIELD)
    idf_place, idf_care = log(1 + 1.5 / 2.5), log(1 + 2.5 / 1.5)
    long, short = 1 / (1 - 0.5 + 0.5 * 3 / 2), 1 / (1 - 0.5 + 0.5 * 1 / 2)
    expected = [
        idf_care * 2 * long / (1.2 + 2 * long) + idf_place * long / (1.2 + long),
        idf_place * short / (1.2 + short),
        0.0,
    ]
    assert index.scores({"w:养老": 1.0, "w:床位": 1.0}).tolist() == pytest.approx(expected, abs=1e-6)


def test_kind_and_query_weights_multiply():
    index = build_lexical(SENTENCES, ONE_FIELD)
    idf = log(1 + 2.5 / 1.5)
    assert index.scores({"c:低": 0.4}).tolist() == pytest.approx([0, 0, 0.4 * 0.5 * idf * 1 / (1.2 + 1)], abs=1e-6)


def test_fields_are_added_before_they_saturate():
    settings = LexicalSettings(k1=1.0, b=0.0, fields=(1.0, 0.5), kinds={"w": 1.0})
    index = build_lexical([(["w:甲"], ["w:甲", "w:甲"]), (["w:乙"], [])], settings)
    assert index.scores({"w:甲": 1.0}).tolist() == pytest.approx([log(2) * 2 / (1 + 2), 0], abs=1e-6)


def test_a_field_of_weight_nothing_does_not_count():
    settings = LexicalSettings(k1=1.0, b=0.0, fields=(1.0, 0.0), kinds={"w": 1.0})
    index = build_lexical([(["w:甲"], ["w:乙"])], settings)
    assert "w:乙" not in index.rows


def test_unknown_token_is_rarest_and_scores_nothing():
    index = build_lexical(SENTENCES, ONE_FIELD)
    assert index.scores({"w:无": 1.0}).tolist() == [0, 0, 0]
    assert index.rarity("w:无") == pytest.approx(log(1 + 3.5 / 0.5))
    assert index.rarity("w:无") > index.rarity("w:养老") > index.rarity("w:床位") > 0


def test_files_are_the_same_for_the_same_input_and_read_back():
    index = build_lexical(SENTENCES, ONE_FIELD)
    files = written(index)
    assert files == written(build_lexical(SENTENCES, ONE_FIELD))
    again = lexical_from_files(files, len(SENTENCES))
    query = {"w:养老": 1.0, "c:保": 0.3}
    assert np.array_equal(again.scores(query), index.scores(query))
    assert list(again.rows) == ["c:低", "c:保", "w:养老", "w:床位"]


@pytest.mark.parametrize("settings", [ONE_FIELD, LexicalSettings()])
def test_nothing_indexed(settings):
    index = lexical_from_files(written(build_lexical([], settings)), 0)
    assert index.scores({"w:养老": 1.0}).tolist() == []


def by_the_formula(sentences, settings, query):
    """Score sentences as the docstring of index.search.lexical writes it, term by term."""
    fields, count = range(len(settings.fields)), len(sentences)
    means = [max(sum(len(sentence[f]) for sentence in sentences) / count, 1) for f in fields]

    def frequency(token, sentence):
        parts = (
            settings.fields[f]
            * Counter(sentence[f])[token]
            / (1 - settings.b + settings.b * len(sentence[f]) / means[f])
            for f in fields
        )
        return sum(parts)

    def score(sentence):
        total = 0.0
        for token, weight in query.items():
            held = sum(any(token in other[f] for f in fields if settings.fields[f]) for other in sentences)
            idf = log(1 + (count - held + 0.5) / (held + 0.5))
            times = frequency(token, sentence)
            total += weight * settings.kinds[token[0]] * idf * times / (settings.k1 + times)
        return total

    return [score(sentence) for sentence in sentences]


@pytest.mark.parametrize("fields", [(1.0, 0.4, 0.1), (1.0, 0.0, 0.1), (0.0, 0.0, 1.0)])
@pytest.mark.parametrize("at_once", [3, 1024])
def test_scores_are_those_of_the_formula(monkeypatch, fields, at_once):
    """A hundred sentences over forty tokens, under eight headings and three titles."""
    monkeypatch.setattr(lexical, "_AT_ONCE", at_once)
    choice = random.Random(7)
    tokens = [f"{kind}:{number}" for kind in "wcb" for number in range(14)]

    def text(longest):
        return tuple(choice.choices(tokens, k=choice.randrange(longest)))

    headings, titles = [text(8) for _ in range(8)], [text(12) for _ in range(3)]
    sentences = [(text(30), choice.choice(headings), choice.choice(titles)) for _ in range(100)]
    settings = LexicalSettings(fields=fields)
    index = build_lexical(sentences, settings)
    for _ in range(20):
        query = {token: choice.random() for token in choice.sample(tokens, 9)}
        expected = by_the_formula(sentences, settings, query)
        assert index.scores(query).tolist() == pytest.approx(expected, abs=1e-6)


def test_a_text_that_stands_over_many_sentences_is_cut_once():
    cut = []

    def tokens(text):
        cut.append(text)
        return [f"w:{text}"]

    fields = gather([("新增床位", "养老", "办法"), ("新建机构", "养老", "办法"), ("新增床位", "养老", "办法")])
    counted = count_tokens(fields, tokens)
    assert cut == ["新增床位", "养老", "办法", "新建机构"]
    assert counted.counts.sum() == 4
    index = weigh(counted, LexicalSettings())
    assert index.places[index.starts[index.rows["w:养老"]] :][:3].tolist() == [0, 1, 2]
