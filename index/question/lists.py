"""The lists of words by which questions are read: those of the package, and those that an office keeps beside its documents.

An office's list bears the name of a list of the package and is read behind it. One office's lists are in use at a time:
:func:`use` takes them up, and whatever was made of lists (:func:`from_lists`) is made anew.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache, wraps
from pathlib import Path
from threading import RLock
from typing import Any, TypeVar

DATA = Path(__file__).parent / "data"
THESAURUS = "thesaurus_*.txt"
NAMES = ("details.txt", "domain_words.txt", "regions.txt", "stop_words.txt")
"""Lists beside those of the thesaurus."""

_Function = TypeVar("_Function", bound=Callable[..., Any])
_made: list[Callable[[], None]] = []
_office: dict[str, str] = {}
_without: set[str] = set()
_taking_up = RLock()
"""Held while lists are taken up, and while something is made of them, so that nothing is made of half of them."""
_times = 0
"""How often lists were taken up: what was made of former ones is not found under it."""


def from_lists(maxsize: int | None = None) -> Callable[[_Function], _Function]:
    """Keep what a function makes of the lists until others are taken up.

    :param maxsize: how many results are kept; None for all.
    :return: a decorator.
    """

    def keep(function: _Function) -> _Function:
        @lru_cache(maxsize=maxsize)
        def kept(times: int, *arguments: Any) -> Any:
            with _taking_up:
                return function(*arguments)

        @wraps(function)
        def current(*arguments: Any) -> Any:
            return kept(_times, *arguments)

        current.cache_clear = kept.cache_clear  # type: ignore[attr-defined]
        _made.append(kept.cache_clear)
        return current  # type: ignore[return-value]

    return keep


def use(office: Mapping[str, str], without: Iterable[str] = ()) -> None:
    """Take up the lists of an office.

    :param office: texts by file name; empty for none.
    :param without: names or patterns of the package's lists that are not read, to measure what they give.
    """
    global _times
    with _taking_up:
        if dict(office) != _office or set(without) != _without:
            _office.clear()
            _office.update(office)
            _without.clear()
            _without.update(without)
            _times += 1
            for forget in _made:
                forget()


def files(pattern: str) -> list[tuple[str, str]]:
    """List the lists whose names fit a pattern, the package's first.

    :param pattern: a name, or a pattern such as :data:`THESAURUS`.
    :return: pairs of name and text, by name.
    """
    paths = (path for path in sorted(DATA.glob(pattern)) if not any(map(path.match, _without)))
    own = [(path.name, path.read_text(encoding="utf-8")) for path in paths]
    return [*own, *sorted((name, text) for name, text in _office.items() if Path(name).match(pattern))]


def lines(pattern: str) -> tuple[str, ...]:
    """Read the lines of lists, blank ones and comments left out.

    :param pattern: a name, or a pattern.
    :return: the lines, without blanks around them.
    """
    every = (line.strip() for _, text in files(pattern) for line in text.splitlines())
    return tuple(line for line in every if line and not line.startswith("#"))


@from_lists()
def digest() -> str:
    """Digest all lists, so that what was fitted with them can name them.

    :return: SHA-256 in hexadecimal, 16 characters.
    """
    texts = [pair for pattern in (*NAMES, THESAURUS) for pair in files(pattern)]
    whole = "".join(f"{name}\n{text}\n" for name, text in texts)
    return hashlib.sha256(whole.encode()).hexdigest()[:16]
