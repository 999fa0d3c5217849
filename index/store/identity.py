"""Which readings are one document (同一份文件), by number, title and content, and which of them is searched and quoted.

A document is known by its number, or by its title where it has none. What collides is looked into: the same text in another file
is a rendition (版式) of it; another text is another document, and gets a key of its own, so that neither is lost. Who bore a key
before keeps it: ids of clauses that people have saved stay.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from index.references.spelling import letters, spelt
from index.store.entries import EARLIER, RENDITION, SEARCHED, SUPERSEDED, Entry
from index.store.likeness import Texts
from ingest import reader_for
from ingest.records import Metadata

_ONE_NUMBER, _ONE_TITLE, _COPY = 0.3, 0.5, 0.98
"""Share of the shorter text that stands in the longer one, from which on two of one number, of one title, or of one title with
other dates or issuers are one document."""
_WHOLE, _LIKE = 0.6, 0.9
"""Length of a text beside the longest of its document from which on it is no excerpt; share from which on two are alike."""


@dataclass(frozen=True, slots=True)
class Placed:
    """Entries with the keys of their documents and their standing, in order; ``notes`` tell the user what collided."""

    entries: tuple[Entry, ...]
    notes: tuple[str, ...]


def place(entries: Iterable[Entry], held: Iterable[Entry], texts: Texts) -> Placed:
    """Tell documents apart, and choose of each the text that is searched.

    :param entries: everything that was read; those that a later text of their file replaced are :data:`EARLIER`.
    :param held: entries of the base as it is, which keep their keys.
    :param texts: compares their texts; only of those that collide.
    :return: the same entries, placed.
    """
    before = {(entry.name, natural_key(entry.metadata)): entry.key for entry in held}
    current = [entry for entry in entries if entry.standing != EARLIER]
    placed, notes, taken = list[Entry](), list[str](), set[str]()
    for group in _groups(current, texts):
        families = _families(group, before, texts)
        keys = _keys(families, before, taken)
        taken.update(keys)
        if len(families) > 1:
            notes.append(_told_apart(families, keys))
        for family, key in zip(families, keys, strict=True):
            first, *others = _ranked(family, texts)
            placed.append(_standing(first, key, SEARCHED))
            placed += [_standing(other, key, _behind(other)) for other in others]
            notes += [note for other in others if (note := _unlike(first, other, texts))]
    owners = {entry.name: entry.key for entry in placed}
    earlier = [entry for entry in entries if entry.standing == EARLIER]
    placed += [replace(entry, key=owners.get(entry.name, entry.key)) for entry in earlier]
    return Placed(tuple(sorted(placed, key=lambda entry: entry.order)), tuple(notes))


def differ(one: Entry, other: Entry, texts: Texts) -> bool:
    """Tell whether the texts of two files are not the same, give or take what two typings of one text differ in.

    :param one: a file.
    :param other: another.
    :param texts: compares them.
    """
    sizes = sorted(texts.size(entry) for entry in (one, other))
    return texts.share(one, other) < _COPY or sizes[0] < _LIKE * sizes[1]


def natural_key(metadata: Metadata) -> str:
    """Give what a document is known by where no other is known by the same.

    :param metadata: of the document.
    :return: its number, or its title where it has none.
    """
    return metadata.number or metadata.title


def _groups(entries: Sequence[Entry], texts: Texts) -> list[list[Entry]]:
    """Put together what is known by one key; one without a number that has the title and text of one with a number goes to it."""
    groups: dict[str, list[Entry]] = {}
    titled: dict[str, list[Entry]] = {}
    for entry in sorted(entries, key=lambda entry: (entry.metadata.number is None, entry.name)):
        key, title = natural_key(entry.metadata), letters(spelt(entry.metadata.title))
        twins = titled.get(title, ()) if not entry.metadata.number else ()
        twin = next((one for one in twins if _agree(one, entry) and texts.share(one, entry) >= _LIKE), None)
        groups.setdefault(natural_key(twin.metadata) if twin else key, []).append(entry)
        if entry.metadata.number:
            titled.setdefault(title, []).append(entry)
    return [groups[key] for key in sorted(groups)]


def _families(group: Sequence[Entry], before: Mapping[tuple[str, str], str], texts: Texts) -> list[list[Entry]]:
    """Part a group into documents, those that bore the key before first, then the older."""

    def age(entry: Entry) -> tuple[bool, str, int, str]:
        natural = natural_key(entry.metadata)
        is_new = before.get((entry.name, natural)) != natural
        return is_new, entry.metadata.date or "9", reader_for(Path(entry.name)).authority, entry.name

    families: list[list[Entry]] = []
    for entry in sorted(group, key=age) if len(group) > 1 else group:
        own = next((family for family in families if _is_one(family[0], entry, texts)), None)
        if own is None:
            families.append([entry])
        else:
            own.append(entry)
    return families


def _is_one(one: Entry, other: Entry, texts: Texts) -> bool:
    if one.sha256 == other.sha256:
        return True
    if one.metadata.number and one.metadata.number == other.metadata.number:
        return texts.share(one, other) >= _ONE_NUMBER
    return texts.share(one, other) >= (_ONE_TITLE if _agree(one, other) else _COPY)


def _agree(one: Entry, other: Entry) -> bool:
    """Tell whether two may be of one issuer and one date; what one of them does not state agrees with anything."""
    mine, theirs = one.metadata, other.metadata
    dates = not mine.date or not theirs.date or mine.date == theirs.date
    named = mine.issuer or "", theirs.issuer or ""
    return dates and (named[0] in named[1] or named[1] in named[0])


def _keys(families: Sequence[Sequence[Entry]], before: Mapping[tuple[str, str], str], taken: set[str]) -> list[str]:
    """Give each document its key: the one it bore before, else the usual one, else one that says what sets it apart."""
    keys: list[str] = []
    numbers = {entry.metadata.number for family in families for entry in family}
    for family in families:
        natural = min((natural_key(entry.metadata) for entry in family), key=lambda key: key not in numbers)
        old = (before.get((entry.name, natural_key(entry.metadata))) for entry in family)
        wanted = [*(key for key in old if key), natural, *_distinguished(family[0], natural)]
        keys.append(next(key for key in wanted if key not in taken and key not in keys))
    return keys


def _distinguished(entry: Entry, natural: str) -> list[str]:
    """List keys that set a document apart: with its title where it has a number, with issuer and date, at last with its digest."""
    told = entry.metadata
    traits = [told.title if told.number else "", told.issuer or "", told.date or ""]
    said = "，".join(trait for trait in traits if trait)
    return [
        *([f"{natural}（{said}）"] if said else []),
        f"{natural}（{entry.sha256[:8]}）",
        f"{natural}（{entry.sha256}）",
    ]


def _ranked(family: Sequence[Entry], texts: Texts) -> list[Entry]:
    """Order the files of one document: newer texts, whole ones, those with their number, the authority of the format, name."""
    if len(family) == 1:
        return list(family)
    longest = max(texts.size(entry) for entry in family)
    return sorted(
        family,
        key=lambda entry: (
            entry.standing == SUPERSEDED,
            texts.size(entry) < _WHOLE * longest,
            entry.metadata.number is None,
            reader_for(Path(entry.name)).authority,
            entry.name,
        ),
    )


def _standing(entry: Entry, key: str, standing: str) -> Entry:
    """Give an entry its key and standing; of most, which have them, no other is made."""
    return entry if (entry.key, entry.standing) == (key, standing) else replace(entry, key=key, standing=standing)


def _behind(entry: Entry) -> str:
    return SUPERSEDED if entry.standing == SUPERSEDED else RENDITION


def _told_apart(families: Sequence[Sequence[Entry]], keys: Sequence[str]) -> str:
    each = "；".join(
        f"“{key}”（{'、'.join(entry.name for entry in family)}）" for family, key in zip(families, keys, strict=True)
    )
    what = "文号" if families[0][0].metadata.number else "标题"
    return f"{what}相同而正文不同，按不同文件分别收入，请核对：{each}"


def _unlike(first: Entry, other: Entry, texts: Texts) -> str:
    """Tell of two files of one document whose texts differ; nothing of those that hardly do."""
    if other.standing == SUPERSEDED:
        return ""
    mine, theirs = texts.size(first), texts.size(other)
    share = texts.share(first, other)
    if theirs < _WHOLE * mine:
        return f"{other.name} 比同一份文件的 {first.name} 短得多，以后者为准，请核对是否节选"
    return f"{other.name} 与同一份文件的 {first.name} 文字有出入，以后者为准，请核对" if share < _LIKE else ""
