"""Questions and answers (问答), and headings that only a blank parts from their number, as standards set them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ingest.numbering import Marker, marker

_ASKS = re.compile(r"问\s*[:：]|问题\s*[\d一二三四五六七八九十]+\s*[:：]")
_QUESTION_LENGTH = 120
_TITLE = re.compile(r"问答|问题|答问|答记者问|解答|热点|一问一答|Q&A", re.IGNORECASE)
_FEWEST = 3
_BARE_NUMBER = re.compile(r"(\d{1,2})[ \u3000\t]+(?=[\u4e00-\u9fff])")
_BEFORE_FIGURE = re.compile(r"(\d{1,2})[.．](?=(\d{1,3})[\u4e00-\u9fff])")
_BARE_LENGTH = 30


def questions(places: Sequence[int], texts: Sequence[str], title: str) -> frozenset[int]:
    """Places of unnumbered questions that answers follow; none unless the text is made of them.

    >>> sorted(questions(range(4), ["如何申请？", "到窗口。", "多久办结？", "五日。"], "常见问题"))
    [0, 2]
    """
    asked = [place for place in places if _is_question(texts[place])]
    others = frozenset(places).difference(asked)
    answered = [place for place in asked if place + 1 in others]
    enough = len(answered) >= (2 if _TITLE.search(title) else _FEWEST) and asked[0] - places[0] <= 2 if asked else False
    return frozenset(asked) if enough else frozenset()


def _is_question(text: str) -> bool:
    if not text or len(text) > _QUESTION_LENGTH or marker(text) is not None:
        return False
    return text.rstrip("”」 ").endswith(("？", "?")) or bool(_ASKS.match(text))


def bare_numbers(places: Sequence[int], texts: Sequence[str], source: Sequence[str]) -> dict[int, Marker]:
    """Headings whose number only a blank parts from the words (1 范围), where they count up from one (GB/T 1.1-2020).

    :param source: each paragraph as the layer has it, blanks kept.
    So are items before a figure (1.3人户, 2.2人户, 3.4人户), where their first parts count up and they follow each other.

    :return: the ordinal of each such heading or item by place; empty where there are fewer than three.
    """
    found: dict[int, Marker] = {}
    for place in places:
        numbered = _BARE_NUMBER.match(source[place]) if texts[place] and len(texts[place]) <= _BARE_LENGTH else None
        if numbered and int(numbered[1]) == len(found) + 1 and not re.search("[。；，：]", texts[place]):
            found[place] = Marker("1", len(found) + 1, str(len(found) + 1), len(numbered[1]))
    return found if len(found) >= _FEWEST else _before_figures(places, texts)


def _before_figures(places: Sequence[int], texts: Sequence[str]) -> dict[int, Marker]:
    found: dict[int, Marker] = {}
    run: dict[int, Marker] = {}
    for place in places:
        item = _BEFORE_FIGURE.match(texts[place])
        number = int(item[1]) if item else 0
        follows = bool(run) and place - 1 in run and number == len(run) + 1
        if item is None or not (follows or number == 1):
            run = {}
            continue
        run = run if follows else {}
        run[place] = Marker("1", number, str(number), item.end())
        decimals = {_BEFORE_FIGURE.match(texts[one])[2] for one in run}  # type: ignore[index]
        if len(run) >= _FEWEST and decimals != {"1"}:
            found |= run
    return found
