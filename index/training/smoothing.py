"""Evens out what goes into each linear layer, so that whole numbers of 8 bits tell it apart well.

A few columns of what goes in are many times larger than the others, and the step of the whole numbers is as wide as they ask for. Each
column is divided by a factor and the weights that meet it are multiplied by the same (Xiao et al., "SmoothQuant: Accurate and Efficient
Post-Training Quantization for Large Language Models", ICML 2023). The product is the same, and both sides are even.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]

SHARE = 0.8
"""How much of the unevenness goes over into the weights, which have a step of their own for each column that goes out."""

_LEAST = 1e-3
_TOGETHER = ("query", "key", "value")
"""Linear layers of the attention that the same goes into: they have one factor for a column."""


def factors_of(parts: Mapping[str, Any], read: Callable[[], Any]) -> Mapping[str, Floats]:
    """Work out the factors of linear layers.

    :param parts: torch's linear layers by name, as :func:`linear_of` gives them.
    :param read: sends texts through them like those that they will read; a few hundred.
    :return: for each linear layer, by its name, one factor a column that goes into it.
    """
    largest: dict[str, Floats] = {}
    for name, part in parts.items():
        own = np.abs(part.weight.detach().numpy()).max(axis=0)
        largest[_shared(name)] = np.maximum(largest.get(_shared(name), own), own)
    return {name: _factors(peaks, largest[_shared(name)]) for name, peaks in _peaks(parts, read).items()}


def linear_of(module: Any, prefix: str = "") -> dict[str, Any]:
    """List the linear layers of a module of torch.

    :param module: any.
    :param prefix: put before each name.
    :return: the layers by name.
    """
    return {prefix + name: part for name, part in module.named_modules() if type(part).__name__ == "Linear"}


def _factors(peaks: Floats, weights: Floats) -> Floats:
    """Part the unevenness between both sides; the mean factor is 1, so that neither grows as a whole."""
    found = np.maximum(peaks, _LEAST) ** SHARE / np.maximum(weights, _LEAST) ** (1 - SHARE)
    return np.asarray(found / np.exp(np.log(found).mean()), dtype=np.float32)


def _peaks(parts: Mapping[str, Any], read: Callable[[], Any]) -> dict[str, Floats]:
    """Read the texts, and keep the largest amount of each column that goes into each linear layer."""
    found: dict[str, Floats] = {}

    def watch(name: str) -> Any:
        def seen(_: Any, given: Any, __: Any) -> None:
            rows = given[0].detach().abs().reshape(-1, given[0].shape[-1])
            peaks = rows.max(dim=0).values.numpy()
            found[name] = np.maximum(found.get(name, peaks), peaks)

        return seen

    watched = [part.register_forward_hook(watch(name)) for name, part in parts.items()]
    read()
    for one in watched:
        one.remove()
    return found


def _shared(name: str) -> str:
    layer, _, last = name.rpartition(".")
    return layer if last in _TOGETHER else name
