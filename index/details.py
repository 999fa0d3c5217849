"""What an answer must state besides its subject: a sum, a count, an age; and the year and the place it must be about.

A question asks for a *detail* in set phrases (多少钱, 几岁, 多少家), and a sentence that gives it holds words of a set
form (240元, 60周岁, 36家). A sentence with all the words of a question but without the detail is near, and no answer.
The same holds for a year or a place that the question names and the sentence is not about.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache

from index.words import DATA

_CN = "一二两三四五六七八九十百千"
_NUMBER = rf"(?:[\d.,]*\d|[{_CN}]+)[十百千]?[万亿]?余?"
_SMALL = rf"(?<![\d.])(?:\d{{1,3}}|[{_CN}]+)"
_FEW = r"(?<![哪好这那十第])几"
_DETAILS: Mapping[str, tuple[str, str]] = {
    "money": (
        r"每个?[月年天人户]多少(?=$|[,。?吗呢啊、])|多少(?:钱|元|块|[一-鿿]{0,5}(?:费|款|补贴|补助|津贴|工资|奖励|经费|资金|预算|投资))|几(?:块|元|百块|千块|万块)|几[百千万](?=$|[,。?吗呢啊、])|多少金额|(?:总额|金额|开办资金|注册资金)(?=$|[,。?吗呢啊、]|是|要)"
        r"|最[高低](?:资助|补贴|奖励|救助)多少|到手"
        r"|(?:花|补|给|付|贴|发|罚|值|奖|赔|交|收|缴)多少(?=$|[,。?吗呢啊、])|(?:补助|补贴|津贴|奖金|罚款|价格|押金|工资|薪水|租金|房租|赔偿|经费|投资"
        r"|预算|造价|标准|费用|月费|收费|学费)(?:是|有|给|为|要|大概|一共|总共)*多少|什么价|怎么收费|收费标准|花费",
        rf"{_NUMBER}元|免费|无偿|[类种指导]价",
    ),
    "age": (r"几岁|多少岁|哪个年纪|什么年纪|几周岁|多少周岁|多大(?:年纪|岁数|年龄)|年龄(?:是|要|有|限|多|$)", rf"{_NUMBER}周?岁"),
    "clock": (
        r"几点|(?:营业|上班|开放|办公|开门|服务|接待|工作|探视|开门)时间|时间$|(?:星期|周|礼拜)几|(?:周末|双休日|节假日|星期[天日六])[一-鿿]{0,6}(?:开|上班|休)",
        r"\d+[点:]|\d+时(?!期)|24小时开放|全天开放|工作日|周[一二三四五六日末]|双休日|节假日",
    ),
    "phone": (r"(?:电话|热线|号码|微信号)(?:是|多少|几|有|$)|(?:什么|哪个|啥|多少)(?:号|电话|热线)|联系方式", r"热线|电话|\d{5,}"),
    "link": (r"网址|链接|哪个网站|什么网站|在哪[里儿]?下载|(?:哪个|什么|啥)(?:公众号|app|邮箱|软件)|(?:公众号|邮箱)(?:是|叫|$)", r"网址|http|www|下载|公众号|客户端|app|邮箱"),
    "papers": (
        r"(?:什么|哪些|啥|需要|要不要|准备|带|交)[一-鿿]{0,3}(?:材料|证件|照片|复印件|表)|什么证|哪些证|(?:带|交|提供)(?:什么|啥|哪些)|材料(?:有|是)?(?:什么|哪些|清单|$)|带(?:身份证|户口)|(?:报告|证明)吗",
        r"材料|证件|身份证|户口簿|照片|复印|申请表|证明",
    ),
    "share": (r"几成|百分之几|百分之多少|几折|什么比例|比例(?:是|有|为)?多少|占比|占(?:了)?多少|百分比", rf"\d%|百分之|[{_CN}]成|全覆盖|全部"),
    "span": (
        rf"{_FEW}(?:天|个月|年|周|小时|个小时|个?工作日|个?钟头)|多少(?:天|个月|年(?!龄)|小时|个?工作日)|多久|多长时间|(?:期限|有效期)(?:是|有|多|到|$)",
        rf"{_SMALL}个?(?:天|日内|工作日|月内|小时|年内|周|个月|年(?!度|代))",
    ),
    "date": (
        r"哪一?[年天月日]|几月|几号(?!线)|什么日子|何年|何日",
        r"\d{4}年|\d月|\d日|年底|季度|十[一二三四五]五|期间|以前|年内|到20\d\d|目标值",
    ),
    "when": (r"何时|什么时候|啥时候?|什么时间", r"\d{4}年|\d月|\d日|年底|季度|十[一二三四五]五|期间|以前|年内|目标值"),
    "grade": (r"几级|几星|什么等级|评到几", rf"[\d{_CN}]级|[\da]a|[\d{_CN}]星"),
    "terms": (
        r"认定标准|[什啥]么?条件|哪些条件|条件是|够不够格|怎么认定|符合什么|什么资格|哪些资格|怎么才算|怎样才算",
        r"条件[是为:]|认定标准|标准[是为:]|符合.{2,20}的|是指",
    ),
    "place": (
        r"哪个(?:区|街|镇|村|小区|医院|窗口|地方)|哪些(?:区|街|镇)|哪条路|哪家医院|地址(?:是|在|有|$)|设在哪|建在哪|位于哪|在哪[里儿](?=$|[办开,?啊呢])|去哪[里儿]?(?:办|买|领|打|看|交|申请|报名|换|补|查|投诉|找|$)"
        r"|到哪[里儿]?(?:办|买|领|打|看|交|申请|报名|换|补|查|投诉|找|$)|什么地方|哪里[有补办打领交买换]|几号线|怎么走|几路",
        r"位于|坐落|地址|路\d+号|号线",
    ),
    "size": (r"占地|多大(?![年岁力])|多少亩|几层|多高|几公里|多少公里|多重|建筑面积", r"\d(?:万|余)?(?:平方|亩|公顷|公里|层|米)"),
    "person": (r"叫什么名|名字(?:是|叫|$)|(?<!黑)名[单录](?:是|有|$)|姓什么|(?:局长|院长|主任|所长|负责人|联系人|书记|区长|市长|经理)是(?:谁|哪)", r"同志|联系人"),
    "rank": (r"第几|排名(?:第|多少|是|$)|排在第", rf"第[\d{_CN}]|首位|排名"),
    "times": (rf"{_FEW}次|多少次|多久.{{0,3}}一次", rf"{_SMALL}次|每[周月年季日天]"),
    "steps": (
        r"(?:怎么|如何|怎样|咋)(?:申请|办理|办证|领|转|迁|交|缴|算|评|报销|报名|开|查|预约|登记|买|退|注册|补)|(?:什么|哪些|啥|怎样的|要)(?:流程|步骤|手续)|(?:流程|步骤|手续)(?:是|有|怎么|如何|$)|补办|密码|怎么写|(?:要|怎么|如何|哪里|在哪)(?:报名|预约)",
        r"步骤|凭.{1,12}办|携带|提交|向.{2,14}(?:申请|提出)|填写|计算公式|联办|通办|一件事|一次办",
    ),
}  # fmt: skip
_COMPILED = {name: (re.compile(asked), re.compile(given)) for name, (asked, given) in _DETAILS.items()}
_COUNT = re.compile(
    rf"(?:多少|{_FEW})[百千万亿]*余?(?P<unit>平方|公里|小时|[家个所处座名位人张项种类部支辆间户次场台条套件本条])"
)
_ALIKE: Mapping[str, str] = {
    "家": "家个所处", "个": "个家所处项名", "所": "所家个", "处": "处个家座", "座": "座处个", "名": "名人个", "人": "人名",
    "位": "位名人", "项": "项个", "种": "种类项个", "部": "部件", "件": "件部项",
}  # fmt: skip
_MANY = re.compile(rf"多少(?!次)|{_FEW}(?=[a-z一-鿿])|(?:数量|总数|人数|户数|家数)(?=$|[,。?吗呢啊、]|是|有|为)")
_DIGIT = re.compile(r"\d|全覆盖")
_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)(?!\d|号)")
_PLAN = re.compile(r"十([一二三四五六七])五(?!天|日|年|号|分|个)[”\"]?(之后|以后|过后|结束后)?")
_LAST_OF_PLAN = dict(zip("一二三四五六七", range(2010, 2041, 5), strict=True))
_LEVELS: Sequence[tuple[str, re.Pattern[str], re.Pattern[str], re.Pattern[str]]] = tuple(
    (name, re.compile(asked), re.compile(stated), re.compile(below))
    for name, asked, stated, below in (
        ("nation", "全国|国家规定|我国", "全国|国家|我国", "[省市区县]"),
        ("province", "全省|本省|省里", "全省|本省|省级", "[市区县]"),
        ("city", "全市|市里|本市|市级", "全市|本市|市级", "[区县]"),
    )
)


def asked_details(question: str) -> tuple[tuple[str, re.Pattern[str]], ...]:
    """List the details that a question asks for.

    >>> [name for name, given in asked_details("助餐点几点开门")]
    ['clock']

    :param question: search form of a question, without blanks.
    :return: name of each detail, and the form of the words that give it.
    """
    found = [(name, given) for name, (asked, given) in _COMPILED.items() if asked.search(question)]
    if not found:
        found = [("count", _count(match["unit"])) for match in _COUNT.finditer(question)]
    if not found and _MANY.search(question):
        found = [("number", _DIGIT)]
    return tuple(found)


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
    unit = given.pattern.removeprefix(_NUMBER) if detail == "count" else ""
    return bool(_DIGIT.search(sentence)) and bool(re.search(unit, sentence))


@cache
def _count(unit: str) -> re.Pattern[str]:
    return re.compile(f"{_NUMBER}(?:{unit if len(unit) > 1 else '|'.join(_ALIKE.get(unit, unit))})")


def years(text: str) -> frozenset[int]:
    """Read the years that a text speaks of; a five-year plan stands for its last year, for which its aims are set.

    What comes after a plan (“十四五”之后) is of the year after it.

    >>> sorted(years("2023年起，“十四五”期间"))
    [2023, 2025]

    :param text: any text with half-width digits.
    :return: the years.
    """
    plans = {_LAST_OF_PLAN[match[1]] + bool(match[2]) for match in _PLAN.finditer(text)}
    return frozenset({int(year) for year in _YEAR.findall(text)} | plans)


@cache
def place_names() -> tuple[str, ...]:
    """List the countries, provinces, cities and districts of ``data/places.txt``.

    :return: names without 省, 市 and 区, in the order of the file.
    """
    lines = (line.strip() for line in (DATA / "places.txt").read_text(encoding="utf-8").splitlines())
    return tuple(line for line in lines if line and not line.startswith("#"))


@cache
def _names() -> Mapping[str, tuple[str, ...]]:
    """Place names by their first two characters."""
    by_head: dict[str, tuple[str, ...]] = {}
    for name in place_names():
        by_head[name[:2]] = (*by_head.get(name[:2], ()), name)
    return by_head


def places(words: Sequence[str]) -> tuple[str, ...]:
    """List the countries, provinces, cities and districts that a text names.

    >>> places(["闵行区", "和", "浦东新区", "的", "每日", "照料"])
    ('闵行', '浦东')

    :param words: the words of a text; a name counts where a word begins with it.
    :return: the names, each once, without 省, 市 and 区.
    """
    found = (name for word in words for name in _names().get(word[:2], ()) if word.startswith(name))
    return tuple(dict.fromkeys(found))


def levels(question: str) -> tuple[tuple[str, re.Pattern[str], re.Pattern[str]], ...]:
    """List the levels (全国, 全省, 全市) that a question asks about.

    :param question: a question without blanks.
    :return: for each its name, what a sentence about it says, and what the issuer of a lower level has in its name.
    """
    return tuple((name, stated, below) for name, asked, stated, below in _LEVELS if asked.search(question))


@cache
def _affairs() -> frozenset[str]:
    lines = (DATA / "affairs.txt").read_text(encoding="utf-8").splitlines()
    return frozenset(word for line in lines if not line.startswith("#") for word in line.split())


def affairs(question: str) -> tuple[str, ...]:
    """List the matters in a question that have a bureau of their own, as ``data/affairs.txt`` knows them.

    :param question: search form of a question, without blanks.
    :return: the longest of them in order of length: of 住院报销 and 报销 the first.
    """
    found = sorted((word for word in _affairs() if word in question), key=lambda word: (-len(word), word))
    return tuple(word for place, word in enumerate(found) if not any(word in longer for longer in found[:place]))
