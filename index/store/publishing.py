"""A generation of a store in Milvus: written, counted, then the alias moved at once; one that is half written goes unused."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from index.answer.attributes import attributes_of
from index.errors import VectorStoreError
from index.search.dense import DenseIndex
from index.search.lexical import LexicalIndex
from index.search.local import LocalVectors
from index.search.milvus import filling
from index.search.milvus.address import address_of
from index.search.milvus.client import Client, Row
from index.search.milvus.filling import Filling, RowsMissing
from index.search.milvus.rows import Collection, collection_of, collections_of, dimensions, index_of, short
from index.search.milvus.vectors import MilvusVectors
from index.search.passages import Passage, outline_of
from index.search.places import Places
from index.store import generations as stores
from index.store.lock import locked
from index.store.opening import Elsewhere, Opened, open_store
from index.store.writing import Progress


@dataclass(frozen=True, slots=True)
class Published:
    """What was done: the collection, its rows, how many of them were ``sent`` now, and the collections that were removed."""

    collection: str
    rows: int
    sent: int
    removed: tuple[str, ...]


def client_of(vectors: str) -> Client:
    """Give what calls Milvus; it connects when it is first used.

    :param vectors: address of a base.
    :return: the client.
    :raises QueryError: when it is no address.
    """
    return Client(address_of(vectors))


def elsewhere(client: Client) -> Elsewhere:
    """Give what opens a generation in Milvus.

    :param client: of the base.
    :return: opens it, where it is the one that was published last; VectorStoreError where it is not.
    """

    def opened(passages: Sequence[Passage], lexical: LexicalIndex, generation: str) -> MilvusVectors:
        collection = _published(client, generation)
        client.load(collection.name)
        places = Places(outline_of(passages))
        counts = LocalVectors(places, lexical, DenseIndex((), 1), generation)
        return MilvusVectors(client, collection, places, dimensions(lexical), counts, generation)

    return opened


def is_published(client: Client, store: Path) -> bool:
    """Tell whether the generation in use of a store is the one that a base in Milvus leads to.

    :param client: of the base.
    :param store: folder of the store.
    :return: whether it is.
    :raises StoreError: when there is no store.
    :raises VectorStoreError: when Milvus does not answer.
    """
    address = client.address
    return client.leads_to() == collection_of(address.base, stores.in_use(store), address.index).name


def publish(store: Path, client: Client, progress: Progress | None = None) -> Published:
    """Write the generation in use of a store to Milvus; what a call that was cut off has written is not sent again.

    The generation that the alias led to before is kept for those who have it open; older ones, and halves, are removed.

    :param store: folder of the store.
    :param client: of the base.
    :param progress: told how far it is.
    :return: what was done.
    :raises StoreError: when there is no store, it is damaged, or in use.
    :raises VectorStoreError: when Milvus does not answer, or does not hold what was sent; the alias stays where it was.
    """
    tell = progress or (lambda share, step: None)
    with locked(store):
        opened = open_store(store)
        before, total = client.leads_to(), opened.searcher.dense.count
        collection = collection_of(client.address.base, opened.sha, client.address.index)

        def told(done: int) -> None:
            step = f"写入 {client.address}：{done} / {total} 句" if done < total else "建立索引、核对"
            tell(0.9 * done / total, step)

        if before == collection.name and _is_whole(client, collection, opened):
            return Published(collection.name, total, 0, ())
        sent = filling.fill(client, collection, _filling(opened), told)
        _count(client, collection, opened)
        client.move_alias(collection.name)
        others = collections_of(client.address.base, client.collections())
        removed = tuple(name for name in others if name not in (collection.name, before))
        for name in removed:
            client.drop(name)
    tell(1.0, "完成")
    return Published(collection.name, total, sent, removed)


def verify_published(store: Path, client: Client) -> int:
    """Count what Milvus holds of the generation in use of a store.

    :param store: folder of the store.
    :param client: of the base.
    :return: number of sentences.
    :raises VectorStoreError: when it is another generation, or rows are missing.
    """
    opened = open_store(store)
    _count(client, _published(client, opened.sha), opened)
    return opened.searcher.dense.count


def _published(client: Client, generation: str) -> Collection:
    """Give the collection that a base leads to, where it holds a generation."""
    address = client.address
    remedy = f"请运行 python -m index publish --store {address} 发布"
    if address.file and not address.file.exists():
        raise VectorStoreError(f"没有 {address.file}", remedy)
    name = client.leads_to()
    if not name:
        raise VectorStoreError(f"Milvus {address} 里没有发布过知识库", remedy)
    index = index_of(address.base, name)
    if index is None or collection_of(address.base, generation, index).name != name:
        raise VectorStoreError(f"Milvus {address} 里发布的内容与文件夹里的知识库不是同一代", remedy)
    return Collection(name, index)


def _filling(opened: Opened) -> Filling:
    searcher = opened.searcher
    known = {key: _known(asdict(one)) for key, one in attributes_of(opened.library).items()}
    return Filling(Places(outline_of(searcher.passages)), searcher.lexical, searcher.dense, known)


def _known(attributes: Row) -> Row:
    """Give what is known of a document as its rows hold it."""
    return {name: attributes[name] for name in ("kind", "year", "since", "until")} | {
        "issuer": short(attributes["issuer"])
    }


def _is_whole(client: Client, collection: Collection, opened: Opened) -> bool:
    try:
        client.load(collection.name)
        _count(client, collection, opened)
    except RowsMissing:
        return False
    return True


def _count(client: Client, collection: Collection, opened: Opened) -> None:
    filling.count(client, collection, opened.searcher.dense.count, opened.searcher.lexical.count)
