"""Plain texts and Markdown: encodings, lines that a program broke, texts without line breaks, marks of Markdown."""

import codecs

import pytest

from ingest import read_document
from ingest.errors import NoText, UnreadableFile
from ingest.pages import Footnote
from ingest.readers import markdown, text
from ingest.readers.markdown_inline import plain
from ingest.readers.spaces import split

NOTICE = "关于加强养老服务工作的通知\n各区民政局：\n现将有关事项通知如下，请认真执行。\n一、工作目标\n到2025年，养老机构床位达到1000张。\n"
TRADITIONAL = "關於加強養老服務工作的通知\n各區民政局：\n現將有關事項通知如下，請認真執行。\n"


def page(words, name="试.txt"):
    data = words if isinstance(words, bytes) else words.encode()
    (read,) = (markdown if name.endswith("md") else text).read(name, data)
    return read


def lines(words, name="试.txt"):
    return [line.text for line in page(words, name).lines]


@pytest.mark.parametrize(
    "data",
    [
        NOTICE.encode(),
        codecs.BOM_UTF8 + NOTICE.encode(),
        NOTICE.encode("gb18030"),
        NOTICE.encode("utf-16"),
        codecs.BOM_UTF16_BE + NOTICE.encode("utf-16-be"),
        NOTICE.encode("utf-16-le"),
        NOTICE.encode("utf-16-be"),
        NOTICE.replace("\n", "\r\n").encode("gb18030"),
    ],
    ids=["utf-8", "utf-8 marked", "gb18030", "utf-16 marked", "utf-16-be marked", "utf-16-le", "utf-16-be", "crlf"],
)
def test_encodings_are_told_by_what_comes_of_them(data):
    assert lines(data) == NOTICE.splitlines()


def test_big5():
    assert lines(TRADITIONAL.encode("big5")) == TRADITIONAL.splitlines()


def test_one_damaged_byte_is_warned_of_and_many_are_refused():
    data = (NOTICE * 9).encode("gb18030")
    assert page(data[:200] + b"\xff" + data[200:]).warnings == ("有 1 处字节已损坏，无法认出文字，以“\ufffd”代替",)
    with pytest.raises(UnreadableFile) as caught:
        page(bytes(range(128, 256)) * 20)
    assert (
        str(caught.value)
        == "试.txt: 认不出文字编码，或文字已损坏成乱码；请用浏览器或编辑器打开，确认文字无误后另存为 UTF-8 编码，或重新下载"
    )


def test_chinese_of_no_everyday_use_is_a_misreading():
    with pytest.raises(UnreadableFile):
        page("鎴戜滑鐨勫伐浣滈渶瑕佸姞寮哄吇鑰佹湇鍔".encode("gb18030") * 9)


def test_characters_that_r_wrote_by_their_codes():
    assert lines("各位代表！<U+00A0>请审议<U+3002>") == ["各位代表！ 请审议。"]


def test_a_comment_that_is_never_closed_hides_nothing():
    read = page("<!-- 页眉 --><!-- 通知正文。")
    assert ([line.text for line in read.lines], read.marks) == (["<!-- 通知正文。"], ("<!-- 页眉 -->",))
    assert lines("<!-- 通知正文。", "试.md") == ["<!-- 通知正文。"]


def test_an_empty_text():
    with pytest.raises(NoText) as caught:
        page(" \n\n")
    assert str(caught.value) == "试.txt: 文件里没有文字；请确认保存的是文件正文"


WRAPPED = """　　为深入贯彻党中央、国务院关于养老服务工作的决策部署，现
就加强养老服务体系建设提出以下实施意见，请各区各部门结合实
际认真贯彻落实。
　　一、工作目标
　　到2025年，养老机构床位达到1000张，护理型床位占比达到百分
之六十，社区养老服务设施覆盖率达到100%，每个街道至少建成一
所综合为老服务中心。
"""


def test_lines_that_a_program_broke_run_on():
    assert [(line.text[:6], line.block) for line in page(WRAPPED).lines] == [
        ("为深入贯彻党", True), ("就加强养老服", False), ("际认真贯彻落", False), ("一、工作目标", True),
        ("到2025年", True), ("之六十，社区", False), ("所综合为老服", False),
    ]  # fmt: skip


def test_lines_that_a_writer_ended_stay_apart():
    assert all(line.block for line in page(NOTICE).lines)
    names = "召集人：\n黄某 市教委主任\n副召集人：\n邓某 市教委一级巡视员\n成员：\n李某 市委宣传部副部长\n"
    assert all(line.block for line in page(names).lines)


def test_a_title_over_two_lines_runs_on():
    assert [line.block for line in page("国务院关于印发\n\n数字经济发展规划的通知\n\n现印发给你们，请认真贯彻执行。").lines] == [
        True, False, True,
    ]  # fmt: skip


def test_lines_parted_by_tabs_are_a_table():
    read = page("指标表\n指标\t单位\t目标值\n床位\t张\t1000\n护理员\t人\t\n附注。")
    (grid,) = read.grids
    assert [["".join(line.text for line in cell.lines) for cell in row] for row in grid.rows] == [
        ["指标", "单位", "目标值"], ["床位", "张", "1000"], ["护理员", "人", ""],
    ]  # fmt: skip
    assert [line.text for line in read.lines] == ["指标表", "附注。"]


