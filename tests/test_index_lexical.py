"""BM25 against numbers worked out by hand."""

from __future__ import annotations

from math import log

import numpy as np
import pytest

from index.search.lexical import LexicalSettings, build_lexical, lexical_files, lexical_from_files

ONE_FIELD = LexicalSettings(k1=1.2, b=0.5, fields=(1.0,), kinds={"w": 1.0, "c": 0.5})
SENTENCES = [(["w:养老", "w:床位", "w:养老"],), (["w:床位"],), (["c:低", "c:保"],)]


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
    files = lexical_files(index)
    assert files == lexical_files(build_lexical(SENTENCES, ONE_FIELD))
    again = lexical_from_files(files, len(SENTENCES))
    query = {"w:养老": 1.0, "c:保": 0.3}
    assert np.array_equal(again.scores(query), index.scores(query))
    assert list(again.rows) == ["c:低", "c:保", "w:养老", "w:床位"]


def test_nothing_indexed():
    index = lexical_from_files(lexical_files(build_lexical([], ONE_FIELD)), 0)
    assert index.scores({"w:养老": 1.0}).tolist() == []
