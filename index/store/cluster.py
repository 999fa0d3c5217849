"""A function of this project run on the workers of a ray cluster (``--ray``); ray is imported here only, and late.

``local`` starts a cluster on this machine that lives as long as the work: it listens on 127.0.0.1 alone, under a token of its
own, shows no dashboard and leaves nothing behind. Ray tells its makers nothing of its use.
"""

from __future__ import annotations

import os
import re
import secrets
import socket
import sys
import tempfile
from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator
from contextlib import contextmanager
from typing import Any, TypeVar

from index.errors import ClusterError
from ingest import usable_cores

LOCAL = "local"
TRIES = 3
"""How often an item is tried whose worker dies."""
PATIENCE = 120.0
"""Seconds that a cluster has to give a worker, beside the time that the items in hand may take."""
_REACHED = 5.0
"""Seconds within which a cluster must take a connection."""
_PLACE = re.compile(r"(?:ray://)?(?P<host>\[[^\]]+\]|[^:/\[\]]+):(?P<port>\d{1,5})")
_STORE = 512 << 20
"""Bytes of shared memory for what travels within a cluster of this machine; what does not fit goes to its disk."""
_LOOPBACK = ("127.0.0.1", "::1")
_MEND = "请检查集群，或去掉 --ray 只用本机"

Item = TypeVar("Item")
Result = TypeVar("Result")


def each_across(
    address: str, function: Callable[[Item], Result], items: Iterable[Item], seconds_of: Callable[[Item], float]
) -> Generator[Result]:
    """Apply a function to each item, on the workers of a cluster.

    :param address: ``local``, or where a cluster is: ``10.0.0.5:6379`` for a machine that belongs to it, ``auto`` for the one
        that runs here, ``ray://…:10001`` by ray's client.
    :param function: known to its module by name; the project stands on every machine of the cluster.
    :param items: taken up as workers come free, so that few are held at a time.
    :param seconds_of: how long an item may take.
    :return: results in the order of the items.
    :raises ClusterError: when ray is not installed, the cluster is not reached, gives no worker, or a machine of it is at fault.
    """
    ray = _ray(address)
    with _joined(ray, address):
        _result(ray, ray.remote(max_retries=TRIES - 1)(_ready).remote(), PATIENCE)
        remote = ray.remote(num_cpus=1, max_retries=TRIES - 1)(_applied)
        ahead = 2 * max(1, int(ray.cluster_resources().get("CPU", 1)))
        waiting: deque[tuple[Any, float]] = deque()
        for item in items:
            waiting.append((remote.remote(function, item), seconds_of(item)))
            if len(waiting) == ahead:
                yield _first(ray, waiting)
        while waiting:
            yield _first(ray, waiting)


def _ready() -> None:
    """Run on a worker: it is there, and so is this module."""


def _applied(function: Callable[[Item], Result], item: Item) -> Result:
    """Run on a worker; processes that the function starts would each begin with the program of ray's workers otherwise."""
    vars(sys.modules["__main__"]).pop("__file__", None)
    return function(item)


def _first(ray: Any, waiting: deque[tuple[Any, float]]) -> Any:  # noqa: ANN401 - a module, and what the function gives
    seconds = PATIENCE + sum(most for _, most in waiting)  # one worker may have all of them to do
    return _result(ray, waiting.popleft()[0], seconds)


def _result(ray: Any, reference: Any, seconds: float) -> Any:  # noqa: ANN401 - a module, and what the function gives
    errors = ray.exceptions
    try:
        return ray.get(reference, timeout=seconds)
    except errors.GetTimeoutError as error:
        problem = f"等了 {seconds:.0f} 秒，ray 集群没有给出结果"
        raise ClusterError(problem, f"处理器可能都被占用，{_MEND}") from error
    except errors.RayTaskError as error:
        raise ClusterError(
            f"ray 集群里的一台机器出错（{_said(error)}）", f"各台机器要装同一版本的本程序和 Python；{_MEND}"
        ) from error
    except errors.RayError as error:
        problem = f"ray 集群里做事的进程一再中断，试了 {TRIES} 次（{type(error).__name__}）"
        raise ClusterError(problem, f"内存可能不够，或机器掉线；{_MEND}") from error


def _said(error: Any) -> str:  # noqa: ANN401 - ray's
    """What went wrong on a worker, without the trace that ray puts before it."""
    cause = getattr(error, "cause", None) or error
    return (str(cause).strip().splitlines() or [type(cause).__name__])[-1][:200]


def _ray(address: str) -> Any:  # noqa: ANN401 - a module without types
    """Import ray; what it reads of its surroundings, as it is imported, is settled before."""
    os.environ["RAY_USAGE_STATS_ENABLED"] = "0"
    if address == LOCAL:
        os.environ["RAY_ENABLE_WINDOWS_OR_OSX_CLUSTER"] = "0"  # elsewhere than there too: this machine is 127.0.0.1
        os.environ.setdefault("RAY_AUTH_MODE", "token")
        os.environ.setdefault("RAY_AUTH_TOKEN", secrets.token_hex(32))
    try:
        import ray
    except ImportError as error:
        raise ClusterError(
            "--ray 要用的 ray 没有安装", '请运行 pip install -e ".[ray]"，或去掉 --ray 只用本机'
        ) from error
    return ray


@contextmanager
def _joined(ray: Any, address: str) -> Iterator[None]:  # noqa: ANN401 - a module
    """Start or join a cluster; whatever happens then, what was started ends."""
    with tempfile.TemporaryDirectory(prefix="ray", ignore_cleanup_errors=True) as folder:
        try:
            if address == LOCAL:
                _init(ray, address, **_own(folder))
                if ray.util.get_node_ip_address() not in _LOOPBACK:
                    raise ClusterError("ray 在本机以外也能连到", "请换用 pyproject.toml 写明的 ray 版本，或去掉 --ray")
            else:
                _reach(address)
                _init(ray, address)
            yield
        finally:
            ray.shutdown()


def _own(folder: str) -> dict[str, Any]:
    """What a cluster of this machine is: all its cores, and no watch on memory, of which each file has its limit."""
    return {
        "num_cpus": usable_cores(),
        "object_store_memory": _STORE,
        "include_dashboard": False,
        "_temp_dir": folder,
        "_system_config": {"memory_monitor_refresh_ms": 0},
    }


def _init(ray: Any, address: str, **options: Any) -> None:  # noqa: ANN401 - a module
    try:
        ray.init(address, log_to_driver=False, logging_level="ERROR", **options)
    except Exception as error:  # ray raises nearly every kind, Exception itself among them
        raise ClusterError(f"连不上 ray 集群 {address}（{_said(error)}）", _MEND) from error


def _reach(address: str) -> None:
    """See to it that something takes connections there: ray would try for minutes."""
    place = _PLACE.fullmatch(address)
    if place is None:
        if address == "auto":
            return
        raise ClusterError(f"ray 集群的地址 {address} 不对", f"请写成 {LOCAL}、auto、主机:端口 或 ray://主机:端口")
    try:
        socket.create_connection((place["host"].strip("[]"), int(place["port"])), _REACHED).close()
    except (OSError, OverflowError) as error:
        raise ClusterError(
            f"连不上 ray 集群 {address}（{error}）", "请检查地址和网络，或去掉 --ray 只用本机"
        ) from error
