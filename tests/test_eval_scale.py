"""Variants of real documents, and the measuring of a base made of them."""

from __future__ import annotations

from pathlib import Path

import pytest
from index_fakes import WEB_PAGE, make_document

from eval.scale import main
from eval.variants import variants
from ingest import read_document

REAL = Path(__file__).parent.parent / "corpus" / "documents" / "浦民发〔2023〕74号.html"


def test_a_variant_has_a_name_words_and_figures_of_its_own():
    original = make_document("甲〔2024〕1号", "办法", {"一": (["一、服务"], ["推进机构建设，新增床位300张。"])})
    (one,) = variants([original], 1, seed=5)
    (clause,) = one.clauses
    assert (one.key, one.metadata.title) == ("样本发〔2024〕1号", "办法（样本1）")
    assert (clause.clause_id, clause.citation) == ("样本发〔2024〕1号/一", "《…》样本发〔2024〕1号/一")
    assert clause.text == "探索机构建设，新增床位500张。"
    assert clause.sentences[0].text == clause.text == one.text


def test_spans_stay_true_and_no_variant_is_like_another():
    made = list(variants([read_document(REAL)], 3, seed=1))
    assert made == list(variants([read_document(REAL)], 3, seed=1))
    assert len({one.text for one in made}) == len({one.source.sha256 for one in made}) == 3
    for one in made:
        for clause in one.clauses:
            assert one.source_text[clause.span.start : clause.span.end] == clause.source_text
            assert all(clause.text[part.start : part.end] == part.text for part in clause.sentences)


def test_the_table(tmp_path, capsys):
    (tmp_path / "甲.html").write_text(WEB_PAGE.format(number="甲民发〔2024〕5号", title="养老办法"), encoding="utf-8")
    assert main(["--documents", "2", "--corpus", str(tmp_path)]) == 0
    lines = dict(line.split("\t") for line in capsys.readouterr().out.splitlines())
    assert lines["文件"] == "2"
    assert lines["句子（其中不同的）"].startswith("12（")
    assert [name for name in lines if "：" in name] == [
        "一般提问：养老床位到2025年要达到多少",
        "列举：列出所有提到养老床位的条款",
        "对照：全市和浦东的养老床位目标分别是多少",
    ]


def test_a_corpus_that_is_not_there(tmp_path, capsys):
    assert main(["--documents", "2", "--corpus", str(tmp_path / "none")]) == 1
    assert "没有文件夹" in capsys.readouterr().err


def test_no_documents_are_wrong_usage():
    with pytest.raises(SystemExit, match="2"):
        main(["--documents", "0"])
