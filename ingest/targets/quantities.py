"""Where a sentence states a quantity: number, unit, comparator; names, dates and ordinals left out."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from ingest.numerals import to_number
from ingest.targets.words import CHANGED

_COUNTED = (
    "人次|件次|班次|场次|户次|批次|个|人|件|份|例|台|名|场|处|套|家|对|幢|床|座|张|户|所|支|期|条|栋|次|点|站|组|辆|门|间"
    "|队|项|位|种|类|款|只|头|株|棵|艘|架|列|班|册|部(?!门)|片|宗|笔|村|车位|股|学分"
)
_MEASURED = (
    "个百分点|个?基点|分贝|dB|mm|cm|平方公里|平方千米|平方米|立方米|公里|公顷|千米|毫米|厘米|米|亩|吨标准煤|吨级|吨|微克|毫克|立方|方(?![面式案向法可便位针])|公斤|斤|克|千瓦时|千瓦|美元|港元|元"
    "|分(?![之钟别期类级批档成段项步阶组层钱])|客|标箱|学时|课时|折(?![算合旧扣价叠射中])|[%％]|‰"
)
_TIME = "个?(?:工作|自然|交易|教学)日|个月|个季度|小时|分钟|周岁|岁|年|日|天|周"
_SCALE = "(?:万亿|[十百千]?[万亿]|[百千])?"
_UNIT = (
    rf"(?:[余多]?{_SCALE}[余多]?(?:{_TIME}|{_MEASURED}|{_COUNTED})(?:（[间套户次人个]）)?(?:[/每](?:千瓦时|立方米|平方米|公里|[人户月年日天次床张辆台亩吨件套间个生]+)(?:（[间套户次人个]）)?(?:·[月年日天])?)?"
    r"|倍|(?<=\d)[余多]?[万亿](?![A-Za-z])|[万亿](?![\u4e00-\u9fffA-Za-z]))"
)
_ARABIC = r"\d+(?:,\d{3})*(?:\.\d+)?(?:\s*+(?:[%％]\s*+)?[-—－–~～至]+\s*+\d+(?:\.\d+)?(?!\d*年))?"
_CHINESE = r"(?:(?:[一二两三四五六七八九]?[十百千]零?)+[一二三四五六七八九]?|[一二两三四五六七八九]+)"
_PERCENT = rf"百分之{_CHINESE}(?:点[零一二三四五六七八九]+)?"
_RATIO = r"\d{1,2}(?:[:：︰]\d{1,2})+(?=的?比例|进行|择优|配[备置]|折算)"
_FRACTION = "一半|半数|[二三四五六七八九十]分之[一二三四五六七八九]"
_AFTER = "(?:及|（含）|[(]含[)])?以上|(?:及|（含）|[(]含[)])?以下|以内|左右"

# Words that may stand apart from their number (至少建1家, 不低于总床位的60%) and words that stand right before it.
_APART = (
    "不[得宜应能可]?(?:低于|少于|小于|超过|高于|大于|多于)|至少|最少|(?:至多|最多)(?!不)|(?<!不)超过"
    "|(?<![不得])(?:大于|高于|多于|低于|少于|小于)|[≥＞≤＜<>]"
)
_CLOSE = (
    r"(?:大约|约|(?<!最)近|不满|未满|(?<![不未每圆期届])满|不足|不到|(?<!高)超|突破|逾|最[低高长多大](?:可达|为|达)?)"
    r"(?=[\d一二两三四五六七八九十半百])"
)
_BEFORE = f"{_APART}|{_CLOSE}"
_SIGNS = (
    ("≥", r"不[得宜应能可]?(?:低于|少于|小于)|至少|最少|最低|以上|(?<![不未])满|≥"),
    ("≤", r"不[得宜应能可]?(?:超过|高于|大于|多于)|至多|最[多高长大]|以内|以下|≤"),
    ("＜", r"低于|少于|小于|不满|未满|不足|不到|＜|<"),
    ("＞", r"超|大于|高于|多于|突破|逾|＞|>|余|多"),
    ("约", r"左右|约|近"),
)
_QUANTITY = re.compile(
    rf"(?:(?P<before>{_BEFORE})(?P<gap>[^，。；：、（）\d□]{{0,24}}?))?"
    rf"(?P<value>{_RATIO}|{_ARABIC}|{_PERCENT}|{_FRACTION}|{_CHINESE}(?={_UNIT}))\s*(?P<unit>{_UNIT})?(?P<after>{_AFTER})?"
)
_STATED = re.compile(rf"(?:为期?|达到|达|公示|公告|延长|增加|占[^，。；]*|(?:只|仅)(?!按)[^，。；]{{0,6}}|{CHANGED})$")
_SPAN = re.compile(r"之?内(?![部外地容])|后(?=[\u4e00-\u9fff]{2})")
_OFTEN = re.compile(r"每(?:\d+|[一二两三半□])*个?(?:年|半年|季度|月|周|□)[^，。；]*$")
"""Words before a Chinese numeral or a fraction that make it a quantity; 一个 and 一批 are mostly articles."""
_NOT_QUANTITIES = tuple(
    re.compile(pattern)
    for pattern in (
        r"《[^》]*》",
        r"“[^”]*”[^，。；（]{0,8}（[^）]*）",
        r"“[^”，。；]{0,24}”",
        r"〔\d{4}〕\d+号|\d+号",
        r"\d{4}(?:[—-]\d{4})?年(?:\d{1,2}月(?:\d{1,2}日)?)?",
        r"第[\d一二三四五六七八九十百]+(?:[、至—-][\d一二三四五六七八九十百]+)*",
        r"(?:增加|删去|改为|合并为)[一二两三四五六七八九十]+[条款项章节]",
        r"[A-Za-z]\d+|(?<!\d)\d+(?:\.\d+)?(?!mm|cm|dB)[A-Za-z版]|\d[A-Z]级|\d[\d/×]{0,40}[×/]\d+",
        r"\d+(?:周?岁)(?:及?以上|及?以下|不满)?(?!的|\d|及?以[上下]的)",
        r"\d+(?:分钟|小时)(?!以内|内)(?=[\u4e00-\u9fff])",
        r"^\s*\d{1,3}[、.](?!\d)",
        r"\d+[+＋]\w+|×\s*\d+[%％]",
        r"(?<!\S\S)前\d+(?:个?月|年|日|天)|前\d+(?:个?月|年|日|天)(?!之?内)|前\d+(?:\.\d+)?[万亿百千]?(?:小时|人|户|%|名|张)|(?:每|提前|近|最近|未来|今后|连续)\d+(?:\.\d+)?[万亿百千]?(?:个?月|年|日|天|小时|人|户|%|平方公里|名|张)",
        r"\d+(?:年|天|小时)(?=行动|计划|规划|方案|攻坚|一周期|一次)",
        r"(?P<twice>\d+[项个次年])或(?=(?P=twice))",
        r"[（(]不?含[^，。；）)]{0,80}\d[\d.]{0,20}(?:元|个|%|年|日)[)）]",
        r"[（(]不?含(?:第?[\d.]+|[一二两三四五六七八九十]+)[\u4e00-\u9fff]{1,4}[)）]",
        r"\d{1,2}月\d{1,2}日|\d{1,2}月(?=[底末初中份前])|\d{1,2}[日时](?=[前至起])",
    )
)


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number with its unit in a sentence.

    ``start`` and ``end`` hold comparator, number, and unit; ``gap`` is what stands between comparator and number, and
    ``bound`` the comparator's word, None for a bare figure.
    """

    start: int
    end: int
    value: str
    unit: str | None
    comparator: str
    bound: str | None
    gap: str
    number_start: int
    is_plain: bool = True

    @property
    def is_time(self) -> bool:
        """Whether it is a span of time or an age."""
        return bool(re.fullmatch(_TIME, self.unit or ""))

    @property
    def is_count(self) -> bool:
        """Whether it counts things, so that their noun may follow: 5家养老机构, but not 5%."""
        return bool(re.fullmatch(rf"{_SCALE}(?:{_COUNTED})", self.unit or ""))


