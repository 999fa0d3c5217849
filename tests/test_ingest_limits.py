"""Files are read in processes of their own: whatever one does, it is named, and the rest goes on."""

from __future__ import annotations

import os
import time

import pytest

from ingest import each_within
from ingest.errors import NoText, UnreadableFile
from ingest.limits import Limits


def work(what):
    """What a reader may do with a file of this name."""
    if what == "hangs":
        time.sleep(60)
    if what == "bursts":
        return bytearray(3 << 30)
    if what == "dies":
        os._exit(9)
    if what == "fails":
        raise ValueError("Exceeds the limit (4300 digits)")
    if what == "sinks":
        return work(what)
    if what == "refuses":
        raise NoText("refuses", "只有图像", "请先做文字识别", page=3)
    return what.upper()


def told(outcome):
    return f"{type(outcome).__name__} {outcome}" if isinstance(outcome, Exception) else outcome


def test_each_is_named_and_the_rest_goes_on():
    names = ["a", "hangs", "dies", "fails", "sinks", "refuses", "b"]
    found = [told(one) for _, one in each_within(work, names, str, Limits(seconds=3.0), workers=2)]
    remedy = "请确认文件完好，或另存一份、拆成几份后重试"
    assert found[:3] == [
        "A",
        f"UnreadableFile hangs: 读了 3 秒还没有读完，已停止；{remedy}",
        f"UnreadableFile dies: 读取它的进程中途退出（代码 9）；{remedy}",
    ]
    assert found[3].startswith(
        "UnreadableFile fails: 读取时程序出错（ValueError：Exceeds the limit (4300 digits)，test_ingest_limits.py 第"
    )
    assert found[4:] == [
        f"UnreadableFile sinks: 内容嵌套得太深；{remedy}",
        "NoText refuses 第3页: 只有图像；请先做文字识别",
        "B",
    ]


@pytest.mark.skipif("not __import__('sys').platform.startswith('linux')", reason="only Linux counts memory")
def test_memory_has_a_limit():
    (_, found), (_, other) = each_within(work, ["bursts", "a"], str, Limits(memory=1 << 30), workers=1)
    assert str(found) == "bursts: 读取所需的内存超过上限；请确认文件完好，或另存一份、拆成几份后重试"
    assert (type(found), other) == (UnreadableFile, "A")


def test_nothing_to_read_starts_nothing():
    assert list(each_within(work, [], str)) == []


def test_a_large_file_may_take_longer():
    assert [Limits().time_for(size) for size in (0, 3 << 20)] == [60.0, 120.0]
