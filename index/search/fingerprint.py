"""What a model of vectors is known by: the bytes of its files and how it is asked."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

from index.search.quantised import is_quantised

_WEIGHTS = ("model.safetensors", "pytorch_model.bin")


def fingerprint_of(identity: str, query_prompt: str, passage_prompt: str, truncate: int | None) -> str:
    """Put together what a store records of its model.

    :param identity: of the model, such as the digest of its folder.
    :param query_prompt: put before questions.
    :param passage_prompt: put before passages.
    :param truncate: how many numbers of a vector are kept; None for all.
    :return: the same for the same model asked the same way.
    """
    kept = [] if truncate is None else [truncate]
    prompts = json.dumps([query_prompt, passage_prompt, *kept], ensure_ascii=False)
    return f"{identity} {hashlib.sha256(prompts.encode()).hexdigest()[:12]}"


def digest_of_folder(folder: Path) -> str:
    """Digest names and bytes of the files that make the vectors; the card, hidden files, and weights that are not served do not.

    :param folder: in sentence-transformers format.
    :return: the digest with its kind.
    """
    digest = hashlib.sha256()
    names = sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())
    left_out = {"README.md", *(_WEIGHTS if is_quantised(folder) else ())}
    for name in names:
        if name not in left_out and not any(part.startswith(".") for part in name.split("/")):
            data = (folder / name).read_bytes()
            digest.update(f"{name}\n{len(data)}\n".encode() + data)
    return f"sha256:{digest.hexdigest()}"
