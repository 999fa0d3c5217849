"""Hypothesis strategies of crafted input: texts of the fragments that official documents are made of, and files spoilt byte by byte."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping

from hypothesis import strategies as st

NUMERALS = ("一", "十", "二十一", "一百零三", "〇", "两", "百千", "廿", "9", "２１", "2025", "1,000", "17.8", "-3", "½", "²", "٣", "①", "㈠", "Ⅳ")  # fmt: skip
LONG_NUMERALS = tuple(digit * size for digit in "9一十零" for size in (30, 400, 5000))
ORDINALS = (
    "一、", "（一）", "1.", "1、", "（1）", "①", "一是", "第一条", "第十条之一", "第一章", "第一节", "第一编", "第一部分", "第一款",
    "第（二）项", "第2目", "4.2.1", "1.2", "表1", "附件1", "附件：", "专栏2", "第三条至第五条", "第一至五十条", "第九千九百九十九条",
)  # fmt: skip
MARKS = tuple("。；：，、！？（）()《》〈〉〔〕[]【】“”\"'「」·…—-－~～/|#*`<>&%％‰≥≤＜＞=+×_\\")
BLANKS = (" ", "　", "\t", "\n", "\r\n", "\n\n", "\x0b", "\x0c", "\x85", "\u2028", "\xa0", "\x00", "\x1b")
UNSEEN = ("\u200b", "\u200d", "\u2060", "\ufeff", "\u202e", "\u202c", "\u2066", "\u2069", "\u00ad", "\U000e0001", "\ufe0f", "\u0301", "\ufffe", "\ufffd")  # fmt: skip
NAMES = (
    "甲发〔2024〕1号", "甲府〔2024〕", "〔2023〕74号", "74号文", "国务院令第707号", "第312号令", "甲市人民政府", "甲区民政局", "民政部",
    "《甲市养老服务条例》", "《甲〈乙〉通知》", "《", "关于印发", "的通知", "规划", "本办法", "本条", "前款", "前两款", "上述", "该方案", "以下简称", "附件",
)  # fmt: skip
FIGURES = (
    "到2025年", "2024年5月6日", "二〇二四年五月六日", "2024年13月99日", "“十四五”", "十四五期间", "5个工作日内", "不少于3家", "达到17.8万张以上",
    "从5%增加到6%", "（含5人）", "（含1", "1—2个", "3至5", "1:2", "百分之五十点五", "每人每月240元", "全覆盖", "全部完成", "增长", "同比", "有效期5年",
)  # fmt: skip
WORDS = (
    "由市民政局牵头，", "责任单位：市民政局、各区", "（责任单位：甲局）", "各区、", "市、县", "应当", "不得", "负责", "配合", "要加强养老服务，", "的", "和",
    "及", "从", "为", "自发布之日起施行", "同时废止", "抄送：", "各区人民政府：", "特此通知", "此件公开发布", "目录", "步骤一", "问：", "答：", "是指", "甲", "乙",
)  # fmt: skip
ASKING = (
    "多少", "几家", "哪些条款提到", "哪些部门负责", "分别", "对比", "是什么", "怎么办", "谁", "吗", "几个", "有没有", "全市", "浦东新区", "去年", "爸爸摔了一跤。",
    "能补多少钱", "的全文", "第一至五十行", "第一至五十段", "第一至五十点", "第一至五十小项", "/一/（二）", "/", "表1第9行", "yanglao", "養老服務",
)  # fmt: skip
MARKUP = (
    "<p>", "</p>", "<b>", "<td>", "</table>", "<table><tr><td>", "<table><tr><td colspan=100000 rowspan=100000>", "<br>", "<h1>", "</h1>", "<div>", "</div>",
    "<!--", "-->", "<![CDATA[", "<script>", "</script>", "<title>", "<pre>", "<ol><li>", "&nbsp;", "&#x4e00;", "&#xD800;", "&#99999999999;", "<meta charset=undefined>",
    "# ", "## ", "| 甲 | 乙 |\n|---|---|\n| 1 | 2 |\n", "```\n", "**", "[甲](乙)", "![](", "[^1]", "[^1]: ", "- ", "> ", "---\n", "<a href='甲.doc'>", "<font>",
)  # fmt: skip

_CALM = st.sampled_from([*NUMERALS, *ORDINALS, *MARKS, *BLANKS, *NAMES, *FIGURES, *WORDS, *WORDS, *FIGURES])
_WILD = st.one_of(_CALM, st.sampled_from(UNSEEN), st.sampled_from(LONG_NUMERALS), st.text(max_size=3))


def texts(*more: str, most: int = 30, surrogates: bool = False) -> st.SearchStrategy[str]:
    """Texts of fragments, some of them repeated; no lone surrogate unless wanted, since no reader gives one.

    :param more: further fragments.
    :param most: how many fragments at most.
    :param surrogates: whether halves of a character may stand in it.
    """
    pieces = [_CALM, _CALM, _WILD, *([st.sampled_from(more)] * 2 if more else [])]
    pieces += [st.just("\ud83d")] if surrogates else []
    repeated = st.builds(lambda piece, times: piece * times, _CALM, st.sampled_from([2, 3, 20, 150]))
    return st.lists(st.one_of(*pieces, repeated), max_size=most).map("".join)


def lines(*more: str, most: int = 14) -> st.SearchStrategy[str]:
    """Texts of several lines that each may begin as an article does."""
    line = st.builds(str.__add__, st.sampled_from([*ORDINALS, "", "", ""]), texts(*more, most=6))
    return st.lists(line, min_size=1, max_size=most).map("\n".join)


def spoilt(data: bytes) -> st.SearchStrategy[bytes]:
    """Bytes with some of them changed, cut out, doubled or cut off."""
    place = st.integers(0, max(0, len(data) - 1))
    change = st.tuples(place, st.integers(0, 40), st.one_of(st.binary(max_size=6), st.sampled_from(_TOKENS)))
    return st.lists(change, min_size=1, max_size=6).map(lambda changes: _spoil(data, changes))


_TOKENS = (b"<", b">", b"99999999999", b"-1", b"nan", b"1e400", b"\xff\xfe", b"\x00", "（含1".encode(), b"/", b"&#0;", b"R", b"[", b"<<", b"stream")  # fmt: skip


def _spoil(data: bytes, changes: list[tuple[int, int, bytes]]) -> bytes:
    for place, length, put in changes:
        data = data[:place] + put + data[place + length :]
    return data


def spoilt_package(data: bytes) -> st.SearchStrategy[bytes]:
    """A zip file one of whose parts is spoilt, gone or replaced, or whose bytes are."""
    with zipfile.ZipFile(io.BytesIO(data)) as file:
        parts = {name: file.read(name) for name in file.namelist()}
    one = st.sampled_from(sorted(parts)).flatmap(
        lambda name: st.one_of(spoilt(parts[name]), st.just(b""), texts(most=5).map(_encoded)).map(
            lambda put: _package({**parts, name: put})
        )
    )
    return st.one_of(one, one, one, spoilt(data))


def _package(parts: Mapping[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as file:
        for name, part in parts.items():
            file.writestr(name, part)
    return buffer.getvalue()


def _encoded(text: str) -> bytes:
    return text.encode("utf-8", "replace")


def encoded(text: st.SearchStrategy[str]) -> st.SearchStrategy[bytes]:
    """The bytes of a text in one of the encodings that files come in."""
    codecs = st.sampled_from(["utf-8", "utf-8", "utf-8-sig", "gb18030", "utf-16"])
    return st.builds(lambda given, codec: given.encode(codec, "surrogatepass" if codec[:3] == "utf" else "replace"), text, codecs)  # fmt: skip