def quantities(sentence: str) -> Iterator[Quantity]:
    """Finds the quantities of a sentence in order.

    Masked first are what only look like quantities: titles, quoted names, document numbers, dates, ordinals,
    versions, ages in names, bases such as 每5年, and names such as 15分钟社区生活圈.

    >>> [(q.comparator, q.value, q.unit) for q in quantities("床位达到17.8万张以上，每区不少于25张，打造1—2个示范点。")]
    [('≥', '17.8', '万张'), ('≥', '25', '张'), ('=', '1-2', '个')]
    >>> [(q.comparator, q.value, q.unit) for q in quantities("占总课时一半以上，按最低工资标准的百分之九十计发，每年召开两次。")]
    [('≥', '一半', None), ('=', '90', '%'), ('=', '2', '次')]
    """
    masked = sentence
    for pattern in _NOT_QUANTITIES:
        masked = pattern.sub(lambda found: "□" * len(found.group()), masked)
    for found in _QUANTITY.finditer(masked):
        words, unit = found["value"], found["unit"]
        bound = found["after"] or found["before"] or _more(unit)
        plain = bool(words[0].isdigit() or bound or words.startswith("百分之") or _is_stated(masked, found))
        if unit is None and not re.match(rf"{_PERCENT}|{_FRACTION}|\d+[:：︰]", words):
            continue
        gap = sentence[found.start("gap") : found.end("gap")] if found["gap"] else ""
        yield Quantity(
            found.start(), found.end(), _value(words), _unit(words, unit), _sign(bound), bound, gap, found.start("value"), plain
        )  # fmt: skip


