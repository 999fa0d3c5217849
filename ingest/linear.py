"""Logistic regression over named signs: a few thousand weights in a file, read once."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from math import exp
from pathlib import Path


@dataclass(frozen=True, slots=True)
class LinearModel:
    """Weights by the name of a sign, and the weight of none.

    >>> model = LinearModel({"unit=%": 1.5, "past": -2.0}, bias=-0.5)
    >>> round(model.probability(["unit=%", "never seen"]), 3), round(model.probability(["unit=%", "past"]), 3)
    (0.731, 0.269)
    """

    weights: Mapping[str, float]
    bias: float

    def probability(self, signs: Iterable[str]) -> float:
        """How likely it is that what shows these signs belongs to the class; signs without a weight tell nothing."""
        score = self.bias + sum(self.weights.get(sign, 0.0) for sign in signs)
        return 1 / (1 + exp(-max(-500.0, min(500.0, score))))

    def save(self, path: Path) -> None:
        """Writes the weights, sorted by name, so that the same weights give the same bytes."""
        body = {"bias": self.bias, "weights": dict(sorted(self.weights.items()))}
        path.write_text(json.dumps(body, ensure_ascii=False, indent=0) + "\n", encoding="utf-8")


@cache
def load_model(path: Path) -> LinearModel:
    """Reads weights that :meth:`LinearModel.save` wrote."""
    body = json.loads(path.read_text(encoding="utf-8"))
    return LinearModel(body["weights"], body["bias"])
