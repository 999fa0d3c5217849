"""Whether a store still holds what its corpus is, and bringing it there; also a store that cannot be opened any more."""

from __future__ import annotations

from pathlib import Path

from index.errors import CorpusError
from index.search.embedder import EmbedderSettings
from index.store import facts
from index.store import generations as stores
from index.store.build import BuildReport, build
from index.store.origin import origin_of
from index.store.writing import Progress


def is_current(store: str | Path, corpus: str | Path | None = None) -> bool:
    """Say whether a store holds what the files of its corpus are now.

    :param store: folder of the store.
    :param corpus: folder of documents; None for the one that the store was made from. For any other folder the answer
        is no, as the pictures of pages are drawn from the store's own.
    :return: True when it holds every file that is there, by name and bytes, and no other, read by the lists that are there.
    :raises StoreError: when the store cannot be opened.
    :raises CorpusError: when the folder is not there, or has nothing to read.
    """
    origin = stores.read(Path(store), ()).corpus
    folder = Path(corpus) if corpus else origin
    return folder.resolve() == origin.resolve() and facts.is_current(Path(store), folder)


def update(
    store: str | Path,
    corpus: str | Path | None = None,
    progress: Progress | None = None,
    repair: bool = False,
    cluster: str | None = None,
) -> BuildReport:
    """Bring a store up to date, or make one, with the model that it was made with; a failure leaves it as it was.

    :param store: folder of the store.
    :param corpus: folder of documents; None for the one that the store was made from.
    :param progress: told the share that is done and what comes next; told first where the store is so damaged that it
        does not tell its model, and the one that comes with the project takes its place.
    :param repair: whether the store is known to be damaged, so that every byte of it is looked at; else a segment whose files
        look as they did when they were whole is relied on.
    :param cluster: as for :func:`index.store.build.build`.
    :return: what was done, and which files were at fault.
    :raises CorpusError: when the store does not tell its corpus and none is given, or there is nothing to read.
    :raises KnowledgeBaseError: when it cannot be built for another reason.
    """
    tell: Progress = progress or (lambda share, step: None)
    origin = origin_of(Path(store))
    folder = Path(corpus) if corpus else origin.corpus
    if folder is None:
        raise CorpusError(f"看不出知识库 {store} 是从哪个文件夹建立的", "请给出存放政策文件的文件夹")
    if origin.model is None:
        tell(0.0, f"看不出知识库 {store} 原来用的是哪个向量模型，改用自带模型")
    settings = origin.model or EmbedderSettings()
    return build(folder, Path(store), settings, tell, compact=False, noted=not repair, cluster=cluster)


def generation_of(store: str | Path) -> str:
    """Tell which generation of a store is in use, by little more than a look; an open base has it as ``sha``.

    :param store: folder of the store.
    :return: its digest.
    :raises StoreError: when there is no store, or it does not tell.
    """
    return stores.in_use(Path(store))


def corpus_of(store: str | Path) -> Path | None:
    """Tell which folder a store was made from.

    :param store: folder of the store, which need not be one that opens.
    :return: folder of the documents; None where there is no store, or it does not tell.
    """
    return origin_of(Path(store)).corpus
