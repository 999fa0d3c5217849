"""Output that is the same on every system, and calm when its reader has gone."""

from __future__ import annotations

import errno
import os
import subprocess
import sys
from pathlib import Path

import pytest

from index.streams import put

ROOT = Path(__file__).parent.parent
CHECK = ["-m", "index", "lists", "check"]


def test_utf8_whatever_the_system_speaks():
    done = subprocess.run(
        [sys.executable, *CHECK],
        cwd=ROOT,
        env={**os.environ, "PYTHONIOENCODING": "gbk", "PYTHONUTF8": "0"},
        capture_output=True,
        check=True,
    )
    assert "检查了" in done.stdout.decode("utf-8").splitlines()[-1]


@pytest.mark.parametrize("package", ["index", "eval"])
def test_a_reader_that_has_gone_is_no_fault(package):
    """As in "| head -0": nobody reads the end that the program writes to."""
    reading, writing = os.pipe()
    os.close(reading)
    arguments = CHECK if package == "index" else ["-m", "eval", "extraction"]
    done = subprocess.run([sys.executable, *arguments], cwd=ROOT, stdout=writing, stderr=subprocess.PIPE, check=False)
    os.close(writing)
    assert (done.returncode, done.stderr) == (0, b"")


def test_half_a_character_becomes_a_question_mark(capsys):
    put("养老\ud800床位")
    assert capsys.readouterr().out == "养老?床位\n"


@pytest.mark.parametrize(("system", "raised"), [("win32", BrokenPipeError), ("linux", OSError)])
def test_windows_says_of_a_closed_pipe_that_the_argument_is_invalid(monkeypatch, system, raised):
    class Closed:
        def write(self, text):
            raise OSError(errno.EINVAL, "Invalid argument")

    monkeypatch.setattr(sys, "platform", system)
    monkeypatch.setattr(sys, "stdout", Closed())
    with pytest.raises(OSError) as told:
        put("养老")
    assert type(told.value) is raised
