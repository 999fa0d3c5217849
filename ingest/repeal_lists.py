"""Documents that a list repeals: items below 下列文件同时废止：, and items and rows of an annex 废止的规范性文件目录."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from ingest.heads.numbers import NUMBER, canonical_number, order_number
from ingest.records import Clause, Stated

_ENDS = "废止|失效|停止执行|不再执行"
_INTRODUCES = re.compile(
    rf"(?<!拟)(?<!建议)(?:{_ENDS})(?:的)?(?:下列|以下|如下)[^。；：]{{0,30}}[：:]$"
    rf"|(?:下列|以下)[^。；：]{{1,40}}?(?<!拟)(?:{_ENDS})[^。；：]{{0,12}}[：:]$"
)
"""A sentence that says of all items below it that they end."""

_NOT_ENDED = re.compile("拟|建议|有效|保留|修改|修订|征求")
_FORCE = re.compile(rf"{_NOT_ENDED.pattern}|{_ENDS}")
_HEADING = re.compile(rf"(?:{_ENDS})[^，。；]{{0,30}}(?:文件|规章|法规|规定|目录|清单|名单|一览表|政策)")
_ITEM = re.compile(
    r"(?:第[一二三四五六七八九十百\d]+条|[（(]?[一二三四五六七八九十\d]{1,3}[）)]?[、.．]?)?\s*"
    r"(?P<title>《.+》|[^《》。；]{4,80}?)\s*(?P<behind>(?:[（(][^（）()]*[）)]|[〔\[][^（）()〔〕\[\]]*[〕\]])*)\s*[。；，、]?(?:和|及|以及)?"
)
_GENRE = re.compile(
    "(?:通知|办法|意见|细则|规定|方案|决定|措施|公告|通告|条例|规则|规范|规程|指引|指南|制度|标准|规划|计划|函|批复)$"
)
_TITLE_COLUMN = re.compile("名称|标题|文件|规章|法规|题名")
_NUMBER_COLUMN = re.compile("文号|字号|编号|令号")
_RESULT_COLUMN = re.compile("结果|处理|方式|状态|清理意见")


def listed(clauses: Sequence[Clause]) -> Iterator[Stated]:
    """Reads which documents the lists of a text repeal.

    An item counts where it is nothing but a title or number; a list ends with the first that is not.

    :param clauses: all clauses of a document, in order.
    :return: a statement for each, whose words are those above the list, …… and the item.
    """
    introduced = ""
    for clause in clauses:
        name = _of_row(clause) if clause.kind == "row" else _of_item(clause.text)
        said = introduced or _said_above(clause) if name else ""
        if name and said:
            words = clause.text if said in clause.text else f"{said}……{clause.text}"
            yield Stated("废止", name, words, clause.clause_id)
        else:
            last = clause.sentences[-1].text.rstrip() if clause.sentences else ""
            introduced = last if _INTRODUCES.search(last) else ""


def _said_above(clause: Clause) -> str:
    """The nearest heading that speaks of force, where it says that what stands below it ends; of a row its own column first."""
    if clause.kind == "row" and (result := _cell(clause, _RESULT_COLUMN)):
        return result if re.fullmatch(rf"(?:宣布|予以|已)?(?:{_ENDS})", result) else ""
    above = clause.heading_path if clause.kind == "row" else clause.heading_path[:-1]
    heading = next((one for one in reversed(above) if _FORCE.search(one)), "")
    found = _HEADING.search(heading)
    return heading if found and not _NOT_ENDED.search(heading) else ""


def _of_item(text: str) -> str | None:
    """The title and number that an item consists of; a title without marks needs a number, or the look of a title."""
    found = _ITEM.fullmatch(text.strip())
    if not found:
        return None
    title, behind = found["title"], found["behind"]
    if title.startswith("《"):
        return title + behind if title.count("《") == title.count("》") else None
    if number := _number_in(behind):
        return f"《{title}》（{number}）"
    return f"《{title}》" if not behind and _GENRE.search(title) and len(title) > 6 else None


def _of_row(clause: Clause) -> str | None:
    """The title and number that a row of a table of documents gives."""
    title, number = _cell(clause, _TITLE_COLUMN), _number_in(_cell(clause, _NUMBER_COLUMN))
    if title:
        return _of_item(title if not number or NUMBER.search(title) else f"{title}（{number}）")
    return number


def _cell(clause: Clause, column: re.Pattern[str]) -> str:
    return next((value for name, value in clause.cells if column.search(name)), "")


def _number_in(text: str) -> str | None:
    return canonical_number(text) or (order_number(text) if "令" in text else None)
