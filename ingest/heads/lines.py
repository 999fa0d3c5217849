"""What a single line at the head or the tail of a text is: title, recipients, name, note, label, list of annexes."""

from __future__ import annotations

import re

from ingest.heads.dates import DATE, is_date_note
from ingest.numbering import marker
from ingest.sections import is_bare
from ingest.standing import DAY_NAMES, NAMES

_GENRE = (
    "通知|通告|通报|公告|公报|决定|决议|命令|令|意见|批复|复函|函|报告|请示|纪要|议案|办法|规定|细则|条例|规则|章程|制度|方案|规划|计划|"
    "纲要|要点|措施|举措|政策|指引|指南|标准|规范|规程|程序|流程|目录|清单|名单|名录|名册|一览表|基准表|分工表|申请表|情况表|标准表|分配表|表|书|问答|"
    "解读|说明|答复|预案|准则|守则|公约|安排|任务|体系|基准|须知|大纲|建议|倡议|讲话|要求|职责|暂行规定|若干规定|实施意见|总结|条款|协议|合同|模板"
)
_SUFFIX = r"(?:[》”」]|[（(〔][^（）()]{1,20}[)）〕])*"
_TITLE_END = re.compile(rf"(?:{_GENRE}){_SUFFIX}$")
_TITLE_MARKS = re.compile(r"[《》〈〉<>“”\"\s,，、·\u200b-\u200d\ufeff]")
_BRACKETED = re.compile(r"[（(][^（）()]*[）)]")
_NOTED = re.compile(r"公开|发布|印发|登报|删减|有效期")
_NOTE = re.compile(r"(?:信息)?公开(?:方式|属性|类别)\s*[:：]\s*\S{2,10}")
_PREAMBLE = re.compile(
    r"(?:如下|以下|下列|通知|公告|通告|批复|答复|意见|事项|决定|说明|规定|要求|办法|方案|内容)\s*[:：]$|"
    r"^(?:为|根据|按照|依据|经|依照|鉴于|现|兹|自)|决定|修改|收悉|现(?:将|就|予|对|公告|通知|印发)|根据《|按照《|为了"
)
_EACH = re.compile(r"各(?!.*(?:应当?|须|要求?|可以|不得|包括|负责|提交|做到))")
_ADDRESSED = re.compile(
    r"(?:局|委|办|府|院|部|厅|室|会|中心|处|所|司|署|行|社|队|站|科|组|公司|单位|机关|部门|企业|机构|团体|学校|大学|学院|兵团|"
    r"街道|镇|乡|区|县|市|州|盟|旗|省|园|园区|者|人|户|代表|委员|同志|们|先生|女士|市民|居民|职工|群众|业主|家长|协会|集团|科室|处室)"
    r"(?:[（(][^（）()]*[）)])?$"
)
_FORCE = "|".join((*NAMES, *DAY_NAMES))
_LABEL = re.compile(
    r"(?P<name>索引号|文\s*号|发文字号|发文机关|发布机构|发布机关|制定机关|公布机关|成文日期|发布日期|发布时间|公布日期|信息来源|来源|分类|主题分类|"
    rf"公开类别|体裁|作者|标题|更新时间|浏览次数|{_FORCE}|关键词|主题词|(?:您|你)?(?:的|当前|现在|所在|目前|当前所在|现在的|当前的)位置)\s*[:：]\s*(?P<value>.{{0,80}})$"
)
_LABEL_NAMES = {
    "文号": "number", "发文字号": "number", "发文机关": "issuer", "发布机关": "issuer", "制定机关": "issuer",
    "发布机构": "publisher", "成文日期": "date", "公布日期": "date", "发布日期": "published", "发布时间": "published",
    "索引号": "index_number", "信息来源": "source",
}  # fmt: skip
_ANNEX_LIST = re.compile(
    r"附\s*[件表]\s*(?:[\d一二三四五六七八九十]+\s*[-—~～至]\s*[\d一二三四五六七八九十]+\s*)?[:：]\s*\S"
)
_SIGNER = re.compile(
    r"(?:代\s*)?(?:部\s*长|省\s*长|市\s*长|区\s*长|县\s*长|州\s*长|局\s*长|署\s*长|行\s*长|厅\s*长|主\s*任|主\s*席|总\s*理|院\s*长|检察长|委员长|司\s*长|盟\s*长)"
    r"\s*[:：]?\s*[\u4e00-\u9fff·\s]{2,16}$"
)
_IMPRINT = 60
_PRINTED = re.compile(rf".*{DATE.pattern}\s*印发")
COPIED = re.compile(r"(?:部内)?抄\s*送\s*[:：]\s*")
_SIGNED = re.compile(rf"(?P<name>[\u4e00-\u9fff（）()、\s]{{4,60}}?)\s*(?P<date>{DATE.pattern})")
_DATELINE = re.compile(
    r"(?P<office>[\u4e00-\u9fff]{3,30})\s*(?P<day>\d{4}[-./]\d{1,2}[-./]\d{1,2})(?:\s*\d{1,2}:\d{2}(?::\d{2})?)?"
)
_OFFICE_END = re.compile(
    r"(?:局|委|委员会|办|办公室|府|院|部|厅|会|中心|署|行|社|处|所|司|组|总队|支队|大队|调查队|联席会议|集团|公司|大学|学院|协会|指挥部)$"
)
_CLOSING_WORDS = re.compile(r"(?:特此|此)(?:通知|公告|通告|函复|函达|复函|批复|通报|复|告|函)[。.！!]?")
_LINKS = re.compile(
    r"解读\s*[:：]|(?:相关|延伸|推荐)(?:链接|阅读|解读|文件|稿件|附件|新闻|信息|文章|政策)|政策解读|解读链接|文件下载|附件下载|图解|上一篇|下一篇|责任编辑|打印|关闭|扫一扫|分享到"
)
_CONTACT = re.compile(
    r"[（(]?(?:[^。；]{0,30}(?:联系|咨询|举报|监督|服务)(?:电话|方式|人|单位|热线)[^。；]{0,4}|联系人|电话|地址|邮编|邮箱)\s*[:：][^。]{0,60}$"
)
_TO_FILL_IN = re.compile(r"[_＿]{3,}|[□☐\uf06f\uf0a3\uf0a8]|(?<!\d)年\s*月\s*日|[×xX]{2,}|〔\s*(?:20)?\s*〕")
_INVISIBLE = re.compile(r"[\u200b-\u200f\u2060\ufeff\u00ad]")
_SEPARATOR = re.compile(r"[-—–=＝*＊_·…\s]{3,}")


