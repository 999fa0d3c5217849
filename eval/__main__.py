"""python -m eval run | compare | pool | feedback | export | extraction | fit | refusal | reading | targets | quotations | slips | ablate | docs."""

from __future__ import annotations

import sys
from collections.abc import Sequence

from eval.commands import parser
from eval.questions import QuestionsError
from index.errors import KnowledgeBaseError
from index.streams import let_go, put, speak_utf8, tell
from ingest.errors import IngestError


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; its results go to standard output, progress to standard error.

    :param arguments: the command line; None for the one the process was started with. Exits with 2 on wrong usage.
    :return: 0, or 1 where the questions, the store or the folder for the report is at fault.
    """
    options = parser().parse_args(arguments)
    try:
        for line in options.do(options):
            _put(line)
    except (QuestionsError, KnowledgeBaseError, IngestError) as error:
        tell(f"错误：{error}")
        return 1
    return 0


def _put(line: str) -> None:
    """Write a line; where the reader has gone, as in "| head", the files of a report are written all the same."""
    try:
        put(line)
    except BrokenPipeError:
        let_go()


if __name__ == "__main__":
    speak_utf8()
    sys.exit(main())