def _is_stated(masked: str, found: re.Match[str]) -> bool:
    if found["unit"] and re.fullmatch(_TIME, found["unit"]) and _SPAN.match(masked, found.end()):
        return True
    pattern = _OFTEN if found["unit"] in ("次", "场", "期") else _STATED
    stated = pattern.search(masked, max(0, found.start() - 30), found.start())
    return stated is not None and not (stated.group() == "为" and found["value"] == "一")


def _more(unit: str | None) -> str | None:
    """The 多 or 余 of 4500多套 and 3.5万余户."""
    found = re.match(rf"(?:{_SCALE})(?P<more>[余多])|(?P<first>[余多])", unit or "")
    return found["more"] or found["first"] if found else None


def _sign(bound: str | None) -> str:
    return next((sign for sign, words in _SIGNS if bound and re.search(words, bound)), "=")


def _unit(words: str, unit: str | None) -> str | None:
    if words.startswith("百分之"):
        return "%"
    return re.sub("[余多]", "", unit).replace("％", "%") if unit else None


_LONGEST_WHOLE = 20
"""Characters of a Chinese number, at most; more are kept as they stand."""


def _value(words: str) -> str:
    if re.search("[:：︰]", words):
        return re.sub("[：︰]", ":", words)
    if words[0].isdigit():
        return re.sub(r"\s*[%％]?\s*[—－–~～至-]+\s*", "-", unicodedata.normalize("NFKC", words).replace(",", ""))
    if re.fullmatch(_FRACTION, words):
        return words
    whole, point, decimals = words.removeprefix("百分之").partition("点")
    whole = whole if len(whole) > _LONGEST_WHOLE else str(to_number(whole))
    return f"{whole}{'.' if point else ''}{''.join(str(to_number(digit)) for digit in decimals)}"


def cell_quantity(cell: str) -> tuple[str, str, str | None] | None:
    """Reads a value cell of a table: comparator, value, and the unit if the cell itself has one.

    >>> cell_quantity("≥17.8"), cell_quantity("3000左右"), cell_quantity("100%")
    (('≥', '17.8', None), ('约', '3000', None), ('=', '100', '%'))
    """
    found = re.fullmatch(
        rf"\s*+(?P<before>{_BEFORE})?\s*+(?P<value>{_ARABIC})\s*+(?P<unit>{_UNIT})?\s*+(?P<after>{_AFTER})?\s*+", cell
    )
    if found is None:
        return None
    return _sign(found["after"] or found["before"]), _value(found["value"]), _unit("", found["unit"])
