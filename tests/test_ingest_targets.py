"""Targets are read from words and cells; what only looks like one is left out."""

import pytest

from ingest.clauses import cut
from ingest.records import Clause, Sentence, Span
from ingest.targets import read_targets


def clause(text, *headings, cells=()):
    sentences = tuple(Sentence(text[a:b], a, b, Span(a, b), (1,), ()) for a, b in cut(text))
    return Clause(
        "甲发〔2023〕1号/一/1",
        "row" if cells else "clause",
        headings,
        text,
        text,
        Span(0, len(text)),
        (1,),
        "",
        sentences,
        cells,
    )


def targets(text, *headings, title="2023年工作要点"):
    found = read_targets(clause(text, *headings), title)
    assert all(text[target.start : target.end] == target.text for target in found)
    return found


def brief(text, *headings):
    return [(target.indicator, target.comparator, target.value, target.unit) for target in targets(text, *headings)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("到“十四五”末，养老床位总量达到17.8万张以上。", ("养老床位总量", "≥", "17.8", "万张")),
        ("社区事务受理中心上线事项不少于100项。", ("社区事务受理中心上线事项", "≥", "100", "项")),
        ("全市街镇（乡）社区综合为老服务中心达到500家左右。", ("街镇（乡）社区综合为老服务中心", "约", "500", "家")),
        ("全市持有“公益护照”志愿者达到100万人。", ("持有“公益护照”志愿者", "=", "100", "万人")),
        ("打造1-2个社区综合服务体示范点。", ("社区综合服务体示范点", "=", "1-2", "个")),
        ("推进36个街镇社区事务受理服务中心全部争创5A等级。", ("街镇社区事务受理服务中心争创5A等级", "=", "全部", None)),
        ("2023年底实现居村公共卫生委员会机制全覆盖。", ("居村公共卫生委员会机制", "=", "全覆盖", None)),
        ("在设施中志愿服务站点覆盖率达到100%。", ("设施中志愿服务站点覆盖率", "=", "100", "%")),
        ("社区工作者中持证社会工作者占比提高至20%以上。", ("社区工作者中持证社会工作者占比", "≥", "20", "%")),
        ("完成600户居家环境适老化改造。", ("居家环境适老化改造", "=", "600", "户")),
        ("每个镇（乡）至少设置一处公益性骨灰堂。", ("每个镇（乡）公益性骨灰堂", "≥", "1", "处")),
        ("社区养老服务设施达到每千人建筑面积40平方米。", ("社区养老服务设施每千人建筑面积", "=", "40", "平方米")),
        ("建立服务于不同场景的3000名左右康复辅助技术咨询师队伍。", ("康复辅助技术咨询师", "约", "3000", "名")),
        ("空置率控制在5%以内。", ("空置率", "≤", "5", "%")),
        ("新增普惠托位超过2000个。", ("普惠托位", "＞", "2000", "个")),
    ],
)
def test_ways_of_saying_it(text, expected):
    assert brief(text) == [expected]


def test_several_targets_in_a_sentence_share_verb_and_deadline():
    found = targets(
        "全年新增养老床位1500张（市级项目）、综合为老服务中心5家（含2家示范中心），打造3家食堂。完成600户改造。"
    )
    assert [(t.indicator, t.value, t.unit, t.action, t.deadline) for t in found] == [
        ("养老床位", "1500", "张", "新增", "2023"),
        ("综合为老服务中心", "5", "家", "新增", "2023"),
        ("示范中心", "2", "家", "新增", "2023"),
        ("食堂", "3", "家", "打造", "2023"),
        ("改造", "600", "户", "完成", None),
    ]


def test_each_has_its_own_deadline():
    found = targets("提高护理型床位占比，2022年不低于总床位的60%;2025年认知障碍照护床位不低于1.5万张。")
    assert [(t.indicator, t.value, t.deadline) for t in found] == [
        ("护理型床位占比", "60", "2022"),
        ("认知障碍照护床位", "1.5", "2025"),
    ]


@pytest.mark.parametrize(
    ("words", "deadline"),
    [
        ("到2025年，", "2025"),
        ("2025年末，", "2025"),
        ("到“十四五”末，", "2025"),
        ("“十四五”期间，", "2021-2025"),
        ("全年", "2023"),
        ("", None),
    ],
)
def test_deadlines(words, deadline):
    assert [target.deadline for target in targets(f"{words}新增床位100张。")] == [deadline]


def test_figure_before_is_the_baseline():
    (found,) = targets("每年调整最低生活保障标准，从790元/人·月提高至1240元/人·月。")
    assert (found.indicator, found.value, found.unit, found.baseline) == ("最低生活保障标准", "1240", "元/人·月", "790")


@pytest.mark.parametrize(
    "text",
    [
        "推进15分钟社区生活圈行动。", "按照“9073”养老服务发展格局要求建设。", "根据浦委办发〔2022〕1号要求，做好12345热线工作。",
        "深化“1+36”工作阵地建设。", "完善“1+5+15”培训体系（1个安老培训学校，5个片区，15个实训基地）。", "上线“身故一码通”1.0版。",
        "以创评5A级社区事务受理服务中心为抓手。", "召开第5次会议，贯彻二十大精神。", "2023年11月6日印发《行动方案（2023-2025）》。",
        "打造一批品牌，形成一支队伍。", "全面贯彻激励关怀15条措施。", "为18周岁以上人员提供服务。",
    ],
)  # fmt: skip
def test_numbers_that_are_no_targets(text):
    assert targets(text) == ()


def test_past_figures_are_kept_as_achieved():
    assert [target.kind for target in targets("“十三五”期间已建成320家服务中心。")] == ["achieved"]
    assert [target.kind for target in targets("建成320家服务中心。", "一、发展基础")] == ["achieved"]
    assert [target.kind for target in targets("在保护站街镇全覆盖的基础上做实服务。")] == ["achieved"]


def test_thresholds_are_conditions():
    found = targets("对2000户以上和少于500户的居委会做好跟踪指导。")
    assert [(t.kind, t.indicator, t.comparator, t.value) for t in found] == [
        ("condition", "居委会", "≥", "2000"),
        ("condition", "居委会", "＜", "500"),
    ]


def row(**cells):
    pairs = tuple(cells.items())
    text = "；".join(f"{name}：{value}" for name, value in pairs if value)
    return read_targets(clause(text, cells=pairs), "规划")


def test_row_with_baseline_definition_and_year_in_the_head():
    (found,) = row(
        **{
            "序号": "5",
            "指标名称": "供客能力",
            "单位": "万客/日",
            "属性": "预期性",
            "指标定义（计算公式）": "日均供客数",
            "基准值（2020年）": "12",
            "目标值（2025年）": "≥25",
        }
    )
    assert (found.indicator, found.comparator, found.value, found.unit, found.deadline) == (
        "供客能力",
        "≥",
        "25",
        "万客/日",
        "2025",
    )
    assert (found.baseline, found.baseline_year, found.nature, found.definition) == (
        "12",
        "2020",
        "预期性",
        "日均供客数",
    )


def test_row_without_unit_or_sign():
    (found,) = row(**{"序号": "11", "指标": "满意率", "指标属性": "预期性", "单位": "", "2025年目标值": "80"})
    assert (found.comparator, found.value, found.unit, found.baseline) == ("=", "80", None, None)


def test_row_with_about():
    (found,) = row(**{"指标名称": "咨询师数", "单位": "人", "目标值（2025年）": "3000左右"})
    assert (found.comparator, found.value) == ("约", "3000")


def test_row_of_another_table_states_none():
    assert row(**{"病种": "高血压", "限额": "200"}) == ()
