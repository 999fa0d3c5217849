"""Places in milvus-lite for tests: a small base in both stores, and a server in a process of its own."""

from __future__ import annotations

import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from threading import Thread

import numpy as np
import pytest

from index.search.dense import build_dense
from index.search.lexical import LexicalSettings, build_lexical
from index.search.local import LocalVectors
from index.search.milvus import filling
from index.search.milvus.address import address_of
from index.search.milvus.client import Client
from index.search.milvus.filling import Filling
from index.search.milvus.rows import Collection, collection_of, dimensions
from index.search.milvus.vectors import MilvusVectors
from index.search.passages import Outline
from index.search.places import Places

LONG = "很长的题目" * 60
PLACES = Places(
    Outline(
        ("甲/1", "甲/2", "乙/1", "丙/1", '丁"/1', f"{LONG}/1"),
        ("甲", "甲", "乙", "丙", '丁"', LONG),
        (2, 1, 1, 1, 1, 1),
    )
)
LEXICAL = build_lexical(
    [["w:养老", "w:床位"], ["w:养老"], ["w:救助"], ["w:养老"], ["w:救助", "w:低保"], ["w:低保", "w:低保"]],
    LexicalSettings(b=0.0, kinds={"w": 1.0}),
)
ANGLES = (0.1, 1.0, 0.2, 0.3, 1.5, 0.3, 2.0)
"""Of the vectors of the sentences; those of 乙/1 and 丁"/1 are the same."""
DENSE = build_dense(np.array([[np.cos(one), np.sin(one)] for one in ANGLES], dtype=np.float32))
LOCAL = LocalVectors(PLACES, LEXICAL, DENSE, "abc")
_KNOWN = {"issuer": "甲市", "kind": "通知", "year": 2024, "since": 0, "until": 99_999_999}
FILLING = Filling(PLACES, LEXICAL, DENSE, dict.fromkeys(PLACES.documents, _KNOWN))


def lite(folder: Path, index: str = "FLAT") -> Client:
    """Give a client of a file of milvus-lite."""
    return Client(address_of(f"milvus+lite://{folder / 'rows.db'}/base?index={index}"), pauses=(0.01,))


def filled(client: Client, generation: str = "abc") -> Collection:
    """Write the small base."""
    collection = collection_of(client.address.base, generation, client.address.index)
    filling.fill(client, collection, FILLING, lambda done: None)
    return collection


def vectors_in(client: Client, collection: Collection) -> MilvusVectors:
    """Open the small base."""
    return MilvusVectors(client, collection, PLACES, dimensions(LEXICAL), LOCAL, "abc")


def release(client: Client) -> None:
    """Close a file, so that it can be opened anew or deleted."""
    from milvus_lite.server_manager import server_manager_instance

    client.close()
    server_manager_instance.release_server(client.address.uri)


class Server:
    """A server of milvus-lite in a process of its own, to be stopped, killed and started again at the same port."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = int(free.getsockname()[1])
        self.process: subprocess.Popen[bytes] | None = None
        self.start()

    def start(self) -> None:
        """Start it, and return when it listens."""
        command = [sys.executable, "-m", "milvus_lite", "server", "--data-dir", str(self.folder), "--host", "127.0.0.1"]
        quiet = subprocess.DEVNULL
        self.process = subprocess.Popen([*command, "--port", str(self.port)], stdout=quiet, stderr=quiet)
        for _ in range(600):
            with socket.socket() as trying:
                if trying.connect_ex(("127.0.0.1", self.port)) == 0:
                    return
            time.sleep(0.1)
        raise TimeoutError("milvus-lite does not listen")

    def kill(self) -> None:
        """End it as a machine that loses its power does."""
        assert self.process is not None
        self.process.kill()
        self.process.wait()

    def pause(self) -> None:
        """Let it answer nothing until :meth:`go_on`."""
        assert self.process is not None
        self.process.send_signal(signal.SIGSTOP)

    def go_on(self) -> None:
        """Let it answer again."""
        assert self.process is not None
        self.process.send_signal(signal.SIGCONT)


@contextmanager
def server(folder: Path) -> Iterator[Server]:
    """Run a server; tests that ask for it skip where a process cannot be paused."""
    if not hasattr(signal, "SIGSTOP"):
        pytest.skip("no process can be paused on this system")
    running = Server(folder)
    try:
        yield running
    finally:
        running.go_on()
        running.kill()


class Wire:
    """Stands between a client and a server, and cuts the line when it is told to."""

    def __init__(self, port: int) -> None:
        self._port = port
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port = int(self._listener.getsockname()[1])
        self._ends: list[socket.socket] = []
        self.is_down = False
        Thread(target=self._accept, daemon=True).start()

    def cut(self) -> None:
        """Cut every line there is."""
        ends, self._ends = self._ends, []
        for end in ends:
            with suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)
            end.close()

    def close(self) -> None:
        """Take no more lines."""
        self.cut()
        self._listener.close()

    def _accept(self) -> None:
        with suppress(OSError):
            while True:
                near, _ = self._listener.accept()
                if self.is_down:
                    near.close()
                    continue
                far = socket.create_connection(("127.0.0.1", self._port))
                self._ends += [near, far]
                for one, other in ((near, far), (far, near)):
                    Thread(target=self._carry, args=(one, other), daemon=True).start()

    @staticmethod
    def _carry(one: socket.socket, other: socket.socket) -> None:
        with suppress(OSError):
            while data := one.recv(65536):
                other.sendall(data)
