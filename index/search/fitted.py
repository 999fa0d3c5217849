"""What fitted weights were fitted with: a base with another model or other lists is not calibrated, and answers carefully."""

from __future__ import annotations

from collections.abc import Mapping

from index.question import lists
from index.search.embedder import Embedder

UNCALIBRATED = "本库的向量模型或词表与拟合时不同，未校准：只在把握很大时作答，其余列为可能相关"
"""What a user is told of such a base."""


def fitted_with(embedder: Embedder) -> Mapping[str, str]:
    """Name all that measures depend on besides the documents.

    :param embedder: makes the vectors.
    :return: the fingerprint of the model and the digest of the lists, as the files of weights hold them.
    """
    return {"model": embedder.fingerprint, "lists": lists.digest()}
