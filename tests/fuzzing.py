"""The checks of tests/fuzz_checks.py over many thousands of cases, in worker processes, each case within a time limit.

usage: python tests/fuzzing.py [--cases N] [--seed S] [--only NAME ...] [--limit SECONDS] [--workers N] [--atheris NAME]

Prints for each check its cases, seconds and slowest case, then each kind of fault with the shortest input that shows it. A
case past the limit ends its worker, with the stack that it hung in. ``--atheris`` lets libFuzzer choose the cases of one
check by coverage, where the package atheris is installed.
"""

from __future__ import annotations

import argparse
import faulthandler
import importlib
import sys
import tempfile
import time
import traceback
import warnings
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from multiprocessing import get_context
from pathlib import Path
from queue import Empty
from typing import Any

sys.path.insert(0, str(Path(__file__).parent.parent))

from fuzz_checks import INDEX, INGEST
from hypothesis import HealthCheck, Phase, given, seed, settings

CHECKS = INGEST | INDEX
CHUNK = 2_000
"""Cases that one process draws; another seed goes to the next, so that no run dwells on what it drew before."""


@dataclass
class Found:
    """What came of the cases of one check."""

    cases: int = 0
    seconds: float = 0.0
    slowest: tuple[float, str] = (0.0, "")
    faults: dict[str, tuple[int, str]] = field(default_factory=dict)

    def fault(self, kind: str, given_input: str, times: int = 1) -> None:
        """Count a fault, and keep the shortest input that shows it."""
        count, known = self.faults.get(kind, (0, given_input))
        self.faults[kind] = (count + times, min(known, given_input, key=len))

    def add(self, other: Found) -> None:
        """Add what came of more cases."""
        self.cases += other.cases
        self.seconds += other.seconds
        self.slowest = max(self.slowest, other.slowest)
        for kind, (count, shown) in other.faults.items():
            self.fault(kind, shown, count)


def try_one(name: str, drawn: Any, found: Found) -> None:
    """Check one case, and note how long it took and what it raised."""
    start = time.process_time()
    try:
        CHECKS[name].holds(drawn)
    except Exception as fault:
        place = traceback.extract_tb(fault.__traceback__)[-1]
        found.fault(f"{type(fault).__name__} in {place.name}:{place.lineno}: {str(fault)[:120]}", repr(drawn))
    took = time.process_time() - start
    found.cases += 1
    found.seconds += took
    found.slowest = max(found.slowest, (took, repr(drawn)[:100]))


def draw(name: str, cases: int, chosen: int, limit: float, log: str, put: Callable[[Found], None]) -> None:
    """Draw cases of one check in a process of its own."""
    found = Found()
    with open(log, "w", encoding="utf-8") as stack:

        @seed(chosen)
        @settings(
            max_examples=cases,
            deadline=None,
            database=None,
            phases=[Phase.generate],
            suppress_health_check=list(HealthCheck),
        )
        @given(CHECKS[name].given)
        def each(drawn: Any) -> None:
            faulthandler.dump_traceback_later(limit, exit=True, file=stack)
            try_one(name, drawn, found)

        warnings.simplefilter("ignore")
        each()
        faulthandler.cancel_dump_traceback_later()
    put(found)


def chunk(job: tuple[str, int, int, float]) -> tuple[str, Found]:
    """Run one chunk; a process that ends without a word hung, and its log says where."""
    name, cases, chosen, limit = job
    context = get_context("spawn")
    queue: Any = context.Queue()
    with tempfile.NamedTemporaryFile(suffix=".txt") as log:
        process = context.Process(target=draw, args=(name, cases, chosen, limit, log.name, queue.put))
        process.start()
        while True:
            try:
                return name, queue.get(timeout=1)
            except Empty:
                if process.is_alive():
                    continue
                stack = Path(log.name).read_text(encoding="utf-8")
                found = Found()
                found.fault(f"past {limit:.0f} s, or killed (exit {process.exitcode})", stack[:800])
                return name, found
            finally:
                if not process.is_alive():
                    process.join()


def jobs(names: list[str], cases: int, first: int, limit: float) -> list[tuple[str, int, int, float]]:
    """Share the cases out by the checks' shares, in chunks with seeds of their own."""
    whole = sum(CHECKS[name].share for name in names)
    made: list[tuple[str, int, int, float]] = []
    for name in names:
        left = max(1, round(cases * CHECKS[name].share / whole))
        while left > 0:
            made.append((name, min(CHUNK, left), first + len(made), limit))
            left -= CHUNK
    return made


def with_atheris(name: str, cases: int) -> None:
    """Let libFuzzer choose the bytes that a check's strategy draws from."""
    atheris = importlib.import_module("atheris")

    @settings(deadline=None, database=None, suppress_health_check=list(HealthCheck))
    @given(CHECKS[name].given)
    def each(drawn: Any) -> None:
        CHECKS[name].holds(drawn)

    atheris.instrument_all()
    atheris.Setup([sys.argv[0], f"-runs={cases}"], each.hypothesis.fuzz_one_input)  # type: ignore[attr-defined]
    atheris.Fuzz()


def say(*words: object) -> None:
    """Print a line at once."""
    sys.stdout.write(" ".join(map(str, words)) + "\n")
    sys.stdout.flush()


def main() -> int:
    """Run what the command line asks for; 1 where something did not hold."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--cases", type=int, default=200_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", nargs="+", choices=list(CHECKS), default=list(CHECKS))
    parser.add_argument("--limit", type=float, default=30.0, help="seconds of one case")
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--atheris", choices=list(CHECKS))
    asked = parser.parse_args()
    if asked.atheris:
        with_atheris(asked.atheris, asked.cases)
        return 0
    start, all_found = time.monotonic(), {name: Found() for name in asked.only}
    with ThreadPoolExecutor(asked.workers) as pool:
        for name, found in pool.map(chunk, jobs(asked.only, asked.cases, asked.seed, asked.limit)):
            all_found[name].add(found)
    for name, found in all_found.items():
        took, shown = found.slowest
        say(f"{name:12} {found.cases:7} cases {found.seconds:8.1f} s, slowest {took:6.2f} s {shown}")
        for kind, (count, shown) in found.faults.items():
            say(f"    {count:5} x {kind}\n          {shown[:900]}")
    cases, faults = sum(one.cases for one in all_found.values()), sum(len(one.faults) for one in all_found.values())
    say(f"{cases} cases in {time.monotonic() - start:.0f} s, {faults} kinds of fault")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
