"""The same indicator across documents side by side, and all clauses that fit a question for a list."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from index.answer.agreement import difference, parts, same_indicator, stem
from index.answer.library import Library
from index.question import words
from index.question.thesaurus import read_as
from index.records import Comparison, Statement
from index.search.scope import own_places
from ingest.records import Clause

_COMPARES = re.compile(
    r"对比|比较|比一比|相比|比起来|差多少|相差|差距|差几|差别|不同|一样吗|一致吗|分别|各是|各自|各有|各要|哪个[高低多少]|谁[高低多少]"
)
_DISTRICT = re.compile(r"(?:[一-鿿]{2,6}?市)?([一-鿿]{2,4}?)(?:新区|区|县)")
LISTS = re.compile(r"有哪些|哪些|列出|列举|都有什么|逐条|所有.*条款|全部.*条款|几条")
_LIST_WORDS = re.compile(
    r"有哪些|哪些|都?列出来?|列举|都有什么|逐条|所有的?|全部的?|条款|提到|提及|讲到|讲|涉及|出现过|写明|写了|写|关于|内容|文件|任务|规定|要求|"
    r"里面?|中|都|在|的|要|有|了|什么|取得|三份|两份|带数字|请|给我|帮我|一下"
)
NUMERIC = re.compile(r"多少|几[个家张人户项所处名%成]|比例|占比|率|目标|指标|达到|数量|数字|要求.*多高|百分之")
_NATURE = re.compile(r"约束性|预期性")
_TARGETS = re.compile(r"(?:带?数字的?|量化)?(?:目标|指标)")


def compares(question: str, library: Library) -> bool:
    """Tell whether a question asks to see things side by side, in so many words or by naming city and district.

    :param question: a question.
    :param library: the documents, whose issuers tell which districts there are.
    :return: whether it does.
    """
    if _COMPARES.search(question):
        return True
    below = any(name in question for name in _districts(library))
    return ("市里" in question and (below or "区里" in question)) or ("全市" in question and below)


def _districts(library: Library) -> set[str]:
    """Name the districts whose offices issued documents of the base, without 区 and 县."""
    issuers = (document.metadata.issuer or "" for document in library.documents.values())
    return {found[1] for issuer in issuers if (found := _DISTRICT.match(issuer))}


def compare_documents(left: str, right: str, library: Library) -> tuple[Comparison, ...]:
    """All indicators that two documents share, by the words of the indicators."""
    return _compared(library.statements([left]), [left, right], library)


def compare_question(rest: str, library: Library, keys: Sequence[str]) -> tuple[Comparison, ...]:
    """The indicators that a question asks to see side by side; none where it names no indicator of the base."""
    chosen = list(keys) if len(keys) > 1 else list(library.documents)
    asked = set(_indicator_words(rest, library))
    everything = library.statements(keys or None)
    goals = [one for one in everything if one.target.kind == "target"]
    if not asked:
        return _compared(goals, chosen, library) if len(chosen) > 1 else ()
    scored = [(_likeness(asked, one), one) for one in goals]
    best = max((score for score, _ in scored), default=0.0)
    close = [one for score, one in scored if score == best] if best > 0 else []
    return _compared(close, list(keys) if len(keys) == 1 else chosen, library, lonely=True)


_EXACT = 4
"""A term of at least this many characters may stand for its synonyms in a list."""

_ASKED = 0.5
"""An indicator is asked for when it holds at least this share of the question's words."""


def _likeness(asked: set[str], one: Statement) -> float:
    """How near an indicator comes to the words asked for: Dice's coefficient, 0 where too few are met."""
    named = set(parts(stem(one.target.indicator)))
    met = len(asked & named)
    return 2 * met / (len(asked) + len(named)) if met >= _ASKED * len(asked) else 0.0


def _indicator_words(rest: str, library: Library) -> list[str]:
    """The words of a question that may name an indicator; the base's own places say whose it is."""
    for name in sorted(own_places(library.documents.values()), key=lambda name: (-len(name), name)):
        rest = re.sub(rf"{name}(?:新区|[省市区县])?", " ", rest)
    plain = re.sub(
        r"市里|区里|全市|目标|指标表?|要求|相同的?|共有的?|共同的?|[两三]张|[两三]份|总数?|新增|重大事项|里面?|分别|各是|各自|各有|今年|去年|几个百分点|正文|表里|说法|写的|年份|一致",
        " ",
        rest,
    )
    plain = _COMPARES.sub(
        " ", NUMERIC.sub(lambda found: found.group() if found.group() in ("比例", "占比", "率") else " ", plain)
    )
    found = [stem(word) for word in words.content_words(plain) if len(word) > 1 and not word.isdigit()]
    return [part for word in found for part in parts(word) if len(part) > 1]


