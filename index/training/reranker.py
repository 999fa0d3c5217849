"""Trains the cross-encoder of a model folder: ``python -m index.training reranker --model DIR --pairs FILE...``.

It shares the lower layers of the model of vectors and has upper ones of its own, so that it adds little to the folder.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Sequence
from pathlib import Path

from index.training.folders import save_reranker
from index.training.groups import groups_of, written_in
from index.training.offices import sentences_of
from index.training.options import add_options
from index.training.reranker_layers import RerankerSettings, scores_of, train_reranker
from index.training.telling import shout
from index.training.transformer import Encoder

DEFAULTS = RerankerSettings()
_LIKE = 100
"""Groups by whose pairs the 8 bits are evened out."""


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command line.

    :param arguments: those after ``reranker``; None for the process's own.
    """
    options = _parser().parse_args(arguments)
    import torch

    torch.set_num_threads(options.threads)
    begun = time.monotonic()
    judged = sentences_of(options.judged) if options.judged else frozenset[str]()
    written = [one for path in options.pairs for one in written_in(path, judged)]
    settings = RerankerSettings(
        rate=options.rate, batch=options.batch, longest=options.longest, seed=options.seed, half=options.bf16
    )
    groups = groups_of(options.model, written, settings.seed)
    shout(f"{len(groups)} groups after {time.monotonic() - begun:.0f} s")
    encoder = Encoder.load(options.model)
    reranker = train_reranker(encoder, groups, settings)
    saved = options.checkpoint or options.model.with_name(f"{options.model.name}.reranker")
    torch.save({"layers": reranker.layers.state_dict(), "head": reranker.head.state_dict()}, saved)
    like = groups[:: max(1, len(groups) // _LIKE)]
    pairs = [(one.query, text) for one in like for text in one.passages[:2]]
    save_reranker(options.model, reranker, lambda: scores_of(encoder, reranker, pairs, settings.longest))
    shout(f"{options.model}: {time.monotonic() - begun:.0f} s")


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m index.training reranker", description=__doc__)
    parser.add_argument(
        "--model", type=Path, required=True, help="folder of the model of vectors; the cross-encoder is written there"
    )
    parser.add_argument(
        "--pairs",
        type=Path,
        nargs="+",
        required=True,
        help="questions with the passage that answers them, or is only near",
    )
    parser.add_argument("--judged", type=Path, help="folder of documents that the model will be judged on")
    parser.add_argument(
        "--checkpoint", type=Path, help="file for the layers in single precision; beside the folder by default"
    )
    parser.add_argument("--batch", type=int, default=DEFAULTS.batch, help="groups a step")
    add_options(parser, DEFAULTS.longest, DEFAULTS.rate, DEFAULTS.seed)
    return parser
