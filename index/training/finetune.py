"""Trains a model folder further: ``python -m index.training finetune --model DIR --out DIR --pairs FILE... [--questions FILE ...]``.

The pairs are official texts, and questions written for them; the questions are those on documents of other offices, and those
of the offices that the model will be judged on are left out (``--leave-out``). Pairs whose passage shares a sentence with a
document that the model will be judged on are left out as well (``--judged``).
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np

from index.training.folders import PROMPTS, save_folder
from index.training.negatives import hard_negatives
from index.training.offices import office_pairs, sentences_of
from index.training.options import add_options
from index.training.pairs import LEFT_OUT, Pairs, lines_of, pairs_of, without_sentences
from index.training.telling import shout
from index.training.transformer import Encoder
from index.training.upper_layers import Example, FinetuneSettings, finetune

DEFAULTS = FinetuneSettings()

_CROWD = 10_000
"""How many passages negatives are drawn from at most; counting the characters of more takes minutes."""

_LIKE = 200
"""Examples by whose texts the 8 bits are evened out."""


def examples_of(pairs: Pairs, passages: Sequence[str], most: int, seed: int) -> list[Example]:
    """Give pairs a hard negative each.

    :param pairs: of one source; those that come with a negative keep it.
    :param passages: to draw the negatives from.
    :param most: at most so many pairs, chosen by chance.
    :param seed: of all choices.
    :return: the examples.
    """
    rng = np.random.default_rng(seed)
    chosen = rng.permutation(np.array(pairs.train, dtype=np.int64))[:most]
    crowd = [passages[place] for place in sorted(rng.permutation(len(passages))[:_CROWD])]
    part = replace(pairs, train=tuple(sorted(chosen.tolist())))
    negatives = hard_negatives(part, crowd, seed)
    found = zip(part.train, negatives, strict=True)
    return [Example(*part.rows[place], pairs.negatives.get(place, negative)) for place, negative in found]


def train(
    model: Path, out: Path, sources: Iterable[Sequence[Example]], settings: FinetuneSettings, saved: Path
) -> None:
    """Train a folder's upper layers and write the new folder.

    :param model: the folder to begin with.
    :param out: the new folder.
    :param sources: examples, source by source.
    :param settings: how to train.
    :param saved: file of the checkpoint.
    """
    given = list(sources)
    encoder = finetune(Encoder.load(model, settings.longest), given, settings, saved)
    tensors = {name: tensor.numpy() for name, tensor in encoder.model.state_dict().items()}
    config, limits = (
        json.loads((model / name).read_text(encoding="utf-8")) for name in ("config.json", "sentence_bert_config.json")
    )
    encoder.tokenizer.no_truncation()
    save_folder(out, tensors, config, encoder.tokenizer, limits["max_seq_length"], like_those(given))


def like_those(sources: Sequence[Sequence[Example]]) -> list[str]:
    """Take some of the texts that a model was trained on, by which its 8 bits are evened out.

    :param sources: examples, source by source.
    :return: questions and passages with their prompts, of examples that lie evenly over all.
    """
    examples = [one for source in sources for one in source]
    chosen = examples[:: max(1, len(examples) // _LIKE)]
    return [text for one in chosen for text in (PROMPTS["query"] + one.query, PROMPTS["document"] + one.positive)]


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command line.

    :param arguments: those after ``finetune``; None for the process's own.
    """
    options = _parser().parse_args(arguments)
    import torch

    torch.set_num_threads(options.threads)
    settings = FinetuneSettings(
        frozen=options.frozen, rounds=options.rounds, batch=options.batch, longest=options.longest, seed=options.seed,
        half=options.bf16, rate=options.rate,
    )  # fmt: skip
    begun = time.monotonic()
    sources = []
    judged = sentences_of(options.judged) if options.judged else frozenset[str]()
    if options.questions:
        left_out = list(lines_of(options.leave_out)) if options.leave_out else []
        asked, clauses = office_pairs(options.questions, options.documents, left_out)
        sources.append(examples_of(asked, clauses, len(asked.rows), settings.seed))
    for path, most in map(_named, options.pairs):
        if path.name.startswith(LEFT_OUT):
            raise SystemExit(f"{path}: its licence does not allow it")
        pairs = without_sentences(pairs_of(path), judged)
        passages = tuple(dict.fromkeys(pairs.rows[place][1] for place in pairs.train))
        sources.append(examples_of(pairs, passages, most, settings.seed))
    shout(f"{[len(source) for source in sources]} examples after {time.monotonic() - begun:.0f} s")
    saved = options.checkpoint or options.out.with_name(f"{options.out.name}.checkpoint")
    train(options.model, options.out, sources, settings, saved)
    shout(f"{options.out}: {time.monotonic() - begun:.0f} s")


def _named(given: str) -> tuple[Path, int]:
    """Read a file of pairs as it is named, and how many are taken of it: all where nothing is said."""
    name, _, most = given.partition("=")
    if most and not most.isdecimal():
        raise SystemExit(f"{given}: what stands behind = is no number of pairs; write FILE or FILE=N")
    return Path(name), int(most) if most else sys.maxsize


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m index.training finetune", description=__doc__)
    parser.add_argument("--model", type=Path, required=True, help="folder to begin with")
    parser.add_argument("--out", type=Path, required=True, help="folder to write")
    parser.add_argument(
        "--pairs", nargs="*", default=[], help="files of pairs; FILE=N takes N of them, chosen by chance"
    )
    parser.add_argument("--judged", type=Path, help="folder of documents that the model will be judged on")
    parser.add_argument("--questions", type=Path, help="questions on documents of other offices")
    parser.add_argument("--documents", type=Path, default=Path("../shared/offices"), help="folder of their documents")
    parser.add_argument("--leave-out", type=Path, help="file of names of documents to leave out, one a line")
    parser.add_argument("--checkpoint", type=Path, help="file to go on from; beside the folder by default")
    parser.add_argument("--frozen", type=int, default=DEFAULTS.frozen, help="lower layers that stay as they are")
    parser.add_argument("--rounds", type=int, default=DEFAULTS.rounds)
    parser.add_argument("--batch", type=int, default=DEFAULTS.batch)
    add_options(parser, DEFAULTS.longest, DEFAULTS.rate, DEFAULTS.seed)
    return parser
