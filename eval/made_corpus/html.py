"""A draft as a page of a government's site: navigation, a table of what the document says of itself, the text, a footer."""

from __future__ import annotations

from html import escape

from eval.made_corpus.drafts import Draft, in_words

_NAVIGATION = (
    "首页",
    "政务公开",
    "政务服务",
    "互动交流",
    "数据开放",
    "走进本地",
    "领导之窗",
    "机构职能",
    "政策文件",
    "财政信息",
)
_STYLES = {"title": "center", "inner": "center", "number": "center", "heading": "center", "right": "right"}


def as_html(draft: Draft) -> bytes:
    """Write a draft as a web page, which has no red head.

    :param draft: what is written.
    :return: UTF-8.
    """
    head = draft.head
    title = next(one.text for one in draft.paragraphs if one.role == "title")
    links = "".join(f'<li><a href="/{place}/">{name}</a></li>' for place, name in enumerate(_NAVIGATION))
    said = {"发文机关": head.office.name, "发文字号": head.number, "成文日期": in_words(head.date), "标题": title}
    rows = "".join(f"<tr><th>{name}：</th><td>{escape(text)}</td></tr>" for name, text in said.items() if text)
    body = "\n".join(_paragraph(one.role, one.text) for one in draft.paragraphs if one.role not in ("red", "title"))
    place = head.office.place
    return f"""<!DOCTYPE html>
<html lang="zh-CN"><head><meta charset="utf-8"><title>{escape(title)}_{place}人民政府</title></head>
<body>
<div class="nav"><ul>{links}</ul></div>
<table class="info">{rows}</table>
<h1>{escape(title)}</h1>
<div class="article">
{body}
</div>
<div class="footer"><p>主办单位：{place}人民政府办公室</p><p>版权所有：{place}人民政府 网站标识码：0000000000</p></div>
</body></html>
""".encode()


def _paragraph(role: str, text: str) -> str:
    style = f"text-align:{_STYLES[role]}" if role in _STYLES else "text-indent:2em" if role == "body" else ""
    return f'<p style="{style}">{escape(text)}</p>' if style else f"<p>{escape(text)}</p>"
