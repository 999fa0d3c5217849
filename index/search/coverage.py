"""How much of a question the sentences of a clause cover: its telling words, weighed, met directly or through the thesaurus."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from index.question import words
from index.question.asked import Asked
from index.question.lists import from_lists
from index.question.years import years
from index.search.lexical import LexicalIndex
from index.search.passages import Passage

_OF_CLAUSE, _OF_HEADINGS, _OF_TITLE = 0.8, 0.7, 0.4  # what a word counts that stands near the sentence, not in it
_APART = 0.25  # the same for the clause, where the sentence itself must give a detail
_THROUGH, _PARTLY = 0.75, 0.8  # what an official word counts for an everyday one, and a word that is met in part
_UNITS = frozenset("个名元月家张位项年人次户处座所种类部件条台套间辆支岁天")
_UNKNOWN = 0.3  # weight of a word that the base does not know: it may be telling, or the way people talk


@dataclass(frozen=True, slots=True)
class Telling:
    """A question with its telling words weighed against a base; ``official`` holds what each of them may stand for.

    ``met`` keeps what the words count in texts that were looked at: headings and titles stand over many sentences.
    """

    asked: Asked
    weights: Mapping[str, float]
    official: Mapping[str, tuple[str, ...]]
    met: dict[str, list[float]] = field(default_factory=dict, compare=False, repr=False)

    @property
    def content(self) -> float:
        """Weight of all telling words."""
        return sum(self.weights.values())


@dataclass(frozen=True, slots=True)
class Covering:
    """One sentence, and the weighted shares of a question's words that it covers.

    ``covered`` counts the clause, headings and title with it; ``apart`` leaves most of the clause out. ``met`` says for
    each telling word how much of it is met, as ``covered`` counts it. ``shown`` is the sentence with its marks, widths and
    blanks aside; ``around`` is the search form, without blanks, of clause, headings and title.
    """

    passage: Passage
    shown: str
    around: str
    met: tuple[float, ...]
    covered: float
    apart: float


@lru_cache(maxsize=1 << 16)
def plain(text: str) -> str:
    """Give the search form without blanks; those of sentences are kept for the next question.

    :param text: any text.
    :return: its search form, blanks taken out.
    """
    return words.plain(text)


@lru_cache(maxsize=1 << 16)
def _shown(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).lower().split())


def weigh(asked: Asked, lexical: LexicalIndex) -> Telling:
    """Find the telling words of a question and weigh them by idf, in units of that of a word that no sentence holds.

    :param asked: the question as it was read.
    :param lexical: the words of the base.
    :return: the words; years and regions are not among them, they are judged apart.
    """
    telling = [word for word in asked.words if _is_telling(word, asked.regions)]
    official = {
        word: tuple(plain(one) for said, meant in asked.readings if _touch(word, said) for one in meant)
        for word in telling
    }
    known = {word for word in telling if _known(word, lexical)}
    weights = {word: _rarity(word, lexical) if word in known else _of_parts(word, lexical) for word in telling}
    return Telling(asked, weights, official)


def _of_parts(word: str, lexical: LexicalIndex) -> float:
    """Weigh a word that the base does not have by the words inside it that it has: 社区食堂 by 社区 and 食堂."""
    inside = (token for token in words.tokens(word) if token[0] == words.WORD and len(token) > 3)
    tokens = [token for token in inside if token in lexical.rows]
    return max((lexical.rarity(token) / lexical.rarity("") for token in tokens), default=_UNKNOWN)


def _is_telling(word: str, named: Iterable[str]) -> bool:
    """Tell words from years, places, units of counting, and what is made of function words alone (各有)."""
    if word in _UNITS or years(word) or any(word.startswith(place) for place in named):
        return False
    return any(map(_has_content, word))


@from_lists(maxsize=1 << 14)
def _has_content(character: str) -> bool:
    return bool(words.content_words(character))


def _touch(word: str, everyday: str) -> bool:
    return word in everyday or everyday in word or any(pair in everyday for pair in _pairs(word))


@lru_cache(maxsize=1 << 14)
def _pairs(word: str) -> tuple[str, ...]:
    return tuple(left + right for left, right in zip(word, word[1:], strict=False))


def _known(word: str, lexical: LexicalIndex) -> bool:
    """Tell whether the base has a word, or at least each pair of its characters."""
    pairs = _pairs(word)
    by_pairs = bool(pairs) and all(f"{words.BIGRAM}:{pair}" in lexical.rows for pair in pairs)
    return by_pairs or lexical.holds(word)


def _rarity(word: str, lexical: LexicalIndex) -> float:
    token = f"{words.WORD}:{word}"
    tokens = [token] if token in lexical.rows else [f"{words.BIGRAM}:{pair}" for pair in _pairs(word)]
    return max(map(lexical.rarity, tokens)) / lexical.rarity("")  # "" is a token that no sentence has


def coverings(clause: Sequence[Passage], question: Telling) -> list[Covering]:
    """Say for each sentence of a clause what it covers.

    :param clause: all sentences of one clause.
    :param question: what is asked.
    :return: one record a sentence, in their order.
    """
    forms = [plain(passage.text) for passage in clause]
    near = ["".join(forms), plain(clause[0].headings), plain(clause[0].title)]
    met = [_met(form, question) for form in near]
    around, apart = _nearest(met, _OF_CLAUSE), _nearest(met, _APART)
    found = []
    for passage, form in zip(clause, forms, strict=True):
        own = _met(form, question)
        met_here = tuple(map(max, own, around))
        shares = _share(own, around, question), _share(own, apart, question)
        found.append(Covering(passage, _shown(passage.text), "".join(near), met_here, *shares))
    return found


def is_met(word: str, form: str) -> bool:
    """Tell whether a text holds a word, or nearly all of it.

    :param word: a word of a question.
    :param form: search form of a text, without blanks.
    :return: whether it does.
    """
    return _part(word, form) >= _THROUGH


def _part(word: str, form: str) -> float:
    """Say how much of a word a text holds: 1, or for a longer word the share of its pairs, where it is most of them."""
    if word in form:
        return 1.0
    if len(word) < 3:
        return 0.0
    pairs = _pairs(word)
    share = sum(pair in form for pair in pairs) / len(pairs)
    return _PARTLY * share if share > 0.5 else 0.0


def _met(form: str, question: Telling) -> list[float]:
    """Say for each word what it counts in a text: what is not there itself may be there by an official word."""
    met = question.met.get(form)
    if met is None:
        met = question.met[form] = []
        for word, official in question.official.items():
            part = _part(word, form)
            through = part < _THROUGH and any(map(form.__contains__, official))
            met.append(_THROUGH if through else part)
    return met


def _nearest(near: Sequence[Sequence[float]], of_clause: float) -> list[float]:
    """Say for each word what it counts in clause, headings or title, the best of them."""
    clause, headings, title = near
    parts = zip(clause, headings, title, strict=True)
    return [max(of_clause * one, _OF_HEADINGS * two, _OF_TITLE * three) for one, two, three in parts]


def _share(own: Sequence[float], near: Sequence[float], question: Telling) -> float:
    """Add up the weights of the words, each by the better of the two places where it is met."""
    parts = zip(question.weights.values(), own, near, strict=True)
    return sum(weight * max(here, there) for weight, here, there in parts) / (question.content or 1.0)
