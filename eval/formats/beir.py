"""Benchmarks in folders as BEIR lays them out: read and written.

N. Thakur et al., BEIR: A Heterogeneous Benchmark for Zero-shot Evaluation of Information Retrieval Models (2021):
``corpus.jsonl`` and ``queries.jsonl``, either of them also gzipped, and the judgments in ``qrels/test.tsv``. Judgments may
also lie beside them as ``qrels.tsv`` or ``test.tsv``, and be TREC's four columns in place of BEIR's three with a heading.
"""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from eval.files import write
from eval.formats.articles import Article
from eval.formats.trec import Judgment, read_qrels
from eval.questions import QuestionsError
from eval.records import IMPORTED, Gold, Question

_QRELS = ("qrels/test.tsv", "qrels.tsv", "test.tsv")


@dataclass(frozen=True, slots=True)
class Benchmark:
    """A corpus with judged questions; ``qrels`` is the file of the judgments."""

    name: str
    articles: tuple[Article, ...]
    questions: tuple[Question, ...]
    qrels: Path


def load_benchmark(folder: Path) -> Benchmark:
    """Read a benchmark.

    :param folder: its folder.
    :return: all texts, and the questions that have a relevant one, in the order of the file of questions.
    :raises QuestionsError: when a file is missing or at fault, or a judgment names what is not there.
    """
    path = next((folder / name for name in _QRELS if (folder / name).is_file()), None)
    if path is None:
        raise QuestionsError(str(folder), "没有判定文件", "需要 " + " 或 ".join(_QRELS))
    articles = load_articles(folder)
    known = {article.id for article in articles}
    queries = {row[0]: row[1] for row in _rows(folder, "queries", ("text",))}
    golds: dict[str, list[Gold]] = {}
    for judgment in read_qrels(path):
        _check(judgment, queries, known, path)
        if judgment.grade > 0:
            golds.setdefault(judgment.query, []).append(Gold(judgment.document, (), judgment.grade))
    if not golds:
        raise QuestionsError(str(path), "没有一条判为相关", "请检查最后一列的等级")
    questions = tuple(
        Question(name, IMPORTED, text, tuple(golds[name]), "test") for name, text in queries.items() if name in golds
    )
    return Benchmark(folder.name, articles, questions, path)


def load_articles(folder: Path) -> tuple[Article, ...]:
    """Read a benchmark's corpus alone.

    :param folder: its folder.
    :return: the texts in the file's order.
    :raises QuestionsError: when the file is missing or at fault.
    """
    return tuple(Article(name, title, text) for name, title, text in _rows(folder, "corpus", ("title", "text")))


def write_benchmark(folder: Path, texts: Mapping[str, tuple[str, str]], questions: Sequence[Question]) -> None:
    """Write questions and the texts that they are put to.

    :param folder: where to; made where it is not there.
    :param texts: title and text by id.
    :param questions: the questions; one that nothing answers has no judgment.
    :raises QuestionsError: when it cannot be written.
    """
    corpus = ({"_id": name, "title": title, "text": text} for name, (title, text) in texts.items())
    queries = ({"_id": question.id, "text": question.query} for question in questions)
    judged = [(question.id, gold.clause_id, gold.grade) for question in questions for gold in question.gold]
    lines = ["query-id\tcorpus-id\tscore", *(f"{query}\t{document}\t{grade}" for query, document, grade in judged)]
    for name, rows in (("corpus.jsonl", corpus), ("queries.jsonl", queries)):
        write(folder / name, "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows))
    write(folder / "qrels" / "test.tsv", "\n".join(lines) + "\n")


def _check(judgment: Judgment, queries: Mapping[str, str], known: set[str], path: Path) -> None:
    if judgment.query not in queries:
        problem = f"判定了问题“{judgment.query}”，queries.jsonl 里却没有它"
        raise QuestionsError(str(path), problem, "请核对问题编号", judgment.line)
    if judgment.document not in known:
        problem = f"判定了“{judgment.document}”，corpus.jsonl 里却没有它"
        raise QuestionsError(str(path), problem, "请核对文档编号", judgment.line)


def _rows(folder: Path, name: str, keys: Sequence[str]) -> Iterator[tuple[str, ...]]:
    """Read a file of objects: the id, which is ``_id`` or ``id``, and the texts under some keys; a title may be missing."""
    path = next((one for one in (folder / f"{name}.jsonl", folder / f"{name}.jsonl.gz") if one.is_file()), None)
    if path is None:
        raise QuestionsError(str(folder), f"没有 {name}.jsonl 或 {name}.jsonl.gz", "请指定 BEIR 格式的文件夹")
    lines: dict[str, int] = {}
    for number, line in enumerate(_lines(path), start=1):
        if not line.strip():
            continue
        try:
            row: Any = json.loads(line)
            id_ = row["_id"] if "_id" in row else row["id"]
            found = (str(id_), *(str(row.get(key, "") if key == "title" else row[key]) for key in keys))
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
            remedy = "每行写成 " + json.dumps({key: "…" for key in ("_id", *keys)}, ensure_ascii=False)
            raise QuestionsError(str(path), "这一行用不了", remedy, number) from error
        if found[0] in lines:
            problem = f"编号“{found[0]}”与第{lines[found[0]]}行重复"
            raise QuestionsError(str(path), problem, "每行用不同的编号", number)
        lines[found[0]] = number
        yield found


def _lines(path: Path) -> list[str]:
    try:
        data = path.read_bytes()
        return (gzip.decompress(data) if path.suffix == ".gz" else data).decode("utf-8-sig").split("\n")
    except (OSError, EOFError) as error:
        raise QuestionsError(str(path), "打不开，或压缩包不完整", "请检查路径、权限，或重新下载") from error
    except UnicodeDecodeError as error:
        raise QuestionsError(str(path), "不是 UTF-8 编码的文本", "请另存为 UTF-8") from error
