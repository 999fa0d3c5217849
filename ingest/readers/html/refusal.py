"""Pages that hold no document: what they are instead, said by name."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ingest.errors import NoText
from ingest.readers.html.chrome import is_link
from ingest.readers.html.flow import Block
from ingest.readers.html.tree import Node

_HAN = re.compile(r"[\u4e00-\u9fff]")
_CODE = re.compile(
    r"\bfunction\s*\(|\bvar\s+\w+\s*=|document\.(?:cookie|location)|=>\s*\{|window\.\w+|\"\s*:\s*[\"{\[]"
)
_ERROR = re.compile(
    r"(?<!\d)40[34](?!\d)\s*(?:Not Found|Forbidden|错误|页面|-|$)|(?<!\d)50[0234]\s*(?:错误|Bad|Internal|Service)|Not Found|"
    r"(?:页面|网页|文章|信息|内容|资源)(?:已经?)?(?:不存在|未找到|找不到|无法(?:访问|显示|找到)|被?删除|已?失效|走丢)|找不到(?:该|您|页面|网页)|(?:访问|请求)(?:被拒绝|过于频繁|出错|异常)",
    re.IGNORECASE,
)
_SCRIPTED = re.compile(
    r"(?:请|需要?)\s*(?:先|您)?(?:开启|启用|打开|允许)\s*(?:浏览器的?)?\s*(?:JavaScript|脚本|Cookie)|安全验证|人机验证|滑块|验证码|正在(?:加载|跳转|验证)",
    re.IGNORECASE,
)
_FORM = 80
"""A form to log in has no more text than this."""

_SHORT = 300
"""A page that says more than this is no mere message."""


def refuse_unless_document(name: str, root: Node, blocks: Sequence[Block], places: Sequence[int]) -> None:
    """Refuses a page of scripts, a message of the server, a form to log in, or a list of links.

    :param places: the blocks found to be the article; none if nothing is prose.
    :raises NoText: with what the page is and what to do.
    """
    shown = [block for block in blocks if block.text and not block.hidden]
    text = "".join(block.text for block in shown)
    prose = "".join(blocks[place].text for place in places)
    if not _HAN.search(text + prose):
        _refuse_without_chinese(name, root, text)
    small = len(prose) < _SHORT
    head = " ".join(node.text_inside() for node in root.walk() if node.tag in ("title", "h1", "h2"))
    if small and (found := _ERROR.search(head) or (_ERROR.search(prose) if len(text) < _SHORT else None)):
        raise NoText(
            name,
            f"是出错提示页（“{found[0].strip()}”），不是文件",
            "请在浏览器中重新打开原网址，确认能看到正文后再保存",
        )
    if small and (found := _SCRIPTED.search(text)) and len(text) < _SHORT:
        raise NoText(name, f"是脚本或验证页（“{found[0]}”），不是文件", "请在浏览器中打开，等正文显示出来后再保存")
    fields = [
        node for node in root.walk() if node.tag == "input" and node.attributes.get("type", "").lower() == "password"
    ]
    if fields and len(prose) < _FORM:
        raise NoText(name, "是登录页，不是文件", "请登录后打开正文页再保存")
    links = sum(block.linked for block in shown)
    if not places and _refused_size(shown) or (small and not _has_sentence(prose) and links > 3 * max(len(prose), 40)):
        _refuse_without_body(name, shown, links)


def _refuse_without_chinese(name: str, root: Node, text: str) -> None:
    if any(node.tag in ("frame", "iframe") for node in root.walk()):
        raise NoText(name, "只有框架，正文在另一个文件里", "请打开框架里的正文页另存")
    if _CODE.search(text) or any(node.tag == "script" for node in root.walk()):
        raise NoText(name, "是脚本或验证页，没有正文文字", "请在浏览器中打开，等正文显示出来后再保存")
    if text.strip():
        raise NoText(name, "网页里没有中文", "请确认保存的是公文正文页")
    raise NoText(name, "网页里没有正文", "请确认保存的是完整网页（而不是只有框架或脚本的页面）")


def _refuse_without_body(name: str, shown: Sequence[Block], links: int) -> None:
    lists = sum(is_link(block) for block in shown)
    if lists > 9 and links > sum(block.size for block in shown) / 2:
        raise NoText(name, f"是目录或列表页（{lists} 条链接），没有正文", "请打开其中的正文页分别保存")
    raise NoText(name, "网页里没有正文，只有导航和附件链接", "请下载网页上的附件，或打开正文页再保存")


def _refused_size(shown: Sequence[Block]) -> bool:
    """Whether a page without prose is too much to be a bare heading."""
    return sum(block.size for block in shown) > 200 or any(is_link(block) for block in shown)


def _has_sentence(text: str) -> bool:
    return bool(re.search(r"[\u4e00-\u9fff][^。]{8,}。", text))
