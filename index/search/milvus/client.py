"""Calls to Milvus, the one place of pymilvus: each within a time, tried again where that can help, its errors said in Chinese."""

from __future__ import annotations

import logging
import os
import time
from collections.abc import Callable, Mapping, Sequence
from threading import Lock
from typing import Any, TypeVar

from index.errors import VectorStoreAway, VectorStoreError
from index.search.milvus.address import Address
from index.search.milvus.rows import DENSE, LONGEST, SPARSE, Collection

PAUSES = (0.5, 2.0)
"""Seconds before a call is tried once more."""
WRITING = 120.0
"""Seconds that a call which writes, builds an index or loads may take."""
MOST = 16_384
"""Rows that one search or query of a Milvus server gives (``proxy.maxResultWindow``)."""
STRONG, BOUNDED = "Strong", "Bounded"
"""Counts see all that was written; searches are put to generations that have been counted and are never written again."""
_PASSING = ("UNAVAILABLE", "DEADLINE_EXCEEDED")
"""States (gRPC) in which the same call may succeed a moment later."""
_REFUSED = ("UNAUTHENTICATED", "PERMISSION_DENIED")
_CONNECTING, _NO_COLLECTION, _NOT_LOADED, _NO_ALIAS = 2, 100, 101, 1600
"""Codes of pymilvus's Status and of Milvus's own errors."""
_BUILDING: Mapping[str, dict[str, Any]] = {"HNSW": {"M": 16, "efConstruction": 200}, "IVF_SQ8": {"nlist": 1024}}
_CHANNEL = {
    "grpc.use_local_subchannel_pool": 1,
    "grpc.initial_reconnect_backoff_ms": 200,
    "grpc.min_reconnect_backoff_ms": 200,
    "grpc.max_reconnect_backoff_ms": 1000,
}
"""gRPC waits for longer and longer, up to minutes, before it connects again, in new channels too; who asks waits here already."""

T = TypeVar("T")
Row = dict[str, Any]


