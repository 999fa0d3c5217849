"""Orders (令) in the spellings of their numbers: 令第312号 and 第312号令, with or without its year, its offices written out or short."""

from __future__ import annotations

import re
from dataclasses import dataclass

from index.references.spelling import is_within, letters, spelt

STATE = "中华人民共和国"

_YEAR = r"(?:\[?(?P<year>(?:19|20)\d\d)(?:年|\]))?"
_FORMS = (
    re.compile(rf"(?P<offices>.*)令(?:第(?=\d{{1,5}}号))?{_YEAR}第?(?P<serial>\d{{1,5}})号"),
    re.compile(rf"(?P<offices>.*?){_YEAR}第(?P<serial>\d{{1,5}})号令"),
)
_AND_OTHERS = re.compile(r"等[\d一二三四五六七八九十]{0,3}个?(?:部门|部委|单位|机关)?$")


@dataclass(frozen=True, slots=True)
class Order:
    """The number of an order: letters of its offices, its year where it says one, its serial."""

    offices: str
    year: str
    serial: int

    def may_be(self, held: Order) -> bool:
        """Tell whether an order that is cited may be one that is held: 教育部令第23号 of ten ministries, 国务院令第7号.

        :param held: the number of a document, its offices in full.
        :return: whether serial and year agree and the offices are the first of those that are held, or written shorter.
        """
        same_year = not self.year or not held.year or self.year == held.year
        return self.serial == held.serial and same_year and self._is_of(held)

    def _is_of(self, held: Order) -> bool:
        return bool(self.offices) and self.offices[0] in held.offices and is_within(self.offices, held.offices)


def order_in(number: str) -> Order | None:
    """Read the number of an order.

    >>> order_in("商务部等六部门令2007年第8号")
    Order(offices='商务部', year='2007', serial=8)

    :param number: a document's number, in any spelling.
    :return: its parts; None where it is not that of an order.
    """
    text = re.sub("文件?$", "", spelt(number)).removeprefix(STATE)
    match = next((found for form in _FORMS if (found := form.fullmatch(text))), None)
    if not match:
        return None
    return Order(letters(_AND_OTHERS.sub("", match["offices"])), match["year"] or "", int(match["serial"]))
