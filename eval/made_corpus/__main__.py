"""python -m eval.made_corpus OUT: write a corpus of made documents, and what is true of each beside it."""

from __future__ import annotations

import argparse
import json
import shutil
import sys
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from eval.made_corpus.docx import as_docx
from eval.made_corpus.html import as_html
from eval.made_corpus.pdf import as_pdf
from eval.made_corpus.plan import Made, made
from eval.made_corpus.texts import read_texts
from eval.questions import QuestionsError
from index.streams import put, speak_utf8, tell
from ingest import SUFFIXES

SEED = 20231106
DOCUMENTS, TRUTH = "documents", "truth.jsonl"
"""The corpus within OUT, and beside it what is true of each made file, one JSON object a line."""

_WRITERS = {"docx": as_docx, "html": as_html, "pdf": as_pdf}
_NOT_OF_THE_CORPUS = ("readme", "index")


def parse_args(arguments: Sequence[str] | None = None) -> argparse.Namespace:
    """Read the command line; exits with 2 on wrong usage."""
    parser = argparse.ArgumentParser(
        prog="python -m eval.made_corpus",
        description="用公开公文语料编造一批单位的文件（DOCX、HTML、PDF 各三分之一），供测量大知识库。",
    )
    parser.add_argument("out", type=Path, metavar="OUT", help="写入此文件夹的 documents，应当还没有")
    parser.add_argument("--documents", type=int, default=1000, metavar="N", help="编造多少份，默认 1000")
    parser.add_argument(
        "--training", type=Path, required=True, metavar="DIR", help="放公文语料（text_*.txt.gz）的文件夹"
    )
    parser.add_argument("--offices", type=Path, metavar="DIR", help="把此文件夹里的真实文件也放进去")
    parser.add_argument("--seed", type=int, default=SEED, metavar="N", help="种子；同一种子逐字节相同")
    options = parser.parse_args(arguments)
    if options.documents < 1:
        parser.error(f"--documents 至少为 1，不是 {options.documents}")
    return options


def main(arguments: Sequence[str] | None = None) -> int:
    """Write the corpus and say what it holds.

    :param arguments: the command line; None for the one the process was started with.
    :return: 0, or 1 where a folder is at fault.
    """
    options = parse_args(arguments)
    try:
        put(_write(options))
    except QuestionsError as error:
        tell(f"错误：{error}")
        return 1
    return 0


def _write(options: argparse.Namespace) -> str:
    texts, folder = read_texts(options.training), options.out / DOCUMENTS
    if folder.exists():
        raise QuestionsError(str(folder), "已经在那里", "请换一个文件夹，或先删除它")
    try:
        folder.mkdir(parents=True)
        kinds: Counter[str] = Counter()
        with (options.out / TRUTH).open("w", encoding="utf-8", newline="\n") as truth:
            for one in made(texts, options.documents, options.seed):
                (folder / one.name).write_bytes(_WRITERS[one.format](one.draft))
                truth.write(json.dumps(_true(one), ensure_ascii=False) + "\n")
                kinds[one.format] += 1
        copied = _copy(options.offices, folder) if options.offices else 0
    except OSError as error:
        raise QuestionsError(
            str(error.filename), f"写不进去（{error.strerror}）", "请检查路径、权限和磁盘空间"
        ) from error
    told = "，".join(f"{name.upper()} {count} 份" for name, count in sorted(kinds.items()))
    return f"编造 {options.documents} 份：{told}；另放入真实文件 {copied} 份；在 {folder}"


def _true(one: Made) -> dict[str, object]:
    """Say what a reader is to find in a file."""
    head = one.draft.head
    return {
        "file": one.name,
        "number": head.number,
        "title": head.title,
        "issuer": head.office.name,
        "date": head.date,
        "clauses": len(one.draft.clauses),
        "repeals": head.repeals[1] if head.repeals else None,
        "rendition_of": one.rendition_of,
    }


def _copy(offices: Path, folder: Path) -> int:
    """Copy the documents of a folder, without what only describes them; folders in it are left out."""
    if not offices.is_dir():
        raise QuestionsError(str(offices), "没有这个文件夹", "请用 --offices 指定放真实文件的文件夹")
    files = [
        path
        for path in sorted(offices.iterdir())
        if path.is_file() and path.suffix.lower() in SUFFIXES and path.stem.lower() not in _NOT_OF_THE_CORPUS
    ]
    for path in files:
        shutil.copyfile(path, folder / path.name)
    return len(files)


if __name__ == "__main__":
    speak_utf8()
    sys.exit(main())
