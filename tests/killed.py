"""The other side of tests/killing.py: a process with all imports done, which forks one for each command that it is given.

Reads a line of JSON, arguments and log; the fork says ``ready`` with its process id, this one its exit code, negative
where a signal ended it. So kills fall in the work, not in the imports, and a thousand of them take minutes.
"""

from __future__ import annotations

import importlib
import json
import os
import sys
import traceback
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

from index_fakes import FakeEmbedder

from index.__main__ import main
from index.question import words
from index.search import embedder

LATE = ("index.knowledge_base", "index.output")
"""What the command line imports when it runs a command."""


def serve() -> None:
    """Run commands one after another until there are no more."""
    for name in LATE:
        importlib.import_module(name)
    embedder.load = lambda settings=None: FakeEmbedder()
    words.tokens("养老床位")  # reads the dictionary
    answers = os.dup(1)
    for line in sys.stdin:
        asked = json.loads(line)
        pid = os.fork()
        if pid == 0:
            work(asked["arguments"], asked["log"], answers)
        _, status = os.waitpid(pid, 0)
        os.write(answers, f"{os.waitstatus_to_exitcode(status)}\n".encode())


def work(arguments: list[str], log: str, answers: int) -> None:
    """Be ``python -m index`` in a session of its own; what it prints goes to a file. Does not return."""
    os.setsid()
    sink = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
    os.dup2(sink, 1)
    os.dup2(sink, 2)
    os.write(answers, f"ready {os.getpid()}\n".encode())
    code = 70
    try:
        code = main(arguments)
    except SystemExit as end:
        code = int(end.code or 0)
    except BaseException:
        traceback.print_exc()
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)


if __name__ == "__main__":
    serve()
