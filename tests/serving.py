"""Serves the page as its command does, for tests that look at it through a browser."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).parent.parent
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
"""Chromium without anything of its own that goes to the network."""
HOSTILE = """<html><head><meta charset="utf-8"><title>甲区文件</title></head><body>
<p style="text-align:center">甲发〔2024〕1号</p>
<p style="text-align:center">关于&lt;img src=x onerror="hacked=1"&gt;的通知</p>
<p>一、总体要求</p><p>坚持以人为本。</p>
<p>二、主要任务</p><p>（一）菠萝。本区每年种植菠萝&lt;script&gt;hacked=1&lt;/script&gt;三百棵。菠萝由甲区园林局看管。</p>
<p>（二）香蕉。建立香蕉登记制度。</p></body></html>"""


@contextmanager
def served(store: Path, corpus: Path, *arguments: str) -> Iterator[tuple[str, Sequence[str]]]:
    """Serve a base on a free port of loopback until the block ends.

    Gives the address of the page, and what the command said until questions could be put.
    """
    with running(store, corpus, *arguments) as (reached, said, _):
        yield reached, said


@contextmanager
def running(store: Path, corpus: Path, *arguments: str) -> Iterator[tuple[str, Sequence[str], subprocess.Popen[str]]]:
    """Serve a base as :func:`served` does, and give the process that serves it too."""
    command = [sys.executable, "search_app.py", "--port", "0", "--store", store, "--corpus", corpus, *arguments]
    environment = {**os.environ, "PYTHONUTF8": "1"}
    with subprocess.Popen(
        command, cwd=ROOT, stderr=subprocess.PIPE, text=True, encoding="utf-8", env=environment
    ) as server:
        try:
            assert server.stderr
            said = []
            for line in server.stderr:
                said.append(line)
                if ready := re.search(r"请用浏览器打开 (http://127\.0\.0\.1:\d+/)", line):
                    break
            assert ready, said
            yield ready[1], said, server
        finally:
            server.terminate()
