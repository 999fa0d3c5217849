"""One document more, or one less: what changes is that document and the list of what the base holds, and nothing else is written."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from index.errors import CorpusError, QueryError, StoreError, TextDiffers
from index.question import lists
from index.references.spelling import letters, spelt
from index.search import embedder as embedders
from index.store.build import BuildReport, report_of
from index.store.copying import copied
from index.store.corpus import CorpusFile, CorpusListing, corpus_file, lists_of, office_lists
from index.store.entries import EARLIER, RENDITION, SEARCHED, SUPERSEDED, Entry
from index.store.facts import read_by
from index.store.held import Held, whole_held
from index.store.history import earlier_texts
from index.store.identity import differ, place
from index.store.lock import locked
from index.store.origin import origin_of
from index.store.readings import Readings, read_all
from index.store.writing import Progress, Work, write_base
from ingest import SUFFIXES
from ingest.errors import IngestError

_HOME = "documents"
"""Folder of the corpus that new files go to, where there is one."""


@dataclass(frozen=True, slots=True)
class _New:
    """A file that is to be added: where it lies now, and its name within the corpus."""

    path: Path
    name: str


def add(
    files: Sequence[str | Path],
    store: str | Path,
    progress: Progress | None = None,
    replacing: bool = False,
    beside: bool = False,
    behind: Collection[str | Path] = (),
) -> BuildReport:
    """Take files into the base; those that lie elsewhere are copied into its corpus.

    :param files: source files.
    :param store: folder of the store.
    :param progress: told how far it is.
    :param replacing: whether a text that differs takes the place of the one that the base has of its document, which is kept
        as an earlier one, and a file the place of another of its name.
    :param beside: whether a text that differs is kept as another rendition; the order of renditions says which is searched.
    :param behind: those of the files that hold earlier texts of their documents.
    :return: what was done; a file at fault is named in it, and the others are added.
    :raises CorpusError: when a file cannot be taken, or differs from the text that the base has of its document and neither
        ``replacing`` nor ``beside`` is set; corpus and store stay as they were, as with any other error.
    :raises StoreError: when there is no store, it is in use, or cannot be written.
    """
    store, tell = Path(store), progress or (lambda share, step: None)
    with locked(store):
        corpus, work = _work(store, tell)
        held = whole_held(store, corpus)
        new = [_new(Path(file), corpus, replacing) for file in files]
        listing = CorpusListing(tuple(_listed(one, corpus) for one in new), (), ())
        read = read_all(
            listing, held.current, store, work.by.reader, lists_of(corpus),
            lambda done, of, step: tell(0.8 * done / of, step),
        )  # fmt: skip
        if not read.entries:
            raise CorpusError("；".join(read.faults.values()), "知识库未动，请更换文件后重试")
        past = {one.name for one in new if one.path in {Path(file) for file in behind}}
        fresh = {one.name: replace(one, standing=SUPERSEDED) if one.name in past else one for one in read.entries}
        others = [entry for entry in held.entries if entry.name not in fresh]
        made = others if beside else _made_way(others, fresh, held, replacing)
        state = _state(held, {file.name: file.sha256 for file in listing.files}, fresh)
        with copied({corpus / one.name: one.path for one in new if one.name in fresh}):
            entries = [*fresh.values(), *made, *earlier_texts(read, held)]
            placed, generation = write_base(work, held, entries, state, compact=False)
    tell(1.0, "完成")
    report = report_of(generation, placed, read)
    notes = tuple(note for note in report.notes if any(name in note for name in fresh))
    return replace(report, renditions=tuple(name for name in report.renditions if name in fresh), notes=notes)


def remove(document: str, store: str | Path, progress: Progress | None = None, leaving: bool = False) -> BuildReport:
    """Take a document out of the base, with all its files; they stay in the corpus and are passed over from then on.

    :param document: its number or title, or its key in the base.
    :param store: folder of the store.
    :param progress: told how far it is.
    :param leaving: whether the files have left the corpus, so that nothing is to be passed over.
    :return: what was done.
    :raises QueryError: when the base does not hold it, or holds several of that name.
    :raises StoreError: when there is no store, it is in use, would be empty, or cannot be written.
    """
    store, tell = Path(store), progress or (lambda share, step: None)
    with locked(store):
        corpus, work = _work(store, tell)
        held = whole_held(store, corpus)
        key = key_of(document, held)
        entries = [entry for entry in held.entries if entry.key != key]
        if not any(entry.standing == SEARCHED for entry in entries):
            raise StoreError(f"知识库里只有“{key}”这一份文件，移出后就空了", "请先加入别的文件")
        out = {entry.name: entry.sha256 for entry in held.entries if entry.key == key and entry.standing != EARLIER}
        state = _state(held, {}, ())
        if leaving:
            state["sources"] = {name: sha256 for name, sha256 in state["sources"].items() if name not in out}
        else:
            state["removed"].update(out)
        placed, generation = write_base(work, held, entries, state, compact=False)
    tell(1.0, "完成")
    read = Readings((), (), (), (), {})
    return replace(report_of(generation, placed, read, removed=sorted(out)), renditions=(), notes=())


def _work(store: Path, tell: Progress) -> tuple[Path, Work]:
    origin = origin_of(store)
    if origin.corpus is None or origin.model is None:
        raise StoreError(f"{store} 里没有知识库，或已损坏", "请先运行 python -m index build")
    if not origin.corpus.is_dir():
        raise CorpusError(f"没有文件夹 {origin.corpus}", "知识库的文件原来放在那里，请恢复它，或用 build 另建")
    lists.use(office_lists(origin.corpus))
    embedder = embedders.load(origin.model)
    return origin.corpus, Work(origin.corpus, store, read_by(origin.corpus), origin.model, embedder, tell)


def _new(path: Path, corpus: Path, replacing: bool) -> _New:
    """Say where a file goes; one that lies in the corpus stays where it is."""
    if not path.is_file():
        raise CorpusError(f"没有文件 {path}，或不是普通文件", "请检查路径")
    if path.suffix.lower() not in SUFFIXES:
        raise CorpusError(f"不认识 {path.name} 这种格式", f"请改用 {'、'.join(SUFFIXES)} 文件")
    if path.resolve().is_relative_to(corpus.resolve()):
        return _New(path, path.resolve().relative_to(corpus.resolve()).as_posix())
    home = corpus / _HOME if (corpus / _HOME).is_dir() else corpus
    target = home / path.name
    if target.exists() and not replacing and target.read_bytes() != path.read_bytes():
        raise CorpusError(f"{target} 已经有了，内容不同", "要用新文件换下它，请加 --replace；要都保留，请先改名")
    return _New(path, target.relative_to(corpus).as_posix())


def _listed(new: _New, corpus: Path) -> CorpusFile:
    try:
        return replace(corpus_file(new.path.parent, new.path.name), name=new.name)
    except IngestError as error:
        raise CorpusError(str(error), "知识库未动") from error


def _made_way(others: Sequence[Entry], fresh: Mapping[str, Entry], held: Held, replacing: bool) -> list[Entry]:
    """Set behind the texts whose documents have another text in a new file; without leave, ask."""
    placed = place([*others, *fresh.values()], held.entries, held.texts)
    current = (entry for entry in placed.entries if entry.name in fresh and entry.standing != SUPERSEDED)
    keys = {entry.key: fresh[entry.name] for entry in current}
    made: list[Entry] = []
    for entry in others:
        new = keys.get(entry.key) if entry.standing in (SEARCHED, RENDITION) else None
        if new is None or not differ(new, entry, held.texts):
            made.append(entry)
        elif replacing:
            made.append(replace(entry, standing=SUPERSEDED))
        else:
            raise TextDiffers(
                f"知识库里已有“{entry.key}”（{entry.name}），{new.name} 的正文与它不同",
                "是新的文本，请加 --replace，原文本留作旧文本；不是，请检查是否拿错了文件",
            )
    return made


def _state(held: Held, sources: Mapping[str, str], fresh: Iterable[str]) -> dict[str, dict[str, Any]]:
    """Take over what the base says of the files of its corpus; those that were added are neither removed nor at fault."""
    state = {name: dict(held.facts.get(name, {})) for name in ("sources", "removed", "faults")}
    for name in fresh:
        state["removed"].pop(name, None)
        state["faults"].pop(name, None)
    state["sources"].update(sources)
    return state


def key_of(document: str, held: Held) -> str:
    """Find the one document of a number, a title or a key, however it is typed.

    :param document: as typed.
    :param held: what the base holds.
    :return: its key.
    :raises QueryError: when the base does not hold it, or holds several of that name.
    """
    wanted = letters(spelt(document))
    exact = {entry.key for entry in held.entries if letters(spelt(entry.key)) == wanted}
    named = {
        entry.key
        for entry in held.entries
        for name in (entry.metadata.number or "", entry.metadata.title)
        if wanted and not exact and letters(spelt(name)) == wanted
    }
    found = sorted(exact or named)
    if len(found) != 1:
        told = (
            f"有几份文件都叫“{document[:100]}”：{'；'.join(found)}" if found else f"知识库里没有文件“{document[:100]}”"
        )
        raise QueryError(
            told, "请给出其中一份的完整编号" if found else "请用 python -m index targets 等命令查看现有文件"
        )
    return found[0]