class Client:
    """A connection to Milvus, made when it is first used, and anew when the server is back.

    :param address: of the base.
    :param pauses: seconds between tries.
    """

    def __init__(self, address: Address, pauses: Sequence[float] = PAUSES) -> None:
        self.address = address
        self._pauses = pauses
        self._connection: Any = None
        self._connecting = Lock()

    def leads_to(self) -> str:
        """Tell which collection the base's alias leads to.

        :return: its name; empty where nothing was published.
        :raises VectorStoreError: as every call, when the server is gone, slow, refuses, or is at fault.
        """
        told = self._called(
            "查库名", lambda one, left: one.describe_alias(self.address.base, timeout=left), (_NO_COLLECTION, _NO_ALIAS)
        )
        return str(told["collection_name"]) if told else ""

    def collections(self) -> list[str]:
        """List the names of all collections."""
        return sorted(self._called("列出集合", lambda one, left: one.list_collections(timeout=left)) or ())

    def create(self, collection: Collection, dimension: int) -> None:
        """Make an empty collection with its indexes.

        :param collection: its name, and the index of its vectors.
        :param dimension: of the vectors.
        """
        self._called("建立集合", lambda one, left: _create(one, collection, dimension, left), seconds=WRITING)

    def upsert(self, name: str, rows: Sequence[Row]) -> None:
        """Write rows; one that is there is written over, so that a call that was cut off can be made again."""
        self._called("写入", lambda one, left: one.upsert(name, list(rows), timeout=left), seconds=WRITING)

    def finish(self, name: str) -> None:
        """See to it that all rows are on disk, indexed and ready to be searched."""
        self._called("落盘", lambda one, left: one.flush(name, timeout=left), seconds=WRITING)
        self.load(name)

    def load(self, name: str) -> None:
        """See to it that a collection can be searched."""
        self._called("装入", lambda one, left: one.load_collection(name, timeout=left), seconds=WRITING)

    def move_alias(self, name: str) -> None:
        """Let the base's alias lead to a collection, at once."""
        base = self.address.base
        if self.leads_to():
            self._called("换用", lambda one, left: one.alter_alias(name, base, timeout=left))
        else:
            self._called("换用", lambda one, left: one.create_alias(name, base, timeout=left))

    def drop(self, name: str) -> None:
        """Remove a collection; one that is not there is passed over."""
        self._called("删除集合", lambda one, left: one.drop_collection(name, timeout=left), (_NO_COLLECTION,), WRITING)

    def count(self, name: str, where: str = "") -> int:
        """Count rows, those written a moment ago too."""
        found = self._called(
            "计数",
            lambda one, left: one.query(
                name, filter=where, output_fields=["count(*)"], consistency_level=STRONG, timeout=left
            ),
            seconds=WRITING,
            loading=name,
        )
        return int(found[0]["count(*)"])

    def search(
        self, collection: Collection, field: str, queries: Sequence[Any], limit: int, where: str
    ) -> list[list[tuple[str, float]]]:
        """Find the rows with the highest inner products.

        :param collection: to search.
        :param field: of the vectors, dense or sparse.
        :param queries: vectors, all in one call.
        :param limit: how many rows for each.
        :param where: an expression; empty for all rows.
        :return: for each query the clauses of its rows with their scores, best first.
        """
        settings = _searching(collection.index, limit) if field == DENSE else {"drop_ratio_search": 0.0}
        found = self._called(
            "检索",
            lambda one, left: one.search(
                collection.name, list(queries), filter=where, limit=limit, output_fields=["clause"], anns_field=field,
                search_params={"metric_type": "IP", "params": settings}, consistency_level=BOUNDED, timeout=left,
            ),
            loading=collection.name,
        )  # fmt: skip
        return [[(hit["entity"]["clause"], float(hit["distance"])) for hit in hits] for hits in found]

    def rows(self, name: str, where: str, fields: Sequence[str], limit: int) -> list[Row]:
        """Give rows.

        :param name: of the collection.
        :param where: an expression.
        :param fields: what is wanted of them.
        :param limit: how many at most.
        :return: rows in no order.
        """
        return list(
            self._called(
                "取行",
                lambda one, left: one.query(
                    name, filter=where, output_fields=list(fields), limit=limit, consistency_level=BOUNDED, timeout=left
                ),
                loading=name,
            )
        )

    def close(self) -> None:
        """Let the connection go; the next call makes another."""
        connection, self._connection = self._connection, None
        if connection is not None:
            connection.close()

    def _called(
        self,
        doing: str,
        call: Callable[[Any, float], T],
        absent: tuple[int, ...] = (),
        seconds: float = 0.0,
        loading: str = "",
    ) -> T | Any:
        """Make a call, once more where it failed for what passes; ``absent`` are codes for which nothing is the answer.

        A collection that is ``loading`` is loaded again where the server does not hold it, as after a restart.
        """
        left, pauses = max(seconds, self.address.seconds), iter(self._pauses)
        while True:
            try:
                return call(self._connected(), left)
            except VectorStoreError:
                raise
            except Exception as error:  # pymilvus raises gRPC's errors, its own, and ValueError
                code, pause = _code(error), next(pauses, None)
                if code in absent:
                    return None
                if pause is None or code not in (*_PASSING, _CONNECTING) and not (loading and code == _NOT_LOADED):
                    raise self._said(doing, code, error, left) from error
                if code == _NOT_LOADED:
                    self.load(loading)
                time.sleep(pause)

    def _connected(self) -> Any:  # noqa: ANN401 - pymilvus is imported late
        with self._connecting:
            if self._connection is None:
                self._connection = _connect(self.address)
            return self._connection

    def _said(self, doing: str, code: object, error: Exception, seconds: float) -> VectorStoreError:
        """Say an error in Chinese: which base, what it was at, and how to mend it."""
        place, tries = f"Milvus {self.address}", len(self._pauses) + 1
        if code in ("UNAVAILABLE", _CONNECTING):
            if self.address.file:
                return VectorStoreAway(
                    f"{place} 打不开", "同一文件同时只能由一个进程打开：请先停下另一个进程，或检查文件是否完好"
                )
            return VectorStoreAway(
                f"{place} 连不上（{doing}时试了 {tries} 次）", "请检查服务是否在运行、地址和网络；恢复后再试即可"
            )
        if code == "DEADLINE_EXCEEDED":
            return VectorStoreAway(
                f"{place} 没有按时回答（{doing}时试了 {tries} 次，每次最多 {seconds:g} 秒）",
                "请稍候再试；服务一直慢时检查它的负载，或在地址后加 ?timeout=秒数",
            )
        if code in _REFUSED:
            return VectorStoreError(f"{place} 拒绝了访问", "请检查环境变量 MILVUS_TOKEN 里的用户名和口令")
        if code in (_NO_COLLECTION, _NOT_LOADED):
            return VectorStoreError(
                f"{place} 里原来打开的那一代内容已被换下或卸载",
                "请重新打开知识库；仍不行时运行 python -m index publish",
            )
        told = " ".join(str(getattr(error, "message", "") or error).split())[:200]
        return VectorStoreError(f"{place} 不能完成“{doing}”（{told}）", "请查看 Milvus 的日志，或重新发布")


