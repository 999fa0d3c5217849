"""The level of the office that issued a document (层级), by its name."""

from __future__ import annotations

import re

from index.question.regions import region_names
from ingest.records import Metadata

NATION, PROVINCE, DISTRICT = "国家", "省市", "区县"
LEVELS = (NATION, PROVINCE, DISTRICT)
"""The levels from the top; a city of county rank is among 省市, as its name does not tell."""

_NATION = re.compile(
    r"(?:国务院|中央|全国|国家|中华人民共和国|最高人民|中国)[一-鿿]*|(?!宣传|组织|统战)[一-鿿]{2,12}(?:部|总局|总署)(?:办公厅)?"
)
_LOCAL = re.compile(r"[省区县州盟旗乡镇]|市(?!场)|分局|分行|调查队")
_ABOVE = r"(?:省|市|[一-鿿]{2,6}?(?:自治区|自治州|省|市(?!场)|州|盟))"
_DISTRICT = re.compile(
    rf"{_ABOVE}*(?:[一-鿿]{{1,6}}?(?:新区|(?<![社地小园市辖景校片发验治库])区|县|旗|街道|乡(?!村|建)|(?<!城)镇)|[区县])"
)
_PROVINCE = re.compile(_ABOVE)


def office_level(document: Metadata) -> str:
    """Tell on which level the office stands that issued a document; of several offices the first.

    :param document: its issuer; where none is known, the region that its title begins with.
    :return: one of :data:`LEVELS`, empty where the name does not tell.
    """
    name = (document.issuer or "").split("、")[0].removeprefix("中共")
    if _NATION.fullmatch(name) and not _LOCAL.search(name):
        return NATION
    name = name or _region_ahead(document.title)
    if _DISTRICT.match(name):
        return DISTRICT
    return PROVINCE if _PROVINCE.match(name) else ""


def _region_ahead(title: str) -> str:
    """The region that a title begins with, where a list knows it; other titles begin with such characters by chance."""
    plain = re.sub(r"^(?:19|20)\d\d年", "", title)
    known = (f"{name}{kind}" for name in region_names() for kind in ("省", "市", "新区", "区"))
    found = re.match("[一-鿿]{2,6}自治区", plain)
    return found.group() if found else next((name for name in known if plain.startswith(name)), "")
