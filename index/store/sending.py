"""Files sent to the workers of a cluster and read there, which need not see the corpus, nor the store.

A handful travels at once: its bytes, what else decides how they are read, and back its entries and the lines of its readings. On a
worker each file is read as on this machine, in a process of its own within the limits of time and memory.
"""

from __future__ import annotations

from collections.abc import Generator, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory

from index.errors import CorpusError
from index.store.cluster import each_across
from index.store.corpus import CorpusFile
from index.store.entries import Entry
from index.store.facts import read_by
from index.store.readings import Each, Given, Task, held_entry, put_reading, read_given
from ingest import Limits, MachineFault, each_within
from ingest.errors import IngestError, UnreadableFile

FILES, BYTES = 8, 8 << 20
"""Most files and most bytes of a handful; a file that is larger travels alone."""

Sent = tuple[Entry, bytes] | IngestError
"""What comes back of a file: its entry with the line of its reading, or its fault."""


@dataclass(frozen=True, slots=True)
class Handful:
    """Files that travel together: what they are in their corpus and their bytes, or why these could not be had.

    ``lists`` are the office's lists of words by file name, None where it keeps none; ``reader`` is the fingerprint of the reading.
    """

    files: tuple[tuple[CorpusFile, bytes | IngestError], ...]
    lists: Mapping[str, bytes] | None
    reader: str
    limits: Limits = Limits()

    @property
    def seconds(self) -> float:
        """How long its files may take, one after the other."""
        return sum(self.limits.time_for(len(data)) for _, data in self.files if isinstance(data, bytes))


def each_sent(address: str) -> Each:
    """Read files on the workers of a cluster.

    :param address: as for :func:`index.store.cluster.each_across`.
    :return: what :func:`index.store.readings.read_all` takes; it raises :class:`index.errors.ClusterError`.
    """
    return partial(_each_sent, address)


def _each_sent(
    address: str, tasks: Sequence[Task], sizes: Sequence[int]
) -> Generator[tuple[Task, Entry | IngestError]]:
    held = {task.target: entry for task in tasks if (entry := held_entry(task)) is not None}
    parted = list(handfuls([(task, size) for task, size in zip(tasks, sizes, strict=True) if task.target not in held]))
    across = each_across(address, read_there, map(_packed, parted), lambda one: one.seconds) if parted else iter(())
    sent = (
        (task, one) for some, found in zip(parted, across, strict=True) for task, one in zip(some, found, strict=True)
    )
    for task in tasks:
        yield task, held[task.target] if task.target in held else _put(*next(sent))


def handfuls(tasks: Sequence[tuple[Task, int]]) -> Iterator[list[Task]]:
    """Part files, in their order, into handfuls.

    :param tasks: files to read with their bytes.
    """
    some, weight = list[Task](), 0
    for task, size in tasks:
        if some and (len(some) == FILES or weight + size > BYTES):
            yield some
            some, weight = [], 0
        some.append(task)
        weight += size
    if some:
        yield some


def _packed(tasks: Sequence[Task]) -> Handful:
    lists, reader = tasks[0].lists, tasks[0].reader
    words = None if lists is None else {path.name: path.read_bytes() for path in sorted(lists.glob("*.txt"))}
    return Handful(tuple((task.file, _bytes(task.file)) for task in tasks), words, reader)


def _bytes(file: CorpusFile) -> bytes | IngestError:
    try:
        return file.path.read_bytes()
    except OSError as error:
        return UnreadableFile(file.path.name, f"文件打不开（{error.strerror}）", "请检查路径和读取权限")


def _put(task: Task, sent: Sent) -> Entry | IngestError:
    if isinstance(sent, IngestError):
        return sent
    entry, line = sent
    put_reading(task, line)
    return entry


def read_there(handful: Handful) -> list[Sent]:
    """Read files; runs on a worker.

    :param handful: the files.
    :return: what came of each, in their order.
    :raises MachineFault: when the worker reads files otherwise than the sender, or cannot put them down.
    """
    with TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        try:
            given = list(_laid_down(handful, Path(folder)))
            reader = read_by(Path(folder)).reader
        except (OSError, CorpusError) as error:
            raise MachineFault(f"文件放不下：{error}") from error
        if reader != handful.reader:
            raise MachineFault(f"程序版本不同：那里是 {reader}，这里是 {handful.reader}")
        paths = [one for one in given if not isinstance(one, IngestError)]
        sizes = [path.stat().st_size for path, _, _ in paths]
        each = each_within(read_given, paths, lambda one: one[2].name, handful.limits, workers=1, sizes=sizes)
        found = (outcome for _, outcome in each)
        return [one if isinstance(one, IngestError) else next(found) for one in given]


def _laid_down(handful: Handful, folder: Path) -> Iterator[Given | IngestError]:
    """Put files where they can be read: each in a folder of its own, as it may be named like another."""
    lists = None if handful.lists is None else folder / "lists"
    for name, words in (handful.lists or {}).items():
        (folder / "lists").mkdir(exist_ok=True)
        (folder / "lists" / name).write_bytes(words)
    for place, (file, data) in enumerate(handful.files):
        if isinstance(data, IngestError):
            yield data
            continue
        path = folder / str(place) / PurePosixPath(file.name).name
        path.parent.mkdir()
        path.write_bytes(data)
        yield path, lists, file
