"""The same files give the same bytes, whatever their order on the disk, the locale, the time zone, the hash seed, the cores."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from office_texts import notice, put

ROOT = Path(__file__).parent.parent
BUILD = """
import os, sys
from pathlib import Path
sys.path[:0] = [{root!r}, {root!r} + "/tests"]
from index_fakes import FakeEmbedder
from index.knowledge_base import KnowledgeBase
from index.search import embedder

if __name__ == "__main__":
    if {cores} and hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, sorted(os.sched_getaffinity(0))[:{cores}])
    embedder.load = lambda settings=None: FakeEmbedder()
    KnowledgeBase.build("corpus", "store")
"""
FILES = {f"第{count}号通知.txt": notice(f"第{count}项工作的通知", f"青民发〔2024〕{count}号") for count in range(1, 6)}
FILES |= {
    name: notice("做好有关工作的通知", first=first)
    for name, first in (("甲.txt", "发放补贴。" * 9), ("乙.txt", "拆除围墙。" * 9))
}


def built(folder, names, cores=0, **settings):
    """Build a base in a process of its own; its files by name."""
    for name in names:
        put(folder / "corpus", name, FILES[name])
    script = put(folder, "run.py", BUILD.format(root=str(ROOT), cores=cores))
    environment = {**os.environ, **settings}
    subprocess.run([sys.executable, str(script)], cwd=folder, env=environment, check=True)
    parts = (folder / "store" / part for part in ("generations", "segments"))
    files = {path.relative_to(folder).as_posix(): path.read_bytes() for part in parts for path in part.rglob("*.*")}
    return {**files, "CURRENT": (folder / "store" / "CURRENT").read_bytes()}


@pytest.fixture(scope="module")
def usual(tmp_path_factory):
    return built(tmp_path_factory.mktemp("usual"), FILES)


@pytest.mark.parametrize(
    ("order", "cores", "settings"),
    [
        (reversed, 0, {"PYTHONHASHSEED": "7"}),
        (sorted, 1, {"TZ": "Pacific/Kiritimati", "LC_ALL": "C"}),
    ],
    ids=["other order and hash seed", "one core, other zone and locale"],
)
def test_the_same_files_give_the_same_bytes(tmp_path, usual, order, cores, settings):
    assert built(tmp_path, list(order(list(FILES))), cores, **settings) == usual
