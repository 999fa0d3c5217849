"""All lists of words held against one another: the package's own, and those that an office keeps beside its documents."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from pathlib import Path

import index
from index.errors import CorpusError
from index.question.list_forms import THESAURUS, Entry, Line, Problem, read_list
from index.question.lists import DATA
from ingest import list_problems

STOP_WORDS, DOMAIN_WORDS = "stop_words.txt", "domain_words.txt"


def check_lists(corpus: Path) -> tuple[int, tuple[Problem, ...]]:
    """Check the package's lists and those of an office.

    :param corpus: the office's folder of documents, whose folder ``lists`` need not be there.
    :return: how many lists there are, and the problems in order of file and line; the package's lists come first.
    :raises CorpusError: when there is no such folder.
    """
    if not corpus.is_dir():
        raise CorpusError(f"没有文件夹 {corpus}", "请用 --corpus 给出存放政策文件的文件夹")
    own = DATA.relative_to(Path(index.__file__).parent.parent).as_posix()
    folders = [(own, DATA), ((corpus / "lists").as_posix(), corpus / "lists")]
    files = [(label, path) for label, folder in folders if folder.is_dir() for path in _files(folder)]
    read = [one for label, path in files for one in read_list(label, path)]
    entries = [one for one in read if isinstance(one, Entry)]
    found = [one for one in read if isinstance(one, Problem)]
    found += [*_doubles(entries), *_said_again(entries), *_across(entries), *reading_problems(corpus / "lists")]
    order = [f"{label}/{path.name}" for label, path in files]
    places = {file: place for place, file in enumerate([*order, *sorted({one.file for one in found} - set(order))])}
    return len(files), tuple(sorted(found, key=lambda one: (places[one.file], one.line, one.text)))


def reading_problems(lists: Path) -> Iterable[Problem]:
    """Ask the reading of documents what is wrong with its own list, the package's and the office's.

    :param lists: the office's folder of lists, which need not be there.
    :return: its problems.
    """
    own = [Problem(one.file, one.line, one.text) for one in list_problems()]
    return [*own, *(Problem(one.file, one.line, one.text) for one in (list_problems(lists) if lists.is_dir() else ()))]


def _files(folder: Path) -> list[Path]:
    """List the files that must be lists: all but a README and what is hidden."""
    files = (path for path in folder.iterdir() if path.is_file() and not path.name.startswith("."))
    return sorted((path for path in files if path.stem.lower() != "readme"), key=lambda path: path.name)


def _doubles(entries: Sequence[Entry]) -> Iterator[Problem]:
    """Tell words that stand in one list twice, or in the office's as well as the package's."""
    first: dict[tuple[str, str], Line] = {}
    for entry in entries:
        before = first.get((entry.name, entry.word))
        if before and entry.name != THESAURUS:
            yield _problem(entry.line, f"“{entry.word}”重复，{_place(before)} 已有；请删去一处")
        first.setdefault((entry.name, entry.word), entry.line)


def _said_again(entries: Sequence[Entry]) -> Iterator[Problem]:
    """Tell words of the thesaurus of which a line says nothing that the lines before it do not say.

    Of a line 甲 = 乙 = 丙 each word says something of the others, so it is told only when all are said already. A word
    of the domain stands for nothing that is not the same, and on the right of a | says nothing of itself.
    """
    domain = {entry.word for entry in entries if entry.name == DOMAIN_WORDS}
    said: dict[str, dict[str, Line]] = {}
    for line, group in groupby((entry for entry in entries if entry.name == THESAURUS), key=lambda one: one.line):
        again = []
        of_line = [entry for entry in group if "=" in line.text or entry.word not in domain]
        for entry in of_line:
            known = said.setdefault(entry.word, {})
            if all(meant in known for meant in entry.meant):
                again.append((entry.word, known[entry.meant[0]] if entry.meant else line))
            for meant in entry.meant:
                known.setdefault(meant, line)
        if "=" not in line.text or len(again) == len(of_line):
            yield from (_problem(line, f"“{word}”的这些意思 {_place(before)} 已有；可以删去") for word, before in again)


def _across(entries: Sequence[Entry]) -> Iterator[Problem]:
    """Tell words that stand in lists of several kinds; a word of the thesaurus may, unless it is a stop word."""
    first: dict[str, Entry] = {}
    stops = {entry.word: entry.line for entry in entries if entry.name == STOP_WORDS}
    for entry in entries:
        if entry.name != STOP_WORDS and entry.word in stops:
            yield _problem(entry.line, f"“{entry.word}”是停用词（{_place(stops[entry.word])}）；请只留一处")
        if entry.name not in (STOP_WORDS, THESAURUS):
            before = first.setdefault(entry.word, entry)
            if before.name != entry.name:
                yield _problem(entry.line, f"“{entry.word}”也在 {_place(before.line)}；请看是否只该留一处")


def _problem(line: Line, text: str) -> Problem:
    return Problem(line.file, line.number, text)


def _place(line: Line) -> str:
    return f"{line.file} 第{line.number}行"
