"""Many askers at once: what is told of them."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from eval.load import Seen, main, parse_args, report
from eval.machine import family, held_by, worked_by


def test_what_was_seen_in_words() -> None:
    seen = Seen([0.1, 0.2, 0.9], [1.0], [0.25], ["500 http://127.0.0.1/view/answer"], {"a", "b"}, 4)
    seen.memory, seen.busy = [2**20] * 2 + [2**21] * 2 + [2**21, 2**22], 0.75
    assert list(report(seen, 20, 60))[1:] == [
        "20 人，60 秒：3 次答复（每秒 0.1 次），1 次出错，写入 4 次，作答的知识库有 2 代",
        "答复：中位数 200 毫秒，95% 以内 900 毫秒，99% 以内 900 毫秒",
        "第一次取页面图：中位数 1000 毫秒，95% 以内 1000 毫秒，99% 以内 1000 毫秒",
        "再取页面图：中位数 250 毫秒，95% 以内 250 毫秒，99% 以内 250 毫秒",
        "网页各进程用的处理器时间：每次答复 250 毫秒，平均占 0.01 核",
        "内存（各进程合计，共享的只算一次）：前、中、后三分之一 1、2、3 MiB（后比前 +200.0%，比中 +50.0%），最高 4 MiB",
        "出错：500 http://127.0.0.1/view/answer",
    ]


def test_a_store_that_is_not_there(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([str(tmp_path)]) == 1
    assert capsys.readouterr().err == f"错误：{tmp_path}：这里没有知识库；请先用 python -m index build 建立\n"


def test_askers_are_counted_from_one() -> None:
    with pytest.raises(SystemExit) as stopped:
        parse_args(["store", "--askers", "0"])
    assert stopped.value.code == 2


def test_a_process_is_counted_with_all_that_it_has_started(tmp_path: Path) -> None:
    for pid, parent, ticks, kibibytes in ((7, 1, 5, 100), (8, 7, 20, 30), (9, 8, 0, 4), (10, 1, 900, 9000)):
        (tmp_path / str(pid)).mkdir()
        stat = f"{pid} (a (b) c) S {parent} 0 0 0 0 0 0 0 0 0 {ticks} {ticks} 0 0"
        (tmp_path / str(pid) / "stat").write_text(stat, encoding="utf-8")
        rollup = f"Rss: 5000 kB\nPss:       {kibibytes} kB\nPss_Anon: 1 kB\n"
        (tmp_path / str(pid) / "smaps_rollup").write_text(rollup, encoding="ascii")
    (tmp_path / "8" / "smaps_rollup").unlink()  # one that ends at this moment
    assert family(7, tmp_path) == [7, 8, 9]
    assert held_by(7, tmp_path) == 104 * 1024
    assert worked_by(7, tmp_path) == 50 / os.sysconf("SC_CLK_TCK")
    assert (family(6, tmp_path), held_by(6, tmp_path), worked_by(6, tmp_path)) == ([], 0, 0.0)
