"""Makes the embedding model that comes with the project: ``python -m index.training pretrained``, then ``finetune``.

:mod:`index.training.pretrained` cuts a published model down to what Chinese text uses, :mod:`index.training.finetune` trains it on
questions and the passages that answer them, :mod:`index.training.reranker` adds a cross-encoder. What was run stands in ``index/model/README.md``.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from importlib import import_module

STEPS = ("pretrained", "finetune", "reranker")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line.

    :param arguments: those after the program's name; None for the process's own.
    :return: 0, or 2 where no step is named.
    """
    given = sys.argv[1:] if arguments is None else list(arguments)
    if given[:1] and given[0] in STEPS:
        import_module(f"index.training.{given[0]}").main(given[1:])
        return 0
    sys.stderr.write(f"usage: python -m index.training {{{' | '.join(STEPS)}}} --help\n")
    return 2


if __name__ == "__main__":
    sys.exit(main())