FILL = "各单位要加强组织领导，明确责任分工，健全工作机制，确保各项任务落到实处，取得实效。" * 16


def flat(words):
    return split(words, len(words))


def test_wide_spaces_part_the_paragraphs_of_one_line():
    words = f"　　各区民政局：　　现将方案印发给你们。　　2021年11月4日　　第一章　　总则　　{FILL}"
    assert [part if len(part) < 40 else "…" for part in flat(words)] == [
        "各区民政局：", "现将方案印发给你们。", "2021年11月4日", "第一章　总则", "…",
    ]  # fmt: skip


def test_the_number_in_the_head_of_one_line():
    words = f"关于养老服务的通知 甲民发〔2021〕5号 各区民政局：     {FILL}     一、总体要求"
    assert [part if len(part) < 40 else "…" for part in flat(words)] == [
        "关于养老服务的通知", "甲民发〔2021〕5号", "各区民政局：", "…", "一、总体要求",
    ]  # fmt: skip


def test_a_long_paragraph_among_others_is_not_cut():
    assert split(FILL + "包括：（一）甲；（二）乙。", 9000) == [FILL + "包括：（一）甲；（二）乙。"]


@pytest.mark.parametrize(
    ("marked", "seen"),
    [
        ("**一、总体要求**", "一、总体要求"),
        ("***重要***与 _强调_ 及 __粗__ 和~~删~~", "重要与 强调 及 粗 和删"),
        ("变量snake_case_name不变，2*3*4也不变", "变量snake_case_name不变，2*3*4也不变"),
        (r"\*星号\* 与 1\. 编号", "*星号* 与 1. 编号"),
        ('见[通知](https://a.cn/b(c)d "题")和[办法][1]及<https://a.cn>', "见通知和办法及https://a.cn"),
        ("![印章](seal.png)正文`*代码*`", "正文*代码*"),
        ("<font color='red'>红字</font>&ldquo;引文&rdquo;&lt;3", "红字“引文”<3"),
    ],
)
def test_marks_of_markdown_are_taken_off(marked, seen):
    assert plain(marked) == seen


MARKED = """---
title: 别的题目
date: 2023-01-01
---
# 关于加强养老服务工作的通知

甲民发〔2023〕1号

各区民政局：

## 一、工作目标

1. 到2025年，床位达到1000张[^a]。
- [x] 已完成的事项

> 引用的话。

| 指标 | 目标值 |
|:----|-----:|
| 床位\\|张 | **1000** |

<!-- 看不见 -->
[^a]: 指养老机构床位。
"""


def test_blocks_of_markdown():
    read = page(MARKED, "试.md")
    assert [(line.text, line.size) for line in read.lines] == [
        ("关于加强养老服务工作的通知", 22.0), ("甲民发〔2023〕1号", 16.0), ("各区民政局：", 16.0), ("一、工作目标", 16.0),
        ("1. 到2025年，床位达到1000张[a]。", 16.0), ("已完成的事项", 16.0), ("引用的话。", 16.0),
    ]  # fmt: skip
    (grid,) = read.grids
    assert [["".join(line.text for line in cell.lines) for cell in row] for row in grid.rows] == [["指标", "目标值"], ["床位|张", "1000"]]  # fmt: skip
    assert read.footnotes == (Footnote("[a]", "指养老机构床位。"),)
    assert read.labels == (("title", "别的题目"), ("date", "2023-01-01"))


def test_what_the_text_says_goes_before_the_fields_of_its_head(tmp_path):
    (tmp_path / "试.md").write_text(MARKED + "\n甲市民政局\n\n2023年5月6日\n", encoding="utf-8")
    document = read_document(tmp_path / "试.md")
    assert (document.metadata.title, document.metadata.date) == ("关于加强养老服务工作的通知", "2023-05-06")
    assert document.account.lost == 0


SAVED = """# 养老服务规划

**发布日期**: 2022年1月12日
**来源**: https://www.example.cn/a.htm

---

## 政策全文

甲市人民政府关于印发

养老服务规划的通知

现印发给你们，请认真贯彻执行。

养老服务规划

规划的正文。

---

**更新时间**: 2026-01-26
"""


def test_the_wrap_of_a_saved_page_is_aside():
    read = page(SAVED, "试.md")
    assert [(line.text, line.block) for line in read.lines] == [
        ("甲市人民政府关于印发", True), ("养老服务规划的通知", False), ("现印发给你们，请认真贯彻执行。", True), ("养老服务规划", True),
        ("规划的正文。", True),
    ]  # fmt: skip
    assert read.marks == (
        "养老服务规划",
        "发布日期: 2022年1月12日",
        "来源: https://www.example.cn/a.htm",
        "政策全文",
        "更新时间: 2026-01-26",
    )
    assert read.labels == (("published", "2022年1月12日"),)


def test_a_table_in_html_inside_markdown():
    words = "正文的第一段，说明下表。\n\n<table><tr><td>指标</td><td>目标</td></tr><tr><td>床位</td><td>1000</td></tr></table>\n\n正文的第二段。\n"
    read = page(words, "试.md")
    (grid,) = read.grids
    assert [["".join(line.text for line in cell.lines) for cell in row] for row in grid.rows] == [["指标", "目标"], ["床位", "1000"]]  # fmt: skip
    assert [line.text for line in read.lines] == ["正文的第一段，说明下表。", "正文的第二段。"]
