"""What a growing base costs: the files that are taken, the commands that are timed, the table."""

from __future__ import annotations

import os
import sys

import numpy as np
import pytest
from index_fakes import FakeEmbedder
from office_texts import notice, put

from eval.asking import draw
from eval.drawn import drawn, run
from eval.growth import Measured, Took, main, planned, table, timed
from eval.questions import QuestionsError
from index.knowledge_base import KnowledgeBase
from index.search import embedder


def corpus(folder, count):
    for number in range(count):
        (folder / f"{number}.pdf").write_bytes(b"%PDF")
    (folder / "a.html").write_text("<p>应当公开。</p>", encoding="utf-8")
    (folder / "b.txt").write_text("可以公开。", encoding="utf-8")
    return folder


def test_the_files_of_a_smaller_size_are_among_those_of_a_larger(tmp_path):
    small, large, whole = (planned(corpus(tmp_path, 10), size, 1) for size in (3, 6, 0))
    assert (len(small.first), len(large.first), len(whole.first)) == (3, 6, 10)
    assert set(small.first) < set(large.first) < set(whole.first)
    assert small.changed.name == "a.html" and small.changed in small.first
    assert (small.changed, small.added, small.named) == (large.changed, large.added, large.named)
    assert {small.added, small.named} & set(whole.first) == set()


def test_too_few_files_and_none_to_change_are_told(tmp_path, capsys):
    with pytest.raises(QuestionsError, match="只有 0 份文件，不够；至少要 3 份"):
        planned(tmp_path / "none", 0, 1)
    corpus(tmp_path, 3)
    assert main(["--corpus", str(tmp_path), "--store", str(tmp_path / "s"), "--sizes", "4"]) == 1
    assert "只有 5 份文件，不够；至少要 6 份" in capsys.readouterr().err
    (tmp_path / "a.html").unlink()
    with pytest.raises(QuestionsError, match="没有一份写有“应当”"):
        planned(tmp_path, 1, 1)


@pytest.mark.skipif(not hasattr(os, "wait4"), reason="this system does not tell what a child used")
def test_a_command_is_timed_and_its_memory_is_its_own():
    took = timed([sys.executable, "-c", "held = b'a' * (200 << 20); print('床位'); raise SystemExit(3)"])
    assert (took.code, took.output) == (3, "床位\n")
    assert took.seconds > 0 and took.processor > 0
    assert took.peak > 200 << 20


def measured(files, median, again):
    steps = {"首次建库": Took(100.0, 90.0, 300 << 20, 1, ""), "更新：无变化": again}
    asked = {
        "documents": files, "clauses": 1200, "sentences": 3400, "opening": 1.5, "opened_bytes": 200 << 20,
        "peak_bytes": 250 << 20, "seconds": [median / 2, median, median * 3], "processor": [median / 2] * 3,
    }  # fmt: skip
    return Measured(files, steps, 7 << 20, asked)


def test_the_table_has_a_column_a_size():
    lines = list(
        table(
            [
                measured(100, 0.02, Took(2.0, 1.9, 64 << 20, 0, "")),
                measured(1000, 0.05, Took(0.1, 0.1, 20 << 20, 2, "")),
            ]
        )
    )
    assert lines[0].startswith("机器：")
    assert lines[2:] == [
        "|  | 100 份文件 | 1,000 份文件 |",
        "| --- | ---: | ---: |",
        "| 文件（去掉重复版式） | 100 | 1,000 |",
        "| 条款 | 1,200 | 1,200 |",
        "| 句子 | 3,400 | 3,400 |",
        "| 知识库大小 | 7 MiB | 7 MiB |",
        "| 打开 | 1.50 秒 | 1.50 秒 |",
        "| 打开后内存 | 200 MiB | 200 MiB |",
        "| 提问中位数 | 20 毫秒 | 50 毫秒 |",
        "| 提问中位数，处理器 | 10 毫秒 | 25 毫秒 |",
        "| 提问 90% 以内 | 60 毫秒 | 150 毫秒 |",
        "| 提问后内存 | 250 MiB | 250 MiB |",
        "| 首次建库 | 100.00 秒（处理器 90.00 秒），300 MiB（退出码 1） | 100.00 秒（处理器 90.00 秒），300 MiB（退出码 1） |",
        "| 更新：无变化 | 2.00 秒（处理器 1.90 秒），64 MiB | —（退出码 2） |",
        "| 无变化更新占首次建库 | 2.0% | — |",
        "\n100 到 1,000 份：文件 10.0 倍，提问中位数 2.5 倍",
    ]


def test_pieces_to_ask_are_drawn_each_from_another_clause():
    clauses = {"甲/一": "市民政局应当公布，按季度公布床位数。", "甲/二": "略。", "甲/三": "区民政局负责监督检查。"}
    drawn = draw(clauses, 5, 1)
    assert drawn == draw(clauses, 5, 1)
    assert len(drawn) == 2 and "区民政局负责监督检查" in drawn
    assert len(draw(clauses, 1, 1)) == 1


def test_drawn_vectors_depend_on_the_text_alone():
    one, two, again = drawn(["养老床位", "长者食堂", "养老床位"], 384)
    assert one.tolist() == again.tolist() != two.tolist()
    assert np.linalg.norm([one, two], axis=1).tolist() == pytest.approx([1, 1])
    assert abs(float(one @ two)) < 0.2
    assert drawn([], 384).shape == (0, 384)


def test_a_base_of_drawn_vectors_opens_like_any_other(tmp_path, monkeypatch):
    model = FakeEmbedder()
    monkeypatch.setattr("index.search.embedder.load", lambda settings=None: model)
    put(tmp_path / "corpus", "1.txt", notice("养老工作的通知", "青民发〔2024〕1号", "新增养老床位300张。"))
    assert run(["build", str(tmp_path / "corpus"), "--store", str(tmp_path / "store")]) == 0
    base = KnowledgeBase.open(tmp_path / "store")
    context = next(one.context for one in base.searcher.passages if one.context.endswith("新增养老床位300张。"))
    assert base.searcher.dense.nearest(drawn([context], 64)[0], 1)[0][1] == pytest.approx(1)
    assert base.search("养老床位").hits
    assert KnowledgeBase.verify(tmp_path / "store").findings == ()
    assert embedder.load() is model


def test_a_table_of_drawn_vectors_says_so():
    said = list(table([measured(100, 0.02, Took(2.0, 1.9, 64 << 20, 0, ""))], drawn=True))[1]
    assert said.startswith("句子的向量是抽取的（以文字为种子，长度为 1），没有用模型编码：")
