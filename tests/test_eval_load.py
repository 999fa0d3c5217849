"""Many askers at once: what is told of them."""

from __future__ import annotations

from pathlib import Path

import pytest

from eval.load import Seen, main, parse_args, report


def test_what_was_seen_in_words() -> None:
    seen = Seen([0.1, 0.2, 0.9], [1.0], [0.25], ["500 http://127.0.0.1/view/answer"], 4, [2**20] * 3 + [2**21] * 3)
    assert list(report(seen, 20, 60))[1:] == [
        "20 人，60 秒：3 次答复，1 次出错，写入 4 次",
        "答复：中位数 200 毫秒，99% 以内 900 毫秒",
        "第一次取页面图：中位数 1000 毫秒，99% 以内 1000 毫秒",
        "再取页面图：中位数 250 毫秒，99% 以内 250 毫秒",
        "内存：中段 2 MiB，末段 2 MiB（+33.3%）",
        "出错：500 http://127.0.0.1/view/answer",
    ]


def test_a_store_that_is_not_there(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([str(tmp_path)]) == 1
    assert capsys.readouterr().err == f"错误：{tmp_path}：这里没有知识库；请先用 python -m index build 建立\n"


def test_askers_are_counted_from_one() -> None:
    with pytest.raises(SystemExit) as stopped:
        parse_args(["store", "--askers", "0"])
    assert stopped.value.code == 2