def clean(text: str) -> str:
    """A title or a name less the characters that nobody sees: zero-width spaces and joiners."""
    return _INVISIBLE.sub("", text).strip()


def plain(title: str) -> str:
    """A title less the marks and blanks in it, to compare titles by."""
    return _TITLE_MARKS.sub("", title)


def ends_as_title(text: str) -> bool:
    """Whether a line ends with the name of a kind of document: …的通知, …实施方案（试行）."""
    return bool(_TITLE_END.search(re.sub(r"\s", "", text)))


def may_be_title(text: str) -> bool:
    """Whether a line may be a title or part of one: no ordinal, no sentence, no date, no label."""
    return (
        0 < len(text) <= 80
        and not re.search(r"[。；;？！]", text)
        and not text.endswith(tuple("：:，,、."))
        and marker(text) is None
        and DATE.fullmatch(text.strip()) is None
        and label_of(text) is None
        and not is_imprint(text)
        and not _SEPARATOR.fullmatch(text)
    )


def is_suffix(text: str) -> bool:
    """Whether a line in brackets belongs to the title above it: （试行）, （征求意见稿）, （2022年修订）."""
    return bool(
        re.fullmatch(r"[（(〔](?:[^（）()]{0,8}(?:试行|暂行|草案|稿|修订|修正|修订版|版|年度))[）)〕]", text.strip())
    )


def issues(line: str, title: str) -> bool:
    """Whether a line below a title is that of the notice that issues what bears it."""
    before, named, _ = plain(line).partition(title)
    return bool(named) and before.endswith(("印发", "发布", "转发", "公布", "下发"))


def is_remark(text: str) -> bool:
    """Whether a line in brackets below a title says what is in the text, and is no part of the title: （21大类91个品目）."""
    is_other = is_suffix(text) or is_template_mark(text) or marker(text) is not None or "。" in text
    return bool(_BRACKETED.fullmatch(text.strip())) and not is_other


def is_recipients(text: str) -> bool:
    """主送机关 (GB/T 9704-2012 7.3.2): names up to a colon, and no preamble (为…，现通知如下：)."""
    return (
        text.endswith(("：", ":"))
        and len(text) < 300
        and "。" not in text
        and marker(text) is None
        and not _PREAMBLE.search(text)
        and bool(_ADDRESSED.search(re.sub(r"\s", "", text[:-1])) or _EACH.match(text))
    )


