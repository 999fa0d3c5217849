"""Text to words: the search form of a text, its tokens of three kinds, and its content words.

Everything that matches words goes through the *search form* (NFKC, lower case, no punctuation), which never
leaves this package. jieba is imported here only, and its dictionary is loaded at the first use (0.6 s).
"""

from __future__ import annotations

import hashlib
import logging
import re
import unicodedata
from collections.abc import Iterator
from functools import cache
from importlib.metadata import version
from typing import Any

from index.question.lists import files, from_lists, lines

WORD, CHARACTER, BIGRAM = "w", "c", "b"
KINDS = (WORD, CHARACTER, BIGRAM)

_POINT_IN_NUMBER = re.compile(r"(?<=\d)\.(?=\d)")
_HAN = re.compile(r"[一-鿿]+")
_UNIT = re.compile(r"[a-z0-9.]+|\S")
_ENDLESS = 500
_PIECE = re.compile(rf"\S{{1,{_ENDLESS}}}|\s+")
"""A run of characters without a blank, or so much of one that has more; no sentence is as long."""


@cache
def _is_mark(character: str) -> bool:
    return unicodedata.category(character)[0] not in "LMN"


def search_form(text: str) -> str:
    """Put a text into the form in which words are matched: NFKC, lower case, marks turned to single spaces.

    >>> search_form("持证率达到４．５％，“社区云”！")
    '持证率达到4.5 社区云'

    :param text: any text.
    :return: the search form; the point inside a number stays.
    """
    folded = unicodedata.normalize("NFKC", text).lower()
    points = {match.start() for match in _POINT_IN_NUMBER.finditer(folded)}
    kept = (" " if _is_mark(character) and place not in points else character for place, character in enumerate(folded))
    return " ".join("".join(kept).split())


def plain(text: str) -> str:
    """Give the search form without blanks, in which words are found wherever their characters stand.

    :param text: any text.
    :return: the search form, blanks taken out.
    """
    if _HAN.fullmatch(text):
        return text
    return search_form(text).replace(" ", "")


@from_lists()
def _stop_words() -> frozenset[str]:
    return frozenset(lines("stop_words.txt"))


@from_lists()
def domain_words() -> tuple[str, ...]:
    """List the words of ``domain_words.txt``, which jieba does not cut.

    :return: their search forms, in the order of the file.
    """
    return tuple(search_form(word) for word in lines("domain_words.txt"))


@from_lists()
def _segmenter() -> Any:  # noqa: ANN401 - jieba has no types
    """Load jieba with the domain dictionary, past its cache file, which all users of a machine would share."""
    import jieba

    jieba.setLogLevel(logging.ERROR)
    tokenizer = jieba.Tokenizer()
    tokenizer.FREQ, tokenizer.total = tokenizer.gen_pfdict(tokenizer.get_dict_file())
    tokenizer.initialized = True
    for word in domain_words():
        tokenizer.add_word(word)
    return tokenizer


@from_lists()
def segmenter_name() -> str:
    """Name what cuts words: segmenter, version and a digest of the word lists; a store records it.

    :return: for instance ``jieba 0.42.1 1f0c2a9be3d4``.
    """
    texts = "".join(text for name in ("domain_words.txt", "stop_words.txt") for _, text in files(name))
    return f"jieba {version('jieba')} {hashlib.sha256(texts.encode()).hexdigest()[:12]}"


def _cut(form: str, *, every: bool = False) -> Iterator[str]:
    """Cut a search form into words, ``every`` one with those inside it.

    Jieba's time for a run of characters that it does not know grows with its square, so that one without end is cut up first.
    """
    cut = _segmenter().cut_for_search if every else _segmenter().cut
    is_endless = any(len(run) > _ENDLESS for run in form.split())
    pieces = _PIECE.findall(form) if is_endless else [form]
    return (word for piece in pieces for word in cut(piece))


def segment(text: str) -> list[str]:
    """Cut a text into words, in order, each character once.

    :param text: any text.
    :return: the words of its search form, no blanks.
    """
    return [word for word in _cut(search_form(text)) if not word.isspace()]


def dictionary_words(text: str) -> list[str]:
    """Cut a text into words of the dictionary, none guessed: what it does not hold falls apart into characters.

    :param text: any text, taken as it is.
    :return: the words in order, each character once.
    """
    return list(_segmenter().cut(text, HMM=False))


def count_of(word: str) -> int:
    """Say how often the dictionary has seen a word.

    :param word: any text.
    :return: its count, 0 for what it does not hold.
    """
    return int(_segmenter().FREQ.get(word) or 0)


def dictionary_size() -> int:
    """Say how many words the dictionary was counted in.

    :return: the sum of all counts.
    """
    return int(_segmenter().total)


def content_words(text: str) -> list[str]:
    """Cut a text into words and drop the function words and question words.

    :param text: any text.
    :return: the words that carry the content, in order, with repeats.
    """
    return [word for word in segment(text) if word not in _stop_words()]


def only_asks(word: str) -> bool:
    """Tell whether a word carries no content (能不能, 多少).

    :param word: a word in search form.
    :return: whether it is a function word or made of such.
    """
    return word in _stop_words() or not content_words(word)


def content_form(text: str) -> str:
    """Take the function words out of the search form, leaving a blank where they stood.

    :param text: a question.
    :return: search form of its content.
    """
    words = _cut(search_form(text))
    return " ".join("".join(" " if word in _stop_words() else word for word in words).split())


def tokens(text: str) -> list[str]:
    """Cut a text into the tokens that are matched, each marked with its kind.

    ``w:`` words in search mode (a long word also yields the words inside it), ``c:`` single characters, ``b:``
    pairs of neighbours. A run of Latin letters and digits counts as one character.

    >>> tokens("养老床位")
    ['w:养老', 'w:床位', 'w:养老床位', 'c:养', 'c:老', 'c:床', 'c:位', 'b:养老', 'b:老床', 'b:床位']

    :param text: any text.
    :return: tokens in order of kind and place, with repeats.
    """
    form = search_form(text)
    words = [f"{WORD}:{word}" for word in _cut(form, every=True) if not word.isspace()]
    return words + _character_tokens(form)


def character_tokens(text: str) -> list[str]:
    """Cut a text into the tokens by which clauses are found: characters and pairs of them, marked as :func:`tokens` marks them.

    >>> character_tokens("新增15家")
    ['c:新', 'c:增', 'c:15', 'c:家', 'b:新增', 'b:增15', 'b:15家']

    :param text: any text.
    :return: tokens in order of kind and place, with repeats.
    """
    return _character_tokens(search_form(text))


def _character_tokens(form: str) -> list[str]:
    runs = _runs(form)
    return [*(f"{CHARACTER}:{unit}" for run in runs for unit in run), *(f"{BIGRAM}:{pair}" for pair in _pairs(runs))]


def pairs(text: str) -> list[str]:
    """Cut a text into the pairs of neighbouring characters of its search form.

    >>> pairs("养老床位，15家")
    ['养老', '老床', '床位', '15家']

    :param text: any text.
    :return: pairs in order, with repeats; none goes over a mark or a blank.
    """
    return _pairs(_runs(search_form(text)))


def _runs(form: str) -> list[list[str]]:
    """Cut a search form into runs of characters that no mark or blank parts."""
    return [_UNIT.findall(run) for run in form.split()]


def _pairs(runs: list[list[str]]) -> list[str]:
    return [left + right for run in runs for left, right in zip(run, run[1:], strict=False)]
