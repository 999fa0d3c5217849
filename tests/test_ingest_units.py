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


def roles(text):
    sentences = tuple(Sentence(text[a:b], a, b, Span(a, b), (1,), ()) for a, b in cut(text))
    found = read_units(Clause("甲/一", "clause", (), text, text, Span(0, len(text)), (1,), "", sentences))
    return [(unit.name, unit.role) for unit in found]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "加大支持。（牵头责任单位：市人社局；责任单位：市财政局、各县区人民政府）",
            [("市人社局", "牵头"), ("市财政局", "负责"), ("各县区人民政府", "负责")],
        ),
        (
            "做好保障。（教育部牵头，各省级人民政府负责）",
            [("教育部", "牵头"), ("各省级人民政府", "负责")],
        ),
        (
            "健全网络。〔市商务委、市委网信办和有关区县政府具体负责〕",
            [("市商务委", "负责"), ("市委网信办", "负责"), ("有关区县政府", "负责")],
        ),
        (
            "（四）责任单位及承办科室：市自然资源局，储备中心。",
            [("市自然资源局", "负责"), ("储备中心", "负责")],
        ),
        (
            "稳定供应。（市住房和城乡建设局牵头，市、县（区）人民政府配合）",
            [("市住房和城乡建设局", "牵头"), ("市、县（区）人民政府", "配合")],
        ),
        (
            "保障供应。（省商务厅等按职责分工负责，各市、州、县人民政府负责落实。以下均需各地落实，不再列出）",
            [("省商务厅", "负责"), ("各市、州、县人民政府", "负责")],
        ),
    ],
)
def test_closing_brackets_are_read_whole_and_by_role(text, expected):
    assert roles(text) == expected


@pytest.mark.parametrize(
    "text", ["设立基金（以下简称“基金”）。", "提高补贴标准（含市级补贴）。", "支持电子材料（如电子证照）。"]
)
def test_brackets_that_charge_nobody(text):
    assert roles(text) == []


def test_a_bracket_speaks_for_the_text_since_the_one_before_it():
    text = "甲类项目先行。给予补贴。（责任单位：市财政局）乙类项目跟进。（责任单位：市教育局）"
    sentences = tuple(Sentence(text[a:b], a, b, Span(a, b), (1,), ()) for a, b in cut(text))
    found = read_units(Clause("甲/一", "clause", (), text, text, Span(0, len(text)), (1,), "", sentences))
    assert [(unit.name, unit.sentence) for unit in found] == [
        ("市财政局", "甲类项目先行。给予补贴。（责任单位：市财政局）"),
        ("市教育局", "乙类项目跟进。（责任单位：市教育局）"),
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("第八条评审机构应具备以下条件：", ["评审机构"]),
        ("（1）开发企业向审核机构提供资料清单；", ["开发企业"]),
        ("4.县财政局：落实所需资金。", ["县财政局"]),
        ("由开发企业委托供气企业建设。", ["开发企业"]),
        ("申请安居的企业应当依法签订劳动合同。", ["企业"]),
        ("论证时建设单位应提供资料。", ["建设单位"]),
        ("乡镇、街道服务管理机构应当及时登记。", ["乡镇、街道服务管理机构"]),
        ("各级教育行政部门、各招生学校，要高度重视。", ["各级教育行政部门", "各招生学校"]),
        ("各地各有关部门要加强联动。", ["各地", "各有关部门"]),
        ("财政、税务、民政等部门按照各自职责做好工作。", ["财政", "税务", "民政"]),
        ("市规划和自然资源部门按照规定制定清单。", ["市规划和自然资源部门"]),
        ("市政府及其各部门要健全机制。", ["市政府及其各部门"]),
    ],
)
def test_subjects_of_any_office(text, expected):
    assert [name for name, _ in units(text)] == expected


@pytest.mark.parametrize(
    "text",
    [
        "降低中小企业参与门槛，免费向供应商提供采购文件。", "市政府领导要深入基层。", "评审会议由评委会主任委员主持。",
        "居住地人民政府提供的其他服务。", "申报人应为所在单位在职人员。", "市教委制定了实施办法。",
        "联席会议由教育部、财政部、国资委组成。", "处理投诉处理事项。", "本市鼓励金融机构提供信用贷款。",
    ],
)  # fmt: skip
def test_verb_phrases_persons_and_attributes_are_no_units(text):
    assert units(text) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "推进简政放权。（责任单位：省委编办，有关设区市、县〔区〕人民政府）",
            ["省委编办", "有关设区市、县〔区〕人民政府"],
        ),
        ("加强隔离。（责任单位：省卫生健康委、各市〔州〕人民政府）", ["省卫生健康委", "各市〔州〕人民政府"]),
        ("各辖市、区退役军人事务部门应将名单报送市局。", ["各辖市、区退役军人事务部门"]),
        ("试点地区要结合实际制定具体实施方案。", ["试点地区"]),
        ("幼儿园不得歧视特殊需要儿童。", ["幼儿园"]),
        ("第三方平台应当保存交易记录。", ["第三方平台"]),
        ("重点用能单位应当建立节能管理制度。", ["重点用能单位"]),
        (
            "县级以上人民政府管理节能工作的部门应当组织监督检查。",
            ["县级以上人民政府管理节能工作的部门"],
        ),
        ("申报单位应当对材料的真实性负责。", ["申报单位"]),
        ("加强调度。（责任单位：市工信局、各县[市、区]人民政府）", ["市工信局", "各县[市、区]人民政府"]),
        ("超出额度的资金可由企业提取使用。", []),
        ("因企业自身原因无力开发建设的，退还定金。", []),
    ],
)
def test_brackets_levels_and_doers_of_other_offices(text, expected):
    assert [name for name, _ in units(text)] == expected
