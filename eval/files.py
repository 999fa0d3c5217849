"""The files of a report: what ``python -m eval run --out`` writes, and the writing of any text file."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from pathlib import Path

from eval import refusal
from eval.page import as_html
from eval.provenance import provenance
from eval.questions import QuestionsError
from eval.records import Run
from eval.report import failures
from eval.results import as_json, refusal_results, results
from index import store as stores
from index.knowledge_base import KnowledgeBase
from index.refusal import model


def report_files(
    base: KnowledgeBase, store: Path, runs: Sequence[Run], questions: Path, split: str, more: Sequence[Path] = ()
) -> dict[str, str]:
    """Make the files of a report.

    :param base: the knowledge base that was searched.
    :param store: folder of its store, which says how it was built.
    :param runs: runs of several systems over the same questions.
    :param questions: the file of questions.
    :param split: the split that was measured.
    :param more: files of questions for refusing alone, as :mod:`eval.refusal` reads them.
    :return: texts by file name; the page is made of what stands in report.json.
    """
    facts = provenance(stores.read(store).facts, base.documents()) | {"store": base.sha}
    found = results(runs, questions, split, facts, base.show)
    chosen = [one for one in refusal.load_examples(questions, *more) if split in ("all", one.split)]
    found["refusal"] = refusal_results(refusal.judge(chosen, base.judge), model().threshold, more)
    text = as_json(found)
    return {"report.json": text, "report.html": as_html(json.loads(text)), "failures.tsv": failures(runs)}


def write(path: Path, text: str) -> None:
    """Write a text file, making its folder where it is not there, and say so on standard error.

    :param path: where to.
    :param text: written as UTF-8 with the line ends that it has.
    :raises QuestionsError: when it cannot be written.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="")
    except OSError as error:
        raise QuestionsError(str(path), f"写不进去（{error.strerror}）", "请换一个可写的文件夹") from error
    sys.stderr.write(f"已写入 {path}\n")
