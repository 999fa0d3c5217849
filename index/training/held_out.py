"""Question–passage pairs to train on, the part of them that is held out, and how well vectors find it again."""

from __future__ import annotations

import gzip
import hashlib
import json
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

LEFT_OUT = ("pairs_rc_",)
"""Pair files that are under CC BY-SA, whose terms for a model made from them are not clear."""

OWN_TIMES = 5
"""How often a round goes through the project's own pairs, which are few."""

Vectors = NDArray[np.float32]

_SENTENCE_END = re.compile(r"(?<=[。；！？])")
_SHORTEST = 8
"""Characters of a sentence that says enough to be looked for."""


@dataclass(frozen=True, slots=True)
class Pairs:
    """One file of pairs, as ``(query, positive)``, and the places in it to train on and to measure with.

    A round of training goes through it ``times`` times.
    """

    name: str
    rows: tuple[tuple[str, str], ...]
    train: tuple[int, ...]
    held: tuple[int, ...]
    times: int = 1


@dataclass(frozen=True, slots=True)
class Task:
    """Questions, candidate passages, and for each question the places of the candidates that answer it."""

    name: str
    queries: tuple[str, ...]
    candidates: tuple[str, ...]
    relevant: tuple[frozenset[int], ...]


@dataclass(frozen=True, slots=True)
class Measures:
    """Means over a task's questions, each 0 to 1."""

    ndcg10: float
    mrr10: float
    recall10: float
    recall100: float


def lines_of(path: Path) -> Iterator[str]:
    """Read a text file, compressed or not, line by line.

    :param path: a file; with the ending ``.gz`` it is gzip.
    :return: its lines, without blanks around them, empty ones left out.
    """
    data = path.read_bytes()
    text = (gzip.decompress(data) if path.suffix == ".gz" else data).decode("utf-8")
    yield from (line.strip() for line in text.split("\n") if line.strip())


def read_texts(folder: Path) -> tuple[str, ...]:
    """Read the plain texts of a training folder.

    :param folder: holds ``text_*.txt.gz``, one paragraph a line.
    :return: paragraphs, each once, in order.
    """
    return tuple(dict.fromkeys(line for path in sorted(folder.glob("text_*")) for line in lines_of(path)))


def read_pairs(folder: Path, own: Path | None = None, one_in: int = 20) -> tuple[Pairs, ...]:
    """Read the pairs of a training folder, and a file of the project's own, and hold a part of them out.

    A passage is held out by the digest of its text; nothing that shares a query or a passage with a held-out pair
    is trained on, in any file.

    :param folder: holds ``pairs_*.jsonl.gz``, lines of ``{"query", "positive"}``.
    :param own: another such file, much smaller than the others and nearer to what will be asked.
    :param one_in: one passage in so many is held out.
    :return: the files that may be used, by name.
    """
    paths = [path for path in sorted(folder.glob("pairs_*")) if not path.name.startswith(LEFT_OUT)]
    paths += [own] if own else []
    files = {path.name.split(".")[0]: tuple(map(_pair, lines_of(path))) for path in paths}
    held = [row for rows in files.values() for row in rows if _digest(row[1]) % one_in == 0]
    queries, positives = {query for query, _ in held}, {positive for _, positive in held}
    return tuple(
        Pairs(
            name,
            rows,
            train=tuple(i for i, (query, text) in enumerate(rows) if query not in queries and text not in positives),
            held=tuple(i for i, (_, text) in enumerate(rows) if text in positives),
            times=OWN_TIMES if own and name == own.name.split(".")[0] else 1,
        )
        for name, rows in files.items()
    )


def pairs_of(path: Path) -> Pairs:
    """Read one file of pairs, all of them to train on.

    :param path: lines of ``{"query", "positive"}``.
    :return: the pairs, each once.
    """
    rows = tuple(dict.fromkeys(map(_pair, lines_of(path))))
    return Pairs(path.name.split(".")[0], rows, tuple(range(len(rows))), ())


def _pair(line: str) -> tuple[str, str]:
    row = json.loads(line)
    return row["query"], row["positive"]


def _digest(text: str) -> int:
    return int.from_bytes(hashlib.sha256(text.encode()).digest()[:4], "big")


def without_held_out(texts: Iterable[str], files: Sequence[Pairs]) -> tuple[str, ...]:
    """Leave out the texts that share a sentence with a held-out passage.

    :param texts: paragraphs.
    :param files: all pairs.
    :return: the others, in order.
    """
    held = {sentence for each in files for i in each.held for sentence in _sentences(each.rows[i][1])}
    return tuple(text for text in texts if held.isdisjoint(_sentences(text)))


