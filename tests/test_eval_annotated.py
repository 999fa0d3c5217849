"""How a reading is held against an annotation, on a small page made here."""

from __future__ import annotations

import gzip
import json
from dataclasses import replace
from pathlib import Path

import pytest
from index_fakes import WEB_PAGE

from eval.annotations import Annotation, load_annotations, plain, plain_value
from eval.questions import QuestionsError
from eval.reading import KINDS, Reading, Tally, judge, read_all, report, sum_of

RAW = {
    "file": "a.html",
    "half": "tuning",
    "format": "html",
    "number": "甲民发〔2024〕5号",
    "title": "养老服务办法",
    "issuer": None,
    "date": None,
    "clauses": [
        ["一/第1段", "坚持以人为本。", "坚持以人为本。"],
        ["二/（一）", "（一）扩大供给。", "设助餐点10家。"],
        ["二/（二）", "（二）加强监管。", "没有这样的结尾。"],
        ["表1/1", "一", "二"],
    ],
    "tables": [],
    "targets": [
        {"clause": "二/（一）", "value": "３００", "unit": "张"},
        {"clause": "二/（一）", "value": "十", "unit": "家"},
    ],
    "units": [{"clause": "二/（一）", "name": "甲区民政局"}],
}


@pytest.fixture
def annotation(tmp_path: Path) -> Annotation:
    path = tmp_path / "reading.jsonl"
    path.write_text(json.dumps(RAW, ensure_ascii=False) + "\n", encoding="utf-8")
    packed = tmp_path / "packed.jsonl.gz"
    packed.write_bytes(gzip.compress(path.read_bytes()))
    (one,) = load_annotations(path)
    assert load_annotations(packed) == (one,)
    return one


def test_a_page_against_its_annotation(annotation: Annotation, tmp_path: Path) -> None:
    page = WEB_PAGE.format(number="甲民发〔2024〕5号", title="养老服务办法")
    (tmp_path / "a.html").write_text(page, encoding="utf-8")
    judged = judge(annotation, *read_all(tmp_path, [annotation]))
    assert judged.heads["number"] and judged.heads["title"]
    assert judged.tallies["clauses"] == Tally(right=2, read=3, annotated=3)
    assert judged.tallies["rows"] == Tally(0, 0, 1)
    assert judged.tallies["targets"] == Tally(2, 2, 2)
    assert "条款 漏：二/（二）｜(二)加强监管。｜没有这样的结尾。" in judged.differences
    assert sum_of([judged, judged], "clauses") == Tally(4, 6, 6)
    lines = list(report([judged], with_failures=True))
    assert lines[0].split() == ["全部", "html"]
    assert "a.html" in lines


def test_a_file_that_is_refused_has_nothing_right(annotation: Annotation, tmp_path: Path) -> None:
    judged = judge(annotation, *read_all(tmp_path, [annotation]))
    assert not any(judged.heads.values())
    assert judged.tallies["clauses"] == Tally(0, 0, 3)
    assert judged.differences[0].startswith("a.html")


def test_a_refusal_is_right_where_nothing_can_be_read(annotation: Annotation, tmp_path: Path) -> None:
    nothing = dict.fromkeys(("number", "title", "issuer", "date"), "")
    unreadable = replace(annotation, readable=False, heads=nothing, clauses=(), rows=(), targets=(), units=())
    judged = judge(unreadable, *read_all(tmp_path, [unreadable]))
    assert all(judged.heads.values())
    read = judge(unreadable, Reading(nothing, dict.fromkeys(KINDS, ())))
    assert not any(read.heads.values())


def test_of_a_long_document_what_lies_behind_the_last_clause_annotated_does_not_count(annotation: Annotation) -> None:
    read = tuple((name, first, last) for name, first, last in (*annotation.clauses, ("三", "后面", "后面")))
    entries = {
        "clauses": read,
        "rows": (("表1/1", "一", "二"), ("表1/2", "三", "四")),
        "targets": (("三", "5", "家"),),
        "units": (),
    }
    reading = Reading(dict(annotation.heads), {kind: entries[kind] for kind in KINDS})
    long = Annotation(
        **{name: getattr(annotation, name) for name in Annotation.__slots__}
        | {"upto": "二/（二）", "has_all_rows": False}
    )
    judged = judge(long, reading)
    assert judged.tallies["clauses"] == Tally(3, 3, 3)
    assert judged.tallies["rows"] == Tally(1, 1, 1)
    assert judged.tallies["targets"].read == 0


def test_spellings_are_brought_together() -> None:
    assert plain("甲 乙\u200b１") == "甲乙1"
    assert [plain_value(text) for text in ("二十一", "6%~10%", "6％—10％", "全覆盖")] == [
        "21",
        "6%-10",
        "6%-10",
        "全覆盖",
    ]
    assert (Tally().precision, Tally().recall, Tally().f1) == (1, 1, 1)


def test_an_annotation_that_cannot_be_used_is_told(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text('{"file": "a"}\n', encoding="utf-8")
    with pytest.raises(QuestionsError, match="标注用不了"):
        load_annotations(tmp_path / "a.jsonl")
