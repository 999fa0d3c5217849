"""What is wrong with a list of organisations: lines that say nothing, say the same again, or can never tell."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from ingest.errors import BadList
from ingest.records import ListProblem
from ingest.units.names import NameFinder
from ingest.units.organisations import LIST, PACKAGED, REMEDY, Entry, Forms, entry_of, lines_of

_BEFORE = "甲区"
"""Stands before an ending, to see whether the name that it makes is known again."""


def list_problems(lists: Path | None = None) -> tuple[ListProblem, ...]:
    """Checks the lists that reading uses.

    :param lists: an office's folder of lists, of which none need be there; None for those that come with the project.
    :return: the problems in order of line; none where all is well.
    """
    path = lists / LIST if lists else PACKAGED
    return problems(path) if path.exists() else ()


def problems(path: Path) -> tuple[ListProblem, ...]:
    """Checks one list of organisations: unknown forms, doubles, contradictions, and names that no text could match.

    :param path: the list; an office's own is held against that of the project, too.
    :return: the problems in order of line.
    """
    try:
        lines = list(lines_of(path))
        own = path.resolve() != PACKAGED.resolve()
        known = {entry.form for entry in _entries(lines_of(PACKAGED))} if own else set()
    except BadList as fault:
        return (ListProblem(str(path), fault.line or 1, f"{fault.problem}；{fault.remedy}"),)
    unread = [
        ListProblem(str(path), line, f"“{words}”不是词形；{REMEDY}")
        for line, words in lines
        if not entry_of(line, words)
    ]
    seen: dict[str, Entry] = {}
    told = []
    for entry in _entries(lines):
        text = _problem(entry, seen, known)
        seen.setdefault(entry.form, entry)
        told += [ListProblem(str(path), entry.line, f"“{entry.form}”{text}")] if text else []
    return tuple(sorted([*unread, *told], key=lambda problem: problem.line))


def _entries(lines: Iterator[tuple[int, str]] | list[tuple[int, str]]) -> Iterator[Entry]:
    return (entry for line, words in lines if (entry := entry_of(line, words)))


def _problem(entry: Entry, seen: dict[str, Entry], known: set[str]) -> str | None:
    """What is wrong with one form, given those above it and those that the project knows; None for nothing."""
    if entry.form in seen:
        return f"与第{seen[entry.form].line}行重复；请删去一行"
    against = ("…", "") if entry.sign == "!" else ("!",)
    opposite = next((seen[sign + entry.word] for sign in against if sign + entry.word in seen), None)
    if opposite:
        return f"与第{opposite.line}行“{opposite.form}”矛盾；请只留一行"
    if entry.form in known:
        return "自带词表已有；可以删去"
    if entry.sign == "!":
        return None
    name = _BEFORE + entry.word if entry.sign else entry.word
    alone = Forms(frozenset(), frozenset([name]), frozenset())
    if NameFinder(alone).is_name(name):
        return None
    return "对不上任何文字：名称要有2至24个字，不能有“的”“由”，开头也不能是“推进”“对”这样引出任务的词；请改写或删去"
