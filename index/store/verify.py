"""Whether a store is whole: every byte by its checksum, every record by what it says of itself, every source by its digest."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from index.errors import StoreError
from index.store import generations as stores
from index.store import sealed
from index.store.codec import decode_all
from index.store.entries import ENTRIES, SEARCHED, Entry
from index.store.generations import GENERATIONS, SEGMENTS, Generation
from index.store.lock import locked
from index.store.readings import named
from index.store.segments import Segment, read_segment
from ingest.records import Clause, Document

_REPAIR = "请用 python -m index verify --repair 从源文件重建"


@dataclass(frozen=True, slots=True)
class Finding:
    """What is wrong, where, and what helps; ``is_damage`` where the store itself is at fault, not a file of its corpus."""

    place: str
    problem: str
    remedy: str
    is_damage: bool = True


@dataclass(frozen=True, slots=True)
class Verified:
    """What was looked at, and what was found wrong; a store is whole where nothing was."""

    generation: str
    documents: int
    clauses: int
    sentences: int
    files: int
    findings: tuple[Finding, ...]


def verify(store: str | Path) -> Verified:
    """Look at everything that a store holds; nothing is changed.

    :param store: folder of the store.
    :return: counts and findings.
    :raises StoreError: when there is no store, it is in use, or so damaged that it does not tell what it holds.
    """
    with locked(Path(store)):
        generation = stores.read(Path(store))
        return _verified(Path(store), generation)


def _verified(store: Path, generation: Generation) -> Verified:
    findings = list(_of_folders(store, generation))
    entries = decode_all(Entry, bytes(generation.files[ENTRIES]))
    segments = dict(_whole(store, generation))
    findings += _of_segments(segments, entries)
    for entry in entries:
        if entry.segment in segments:
            findings += _of_entry(entry, segments[entry.segment])
    findings += _of_keys(entries)
    findings += _of_sources(generation)
    live = [entry for entry in entries if entry.standing == SEARCHED]
    files = sum(len(list(folder.glob("*"))) for folder in _folders(store, generation))
    return Verified(
        generation.digest,
        len(live),
        sum(entry.clauses for entry in live),
        sum(entry.sentences for entry in live),
        files,
        tuple(findings),
    )


def _folders(store: Path, generation: Generation) -> list[Path]:
    segments = [store / SEGMENTS / digest for digest in stores.segments_of(generation.facts)]
    return [store / GENERATIONS / generation.digest, *segments]


def _of_folders(store: Path, generation: Generation) -> Iterator[Finding]:
    """Check every file by itself, so that each that is damaged is named."""
    for folder in _folders(store, generation):
        try:
            names = sorted(sealed.manifest_of(store, folder)["files"])
        except (StoreError, FileNotFoundError):
            yield Finding(str(folder.relative_to(store)), "清单缺失或校验不符", _REPAIR)
            continue
        for name in names:
            try:
                sealed.unseal(store, folder, (name,), mapped=True)
            except StoreError:
                yield Finding(str((folder / name).relative_to(store)), "校验不符", _REPAIR)
            except FileNotFoundError:
                yield Finding(str((folder / name).relative_to(store)), "文件缺失", _REPAIR)


def _whole(store: Path, generation: Generation) -> Iterator[tuple[str, Segment]]:
    for digest in stores.segments_of(generation.facts):
        try:
            yield digest, read_segment(store, digest)
        except (StoreError, FileNotFoundError):
            continue


def _of_segments(segments: Mapping[str, Segment], entries: tuple[Entry, ...]) -> Iterator[Finding]:
    """Check that a segment has as many vectors, counts and search forms as it says that its readings have parts."""
    for digest, segment in segments.items():
        searched = segment.facts["clauses"][: len(segment.facts["sentences"])]
        said = *(sum(segment.facts[kind]) for kind in ("sentences", "indexed", "clauses")), sum(searched)
        held = len(segment.vectors), len(segment.postings.lengths), len(segment.heads), len(segment.forms)
        if held != said:
            yield Finding(f"{SEGMENTS}/{digest}", "向量、词频、条款或检索文本的数目与清单不符", _REPAIR)
    for digest in sorted({entry.segment for entry in entries} - set(segments)):
        yield Finding(f"{SEGMENTS}/{digest}", "其中的文件都读不出来", _REPAIR)


def _of_entry(entry: Entry, segment: Segment) -> Iterator[Finding]:
    place = f"{entry.name}（{entry.key}）"
    try:
        document = named(segment.reading(entry.row).document, entry.name, entry.key)
    except (StoreError, IndexError):
        yield Finding(place, "读取记录不完整", _REPAIR)
        return
    counted = len(document.clauses), sum(len(clause.sentences) for clause in document.clauses)
    if counted != (entry.clauses, entry.sentences) or document.source.sha256 != entry.sha256:
        yield Finding(place, "条款数、句数或源文件摘要与清单不符", _REPAIR)
    repeated = [name for name, count in Counter(clause.clause_id for clause in document.clauses).items() if count > 1]
    if repeated:
        yield Finding(place, f"条款编号重复：{'、'.join(repeated[:3])}", _REPAIR)
    for clause in document.clauses:
        if fault := _of_clause(clause, document):
            yield Finding(clause.clause_id, fault, _REPAIR)


def _of_clause(clause: Clause, document: Document) -> str:
    """Say what of a clause does not lie where it says."""
    if not clause.clause_id.startswith(f"{document.key}/"):
        return "条款编号不以文件编号开头"
    if document.source_text[clause.span.start : clause.span.end] != clause.source_text:
        return "源文与其在全文中的位置不符"
    if any(clause.text[one.start : one.end] != one.text for one in clause.sentences):
        return "句子与其在条款中的位置不符"
    if any(clause.text[one.start : one.end] != one.text for one in clause.targets):
        return "目标值的原文与其在条款中的位置不符"
    return ""


def _of_keys(entries: tuple[Entry, ...]) -> Iterator[Finding]:
    searched = Counter(entry.key for entry in entries if entry.standing == SEARCHED)
    for key in sorted({entry.key for entry in entries}):
        if searched[key] != 1:
            yield Finding(key, f"有 {searched[key]} 份正文，应为一份", _REPAIR)


def _of_sources(generation: Generation) -> Iterator[Finding]:
    """Hold the files of the corpus against what was read; what has changed there is no damage to the store."""
    for name, digest in generation.facts["sources"].items():
        path = generation.corpus / name
        try:
            same = sealed.sha256(path.read_bytes()) == digest
        except OSError as error:
            yield Finding(
                name, f"源文件打不开（{error.strerror}）", "请补回文件；否则原页图看不了，更新后会移出", False
            )
            continue
        if not same:
            yield Finding(name, "源文件改过，与读入时不同", "请运行 python -m index update", False)
