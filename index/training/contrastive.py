"""Trains word vectors on pairs, so that a question comes nearer to its passage than to the others of its batch.

The second half of :mod:`index.training`. The loss is InfoNCE, van den Oord, Li & Vinyals, "Representation Learning
with Contrastive Predictive Coding" (2018), with in-batch negatives as in Henderson et al., "Efficient Natural Language
Response Suggestion for Smart Reply" (2017). A text's vector is linear in the table up to its length, so a text is one
row of a sparse matrix, made once.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import scipy.sparse as sparse
from numpy.typing import NDArray

from index.training.cooccurrence import Matrix, Table, token_ids
from index.training.held_out import Measures, Pairs, Task, measure


@dataclass(frozen=True, slots=True)
class TrainingSettings:
    """What the model is made with.

    The first six belong to :mod:`index.training.cooccurrence`. ``rounds`` over all pairs, in batches of ``batch``, with
    Adam at ``rate`` falling to 0; cosines are multiplied by ``scale``; a share ``drop`` of a passage's words
    and parts, and ``query_drop`` of a question's, is left out at random; training ends when ``patience`` rounds have not
    found more than the best. ``made`` questions are made of the texts, and a round goes ``word_times`` times through the
    everyday words of the thesaurus (:mod:`index.training.made_queries`).
    """

    seed: int = 0
    dimension: int = 256
    least_count: int = 5
    window: int = 5
    own_count: float = 20.0
    rarity: float = 1e-4
    rounds: int = 4
    patience: int = 2
    batch: int = 256
    rate: float = 5e-3
    scale: float = 20.0
    drop: float = 0.4
    query_drop: float = 0.2
    made: int = 80_000
    word_times: int = 2


@dataclass(frozen=True, slots=True)
class Bags:
    """Texts as word counts, one row a text: those of a task, or of a file of pairs."""

    queries: Matrix
    passages: Matrix


@dataclass(frozen=True, slots=True)
class Batch:
    """Rows of queries and their passages; ``also`` marks passages that answer another query of the batch as well."""

    queries: Matrix
    passages: Matrix
    also: NDArray[np.bool_]


def bag(tokenizer: Any, texts: Sequence[str]) -> Matrix:
    """Count the words of texts.

    :param tokenizer: cuts them.
    :param texts: raw texts.
    :return: one row a text, one column a word.
    """
    ids = token_ids(tokenizer, texts)
    ends = np.cumsum([0, *(len(each) for each in ids)])
    columns = np.concatenate(ids) if ids else np.zeros(0, dtype=np.int32)
    counts = sparse.csr_matrix(
        (np.ones(len(columns), dtype=np.float32), columns, ends), shape=(len(texts), tokenizer.get_vocab_size())
    )
    counts.sum_duplicates()
    return counts


def bags_of_task(tokenizer: Any, task: Task) -> Bags:
    """Count the words of a task's queries and candidates."""
    return Bags(bag(tokenizer, task.queries), bag(tokenizer, task.candidates))


def score(table: Table, task: Task, bags: Bags) -> Measures:
    """Measure a table of word vectors on a task.

    :param table: one row a word.
    :param task: what to find.
    :param bags: its texts.
    :return: the measures.
    """
    return measure(_unit(bags.queries @ table), _unit(bags.passages @ table), task.relevant)


def _unit(vectors: Table) -> Table:
    return np.asarray(vectors / np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-12), dtype=np.float32)


def batches(
    files: Sequence[tuple[Pairs, Bags]], settings: TrainingSettings, rng: np.random.Generator
) -> Iterator[Batch]:
    """Shuffle the pairs of one round into batches; a batch is of one file, where passages are hard to tell apart.

    :param files: pairs with their texts.
    :param settings: size of a batch and share of words to drop.
    :param rng: source of chance.
    :return: the batches, in random order.
    """
    cuts = []
    for place, (pairs, _) in enumerate(files):
        for _ in range(pairs.times):
            order = rng.permutation(np.array(pairs.train, dtype=np.int64))
            cuts += [(place, order[start : start + settings.batch]) for start in range(0, len(order), settings.batch)]
    for cut in rng.permutation(len(cuts)):
        place, chosen = cuts[cut]
        if len(chosen) < 2:
            continue
        pairs, bags = files[place]
        queries, passages = (_identity([pairs.rows[i][side] for i in chosen]) for side in (0, 1))
        also = (queries[:, None] == queries) | (passages[:, None] == passages)
        np.fill_diagonal(also, False)
        yield Batch(
            _dropped(bags.queries[chosen], settings.query_drop, rng),
            _dropped(bags.passages[chosen], settings.drop, rng),
            also,
        )


def _identity(texts: list[str]) -> NDArray[np.int64]:
    return np.asarray(np.unique(texts, return_inverse=True)[1], dtype=np.int64)


def _dropped(rows: Matrix, share: float, rng: np.random.Generator) -> Matrix:
    rows.data = rows.data * (rng.random(len(rows.data)) >= share).astype(np.float32)
    return rows


def contrast(
    start: Table, files: Sequence[tuple[Pairs, Bags]], settings: TrainingSettings
) -> Iterator[tuple[Table, float]]:
    """Train word vectors on pairs.

    :param start: first vectors.
    :param files: pairs with their texts, the texts already composed.
    :param settings: how to train.
    :return: the vectors after each round, and the mean loss of the round.
    """
    import torch

    torch.manual_seed(settings.seed)
    torch.use_deterministic_algorithms(True)
    rng = np.random.default_rng(settings.seed)
    table = torch.nn.EmbeddingBag.from_pretrained(torch.from_numpy(start.copy()), freeze=False, mode="sum", sparse=True)
    optimiser = torch.optim.SparseAdam(list(table.parameters()), lr=settings.rate)
    steps = settings.rounds * sum(pairs.times * -(-len(pairs.train) // settings.batch) for pairs, _ in files)
    schedule = torch.optim.lr_scheduler.LinearLR(optimiser, 1.0, 0.02, total_iters=steps)
    for _ in range(settings.rounds):
        losses = []
        for batch in batches(files, settings, rng):
            loss = _loss(torch, table, batch, settings.scale)
            optimiser.zero_grad()
            loss.backward()
            optimiser.step()
            schedule.step()
            losses.append(loss.item())
        yield table.weight.detach().numpy().copy(), float(np.mean(losses))


def _loss(torch: Any, table: Any, batch: Batch, scale: float) -> Any:
    """InfoNCE from queries to passages and back; a passage that answers as well is no negative."""
    cross_entropy, normalize = torch.nn.functional.cross_entropy, torch.nn.functional.normalize
    queries, passages = (normalize(_vectors(torch, table, rows), dim=1) for rows in (batch.queries, batch.passages))
    cosines = (queries @ passages.T * scale).masked_fill(torch.from_numpy(batch.also), -1e4)
    own = torch.arange(len(cosines))
    return (cross_entropy(cosines, own) + cross_entropy(cosines.T, own)) / 2


def _vectors(torch: Any, table: Any, rows: Matrix) -> Any:
    """Sum the rows of the table by the weights of each text; only the rows that are used are trained in a step."""
    starts, columns = (torch.from_numpy(part.astype(np.int64)) for part in (rows.indptr[:-1], rows.indices))
    return table(columns, starts, per_sample_weights=torch.from_numpy(rows.data))
