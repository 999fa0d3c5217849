"""Trains the embedding model that comes with the project: ``python -m index.training --data DIR --out index/model``.

``python -m index.training pretrained`` and ``finetune`` make a transformer instead (:mod:`index.training.pretrained`,
:mod:`index.training.finetune`).

Words and first vectors come from plain text (:mod:`index.training.cooccurrence`), then they are trained on pairs
(:mod:`index.training.contrastive`). On data of this size the loss falls long after quality has peaked, so the round that finds
the most held-out passages (:mod:`index.training.held_out`) is kept.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Any

import numpy as np

from index.training.contrastive import Bags, TrainingSettings, bag, bags_of_task, contrast, score
from index.training.cooccurrence import (
    Table,
    Vocabulary,
    composition,
    token_ids,
    tokenizer_of,
    vocabulary_of,
    word_vectors,
)
from index.training.held_out import (
    Pairs,
    Task,
    cloze_pairs,
    held_out_task,
    read_pairs,
    read_texts,
    stard_task,
    without_held_out,
)
from index.training.made_queries import made_pairs, word_pairs
from index.training.telling import shout

OWN_PAIRS = Path(__file__).parent / "data" / "everyday_pairs.jsonl.gz"
"""Everyday questions written for sentences of the training texts (index/training/data/everyday_pairs.md)."""


def save(folder: Path, tokenizer: Any, table: Table) -> None:
    """Write a model folder that sentence_transformers loads.

    :param folder: made when it is not there; a README.md in it stays.
    :param tokenizer: cuts raw text into the rows of the table.
    :param table: one vector a row.
    """
    from safetensors.numpy import save as to_bytes

    kinds = {
        "": "sentence_transformers.sentence_transformer.modules.static_embedding.StaticEmbedding",
        "1_Normalize": "sentence_transformers.base.modules.normalize.Normalize",
    }
    modules = [{"idx": i, "name": str(i), "path": path, "type": kind} for i, (path, kind) in enumerate(kinds.items())]
    whole = {
        "model_type": "SentenceTransformer",
        "prompts": {"query": "", "document": ""},
        "similarity_fn_name": "cosine",
    }
    files: Mapping[str, Any] = {
        "modules.json": modules,
        "config_sentence_transformers.json": whole,
        "1_Normalize/config.json": {},
    }
    for name, content in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(json.dumps(content, indent=2) + "\n", encoding="utf-8")
    tokenizer.save(str(folder / "tokenizer.json"), pretty=False)
    weights = to_bytes({"embedding.weight": np.ascontiguousarray(table, dtype=np.float32)})
    (folder / "model.safetensors").write_bytes(weights)


@dataclass(frozen=True, slots=True)
class Trial:
    """What every table is measured on: the held-out tasks, by which it is chosen, and STARD where it is there."""

    tasks: tuple[tuple[Task, Bags], ...]
    benchmark: tuple[Task, Bags] | None

    def line(self, name: str, table: Table) -> tuple[float, str]:
        """Measure a table.

        :param name: of the table.
        :param table: one vector a word.
        :return: the mean MRR@10 over the held-out tasks, and a line that shows all measures.
        """
        held = [score(table, task, bags) for task, bags in self.tasks]
        cells = [f"{each.recall10:.3f}/{each.mrr10:.3f}" for each in held]
        mean = float(np.mean([each.mrr10 for each in held])) if held else 0.0
        if self.benchmark:
            stard = score(table, *self.benchmark)
            cells += [f"{stard.ndcg10:.3f}/{stard.recall10:.3f}/{stard.recall100:.3f}"]
        return mean, " | ".join([name, *cells, f"{mean:.3f}"])


def train(
    data: Path, out: Path, settings: TrainingSettings, stard: Path | None = None, own: Path | None = OWN_PAIRS
) -> None:
    """Train a model from scratch and write it.

    :param data: folder of ``text_*.txt.gz`` and ``pairs_*.jsonl.gz``.
    :param out: folder of the model.
    :param settings: what it is made with.
    :param stard: folder of the STARD benchmark, to measure with.
    :param own: file of the project's own pairs; None for none.
    """
    pairs = read_pairs(data, own)
    plain = without_held_out(read_texts(data), pairs)
    texts = tuple(dict.fromkeys([*plain, *(text for each in pairs for i in each.train for text in each.rows[i])]))
    cloze = cloze_pairs(plain, np.random.default_rng(settings.seed))
    made = (made_pairs(plain, settings.made, settings.seed), word_pairs(settings.word_times))
    vocabulary = vocabulary_of(texts, settings.least_count)
    tokenizer = tokenizer_of(vocabulary)
    counts = ", ".join(f"{each.name} {len(each.train)}" for each in (*pairs, cloze, *made))
    shout(f"{len(texts)} texts, {vocabulary.size} words, pairs: {counts}")
    tasks = tuple((task, bags_of_task(tokenizer, task)) for task in map(held_out_task, pairs) if task.queries)
    benchmark = stard_task(stard) if stard else None
    trial = Trial(tasks, (benchmark, bags_of_task(tokenizer, benchmark)) if benchmark else None)
    shout(
        " | ".join(["R@10/MRR@10", *(f"{t.name} ({len(t.queries)} of {len(t.candidates)})" for t, _ in tasks), "mean"])
    )
    start = word_vectors(token_ids(tokenizer, texts), vocabulary, settings.dimension, settings.window, settings.seed)
    save(out, tokenizer, _best(trial, start, vocabulary, tokenizer, (*pairs, cloze, *made), settings))


def _best(
    trial: Trial,
    start: Table,
    vocabulary: Vocabulary,
    tokenizer: Any,
    pairs: Sequence[Pairs],
    settings: TrainingSettings,
) -> Table:
    """Train, show every step's measures, and give the table of the best round."""
    compose = composition(vocabulary, settings.own_count, settings.rarity)
    chance = np.random.default_rng(settings.seed).standard_normal(start.shape).astype(np.float32)
    shout(trial.line("random", chance)[1])
    shout(trial.line("PPMI-SVD mean", start)[1])
    shout(trial.line("+ SIF and parts", compose @ start)[1])
    files = [
        (each, Bags(*(bag(tokenizer, [row[side] for row in each.rows]) @ compose for side in (0, 1)))) for each in pairs
    ]
    best: Table = compose @ start
    best_mean, since = -1.0, 0
    for number, (weights, loss) in enumerate(contrast(start, files, settings), 1):
        table = compose @ weights
        mean, line = trial.line(f"+ contrastive, round {number} (loss {loss:.2f})", table)
        shout(line)
        best, best_mean, since = (table, mean, 0) if mean > best_mean else (best, best_mean, since + 1)
        if since >= settings.patience:
            break
    return best


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command line.

    :param arguments: those after the program's name; None for the process's own.
    """
    given = sys.argv[1:] if arguments is None else list(arguments)
    if given[:1] in (["pretrained"], ["finetune"]):
        command: Callable[[Sequence[str]], None] = import_module(f"index.training.{given[0]}").main
        command(given[1:])
        return
    parser = argparse.ArgumentParser(prog="python -m index.training", description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--data", type=Path, required=True, help="folder of text_*.txt.gz and pairs_*.jsonl.gz")
    parser.add_argument("--out", type=Path, required=True, help="folder of the model")
    parser.add_argument("--stard", type=Path, help="folder of the STARD benchmark, to measure with")
    parser.add_argument("--threads", type=int, default=2, help="another number may give other last digits")
    options = parser.parse_args(given)
    import torch

    torch.set_num_threads(options.threads)
    begun = time.monotonic()
    train(options.data, options.out, TrainingSettings(), options.stard)
    shout(f"{options.out}: {time.monotonic() - begun:.0f} s")


if __name__ == "__main__":
    main()