def cloze_pairs(texts: Sequence[str], rng: np.random.Generator) -> Pairs:
    """Make pairs of plain text: one sentence of a paragraph, chosen by chance, and the rest of it.

    The inverse cloze task of Lee, Chang & Toutanova, "Latent Retrieval for Weakly Supervised Open Domain Question
    Answering", ACL 2019.

    :param texts: paragraphs.
    :param rng: source of chance.
    :return: one pair for each paragraph of two sentences or more, all to train on.
    """
    cut = (sentences for sentences in map(_sentences, texts) if len(sentences) > 1)
    rows = []
    for sentences in cut:
        chosen = int(rng.integers(len(sentences)))
        rows.append((sentences[chosen], "".join(sentences[:chosen] + sentences[chosen + 1 :])))
    return Pairs("cloze", tuple(rows), train=tuple(range(len(rows))), held=())


def _sentences(text: str) -> list[str]:
    return [sentence for sentence in _SENTENCE_END.split(text) if len(sentence) >= _SHORTEST]


def held_out_task(pairs: Pairs, most_queries: int = 500, most_candidates: int = 5000) -> Task:
    """Make a search task of the held-out pairs: each query among the passages of its whole file.

    :param pairs: a file of pairs.
    :param most_queries: at most so many queries, chosen by digest.
    :param most_candidates: at most so many passages, the held-out ones among them.
    :return: the task.
    """
    held = {pairs.rows[i][1] for i in pairs.held}
    others = sorted({text for _, text in pairs.rows} - held, key=_digest)
    candidates = (sorted(held, key=_digest) + others)[: max(most_candidates, len(held))]
    queries = sorted({pairs.rows[i][0] for i in pairs.held}, key=_digest)[:most_queries]
    places = {text: i for i, text in enumerate(candidates)}
    answers: dict[str, set[int]] = {query: set() for query in queries}
    for query, text in pairs.rows:
        if query in answers and text in places:
            answers[query].add(places[text])
    return Task(pairs.name, tuple(queries), tuple(candidates), tuple(frozenset(answers[query]) for query in queries))


def stard_task(folder: Path) -> Task:
    """Read the STARD benchmark, which is measured with and never trained on.

    :param folder: holds ``corpus.jsonl.gz``, ``queries.jsonl`` and ``qrels.tsv``.
    :return: the task; passages are title and text.
    """
    corpus = [json.loads(line) for line in lines_of(folder / "corpus.jsonl.gz")]
    queries = {row["id"]: row["text"] for row in map(json.loads, lines_of(folder / "queries.jsonl"))}
    places = {row["id"]: i for i, row in enumerate(corpus)}
    answers: dict[str, set[int]] = {name: set() for name in queries}
    for line in lines_of(folder / "qrels.tsv"):
        query, _, passage, grade = line.split("\t")
        if int(grade) > 0:
            answers[query].add(places[passage])
    texts = tuple(f"{row['title']} {row['text']}" for row in corpus)
    return Task("stard", tuple(queries.values()), texts, tuple(frozenset(answers[name]) for name in queries))


def measure(queries: Vectors, candidates: Vectors, relevant: Sequence[frozenset[int]]) -> Measures:
    """Rank the candidates for each query by cosine and measure the order; equal ones keep their order.

    nDCG with binary gain: Järvelin & Kekäläinen, "Cumulated Gain-Based Evaluation of IR Techniques", TOIS 20 (2002).

    :param queries: vectors of length 1, one a query.
    :param candidates: vectors of length 1, one a candidate.
    :param relevant: the places of the candidates that answer each query, at least one.
    :return: means over the queries.
    """
    discounts = 1 / np.log2(np.arange(2, 12))
    rows = []
    for vector, answers in zip(queries, relevant, strict=True):
        first = np.argsort(-(candidates @ vector), kind="stable")[:100]
        found = np.array([place in answers for place in first], dtype=float)
        top = found[:10]
        ideal = discounts[: min(10, len(answers))].sum()
        gain = (top * discounts[: len(top)]).sum() / ideal
        reciprocal = 1 / (top.argmax() + 1) if top.any() else 0.0
        rows.append((gain, reciprocal, top.sum() / len(answers), found.sum() / len(answers)))
    return Measures(*(float(mean) for mean in np.mean(rows, axis=0)))
