"""The numbering tree is learnt from each document; paragraphs here stand for a document's body."""

import pytest

from ingest.numbering import marker
from ingest.outline import build


def outline(*texts, frames=None):
    """Every section as its path of labels, with its unnumbered paragraphs, and the warnings."""
    warnings = []
    root, _ = build(
        range(len(texts)), texts, frames or [None] * len(texts), lambda place, message: warnings.append(message)
    )

    def walk(section):
        path = "/".join(step.marker.label for step in section.path)
        yield path, len(section.body)
        for child in section.children:
            yield from walk(child)

    return [entry for entry in walk(root) if entry != ("", 0)], warnings


@pytest.mark.parametrize(
    ("text", "style", "label"),
    [
        ("一、 总体要求", "一、", "一"),
        ("十一、附则", "一、", "十一"),
        ("(二)面临形势", "（一）", "（二）"),
        ("（十九）加强领导", "（一）", "（十九）"),
        ("１．坚持党的领导。", "1", "1"),
        ("10、深入推进居村减负。", "1", "10"),
        ("（3）依照规定", "（1）", "（3）"),
        ("③其他", "①", "③"),
        ("五是完善保障。", "一是", "五是"),
        ("第十二条 本办法自印发之日起施行。", "article", "第十二条"),
        ("第7.10条 公路路段", "article", "第7.10条"),
        ("第三章 监督管理", "chapter", "第三章"),
        ("重大事项二：优化供给", "box", "重大事项二"),
        ("专栏１ 重点工程", "box", "专栏1"),
        ("附件2", "annex", "附件2"),
    ],
)
def test_ordinals(text, style, label):
    found = marker(text)
    assert (found.style, found.label) == (style, label)


@pytest.mark.parametrize(
    "text",
    [
        "2023年，浦东新区",
        "1.5万张床位",
        "一次办成",
        "“一网通办”",
        "第三方评估",
        "十四五规划",
        "附件：1.名单",
        "表1 指标",
        "5A级",
    ],
)
def test_no_ordinals(text):
    assert marker(text) is None


def test_parts_with_points_that_run_on_through_the_parts():
    found, warnings = outline(
        "一、救助", "1、帮扶。做好。", "2、参与。做好。", "二、养老", "3、制度。做好。", "4、供给。做好。"
    )
    assert found == [("一", 0), ("一/1", 0), ("一/2", 0), ("二", 0), ("二/3", 0), ("二/4", 0)]
    assert warnings == []


def test_the_same_points_one_level_deeper_in_another_document():
    found, warnings = outline(
        "一、任务", "（一）设施", "1、中心。做好。", "2、网点。做好。", "（二）供给", "1、服务。做好。"
    )
    assert [path for path, _ in found] == ["一", "一/（一）", "一/（一）/1", "一/（一）/2", "一/（二）", "一/（二）/1"]
    assert warnings == []


def test_unnumbered_paragraphs_under_a_heading_are_counted():
    assert outline("一、形势", "第一段。", "第二段。", "二、任务", "段。")[0] == [("一", 2), ("二", 1)]


def test_framed_box_does_not_break_the_run_round_it():
    texts = (
        "（一）福利",
        "一是养老。做好。",
        "重大事项一：床位",
        "1.建设。做好。",
        "2.监管。做好。",
        "二是助残。做好。",
        "（二）治理",
    )
    found, warnings = outline(*texts, frames=[None, None, 1, 1, 1, None, None])
    assert [path for path, _ in found] == [
        "（一）", "（一）/一是", "（一）/重大事项一", "（一）/重大事项一/1", "（一）/重大事项一/2", "（一）/二是", "（二）",
    ]  # fmt: skip
    assert warnings == []


def test_unframed_boxes_that_count_up_are_boxes():
    texts = (
        "一、任务",
        "（一）福利",
        "专栏1：床位",
        "1.建设。做好。",
        "（二）治理",
        "专栏2：社区",
        "1.建设。做好。",
        "二、保障",
    )
    found, warnings = outline(*texts)
    assert [path for path, _ in found] == [
        "一",
        "一/（一）",
        "一/（一）/专栏1",
        "一/（一）/专栏1/1",
        "一/（二）",
        "一/（二）/专栏2",
        "一/（二）/专栏2/1",
        "二",
    ]
    assert warnings == []


def test_gaps_and_repeats_are_warnings():
    _, warnings = outline("一、甲", "段。", "三、乙", "段。", "三、丙", "段。")
    assert warnings == ["“一”之后编号不连续，直接到“三”", "编号“三”与前面的“三”重复或倒退"]


def test_articles_with_items():
    found, _ = outline(
        "第一章 总则",
        "第一条 为了规范。",
        "第二条 有下列情形：",
        "（一）甲；",
        "（二）乙。",
        "第二章 附则",
        "第三条 施行。",
    )
    assert [path for path, _ in found] == [
        "第一章",
        "第一章/第一条",
        "第一章/第二条",
        "第一章/第二条/（一）",
        "第一章/第二条/（二）",
        "第二章",
        "第二章/第三条",
    ]
