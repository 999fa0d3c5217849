"""Options of the command line that every training has."""

from __future__ import annotations

import argparse


def add_options(parser: argparse.ArgumentParser, longest: int, rate: float, seed: int) -> None:
    """Add the options.

    :param parser: of one training.
    :param longest: pieces that are read, where nothing is said.
    :param rate: the highest learning rate, likewise.
    :param seed: likewise.
    """
    parser.add_argument("--longest", type=int, default=longest, help="pieces that are read of a text, or of a pair")
    parser.add_argument("--rate", type=float, default=rate)
    parser.add_argument("--seed", type=int, default=seed)
    parser.add_argument("--bf16", action="store_true", help="faster where the processor has instructions for it")
    parser.add_argument("--threads", type=int, default=2, help="another number may give other last digits")
