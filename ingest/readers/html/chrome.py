"""What stands on a page round every document: paths, tools, sources, links; told by its form, whatever the site."""

from __future__ import annotations

import re

from ingest.readers.html.flow import Block

_PATH = re.compile(
    r"^您?(?:当前|现在|目前)?(?:所在)?的?(?:位置|地址)(?:是|为)?\s*[:：]|^您(?:现在|当前)?(?:在|的位置|所在)|^首页\s*[>›»＞]|^[>›»＞]"
    r"|^[\w\s·（）()、]{1,20}(?:\s*(?:>{1,2}|[›»＞])\s*[^<>›»＞。；]{1,60}){2,}$"
)
_TOOLS = re.compile(
    r"[\[【（(]?\s*(?:打印|关闭|收藏|下载|分享|返回|顶部|纠错|我要纠错|举报|朗读|语音播报|播放|大|中|小|默认|超大|特大|放大|缩小|全文|正文"
    r"|全真版|文字版|图片版|微信|微博|新浪微博|QQ空间|QQ好友|微信好友|朋友圈|更多|首页|上一篇|下一篇|登录|注册|退出|English|EN|繁體|繁体|简体)"
)
_OPENS = re.compile(
    r"[\[【（(]?\s*(?:打\s*印|关\s*闭|字\s*[体号]|分享|收藏|返回|TOP|扫一扫|扫码|微信扫|用手机|责任编辑|编\s*辑\s*[:：]|来\s*源|(?:信息|文章|内容|稿件|文件)来源"
    r"|信息发布人|发布(?:时间|日期|人)|发表(?:时间|日期)|时\s*间\s*[:：]|日\s*期\s*[:：]|浏览|阅读(?:次数|人次|量)?\s*[:：]|访问量|点击(?:量|数|率)|作\s*者\s*[:：]"
    r"|上一篇|下一篇|主办(?:单位)?\s*[:：]|承办(?:单位)?\s*[:：]|版权所有|网站(?:标识|识别)码|网站地图|网站支持|技术支持\s*[:：]|[\u4e00-\u9fff]?ICP备|备案(?:编)?号\s*[:：]"
    r"|.{0,3}公网安备|Copyright|建议使用|当前浏览器|您访问的链接|您即将离开|下载本信息|附件下载|点击(?:查看|下载)|我要纠错|文件下载|语音播报|[\u4e00-\u9fff]{2,20}发布$|发布$)",
    re.IGNORECASE,
)
_RELATED = re.compile(
    r"[\[【●◆■·\s]*(?:(?:相关|关联|热点|推荐|延伸|更多|最近)(?:政策|文件|新闻)?(?:链接|解读|阅读|文章|稿件|新闻|报道|信息|文档|推荐|导读|文件|政策|附件|视频|附件下载)?"
    r"|(?:政策|文件|部门|媒体|专家|图文|图片|视频|文字|音频|一图)(?:解读|读懂|图解)|(?:原文|文件|附件|PDF文件)(?:链接|下载|查看))[】\]]?\s*(?:[:：]|$)"
)
_DATED = re.compile(
    r"(?:19|20)\d\d\s?[-/.]\s?\d{1,2}\s?[-/.]\s?\d{1,2}(?:\s+\d{1,2}\s?:\s?\d{2}(?:\s?:\s?\d{2})?)?(?:\s|$)"
)
_SENTENCE = re.compile(r"[。；？！;?!]|[\u4e00-\u9fff”》）)][，,、]|[，,、][\u4e00-\u9fff“《（(]")
_HAN = re.compile(r"[\u3000-\u303f\u4e00-\u9fff\uff00-\uffef]")
_MARKED = re.compile(
    r"(?:第[一二三四五六七八九十百零\d]{1,6}[编篇章节条]|[一二三四五六七八九十]{1,3}[、．.]|[（(][一二三四五六七八九十]{1,3}[）)]|\d{1,3}[、．.]\s*[\u4e00-\u9fff])"
)


def is_path(text: str) -> bool:
    """Whether a text is the path to the page: 当前位置：首页 > 政务公开 > 通知公告."""
    return len(text) < 200 and bool(_PATH.search(text))


def is_tool(text: str) -> bool:
    """Whether a text is made of the names of tools and tabs alone: 【字体：大 中 小】打印、全文.

    >>> is_tool("【打印】 【关闭】"), is_tool("全文"), is_tool("小区管理办法")
    (True, True, False)
    """
    if len(text) >= 60:
        return False
    rest = re.sub(r"字\s*[体号]\s*[:：]?|分享(?:到|至)?\s*[:：]?|A[+-]|本页|页面|窗口|当前|文章|正文|分享", "", text)
    words = [word for word in re.split(r"[\s\[\]【】（）()|｜·:：、/]+", rest) if word]
    return all(_TOOLS.fullmatch(word) for word in words)


def is_chrome(block: Block) -> bool:
    """Whether a block within or beside the article is none of its text: a path, tools, the source, a list of links."""
    text = block.text
    if not text or len(text) >= 200 or block.table is not None:
        return False
    if is_tool(text) or is_path(text):
        return True
    return bool(_OPENS.match(text)) and not (len(text) > 60 and text.endswith("。") and _SENTENCE.search(text[:-1]))


def is_link(block: Block) -> bool:
    """Whether links make up most of a block."""
    return block.size > 0 and block.linked > 0.6 * block.size


def opens_related(text: str) -> bool:
    """Whether a line heads a list of links to other pages: 相关链接：、政策解读：, and the like."""
    return len(text) < 60 and bool(_RELATED.match(text))


def is_dateline(text: str) -> bool:
    """Whether a line above an article gives the time of its publication: 2023-01-09 10:20 来源：… ."""
    return len(text) < 120 and bool(_DATED.match(text))


def is_prose(block: Block) -> bool:
    """Whether a block reads as the text of a document: a sentence, or a numbered heading, and no link."""
    if is_link(block) or is_chrome(block) or block.table is not None or 2 * len(_HAN.findall(block.text)) < block.size:
        return False
    return bool(_MARKED.match(block.text) or (len(block.text) > 9 and _SENTENCE.search(block.text)))
