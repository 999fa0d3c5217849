"""Text to vectors: the model that comes with the project, any sentence-transformers folder, or a hub name.

sentence_transformers is imported here only, and only for models that need it: a folder with a quantised model, such as the one
that comes with the project, is served by :mod:`index.search.quantised`, which opens in a moment and loads no torch.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Protocol

import numpy as np

from index.errors import EmbedderError
from index.search.arrays import Vectors
from index.search.fingerprint import digest_of_folder, fingerprint_of
from index.search.quantised import Encode, is_quantised, quantised_model

SHIPPED = Path(__file__).parent.parent / "model"

Reranker = Callable[[str, Sequence[str]], Vectors]
"""Scores passages for a question, the better the higher; the scale is the model's own."""

_HUB_NAME = re.compile(r"[\w-][\w.-]*/[\w-][\w.-]*", re.ASCII)


@dataclass(frozen=True, slots=True)
class EmbedderSettings:
    """Which model makes the vectors, and how it is asked.

    ``name`` is None for the model that comes with the project, else a folder in sentence-transformers format or a
    hub name such as ``BAAI/bge-small-zh-v1.5``. A prompt is put before every text of its kind; None is the one that the
    model's own settings state, which not every model's do (their cards say). ``truncate`` keeps the first numbers of
    each vector only, for models that were trained for it (Kusupati et al., "Matryoshka Representation Learning",
    NeurIPS 2022); None keeps all. ``device`` is torch's name for it, None for torch's choice. ``batch_size`` and
    ``device`` change the speed, not the model, and are no part of the fingerprint; a quantised model needs neither.
    """

    name: str | None = None
    query_prompt: str | None = None
    passage_prompt: str | None = None
    truncate: int | None = None
    batch_size: int = 256
    device: str | None = None


class Embedder(Protocol):
    """Makes vectors of questions and of passages; the inner product of two is their cosine."""

    @property
    def fingerprint(self) -> str:
        """What a store records: the same model and prompts have the same, others another."""

    @property
    def dimension(self) -> int:
        """Length of a vector."""

    @property
    def reranker(self) -> Reranker | None:
        """The cross-encoder that comes with the model; None where there is none."""

    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        """Make vectors of questions, one row each."""

    def encode_passages(self, texts: Sequence[str]) -> Vectors:
        """Make vectors of passages, one row each."""


@dataclass(frozen=True, slots=True)
class _PromptedEmbedder:
    fingerprint: str
    dimension: int
    encode: Encode
    query_prompt: str
    passage_prompt: str
    reranker: Reranker | None = None

    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        return self._vectors(texts, self.query_prompt)

    def encode_passages(self, texts: Sequence[str]) -> Vectors:
        return self._vectors(texts, self.passage_prompt)

    def _vectors(self, texts: Sequence[str], prompt: str) -> Vectors:
        if not texts:
            return np.zeros((0, self.dimension), dtype=np.float32)
        return _normalised(self.encode(_clean(texts), prompt)[:, : self.dimension])


def _prompted_reranker(score: Reranker, query_prompt: str, passage_prompt: str) -> Reranker:
    def scores(question: str, passages: Sequence[str]) -> Vectors:
        (first,) = _clean([question])
        return score(query_prompt + first, [passage_prompt + text for text in _clean(passages)])

    return scores


def _clean(texts: Sequence[str]) -> list[str]:
    """Put ? for lone surrogates, which JSON can bring: they have no UTF-8 and no tokenizer takes them."""
    return [text.encode("utf-8", "replace").decode("utf-8") for text in texts]


def settings_of(facts: Mapping[str, Any]) -> EmbedderSettings:
    """Read back the settings that a store was made with.

    :param facts: what the store says of its model.
    :return: the settings.
    :raises KeyError: when they are not all there.
    """
    return EmbedderSettings(facts["name"], facts["query_prompt"], facts["passage_prompt"], facts["truncate"])


def load(settings: EmbedderSettings | None = None) -> Embedder:
    """Load a model.

    :param settings: which one; None for the model that comes with the project.
    :return: the embedder, ready.
    :raises EmbedderError: when there is no such folder, it is no sentence-transformers model, a hub model is
        neither on this machine nor to be had, or its vectors are shorter than what is to be kept of them.
    """
    settings = settings or EmbedderSettings()
    if settings == EmbedderSettings():
        return shipped()
    folder = SHIPPED if settings.name is None else Path(settings.name).expanduser()
    if not folder.is_dir():
        if settings.name is not None and _HUB_NAME.fullmatch(settings.name):
            return _from_hub(settings.name, settings)
        raise EmbedderError(f"没有向量模型文件夹 {folder}", "请检查路径，或改用自带模型（不设模型名）")
    return _from_folder(folder, settings)


@cache
def shipped() -> Embedder:
    """Load the model that comes with the project, once.

    :return: the embedder, with its own settings.
    :raises EmbedderError: when its files are not whole.
    """
    return _from_folder(SHIPPED, EmbedderSettings())


def _from_folder(folder: Path, settings: EmbedderSettings) -> Embedder:
    if not (folder / "modules.json").is_file():
        raise EmbedderError(
            f"{folder} 不是 sentence-transformers 格式的模型（缺少 modules.json）",
            "请指定由 SentenceTransformer.save 保存的文件夹",
        )
    try:
        identity = digest_of_folder(folder)
        own = _own_prompts(folder / "config_sentence_transformers.json")
        encode, dimension, score = _encoder(folder, settings)
    except EmbedderError:
        raise
    except Exception as error:  # the model's files decide which of many errors comes
        raise _unreadable(folder, error) from error
    return _prompted(identity, dimension, encode, settings, own, score)


