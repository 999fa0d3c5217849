"""Trains upper layers of their own, which read a question and a passage together, on the lower layers of a model of vectors.

The head reads the first piece, as in Nogueira & Cho, "Passage Re-ranking with BERT" (arXiv 1901.04085). The answer of a group is to stand
before the others (a softmax over the group), and each pair by itself is told whether it is an answer, so that a score means the same in
any group.
"""

from __future__ import annotations

from collections.abc import Sequence
from copy import deepcopy
from dataclasses import dataclass
from typing import Any

import numpy as np

from index.search.quantised import pair_ids
from index.training.folders import PROMPTS
from index.training.groups import Group
from index.training.telling import shout
from index.training.transformer import PADDING, Encoder, Reranker
from index.training.upper_layers import rise_and_fall

_STRETCH = 16
"""Batches of groups that are sorted by length together."""

_ANSWERS = 3.0
"""An answer weighs as much as three passages that are none, which a group has."""


@dataclass(frozen=True, slots=True)
class RerankerSettings:
    """How the layers are trained: see :class:`index.training.upper_layers.FinetuneSettings`.

    ``batch`` counts groups; ``head_rate`` is the rate of the head, which begins with nothing learned; ``alone`` is how much it weighs
    what a pair is by itself.
    """

    frozen: int = 6
    longest: int = 128
    batch: int = 12
    rate: float = 5e-5
    head_rate: float = 1e-3
    warmup: float = 0.1
    alone: float = 0.5
    seed: int = 0
    half: bool = False


def train_reranker(encoder: Encoder, groups: Sequence[Group], settings: RerankerSettings) -> Reranker:
    """Train the layers.

    :param encoder: the model of vectors; it is not changed.
    :param groups: what to tell apart.
    :param settings: how.
    :return: the layers and the head.
    """
    import torch

    torch.manual_seed(settings.seed)
    model = encoder.model
    layers = deepcopy(model.encoder.layer[settings.frozen :])
    head = torch.nn.Linear(model.config.hidden_size, 1)
    torch.nn.init.normal_(head.weight, std=0.02)
    torch.nn.init.zeros_(head.bias)
    reranker = Reranker(layers, head, settings.frozen)
    optimiser = torch.optim.AdamW(
        [{"params": layers.parameters()}, {"params": head.parameters(), "lr": settings.head_rate}],
        lr=settings.rate,
        weight_decay=0.01,
    )
    steps = _steps(groups, settings)
    schedule = torch.optim.lr_scheduler.LambdaLR(optimiser, rise_and_fall(len(steps), settings.warmup))
    shout(f"{len(groups)} groups, {sum(len(one.passages) for one in groups)} pairs, {len(steps)} steps")
    losses: list[float] = []
    for number, step in enumerate(steps, 1):
        loss = _loss(torch, encoder, reranker, [groups[place] for place in step], settings)
        optimiser.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(layers.parameters(), 1.0)
        optimiser.step()
        schedule.step()
        losses.append(float(loss.item()))
        if number % 20 == 0 or number == len(steps):
            shout(f"step {number} of {len(steps)}, loss {np.mean(losses):.3f}")
            losses = []
    return reranker


def scores_of(
    encoder: Encoder, reranker: Reranker, pairs: Sequence[tuple[str, str]], longest: int, half: bool = False
) -> Any:
    """Score pairs of a question and a passage.

    :param encoder: the model of vectors, whose lower layers are used.
    :param reranker: the layers above.
    :param pairs: question and passage each, without prompts.
    :param longest: pieces of a pair that are read.
    :param half: work in bfloat16.
    :return: a tensor of one score a pair.
    """
    import torch

    first, second = PROMPTS["query"], PROMPTS["document"]
    ids = [pair_ids(encoder.tokenizer, first + question, second + passage, longest) for question, passage in pairs]
    order = sorted(range(len(ids)), key=lambda place: len(ids[place]))
    halves = [part for part in (order[: len(order) // 2], order[len(order) // 2 :]) if part]
    found = torch.cat([_read(torch, encoder, reranker, [ids[place] for place in part], half) for part in halves])
    return found[torch.tensor(np.argsort(np.concatenate(halves)))]


def _read(torch: Any, encoder: Encoder, reranker: Reranker, ids: Sequence[list[int]], half: bool) -> Any:
    rows = [torch.tensor(row) for row in ids]
    padded = torch.nn.utils.rnn.pad_sequence(rows, batch_first=True, padding_value=PADDING)
    mask = padded != PADDING
    with torch.autocast("cpu", dtype=torch.bfloat16, enabled=half):
        with torch.no_grad():
            hidden = encoder.upper(encoder.model.embeddings(input_ids=padded), mask, range(reranker.frozen))
        hidden = encoder.through(reranker.layers, hidden, mask)
    return reranker.head(hidden[:, 0].float())[:, 0]


def _loss(torch: Any, encoder: Encoder, reranker: Reranker, groups: Sequence[Group], settings: RerankerSettings) -> Any:
    pairs = [(one.query, passage) for one in groups for passage in one.passages]
    scores = scores_of(encoder, reranker, pairs, settings.longest, settings.half)
    answers, apart, first = torch.zeros(len(pairs)), [], 0
    for one in groups:
        own = scores[first : first + len(one.passages)]
        if one.is_answered:
            answers[first] = 1.0
            apart.append(torch.nn.functional.cross_entropy(own[None], torch.tensor([0])))
        first += len(one.passages)
    weights = torch.where(answers > 0, _ANSWERS, 1.0)
    alone = torch.nn.functional.binary_cross_entropy_with_logits(scores, answers, weights)
    return sum(apart) / len(groups) + settings.alone * alone


def _steps(groups: Sequence[Group], settings: RerankerSettings) -> list[list[int]]:
    """Shuffle the groups into batches of like length, the same for the same seed."""
    rng = np.random.default_rng(settings.seed)
    order, size = rng.permutation(len(groups)).tolist(), settings.batch
    cuts = []
    for first in range(0, len(order), _STRETCH * size):
        stretch = sorted(order[first : first + _STRETCH * size], key=lambda at: sum(map(len, groups[at].passages)))
        cuts += [stretch[at : at + size] for at in range(0, len(stretch), size)]
    return [cuts[place] for place in rng.permutation(len(cuts))]
