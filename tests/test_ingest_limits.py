"""Files are read in processes of their own: whatever one does, it is named, and the rest goes on."""

from __future__ import annotations

import os
import pickle
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from ingest import each_within
from ingest.errors import NoText, UnreadableFile
from ingest.limits import Limits

ROOT = Path(__file__).parent.parent


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


@pytest.mark.skipif("not hasattr(__import__('signal'), 'SIGALRM')", reason="the system has no alarms")
def test_a_process_ends_a_little_after_its_limit_where_nobody_stops_it():
    """It went on for ever after the process that had started it was killed."""
    script = "from ingest.limits import _GRACE, _guarded; _guarded(lambda n: any(iter(int, 1)), 0, '', 0.5 - _GRACE)"
    assert subprocess.run([sys.executable, "-c", script], cwd=ROOT, timeout=60).returncode == -signal.SIGALRM


def test_an_error_travels_as_what_it_was_made_of():
    made = pickle.loads(pickle.dumps(NoText("a.pdf", "只有图像", "请先做文字识别", page=3)))
    assert (type(made), made.file, made.page, str(made)) == (
        NoText,
        "a.pdf",
        3,
        "a.pdf 第3页: 只有图像；请先做文字识别",
    )
