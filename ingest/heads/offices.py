"""Names of offices that issue together, told apart where the text has nothing between them."""

from __future__ import annotations

import re

_PLACE = re.compile(r"[\u4e00-\u9fff]{1,6}?[省市区县州盟旗]")
_BETWEEN = r"(?<=[局厅委办会院部署社])(?<!总局)(?<!银行)"
"""国家税务总局甲市税务局 and 中国人民银行甲市分行 are one office each."""

_NATIONAL = r"国家[\u4e00-\u9fff]{2,14}?(?:委员会|总局|局|署|办公室)|(?:(?!部|委员会|总局)[\u4e00-\u9fff]){2,9}部|(?:税务|市场监管|体育)总局|海关总署|中国人民银行"
_MINISTRIES = re.compile(rf"(?:{_NATIONAL}){{2,12}}")


def parted(name: str) -> list[str]:
    """The offices that a name is made of: those of one place, each with its name, or ministries one after another.

    >>> parted("甲市民政局甲市财政局"), parted("教育部财政部国家能源局"), parted("国家税务总局甲市税务局")
    (['甲市民政局', '甲市财政局'], ['教育部', '财政部', '国家能源局'], ['国家税务总局甲市税务局'])
    """
    if _MINISTRIES.fullmatch(name):
        return re.findall(_NATIONAL, name)
    place = _PLACE.match(name)
    if place is None:
        return [name]
    return re.split(rf"{_BETWEEN}(?={place[0]})", name)