def _compared(
    statements: Sequence[Statement], keys: Sequence[str], library: Library, lonely: bool = False
) -> tuple[Comparison, ...]:
    """Puts like indicators of the documents side by side, the first document's order."""
    found: list[Comparison] = []
    used: set[tuple[str, int]] = set()
    every = [one for one in library.statements(keys) if one.target.kind == "target"]
    for one in statements:
        if one.target.kind != "target" or one.place in used:
            continue
        alike = [other for other in every if other.place != one.place and same_indicator(one.target, other.target)]
        like = sorted(alike, key=lambda other: other.document == one.document)  # those of other documents first
        if not like and not lonely:
            continue
        documents = [library.documents[key].metadata for key in keys]
        sides = [next((side for side in (one, *like) if side.document == document), None) for document in documents]
        used |= {side.place for side in (one, *like)}
        present = [side for side in sides if side]
        remark = difference(present[0].target, present[1].target) if len(present) == 2 else None
        if len(present) > 1 or lonely:
            found.append(Comparison(one.target.indicator, tuple(documents), tuple(sides), remark))
    matched = [one for one in found if sum(side is not None for side in one.sides) > 1]
    return tuple(matched or found)


def collect(rest: str, library: Library, keys: Sequence[str]) -> list[tuple[str, Clause, tuple[str, ...]]]:
    """All clauses that fit a question for a list, in the documents' order, each with its document and the terms met.

    Quoted words are looked for as they stand, else each alternative (parted by 、 or 或) by all its content words;
    约束性, 预期性 and 目标 narrow it to what states such targets; for a document that is named they are enough.
    """
    nature = _NATURE.search(rest)
    quoted = re.findall(r"“([^”]+)”", rest)
    plain = _LIST_WORDS.sub(" ", _NATURE.sub(" ", re.sub(r"“[^”]+”", " ", rest)))
    goals = bool(_TARGETS.search(plain))
    plain = _TARGETS.sub(" ", plain)
    alternatives = [[quote] for quote in quoted] or _alternatives(plain, library)
    if not alternatives and not nature and not (goals and keys):
        return []
    # What is quoted is looked for as it stands; other words also by what the thesaurus has for them.
    ways = {term: (words.plain(term),) if quoted else _ways(term) for terms in alternatives for term in terms}
    rarity = _clause_counts(ways, library)
    found = []
    for key in keys or _meant(rest, library):
        for clause in library.documents[key].clauses:
            if clause.kind == "notice":
                continue
            states = [
                target
                for target in clause.targets
                if target.kind == "target" and (not nature or target.nature == nature.group())
            ]
            if (nature or goals) and not states:
                continue
            met = [tuple(terms) for terms in alternatives if _fits(clause, terms, ways, rarity)]
            if met or not alternatives:
                said = tuple(target.text for target in states)
                found.append((key, clause, met[0] if met else said if goals else ()))
    return found if len(found) > 1 else []


def _meant(rest: str, library: Library) -> list[str]:
    """The one document whose title holds more words of the question than any other, at least two; else all."""
    said = [word for word in words.content_words(rest) if len(word) > 1]
    titles = {key: words.plain(document.metadata.title) for key, document in library.documents.items()}
    met = {key: sum(word in title for word in said) for key, title in titles.items()}
    most = max(met.values(), default=0)
    best = [key for key, many in met.items() if many == most]
    return best if most > 1 and len(best) == 1 else list(library.documents)


def _alternatives(plain: str, library: Library) -> list[list[str]]:
    """The terms of each alternative; words of the documents' titles and years only where nothing else is left."""
    titles = {word for document in library.documents.values() for word in words.content_words(document.metadata.title)}
    split = [terms for part in re.split(r"[、或，,]", plain) if (terms := _terms(part))]
    narrowed = [[term for term in terms if term not in titles and not term.strip("年").isdigit()] for terms in split]
    return [terms for terms in narrowed if terms] or split


def _terms(part: str) -> list[str]:
    return [word for word in words.content_words(part) if len(word) > 1]


def _fits(clause: Clause, terms: Sequence[str], ways: Mapping[str, tuple[str, ...]], rarity: Mapping[str, int]) -> bool:
    """Whether a clause holds the most telling of the terms, and half of all."""
    form = words.plain(clause.text)
    held = [term for term in terms if any(way in form for way in ways[term])]
    telling = min(terms, key=lambda term: (rarity[term] or 10**6, term))
    return telling in held and 2 * len(held) >= len(terms)


def _ways(term: str) -> tuple[str, ...]:
    """A term, and for a long one, which says exactly what is meant, what the thesaurus has for it."""
    meant = [official for word, official in read_as(term) if word == words.plain(term)] if len(term) >= _EXACT else []
    return words.plain(term), *(words.plain(word) for official in meant for word in official)


def _clause_counts(ways: Mapping[str, tuple[str, ...]], library: Library) -> dict[str, int]:
    """In how many clauses of the base each term stands, in any of its ways."""
    forms = [words.plain(clause.text) for document in library.documents.values() for clause in document.clauses]
    return {term: sum(any(way in form for way in each) for form in forms) for term, each in sorted(ways.items())}
