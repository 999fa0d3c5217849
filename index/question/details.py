"""What an answer must state besides its subject: a sum, a count, an age, the papers to bring.

A question asks for a *detail* in set phrases (多少钱, 几岁, 多少家), and a sentence that gives it holds words of a set
form (240元, 60周岁, 36家). A sentence with all the words of a question but without the detail is near, and no answer.
The phrases and forms of most details stand in ``data/details.txt``; counts are worked out here, unit by unit.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache

from index.question.lists import from_lists, lines

Detail = tuple[str, re.Pattern[str]]
"""Name of a detail, and the form of the words that give it."""

FIGURES = frozenset({"count", "number", "share", "size", "money"})
"""Details that are figures: one that the question itself states is not the one it asks for."""

_CN = "一二两三四五六七八九十百千"
_NUMBER = rf"(?:[\d.,]*\d|[{_CN}]+)[十百千]?[万亿]?余?"
_FEW = r"(?:(?<![哪好这那十第前近头])|(?<=[建修办做造盖装评]好))几"
_MACROS: Mapping[str, str] = {
    "{number}": _NUMBER,
    "{small}": rf"(?<![\d.])(?:\d{{1,3}}|[{_CN}]+)",
    "{few}": _FEW,
    "{cn}": f"[{_CN}]",
    "{end}": "(?=$|[吗呢啊呀不伐么])",
    "{what}": "(?:什么|啥|哪个|哪些|哪种|哪几[样张种份个项]|怎样的?)",
    "{sum}": "(?:费|款|补贴|补助|津贴|工资|薪水|奖励|奖金|经费|预算|投资|租金|房租|押金|保证金|赔偿|造价|金(?!会))",
}
_ASKS, _GIVES = "？", "！"

_COUNT = re.compile(
    rf"(?:多少|{_FEW})[百千万亿]*余?(?P<unit>平方|公里|小时|[家个所处座名位人张项种类部支辆间户次场台条套件本])"
)
_ALIKE: Mapping[str, str] = {
    "家": "家个所处", "个": "个家所处项名人位", "所": "所家个", "处": "处个家座", "座": "座处个", "名": "名人个", "人": "人名",
    "位": "位名人", "项": "项个", "种": "种类项个", "部": "部件", "件": "件部项",
}  # fmt: skip
_MANY = re.compile(rf"多少(?!次)|{_FEW}(?=[a-z一-鿿])(?!十)|(?:数量?|总量|规模)(?=$|[吗呢啊是有为达]|要(?!求)|目标)")
_WHOLE = re.compile(r"总共|一共|总数|总量|人数|数量|规模|有多少|有几")
_WORDS = f"全覆盖|[{_CN}][十百千万亿]"  # 三百棵
_NO_SHARE, _ANY = re.compile(rf"\d(?![\d.]*%)|{_WORDS}"), re.compile(rf"\d|{_WORDS}")
_EACH = re.compile(r"(?:各|分别)[一-鿿]{0,4}(?:多少|几)")
_WITHIN = re.compile(r"里头?|当中|其中|里面")

_SOME = re.compile(rf"(?<![有要是配共得达到占设建增评办分开成出了发收招满补交来能留含过定为多]){_FEW}(?=[个位名])")
_ELSE_ASKED = re.compile(r"吗|能不能|能否|有没有|可不可以|可以|(?P<verb>[一-鿿]{1,2})不(?P=verb)|怎么|谁|如何|多少")

_STATED = re.compile(
    rf"\d+(?:\.\d+)?|(?:[二三四五六七八九]|[{_CN}]{{2,}})(?=[个家处所座名位条项种部张户万])"  # 一个 counts nothing
)
_YEAR = re.compile(r"(?:19|20)\d\d")


def asked_details(question: str) -> tuple[Detail, ...]:
    """List the details that a question asks for.

    >>> [name for name, given in asked_details("助餐点几点开门")]
    ['clock']

    :param question: search form of a question, without blanks.
    :return: the details, in the order of the file; a count where nothing else is asked for.
    """
    found = tuple((name, given) for name, asked, given in _listed() if asked.search(question))
    return found or tuple(_counts(_without_some(question)))


def _counts(question: str) -> list[Detail]:
    """Where the parts of a whole are counted (189项里各有几项), a sentence must give more than one number."""
    is_each = bool(_EACH.search(question)) and bool(stated_numbers(question) or _WITHIN.search(question))
    found = [("count", _count(match["unit"], is_each)) for match in _COUNT.finditer(question)]
    if not found and _MANY.search(question):
        found = [("number", _NO_SHARE if _WHOLE.search(question) else _ANY)]
    return found


def _without_some(question: str) -> str:
    """Leave out a 几 that means some, not how many: 我们几个邻居 … 能不能."""
    some = _SOME.search(question)
    if some and _ELSE_ASKED.search(question, some.end()):
        return question[: some.start()] + question[some.end() :]
    return question


def stated_numbers(question: str) -> frozenset[str]:
    """List the numbers that a question states itself; years are none.

    >>> sorted(stated_numbers("2025年全市通办的189个事项里民政的有几个"))
    ['189']

    :param question: search form of a question, without blanks.
    :return: the numbers as they stand.
    """
    return frozenset(number for number in _STATED.findall(question) if not _YEAR.fullmatch(number))


def without_numbers(sentence: str, numbers: frozenset[str]) -> str:
    """Take numbers out of a sentence.

    :param sentence: any text.
    :param numbers: as :func:`stated_numbers` lists them.
    :return: the text without them; a number inside a longer one stays.
    """
    for number in sorted(numbers):
        sentence = re.sub(rf"(?<![\d.]){re.escape(number)}(?![\d.])", "", sentence)
    return sentence


def gives(sentence: str, row: bool, detail: str, given: re.Pattern[str]) -> bool:
    """Tell whether a sentence gives a detail; a table row has number and unit in different cells.

    :param sentence: a sentence in NFKC and lower case, without blanks.
    :param row: whether it is a row of a table.
    :param detail: name of the detail.
    :param given: form of the words that give it.
    :return: whether it does.
    """
    if given.search(sentence):
        return True
    if not row or detail not in ("count", "share", "number", "size"):
        return False
    units = given.pattern.split(_NUMBER)[1].removesuffix(".*?") if detail == "count" else ""
    return bool(_NO_SHARE.search(sentence)) and bool(re.search(units, sentence))


@cache
def _count(unit: str, is_each: bool) -> re.Pattern[str]:
    given = f"{_NUMBER}(?:{unit if len(unit) > 1 else '|'.join(_ALIKE.get(unit, unit))})"
    return re.compile(f"{given}.*?{given}" if is_each else given)


@from_lists()
def _listed() -> tuple[tuple[str, re.Pattern[str], re.Pattern[str]], ...]:
    """Read ``data/details.txt``: name of each detail, what asks for it, and what gives it."""
    parts: dict[str, dict[str, list[str]]] = {}
    for line in lines("details.txt"):
        if line.startswith("["):
            forms = parts.setdefault(line[1 : line.index("]")], {_ASKS: [], _GIVES: []})
        elif line[:1] in (_ASKS, _GIVES):
            forms[line[0]].append(_expanded(line[1:]))
    each = ((name, "|".join(forms[_ASKS]), "|".join(forms[_GIVES])) for name, forms in parts.items())
    return tuple((name, re.compile(asked), re.compile(given)) for name, asked, given in each)


def _expanded(form: str) -> str:
    for macro, meaning in _MACROS.items():
        form = form.replace(macro, meaning)
    return form
