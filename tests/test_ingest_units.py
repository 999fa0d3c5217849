"""Responsible units: who is charged, and who is only urged, moved, used or spoken of."""

import pytest

from ingest.clauses import cut
from ingest.records import Clause, Sentence, Span
from ingest.units.reading import read_units


def units(text, *headings):
    sentences = tuple(Sentence(text[a:b], a, b, Span(a, b), (1,), ()) for a, b in cut(text))
    found = read_units(Clause("甲/一", "clause", headings, text, text, Span(0, len(text)), (1,), "", sentences))
    return [(unit.name, unit.basis) for unit in found]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("由区民政局牵头制定方案。", [("区民政局", "stated")]),
        ("各街镇要将社区服务作为重要内容。", [("各街镇", "stated")]),
        ("对由居村组织协助的事务，街镇要做好统筹调度。", [("街镇", "stated")]),
        ("责任单位：区民政局、区财政局", [("区民政局", "stated"), ("区财政局", "stated")]),
        ("建立民政部门牵头、各部门职责明确的工作机制。", [("民政部门", "stated")]),
        (
            "形成民政部门主导、相关部门各司其责、养老服务机构自觉遵守的体制。",
            [("民政部门", "stated"), ("相关部门", "stated")],
        ),
        ("健全党组织领导、居村委会主导、群众为主体的框架。", [("党组织", "stated"), ("居村委会", "stated")]),
        ("充分发挥未成年人保护委员会办公室统筹、协调工作职责。", [("未成年人保护委员会办公室", "stated")]),
        ("区民政局加强与区发改委、区规划资源局等相关部门的沟通联动。", [("区民政局", "subject")]),
        ("各区整合资源，建立保护机构。", [("各区", "subject")]),
        ("2023年，浦东新区民政局坚持为民服务。", [("浦东新区民政局", "subject")]),
    ],
)
def test_charged(text, expected):
    assert units(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "鼓励各街镇打造品牌。", "支持社会组织参与社区治理。", "推动居民委员会、业主委员会协同运转。", "依托街镇社会工作站提供服务。",
        "指导村级组织发展服务业态。", "发挥未成年人保护委会统筹作用。", "加强与公安、卫生等部门信息共享。", "将情况纳入各街镇目标责任考核内容。",
        "各区未成年人保护机构规范达标率达到100%。", "坚持政府主导，各方参与。", "按照市局部署，推动联办服务。", "推进儿童福利机构建设。",
        "现将方案印发给你们，请认真贯彻执行。", "群众要积极参与。", "贯彻实施《街道办事处条例》要求。",
    ],
)  # fmt: skip
def test_not_charged(text):
    assert units(text) == []


def test_what_was_done_in_the_past_charges_nobody():
    assert units("市民政局建立养老服务平台。", "一、发展基础") == []
