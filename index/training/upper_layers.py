"""Trains the upper layers of a transformer on pairs.

Word vectors and lower layers stay as they are, and what they make of a text is worked out once. Each question is told
apart from the passages of its batch and from one that shares many words with it (InfoNCE, as in Karpukhin et al.,
"Dense Passage Retrieval for Open-Domain Question Answering", EMNLP 2020).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np

from index.training.folders import PROMPTS
from index.training.telling import shout
from index.training.transformer import Encoder, pooled

_STRETCH = 16
"""Batches that are sorted by length together."""


@dataclass(frozen=True, slots=True)
class FinetuneSettings:
    """How a model folder is trained further.

    ``frozen`` lower layers stay as they are; texts are cut to ``longest`` pieces; ``scale`` is one over the temperature;
    ``warmup`` is the share of the steps in which the rate rises; ``checkpoint`` is how many steps lie between two
    savings. ``half`` works in bfloat16, which is faster where the processor has instructions for it, and slower elsewhere.
    """

    frozen: int = 6
    longest: int = 160
    batch: int = 16
    rounds: int = 2
    rate: float = 3e-5
    warmup: float = 0.1
    scale: float = 50.0
    seed: int = 0
    checkpoint: int = 20
    half: bool = False


@dataclass(frozen=True, slots=True)
class Example:
    """A question, the passage that answers it, and one that does not; empty where none was found."""

    query: str
    positive: str
    negative: str = ""


@dataclass(frozen=True, slots=True)
class Step:
    """One step of training: places of its texts among all texts, and which passages answer which question besides its own."""

    queries: tuple[int, ...]
    passages: tuple[int, ...]
    also: tuple[tuple[int, int], ...]


def steps_of(sources: Sequence[Sequence[Example]], texts: dict[str, int], settings: FinetuneSettings) -> list[Step]:
    """Part the examples of all rounds into steps; a batch is of one source and of passages of like length.

    :param sources: examples, source by source.
    :param texts: places of all texts, prompts included; those that are new are added.
    :param settings: size of a batch, rounds, seed.
    :return: the steps in their order, the same for the same seed.
    """
    rng = np.random.default_rng(settings.seed)
    steps = []
    for _ in range(settings.rounds):
        cuts = [cut for examples in sources for cut in _cuts(examples, settings.batch, rng)]
        steps += [_step(cuts[place], texts) for place in rng.permutation(len(cuts))]
    return steps


def _cuts(examples: Sequence[Example], size: int, rng: np.random.Generator) -> Iterator[list[Example]]:
    """Shuffle, then sort within stretches of many batches, so that batches differ from round to round."""
    order = [examples[place] for place in rng.permutation(len(examples))]
    for first in range(0, len(order), _STRETCH * size):
        stretch = sorted(order[first : first + _STRETCH * size], key=lambda one: len(one.positive))
        yield from (batch for at in range(0, len(stretch), size) if len(batch := stretch[at : at + size]) > 1)


def _step(batch: Sequence[Example], texts: dict[str, int]) -> Step:
    answers: dict[str, set[str]] = {}
    for one in batch:
        answers.setdefault(one.query, set()).add(one.positive)
    passages = [one.positive for one in batch] + [one.negative for one in batch if one.negative]
    also = tuple(
        (row, column)
        for row, one in enumerate(batch)
        for column, passage in enumerate(passages)
        if column != row and passage in answers[one.query]
    )
    queries = tuple(texts.setdefault(PROMPTS["query"] + one.query, len(texts)) for one in batch)
    return Step(queries, tuple(texts.setdefault(PROMPTS["document"] + text, len(texts)) for text in passages), also)


def finetune(
    encoder: Encoder, sources: Sequence[Sequence[Example]], settings: FinetuneSettings, saved: Path
) -> Encoder:
    """Train the upper layers of an encoder.

    :param encoder: the model; it is changed.
    :param sources: examples, source by source.
    :param settings: how to train.
    :param saved: file of the last checkpoint; where it is there and was made with the same, training goes on from it.
    :return: the encoder.
    :raises ValueError: when the checkpoint belongs to other data or settings.
    """
    import torch

    torch.use_deterministic_algorithms(True)
    texts: dict[str, int] = {}
    steps = steps_of(sources, texts, settings)
    upper = encoder.model.encoder.layer[settings.frozen :]
    optimiser = torch.optim.AdamW(upper.parameters(), lr=settings.rate, weight_decay=0.01)
    schedule = torch.optim.lr_scheduler.LambdaLR(optimiser, rise_and_fall(len(steps), settings.warmup))
    parts = {"upper": upper, "optimiser": optimiser, "schedule": schedule}
    made_with = {**asdict(settings), "checkpoint": None, "texts": len(texts), "steps": len(steps)}
    done = _resume(torch, saved, parts, made_with)
    shout(f"{len(texts)} texts, {len(steps)} steps, {done} done before")
    wanted = sorted({place for step in steps[done:] for place in (*step.queries, *step.passages)})
    names = list(texts)
    lower = encoder.lower(encoder.ids([names[place] for place in wanted]), settings.frozen)
    states = dict(zip(wanted, lower, strict=True))
    losses = []
    for number, step in enumerate(steps[done:], done + 1):
        losses.append(_train(torch, encoder, step, states, optimiser, settings))
        schedule.step()
        if number % settings.checkpoint == 0 or number == len(steps):
            shout(f"step {number} of {len(steps)}, loss {np.mean(losses):.3f}")
            losses = []
            _save(torch, saved, parts, made_with, number)
    return encoder


def rise_and_fall(steps: int, warmup: float) -> Callable[[int], float]:
    """Plan a rate that rises in a straight line and falls in one.

    :param steps: of the training.
    :param warmup: share of the steps in which it rises.
    :return: says of a step, counted from 0, by what the rate is multiplied.
    """
    rising = max(1, round(steps * warmup))
    return lambda step: min((step + 1) / rising, max(0.02, (steps - step) / max(1, steps - rising)))


def _train(
    torch: Any, encoder: Encoder, step: Step, states: dict[int, Any], optimiser: Any, settings: FinetuneSettings
) -> float:
    with torch.autocast("cpu", dtype=torch.bfloat16, enabled=settings.half):
        queries, passages = (
            _upper(torch, encoder, [states[place] for place in places], settings.frozen)
            for places in (step.queries, step.passages)
        )
    cosines = queries @ passages.T * settings.scale
    if step.also:
        rows, columns = zip(*step.also, strict=True)
        cosines[list(rows), list(columns)] = -1e4
    loss = torch.nn.functional.cross_entropy(cosines, torch.arange(len(step.queries)))
    optimiser.zero_grad()
    loss.backward()
    optimiser.step()
    return float(loss.item())


def _upper(torch: Any, encoder: Encoder, states: Sequence[Any], frozen: int) -> Any:
    hidden = torch.nn.utils.rnn.pad_sequence(list(states), batch_first=True)
    lengths = torch.tensor([len(one) for one in states])
    mask = torch.arange(hidden.shape[1])[None, :] < lengths[:, None]
    hidden = encoder.upper(hidden.float(), mask, range(frozen, encoder.model.config.num_hidden_layers))
    return pooled(torch, hidden, mask)


def _save(torch: Any, path: Path, parts: dict[str, Any], made_with: dict[str, Any], done: int) -> None:
    """Write beside and rename, so that a run that is cut off leaves the last checkpoint whole."""
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(f"{path.name}.part")
    states = {name: part.state_dict() for name, part in parts.items()}
    torch.save({"made_with": made_with, "done": done, **states}, beside)
    beside.replace(path)


def _resume(torch: Any, path: Path, parts: dict[str, Any], made_with: dict[str, Any]) -> int:
    if not path.is_file():
        return 0
    held = torch.load(path, weights_only=True)
    if held["made_with"] != made_with:
        raise ValueError(f"{path} was made with other data or settings; remove it to begin anew")
    for name, part in parts.items():
        part.load_state_dict(held[name])
    return int(held["done"])
