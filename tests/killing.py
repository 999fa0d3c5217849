"""Kills the commands that write a store at seeded moments, and sees after each kill that the base is the old one or the new.

usage: python tests/killing.py [--kills 1000] [--seed N] [--corpus DIR]     a summary; exit 1 where a kill has left harm

The corpus is a few small files, and the model one that needs no files, so that the time of a run is that of reading
and writing. A moment is drawn from the time that the same run took when nobody killed it, after its imports.
"""

from __future__ import annotations

import argparse
import contextlib
import io
import json
import os
import random
import selectors
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

from index_fakes import FakeEmbedder

from index.__main__ import main as index_main
from index.answer_output import answer_json
from index.errors import StoreError
from index.knowledge_base import KnowledgeBase
from index.search import embedder
from index.streams import put

QUESTIONS = ("新增养老床位多少张", "建设助餐点多少家", "列出所有提到养老床位的条款")
"""The last one's answer is another after every operation: each writes a number that no file had before."""

PAGE = (
    '<html><head><meta charset="utf-8"><title>养老服务方案</title></head><body><p style="text-align:center">{number}</p>'
    '<p style="text-align:center">养老服务方案之{serial}</p><p>一、扩大供给。新增养老床位{serial}张。</p>'
    "<p>二、社区服务。建设助餐点{serial}家。</p></body></html>"
)
TEXT = (
    "{number}\n养老服务方案之{serial}\n一、扩大供给。新增养老床位{serial}张。\n二、社区服务。建设助餐点{serial}家。\n"
)
PATIENCE = 4
"""How often an operation is killed with nothing done before it is let run to its end."""


@dataclass
class World:
    """Folders of one trial, and a serial number that makes every file another."""

    folder: Path
    choice: random.Random
    server: Server
    serial: int = 100
    names: list[str] = field(default_factory=list)

    @property
    def corpus(self) -> Path:
        return self.folder / "corpus"

    @property
    def store(self) -> Path:
        return self.folder / "store"

    @property
    def log(self) -> Path:
        return self.folder.with_name("log.txt")

    def number(self, name: str) -> str:
        return f"青民发〔2024〕{name}号"

    def write(self, folder: Path, name: str) -> Path:
        """Write the file of a document, with figures that no file had before: every other one a page, the rest text."""
        self.serial += 1
        form, suffix = (PAGE, "html") if int(name) % 2 else (TEXT, "txt")
        folder.mkdir(parents=True, exist_ok=True)
        path = folder / f"{name}.{suffix}"
        path.write_text(form.format(number=self.number(name), serial=self.serial), encoding="utf-8")
        return path


@dataclass(frozen=True)
class Run:
    """What became of one process: seconds from its imports to its end, and its exit code, negative where it was killed."""

    seconds: float
    code: int


@dataclass
class Summary:
    """What was seen: kills and states found after them by operation, and what went wrong."""

    kills: Counter = field(default_factory=Counter)
    seen: Counter = field(default_factory=Counter)
    failures: list[str] = field(default_factory=list)


def changed(world: World) -> list[str]:
    """Change a file of the corpus, and sometimes put a new one into it."""
    world.write(world.corpus, world.choice.choice(world.names))
    if world.choice.random() < 0.3:
        world.names.append(str(len(world.names) + 1))
        world.write(world.corpus, world.names[-1])
    return [str(world.corpus)]


def added(world: World) -> list[str]:
    """Write a file outside the corpus, to be added."""
    return [str(world.write(world.folder / "inbox", str(world.serial)))]


def removed(world: World) -> list[str]:
    """Name a document that the base holds, but the first, which stays so that the base is never empty."""
    held = sorted(one.key for one in KnowledgeBase.open(world.store).documents() if one.key != world.number("1"))
    return [world.choice.choice(held)]


OPERATIONS: dict[str, Callable[[World], list[str]]] = {
    "build": changed,
    "update": changed,
    "add": added,
    "remove": removed,
}
"""What each command needs before it runs; gives its arguments."""


class Server:
    """Runs commands in processes of their own; see tests/killed.py."""

    def __init__(self) -> None:
        command = [sys.executable, str(Path(__file__).with_name("killed.py"))]
        self._process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, bufsize=0)

    def launch(self, arguments: Sequence[str], log: Path, after: float | None) -> Run:
        """Run a command, and kill all of its session after so many seconds; None lets it end."""
        self._process.stdin.write(json.dumps({"arguments": list(arguments), "log": str(log)}).encode() + b"\n")
        pid = int(self._process.stdout.readline().removeprefix(b"ready "))
        started = time.perf_counter()
        with (
            selectors.DefaultSelector() as selector
        ):  # select() takes no number beyond 1,023, and an open base has many files
            selector.register(self._process.stdout, selectors.EVENT_READ)
            is_there = bool(selector.select(after))
        if not is_there:
            with contextlib.suppress(ProcessLookupError):  # it has just ended
                os.killpg(pid, signal.SIGKILL)
        code = int(self._process.stdout.readline())
        return Run(time.perf_counter() - started, code)

    def close(self) -> None:
        self._process.stdin.close()
        self._process.stdout.close()
        self._process.wait()


