"""Documents made for a large base, vectors drawn for them, copies of segments, and the page of what was measured."""

from __future__ import annotations

import gzip
import json

import numpy as np
import pytest

from eval.questions import QuestionsError
from eval.scale.__main__ import main
from eval.scale.building import Plan, write_part
from eval.scale.copying import copied
from eval.scale.curves import curves
from eval.scale.documents import TEXTS, Sources, gold_names
from eval.scale.drawing import Drawn, likeness
from eval.scale.page import BEGIN, END, Page
from index.search.embedder import EmbedderSettings, load
from index.store.codec import decode_all
from index.store.entries import Entry
from index.store.segments import read_segment

ARTICLES = [
    f"上海市养老服务条例第{number}条推进养老服务，新增床位{at}00张。区民政局应当公布；"
    for at, number in enumerate("一二三", 1)
]


@pytest.fixture
def folders(tmp_path):
    """A regulation of three articles, a law of two, and their vectors."""
    training, benchmark, vectors = tmp_path / "training", tmp_path / "benchmark", tmp_path / "vectors.npy"
    training.mkdir()
    benchmark.mkdir()
    (training / TEXTS).write_bytes(gzip.compress("\n".join(ARTICLES).encode()))
    laws = [{"id": f"a{at}", "title": f"民法典第{at}条", "text": f"第{at}款的文字。"} for at in (1, 2)]
    (benchmark / "corpus.jsonl").write_text("\n".join(json.dumps(one) for one in laws), encoding="utf-8")
    (benchmark / "queries.jsonl").write_text(json.dumps({"id": "q1", "text": "养老床位有多少"}), encoding="utf-8")
    (benchmark / "qrels.tsv").write_text("query-id\tcorpus-id\tscore\nq1\ta1\t1\n", encoding="utf-8")
    np.save(vectors, spread(50))
    return training, benchmark, vectors


def spread(count, size=384):
    found = np.random.default_rng(1).standard_normal((count, size)).astype(np.float32) + 1
    return found / np.linalg.norm(found, axis=1, keepdims=True)


@pytest.fixture
def sources(folders):
    return Sources(*folders[:2])


def test_a_made_document_has_articles_in_order_and_places_that_are_true(sources):
    (part,) = sources.parts(25, 9)
    made = [sources.made(one) for one in part.documents]
    assert [one.key for one in made] == sorted(one.key for one in made)
    assert sum(len(one.clauses) for one in made) == 25
    first = made[0]
    assert first.clauses[3].clause_id == f"{first.key}/第四条"
    assert [one.text for one in first.clauses[0].sentences][1] == "区民政局应当公布；"
    for one in made:
        for clause in one.clauses:
            assert one.source_text[clause.span.start : clause.span.end] == clause.source_text
            assert all(clause.text[part.start : part.end] == part.text for part in clause.sentences)
    assert made == [sources.made(one) for one in part.documents]


def test_a_larger_base_has_the_whole_segments_of_a_smaller_and_copies_behind_those_that_are_made(sources, monkeypatch):
    monkeypatch.setattr("eval.scale.documents.AT_ONCE", 2)
    monkeypatch.setattr("eval.scale.documents.WHOLE", 200)
    monkeypatch.setattr("eval.scale.documents._MOST", 12)
    small, large = sources.parts(190, 2), sources.parts(400, 2)
    assert [one.name for one in small[:3]] == ["made0", "made1", "made2of2"]
    assert [one.name for one in large[:4]] == ["laws0", "made0", "made1", "made2of2"]
    assert small[:2] == large[1:3]
    assert [(one.of, one.copy) for one in large[3:6]] == [("made0", 1), ("made1", 1), ("made0", 2)]


def test_articles_of_the_benchmark_are_judged_by_their_ids_in_the_base(sources):
    assert gold_names(sources) == {"a1": "民法典/第1条", "a2": "民法典/第2条"}


def test_drawn_vectors_lie_as_the_real_ones_do():
    drawn = Drawn(spread(2000, 16))
    found = np.concatenate([drawn.of(serial, 100) for serial in range(20)])
    assert np.array_equal(drawn.of(7, 100), found[700:800])
    assert np.linalg.norm(found, axis=1) == pytest.approx(1, abs=1e-5)
    real, like = likeness(drawn.real), likeness(found)
    assert like["pairs"] == pytest.approx(real["pairs"], abs=0.05)
    assert like["nearest"][2] > real["pairs"][4]


def test_a_copy_is_the_segment_under_other_numbers_with_other_vectors(folders, tmp_path):
    plan = Plan(*folders, 1, tmp_path / "segments")
    (part,) = Sources(*folders[:2]).parts(25, 1)
    write_part(plan, part)
    entries = decode_all(Entry, (plan.segments / f"{part.name}.entries").read_bytes())
    (tmp_path / "copy").mkdir()
    found = copied(plan.segments / part.name, entries, tmp_path / "copy", 1, Drawn(np.load(folders[2])))
    one, other = (
        read_segment(tmp_path / place, each[0].segment)
        for place, each in ((f"segments/{part.name}", entries), ("copy", found))
    )
    assert [entry.key for entry in found] == [entry.key.replace("政发〔20", "政发〔19") for entry in entries]
    assert other.head_of_clause(0).clause_id == f"{found[0].key}/第一条"
    assert other.reading(0).document.key == found[0].key
    assert other.clause(1).text == one.clause(1).text
    assert other.vectors.shape == one.vectors.shape and not np.allclose(other.vectors, one.vectors)


def test_a_base_is_built_asked_and_written_down(folders, tmp_path, capsys):
    assert load(EmbedderSettings()).dimension == 384
    target = tmp_path / "scale.md"
    target.write_text(f"前\n{BEGIN}\n旧\n{END}\n后\n", encoding="utf-8")
    training, benchmark, vectors = map(str, folders)
    options = ["--training", training, "--benchmark", benchmark, "--vectors", vectors, "--out", str(tmp_path / "out")]
    assert main([*options, "--sizes", "40", "--workers", "1", "--write", str(target)]) == 0
    text = target.read_text(encoding="utf-8")
    assert text.startswith(f"前\n{BEGIN}\n机器：") and text.endswith(f"{END}\n后\n") and "旧" not in text
    assert "|  | 40 条款 |" in text and "| 与精确一致，前 5 条 | 1.000 |" in text
    assert (tmp_path / "pictures" / "规模与用时.svg").read_text(encoding="utf-8").startswith("<svg")
    assert main([*options, "--sizes", "40"]) == 0  # what was taken is not taken again
    assert capsys.readouterr().out.startswith("机器：")


def test_a_page_without_a_place_for_it(tmp_path):
    (tmp_path / "a.md").write_text("无", encoding="utf-8")
    with pytest.raises(QuestionsError, match="没有标记"):
        Page("", {}).into(tmp_path / "a.md")


def test_what_grows_as_the_base_does_rises_by_a_square_a_square():
    drawn = curves({"线": [(10, 1), (100, 10)]}, "条款", "毫秒", "长")
    assert 'points="70.0,126.0 180.0,16.0"' in drawn


def test_no_clauses_are_wrong_usage(folders):
    training, benchmark, vectors = map(str, folders)
    with pytest.raises(SystemExit, match="2"):
        main(["--training", training, "--benchmark", benchmark, "--vectors", vectors, "--out", "o", "--sizes", "0"])
