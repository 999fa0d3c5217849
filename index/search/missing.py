"""The words of a question that the evidence does not hold, by what they mean.

Which words may be missing is not a matter of how rare they are: 押金 and 流程 are what is asked for, 阿姨 and 听说 are how
people talk. The model of :mod:`index.search.refusal` learns it from the vectors of the words that were missing in its questions,
and so for words like them. The vectors are those of the model that comes with the project, whichever the base uses.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

import numpy as np

from index.search.embedder import shipped
from index.search.static import Vectors


def missing_words(missing: Mapping[str, float]) -> tuple[float, ...]:
    """Add up the vectors of the words that are missing.

    :param missing: for each word of a question how much of it is missing, 0 to 1.
    :return: one number a dimension.
    """
    total = np.zeros(shipped().dimension, dtype=np.float64)
    for word, share in missing.items():
        if share > 0:
            total += share * _vector(word)
    return tuple(map(float, total))


@lru_cache(maxsize=1 << 15)
def _vector(word: str) -> Vectors:
    vector: Vectors = shipped().encode_queries([word])[0]
    return vector