def answers(store: Path) -> str | None:
    """Ask the three questions; None where there is no store."""
    if not (store / "CURRENT").exists():
        return None
    base = KnowledgeBase.open(store)
    return json.dumps([answer_json(base.ask(question)) for question in QUESTIONS], ensure_ascii=False, sort_keys=True)


def sound(store: Path) -> bool:
    """Have the store verified."""
    with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
        return index_main(["verify", "--store", str(store)]) == 0


def look(store: Path, before: str | None, after: str) -> str:
    """Tell which state a store is in: ``before``, ``after``, or in words what is wrong with it."""
    try:
        found = answers(store)
    except StoreError as error:
        return f"does not open: {error}"
    if found not in (before, after):
        return "no store" if found is None else "answers are neither those before nor those after"
    if found is not None and not sound(store):
        return "verify fails"
    return "before" if found == before else "after"


def rehearse(world: World, name: str, arguments: Sequence[str]) -> tuple[str, Run]:
    """Let an operation run to its end on a copy, and give the answers then and the time that it took."""
    copy = World(world.folder.with_name(f"{world.folder.name}-copy"), world.choice, world.server)
    shutil.rmtree(copy.folder, ignore_errors=True)
    shutil.copytree(world.folder, copy.folder)
    moved = [one.replace(str(world.folder), str(copy.folder), 1) for one in arguments]
    run = world.server.launch([name, *moved, "--store", str(copy.store)], world.log, None)
    after = answers(copy.store)
    if run.code or after is None:
        raise RuntimeError(f"{name} {arguments} ends with {run.code} where nobody kills it: {world.log.read_text()}")
    return after, run


def operate(world: World, name: str, summary: Summary, kills: int) -> None:
    """Take one operation, killed again and again until it is done, and see after each kill what state the base is in."""
    before = answers(world.store)
    arguments = OPERATIONS[name](world)
    after, usual = rehearse(world, name, arguments)
    whole = [name, *arguments, "--store", str(world.store)]
    for _ in range(PATIENCE):
        if summary.kills.total() >= kills:
            return
        moment = world.choice.uniform(0, usual.seconds)
        run = world.server.launch(whole, world.log, moment)
        summary.kills[name] += 1
        state = look(world.store, before, after)
        summary.seen[name, state if run.code < 0 else "ended before the kill"] += 1
        if state not in ("before", "after"):
            summary.failures.append(f"kill {summary.kills.total()}: {' '.join(whole)} at {moment:.4f} s: {state}")
            return
        if state == "after":
            return
    run = world.server.launch(whole, world.log, None)
    state = look(world.store, before, after)
    if run.code or state != ("before" if before == after else "after"):
        summary.failures.append(f"after kills: {' '.join(whole)} ends with {run.code}: {state}")


def trial(folder: Path, kills: int, seed: int) -> Summary:
    """Kill operations in turn until so many kills are done; the first one makes the store.

    :param folder: corpus and store are made in it.
    :param kills: how many processes to kill.
    :param seed: of the moments and of what changes.
    """
    summary, server = Summary(), Server()
    world = World(folder / "world", random.Random(seed), server)
    for name in map(str, range(1, 5)):
        world.names.append(name)
        world.write(world.corpus, name)
    load, embedder.load = embedder.load, lambda settings=None: FakeEmbedder()
    try:
        turn = 0
        while summary.kills.total() < kills and not summary.failures:
            names = list(OPERATIONS) if (world.store / "CURRENT").exists() else ["build"]
            operate(world, names[turn % len(names)], summary, kills)
            turn += 1
    finally:
        embedder.load = load
        server.close()
    return summary


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python tests/killing.py", description=__doc__.splitlines()[0])
    parser.add_argument("--kills", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=20231106)
    parser.add_argument("--corpus", type=Path, help="a folder to work in, which stays; by default one that does not")
    options = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as passing:
        folder = options.corpus or Path(passing)
        summary = trial(folder, options.kills, options.seed)
    put(f"seed {options.seed}: {summary.kills.total()} kills")
    for name, count in summary.kills.items():
        seen = ", ".join(f"{state} {times}" for (of, state), times in sorted(summary.seen.items()) if of == name)
        put(f"{name}: {count} kills; {seen}")
    put("\n".join([f"failures: {len(summary.failures)}", *summary.failures]))
    return 1 if summary.failures else 0


if __name__ == "__main__":
    sys.exit(main())