def _own_prompts(path: Path) -> Mapping[str, str]:
    held: Mapping[str, str] = json.loads(path.read_text(encoding="utf-8")).get("prompts") if path.is_file() else {}
    return held or {}


def _encoder(folder: Path, settings: EmbedderSettings) -> tuple[Encode, int, Reranker | None]:
    if is_quantised(folder):
        model = quantised_model(folder)
        return model.encode, model.dimension, model.score if model.reads_pairs else None
    return *_general_encoder(_open(folder, settings), settings), None


def _prompted(
    identity: str,
    dimension: int,
    encode: Encode,
    settings: EmbedderSettings,
    own: Mapping[str, str],
    score: Reranker | None = None,
) -> Embedder:
    """Make the embedder; what the settings leave open is the model's own (``own``: its prompts by name)."""
    kept = dimension if settings.truncate is None else settings.truncate
    if not 1 <= kept <= dimension:
        raise EmbedderError(
            f"向量模型的向量有 {dimension} 维，不能截成 {kept} 维", f"请改为 1 到 {dimension} 之间的维数"
        )
    query, passage = settings.query_prompt, settings.passage_prompt
    query = own.get("query") or "" if query is None else query
    passage = own.get("document") or own.get("passage") or "" if passage is None else passage
    fingerprint = fingerprint_of(identity, query, passage, settings.truncate)
    reranker = _prompted_reranker(score, query, passage) if score else None
    return _PromptedEmbedder(fingerprint, kept, encode, query, passage, reranker)


def load_reranker(name: str, device: str | None = None, batch_size: int = 32) -> Reranker:
    """Load a cross-encoder, which reads question and passage together.

    :param name: folder, or hub name such as ``BAAI/bge-reranker-v2-m3``.
    :param device: torch's name for it; None for torch's choice.
    :param batch_size: pairs at a time.
    :return: the reranker.
    :raises EmbedderError: when it cannot be loaded.
    """
    folder = Path(name).expanduser()
    if not folder.is_dir() and not _HUB_NAME.fullmatch(name):
        raise EmbedderError(f"没有重排模型文件夹 {folder}", "请检查路径")
    if folder.is_dir():
        os.environ.setdefault("HF_HUB_OFFLINE", "1")  # see _open
    from sentence_transformers import CrossEncoder

    try:
        model = CrossEncoder(str(folder) if folder.is_dir() else name, device=device, local_files_only=folder.is_dir())
    except Exception as error:  # the model's files decide which of many errors comes
        raise EmbedderError(
            f"重排模型 {name} 读不出来（{_reason(error)}）",
            "请检查名称和网络；是文件夹的，文件可能不全，请重新复制或换一个模型",
        ) from error

    def scores(question: str, passages: Sequence[str]) -> Vectors:
        pairs = [(question, passage) for passage in passages]
        found = model.predict(pairs, batch_size=batch_size, show_progress_bar=False, convert_to_numpy=True)
        return np.asarray(found, dtype=np.float32).reshape(-1)

    return scores


def _unreadable(folder: Path, error: Exception) -> EmbedderError:
    return EmbedderError(
        f"向量模型 {folder} 读不出来（{_reason(error)}）", "文件可能不全或已损坏，请重新复制或换一个模型"
    )


def _reason(error: Exception) -> str:
    return f"{type(error).__name__}: {(str(error).splitlines() or [''])[0][:200]}"


def _normalised(vectors: Vectors) -> Vectors:
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    return np.asarray(vectors / np.where(lengths > 1e-12, lengths, 1.0), dtype=np.float32)


def _general_encoder(model: Any, settings: EmbedderSettings) -> tuple[Encode, int]:  # noqa: ANN401 - imported late
    def encode(texts: list[str], prompt: str) -> Vectors:
        # An empty prompt is passed on as it is: None would bring in the model's own default prompt.
        vectors = model.encode(
            texts, prompt=prompt, batch_size=settings.batch_size, show_progress_bar=False, convert_to_numpy=True
        )
        return np.asarray(vectors, dtype=np.float32)

    return encode, int(model.get_embedding_dimension())


def _open(model: str | Path, settings: EmbedderSettings, local: bool = True) -> Any:  # noqa: ANN401 - imported late
    """Open a model with sentence_transformers, in single precision; no code that comes with a model is run."""
    if isinstance(model, Path):
        # Without it a name inside the folder's own settings may be looked up on the hub, for over a minute.
        os.environ.setdefault("HF_HUB_OFFLINE", "1")
    from sentence_transformers import SentenceTransformer

    return SentenceTransformer(str(model), device=settings.device, local_files_only=local).float()


def _from_hub(name: str, settings: EmbedderSettings) -> Embedder:
    """Take a hub model from this machine's cache, and only when it is not there from the hub."""
    try:
        model = _open(name, settings)
    except Exception:  # the cache's state decides which of many errors comes
        try:
            model = _open(name, settings, local=False)
        except Exception as error:
            raise EmbedderError(
                f"没有文件夹 {name}，本机没有缓存名为 {name} 的向量模型，也下载不到",
                "请检查名称和网络；不能联网时请先在别处下载，再指定它的文件夹",
            ) from error
    encode, dimension = _general_encoder(model, settings)
    config = getattr(getattr(model[0], "auto_model", None), "config", None)
    revision = getattr(config, "_commit_hash", None) or "unknown"
    return _prompted(f"{name}@{revision}", dimension, encode, settings, model.prompts)