def _connect(address: Address) -> Any:  # noqa: ANN401
    os.environ.setdefault("GRPC_VERBOSITY", "NONE")  # its own lines on standard error; errors are said here
    os.environ.setdefault("PYTHON_DOTENV_DISABLED", "1")  # pymilvus would read a file .env into the environment
    try:
        from pymilvus import MilvusClient

        if address.file:
            import milvus_lite  # noqa: F401 - pymilvus asks for it only later, and in English
    except ImportError as error:
        what = "milvus-lite" if address.file and "milvus_lite" in str(error) else "pymilvus"
        raise VectorStoreError(
            f"没有安装 {what}，不能使用 {address}", "请运行 pip install 'policy-clauses[milvus]'"
        ) from error
    for name in ("pymilvus", "milvus_lite", "grpc"):
        logging.getLogger(name).setLevel(logging.CRITICAL)
    token = os.environ.get("MILVUS_TOKEN", "")
    return MilvusClient(
        address.uri, token=token, db_name=address.database, timeout=address.seconds, grpc_options=dict(_CHANNEL)
    )


def _code(error: Exception) -> object:
    """Give the name of a gRPC state, or the number of an error of Milvus."""
    if type(error).__name__ == "ConnectionConfigException":
        return _CONNECTING
    code = getattr(error, "code", None)
    code = code() if callable(code) else code
    if code == _CONNECTING:  # the state that it was raised from says why: gone, slow, or refused
        states = (getattr(one, "code", None) for one in (error.__cause__, error.__context__))
        code = next((state() for state in states if callable(state)), code)
    return getattr(code, "name", code)


def _searching(index: str, limit: int) -> dict[str, Any]:
    """Say how far an index that does not look at all vectors looks."""
    settings: Mapping[str, dict[str, Any]] = {
        "HNSW": {"ef": max(2 * limit, 256)},
        "IVF_SQ8": {"nprobe": 64},
        "DISKANN": {"search_list": max(limit, 128)},
    }
    return settings.get(index, {})


def _create(one: Any, collection: Collection, dimension: int, seconds: float) -> None:  # noqa: ANN401
    from pymilvus import DataType

    schema = one.create_schema(auto_id=False, enable_dynamic_field=False)
    schema.add_field("id", DataType.VARCHAR, max_length=LONGEST, is_primary=True)
    for text in ("clause", "document", "issuer", "kind"):
        schema.add_field(text, DataType.VARCHAR, max_length=LONGEST)
    for number in ("year", "since", "until"):
        schema.add_field(number, DataType.INT32)
    schema.add_field("first", DataType.BOOL)
    schema.add_field(DENSE, DataType.FLOAT_VECTOR, dim=dimension)
    schema.add_field(SPARSE, DataType.SPARSE_FLOAT_VECTOR)
    indexes = one.prepare_index_params()
    building = _BUILDING.get(collection.index, {})
    indexes.add_index(DENSE, index_type=collection.index, metric_type="IP", params=building)
    indexes.add_index(SPARSE, index_type="SPARSE_INVERTED_INDEX", metric_type="IP")
    one.create_collection(
        collection.name, schema=schema, index_params=indexes, consistency_level=STRONG, timeout=seconds
    )