def is_name(text: str) -> bool:
    """Whether a line above a date may be the name of an office."""
    return 2 <= len(text) <= 40 and not re.search(r"[，。；：:,;《》？！、\d]", text) and marker(text) is None


def is_signer(text: str) -> bool:
    """Whether a line is a person who signs an order: 部长　某某."""
    return bool(_SIGNER.fullmatch(text.strip()))


def signed_line(text: str) -> tuple[int, str] | None:
    """Where the date begins in a line that holds an office and its date, and the date's words; None for another line."""
    found = _SIGNED.fullmatch(text.strip())
    if found is None or not _OFFICE_END.search(re.sub(r"[\s（(].*", "", found["name"]) or found["name"]):
        return None
    return text.index(found["date"]), found["date"]


def dateline(text: str) -> tuple[str, str] | None:
    """The office and the day of a line that a site puts below a title: 甲市民政局 2017-06-14 14:40."""
    found = _DATELINE.fullmatch(text.strip())
    return (found["office"].strip(), found["day"]) if found and is_office(found["office"].strip()) else None


def is_note(text: str) -> bool:
    """附注 (GB/T 9704-2012 7.3.7): （此件公开发布）."""
    plain_text = text.strip()
    return bool(_NOTE.fullmatch(plain_text) or (_BRACKETED.fullmatch(plain_text) and _NOTED.search(plain_text)))


def label_of(text: str) -> tuple[str, str] | None:
    """Name and value of a line that gives metadata: 发布日期：2022年1月; the name is empty where it is not kept.

    What it says of the force (有效性：失效) keeps its own name in the value.
    """
    found = _LABEL.match(text.strip())
    if found is None:
        return None
    name = re.sub(r"\s", "", found["name"])
    if name in NAMES or name in DAY_NAMES:
        return "force", f"{name}：{found['value'].strip()}"
    return _LABEL_NAMES.get(name, ""), found["value"].strip()


def is_separator(text: str) -> bool:
    """Whether a line is a rule made of signs, or has nothing to be seen."""
    return bool(text) and (not clean(text) or bool(_SEPARATOR.fullmatch(text)))


def is_link_head(text: str) -> bool:
    """Whether a line begins what a page lists below a text: 相关链接, 政策解读."""
    return bool(_LINKS.match(text.strip()))


def is_contact(text: str) -> bool:
    """Whether a line gives only a telephone or an address."""
    return bool(_CONTACT.fullmatch(text.strip()))


def is_office(text: str) -> bool:
    """Whether a line is the name of an office."""
    return is_name(re.sub(r"\s", "", text)) and bool(_OFFICE_END.search(re.sub(r"[\s（(].*", "", text) or text))


def is_imprint(text: str) -> bool:
    """Whether a line is the imprint (版记): the office that printed, and the date with 印发."""
    return len(text) < _IMPRINT and bool(_PRINTED.fullmatch(text.rstrip("。. ")))


def is_copied(text: str) -> bool:
    """Whether a line begins the list of offices that get a copy (抄送机关, GB/T 9704-2012 7.4.2)."""
    return bool(COPIED.match(text.strip()))


def is_closing_words(text: str) -> bool:
    """Whether a line is 特此通知 or its like alone."""
    return bool(_CLOSING_WORDS.fullmatch(text.strip()))


def is_template_mark(text: str) -> bool:
    """Whether a line says that the text is a form or a pattern to fill in: （参考模板）, （样式）."""
    return bool(
        re.fullmatch(r"[（(]?[^。，；]{0,12}(?:参考模板|参考样式|示范文本|格式文本|样\s*[表式本])[）)]?", text.strip())
    )


def is_to_fill_in(text: str) -> bool:
    """Whether a line waits to be filled in: it ends with a colon and no words, or has blanks, boxes or a date without figures."""
    return bool(_TO_FILL_IN.search(text)) or (len(text) <= 40 and text.rstrip().endswith(("：", ":")))


def lists_annexes(text: str, following: str) -> bool:
    """附件说明 (GB/T 9704-2012 7.3.4): the list of annexes below the text begins here, 附件：1. …."""
    if _ANNEX_LIST.match(text):
        return True
    alone = re.fullmatch(r"附\s*[件表]\s*[:：]", text.strip())
    first = marker(following) if following else None
    return bool(alone and first and first.style == "1" and first.number == 1 and is_bare(following))


def is_note_below_title(text: str) -> bool:
    """Whether a line in brackets notes when a law was passed, or what kind of annex it is."""
    return is_date_note(text) or bool(re.fullmatch(r"[（(][^（）()]{2,12}附录[）)]", text.strip()))
