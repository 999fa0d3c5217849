"""What is fitted, the weights of the order and the model that refuses, and the model of vectors that it was fitted with.

A base with another model is not calibrated, and answers carefully.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from index.search.embedder import Embedder
from index.search.ranking import Scores, made_with, weight_of_reading, weights
from index.search.refusal import RefusalModel, model

UNCALIBRATED = "本库的向量模型与拟合时不同，未校准：只在把握很大时作答，其余列为相关"
"""What a user is told of such a base."""


@dataclass(frozen=True, slots=True)
class Fitted:
    """Weights of :data:`index.search.ranking.FEATURES`, what they were made with, and the model of :mod:`index.search.refusal`.

    ``read`` is the weight of what the cross-encoder says of a clause (:mod:`index.search.reading`).
    """

    weights: Scores
    made_with: Mapping[str, str]
    refusal: RefusalModel
    read: float = 0.0

    @property
    def whole(self) -> float:
        """The score of the order that a sentence can have at most, by which it is divided."""
        return float(self.weights[self.weights > 0].sum()) or 1.0

    def is_for(self, embedder: Embedder) -> bool:
        """Tell whether all of it was fitted with a model of vectors."""
        own = fitted_with(embedder)
        return own == self.made_with and own == self.refusal.made_with


def shipped() -> Fitted:
    """Give what comes with the package.

    :return: the weights and the model as their files hold them now.
    """
    return Fitted(weights(), made_with(), model(), weight_of_reading())


def fitted_with(embedder: Embedder) -> Mapping[str, str]:
    """Name all that measures depend on besides the documents.

    :param embedder: makes the vectors.
    :return: the fingerprint of the model, as the files of weights hold it.
    """
    return {"model": embedder.fingerprint}
