"""Targets are read from words and cells; what only looks like one is left out."""

import pytest

from ingest.clauses import cut
from ingest.records import Clause, Metadata, Sentence, Span
from ingest.targets.occasion import Occasion, occasion_of
from ingest.targets.reading import read_targets


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
    found = read_targets(clause(text, *headings), occasion_of(Metadata(None, title), text))
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


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("原则上每5年修订1次职业院校专业目录。", ("每5年职业院校专业目录", "=", "1", "次")),
        ("联席会议办公室设在教育部，每年召开两次会议。", ("每年会议", "=", "2", "次")),
        ("镇（街）每季度至少公开一次补贴对象信息。", ("每季度补贴对象信息", "≥", "1", "次")),
        ("对补贴发放管理每年至少进行一次审计。", ("补贴发放管理每年审计", "≥", "1", "次")),
        ("河湖日常巡查每周不少于一次。", ("河湖日常巡查每周", "≥", "1", "次")),
        ("教师每年至少1个月在企业或实训基地实训。", ("教师每年企业或实训基地实训", "≥", "1", "个月")),
        ("顶岗实习时间一般为6个月。", ("顶岗实习时间", "=", "6", "个月")),
        ("义务教育学校课间时长调整到15分钟。", ("义务教育学校课间时长", "=", "15", "分钟")),
        ("失业保险金领取期限最长为二十四个月。", ("失业保险金领取期限", "≤", "24", "个月")),
        ("按照登记的等级补发最多不超过3个月的补贴。", ("补贴", "≤", "3", "个月")),
    ],
)
def test_frequencies_and_spans_that_are_the_amount(text, expected):
    assert brief(text) == [expected]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("实践性教学课时原则上占总课时一半以上。", ("实践性教学课时", "≥", "一半", None)),
        (
            "“双师型”教师（同时具备理论和实践教学能力的教师）占专业课教师总数超过一半。",
            ("“双师型”教师", "＞", "一半", None),
        ),
        ("失业保险金按照本市最低工资标准的百分之九十按月计发。", ("失业保险金", "=", "90", "%")),
        ("绿地率不低于百分之三十五点五。", ("绿地率", "≥", "35.5", "%")),
        ("县城人口占县域人口比重达62.1%。", ("县城人口占县域人口比重", "=", "62.1", "%")),
        ("科技计划项目80%以上由企业牵头承担。", ("科技计划项目由企业牵头承担", "≥", "80", "%")),
        ("64.2%的县医院达到三级医院能力标准。", ("县医院达到三级医院能力标准", "=", "64.2", "%")),
        ("空气质量优良天数92.9％。", ("空气质量优良天数", "=", "92.9", "%")),
        ("生产总值增长5.5%左右。", ("生产总值增长", "约", "5.5", "%")),
        ("城镇新增就业100万人以上。", ("城镇就业", "≥", "100", "万人")),
        ("建设保障性住房4500多套。", ("保障性住房", "＞", "4500", "套")),
        ("新改建农村公路超5000公里。", ("农村公路", "＞", "5000", "公里")),
        ("新能源汽车保有量突破100万辆。", ("新能源汽车保有量", "＞", "100", "万辆")),
        ("参保职工不得少于三十人。", ("参保职工", "≥", "30", "人")),
    ],
)
def test_shares_growth_and_words_of_bounds(text, expected):
    assert brief(text) == [expected]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("全市城乡最低生活保障标准为每人每月1309元。", [("城乡最低生活保障标准每人每月", "=", "1309", "元")]),
        (
            "认定标准按最低生活保障标准的1.5倍确定，为每人每月1963.5元。",
            [("认定标准", "=", "1.5", "倍"), ("认定标准每人每月", "=", "1963.5", "元")],
        ),
        ("特困人员基本生活标准每人每月分别为2413元、2512元。",
         [("特困人员基本生活标准每人每月", "=", "2413", "元"), ("特困人员基本生活标准每人每月", "=", "2512", "元")]),
        ("目前发放标准为每月2250元。", [("发放标准每月", "=", "2250", "元")]),
        ("配置AED达每10万人45台。", [("AED每10万人", "=", "45", "台")]),
        ("每千人口护士数力争达到4.3人以上。", [("每千人口护士数", "≥", "4.3", "人")]),
        ("每个地（市、州、盟）原则上至少建设一所中等职业学校。", [("每个地（市、州、盟）中等职业学校", "≥", "1", "所")]),
    ],
)  # fmt: skip
def test_standards_by_person_and_other_bases(text, expected):
    assert brief(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("单项冠军、“小巨人”分别增至283家、38家。", [("单项冠军", "283"), ("“小巨人”", "38")]),
        ("自来水、户用厕所普及率分别达到97.7%和83.1%。", [("自来水普及率", "97.7"), ("户用厕所普及率", "83.1")]),
        ("事故起数、死亡人数分别下降16.8%、15.7%。", [("事故起数下降", "16.8"), ("死亡人数下降", "15.7")]),
        ("力争交通、水利分别完成投资2500亿元、800亿元。", [("交通投资", "2500"), ("水利投资", "800")]),
        ("服务业增加值达5.23万亿元、增长5.4%。", [("服务业增加值", "5.23"), ("服务业增加值增长", "5.4")]),
        ("新增先进制造业集群4个、总数达到8个。", [("先进制造业集群", "4"), ("先进制造业集群", "8")]),
        (
            "建设50所高水平高等职业学校和150个骨干专业（群）。",
            [("高水平高等职业学校", "50"), ("骨干专业（群）", "150")],
        ),
        ("建设佛山、茂名2个改革创新实验区。", [("佛山、茂名改革创新实验区", "2")]),
        ("职业院校在10个左右紧缺领域大力开展培训。", [("紧缺领域", "10")]),
        ("推动建设300个具有引领作用的高水平实训基地。", [("高水平实训基地", "300")]),
        ("年销售收入超10亿元龙头企业达到100家以上。", [("年销售收入超10亿元龙头企业", "100")]),
    ],
)
def test_where_an_indicator_begins_and_ends(text, expected):
    assert [(target.indicator, target.value) for target in targets(text)] == expected


@pytest.mark.parametrize(
    ("text", "action", "indicator"),
    [
        ("新建和改造高标准农田80万亩。", "新建和改造", "高标准农田"),
        ("到2025年初步建成300个示范性职业教育集团（联盟）。", "建成", "示范性职业教育集团（联盟）"),
        ("外卡POS机新增5.4万台。", "新增", "外卡POS机"),
        ("供应建设用地35万亩以上。", "供应", "建设用地"),
        ("盘活旅游存量项目83个。", "盘活", "旅游存量项目"),
        ("汽车、家电以旧换新带动消费300多亿元。", "带动", "消费"),
        ("在医疗、工业创新等方面突破关键技术125项以上。", "突破", "关键技术"),
    ],
)
def test_verbs_that_make_it(text, action, indicator):
    (found,) = targets(text)
    assert (found.action, found.indicator) == (action, indicator)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("对象为未满18周岁的未成年人除外。", ("未成年人", "＜", "18", "周岁")),
        ("建立死亡、失踪满6个月、户籍迁出等情况的复核制度。", ("失踪", "≥", "6", "个月")),
        ("《核对报告》满1年未复核的；", ("《核对报告》", "≥", "1", "年")),
        ("教师从具有3年以上企业工作经历并具有高职以上学历的人员中招聘。", ("企业工作经历", "≥", "3", "年")),
        ("距离法定退休年龄不足1年的失业人员，继续发放。", ("失业人员", "＜", "1", "年")),
        ("从业人员三百人以上的，应当设置管理机构。", ("从业人员", "≥", "300", "人")),
    ],
)
def test_thresholds_of_persons_and_cases_are_conditions(text, expected):
    (found,) = targets(text)
    assert (found.kind, found.action) == ("condition", None)
    assert (found.indicator, found.comparator, found.value, found.unit) == expected


@pytest.mark.parametrize(
    "text",
    [
        "应当提前6个月提醒残疾人换领残疾人证。", "本办法有效期5年。",
        "经过5—10年左右时间，基本完成转变。", "本人前12个月的月均经济收入低于当前补贴标准。", "日间手术是指住院时间不超过48小时的手术。",
        "当场告知申请人所需要补正的全部材料。", "完成上述全部考核指标。", "由医疗质量、满意度评价等4个方面的指标构成。",
        "标记的26个指标为国家监测指标。", "每年4月1日至6月20日开展两项补贴复核工作。", "逾期不改正的，处一万元以上三万元以下罚款。",
        "城镇调查失业率低于全国0.6个百分点。", "计算方法：手术人次数/出院人次数×100%。", "92个学科进入全球前1%。",
        "落实教师5年一周期的轮训制度。", "对上述第2、4、5项情况有异议的，可以提出申请。", "推进安全生产治本攻坚三年行动。",
    ],
)  # fmt: skip
def test_time_limits_definitions_and_counts_in_passing(text):
    assert targets(text) == ()


def test_all_of_a_named_whole():
    (found,) = targets("2019年3月底前，全国三级公立医院全部纳入满意度调查平台。")
    assert (found.indicator, found.value, found.deadline) == ("三级公立医院纳入满意度调查平台", "全部", "2019")


def test_a_beginning_is_no_deadline():
    assert [target.deadline for target in targets("自2019年开始，建立100个培训基地。")] == [None]


def test_a_year_before_the_title_is_achieved():
    assert [target.kind for target in targets("2022年新增床位100张。")] == ["achieved"]
    assert [target.kind for target in targets("在床位达到100张的基础上，力争新增50张。")] == ["achieved", "target"]


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
    return read_targets(clause(text, cells=pairs), Occasion())


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


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("区残联自接到初审意见之日起，应在3个工作日内完成审核。", ("完成审核", "≤", "3", "个工作日")),
        ("对材料齐全的，应当自受理之日起五个工作日内核发居住证；", ("核发居住证", "≤", "5", "个工作日")),
        ("（三）办理时限：15个工作日。", ("办理时限", "=", "15", "个工作日")),
        ("出让合同签订后一个月内，签订补充协议。", ("签订补充协议", "≤", "1", "个月")),
        ("公示期不少于5个工作日。", ("公示期", "≥", "5", "个工作日")),
        ("缴款期限最长不超过一年。", ("缴款期限", "≤", "1", "年")),
        ("网签备案满三年即可上市交易。", ("网签备案", "≥", "3", "年")),
        ("停止运营前30日内向主管部门申请取消备案。", ("向主管部门申请取消备案", "≤", "30", "日")),
    ],
)
def test_spans_of_time_that_are_set_are_limits(text, expected):
    (found,) = targets(text)
    assert (found.indicator, found.comparator, found.value, found.unit) == expected
    assert found.kind == "limit"


@pytest.mark.parametrize(
    "text",
    [
        "5年内转让的自有住房，不予补贴。",
        "争取三年内基本完成整合。",
        "近2年内无不良记录。",
        "最近30日内无投诉记录。",
        "本办法自发布之日起施行，有效期5年。",
    ],
)
def test_spans_of_time_that_set_nothing(text):
    assert targets(text) == ()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("价格扣除比例从6%—10%提高至10%—20%。", ("价格扣除比例", "10-20", "%", "6-10")),
        ("首套房最高贷款额度由120万元调整为90万元；", ("首套房最高贷款额度", "90", "万元", "120")),
        ("办结时限由15个工作日压缩至5个工作日。", ("办结时限", "5", "个工作日", "15")),
        ("提取办理时限由两年放宽至五年。", ("提取办理时限", "5", "年", "2")),
    ],
)
def test_what_was_is_the_baseline_of_what_shall_be(text, expected):
    (found,) = targets(text)
    assert (found.indicator, found.value, found.unit, found.baseline) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("招生计划占总计划的50%-65%。", [("50-65", "%")]),
        ("按照车辆数量0.3%~0.5%的标准配备人员。", [("0.3-0.5", "%")]),
        ("人均面积不小于25平方米（含25平方米）。", [("25", "平方米")]),
        ("购买第二套（含第二套）以上住房的，税率为0.5%。", [("0.5", "%")]),
        ("水封深度不宜小于50mm。", [("50", "mm")]),
        ("有违规行为的，一次记12分。", [("12", "分")]),
        ("严格执行“首套首付比例不低于20%，二套首付比例不低于30%”的政策。", [("20", "%"), ("30", "%")]),
    ],
)
def test_ranges_and_units_are_read_whole(text, expected):
    assert [(target.value, target.unit) for target in targets(text) if target.kind == "target"] == expected


@pytest.mark.parametrize(
    "text",
    [
        "（四）载人超过核定人数百分之二十以上，或者载物超过核定质量百分之三十的；",
        "累积记分满12分，符合前款规定的，可以预约考试。",
        "销售量达到90%时，剩余部分由开发企业全额交纳。",
        "没有违法所得的，处二万元以下罚款；有违法所得的，处违法所得三倍以下罚款，但最高不超过三万元。",
        "中心城六区为一个服务区域。",
        "2019年，共安排造林资金5亿元。",
    ],
)
def test_cases_penalties_and_what_was_are_no_targets(text):
    assert [target for target in targets(text) if target.kind == "target"] == []


def test_a_bound_that_a_rule_sets_is_never_of_the_past():
    (found,) = targets("参加学习的天数累计不得少于五天。")
    assert (found.kind, found.value) == ("limit", "5")


def test_a_report_tells_of_the_past_until_it_turns():
    words = "粮食产量达到110万吨。\n今年工作的总体要求是稳中求进。\n改造老旧小区70个。"
    occasion = occasion_of(Metadata(None, "2025年甲市政府工作报告"), "各位代表：" * 50 + "\n" + words)
    kinds = [read_targets(clause(line), occasion)[0].kind for line in words.split("\n") if line[-2] in "吨个"]
    assert kinds == ["achieved", "target"]


def test_indicators_of_first_and_second_home_are_two():
    found = targets("购买首套住房的贷款最低首付比例调整为20%；购买第二套住房的贷款最低首付比例调整为30%。")
    assert [(target.indicator, target.value) for target in found] == [
        ("购买首套住房的贷款最低首付比例", "20"),
        ("购买第二套住房的贷款最低首付比例", "30"),
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("对倍增企业开展综合评价，分档给予企业最高50万元的奖励。", ("奖励", "≤", "50", "万元")),
        ("给予最高0.5%/年的担保费补贴。", ("担保费补贴", "≤", "0.5", "%/年")),
        ("建设规模不少于50套（间）。", ("建设规模", "≥", "50", "套（间）")),
        ("统筹安排1亿元，继续实施购房补贴政策。", ("继续实施购房补贴政策", "=", "1", "亿元")),
        ("将办理期限缩短至20个自然日。", ("办理期限", "=", "20", "个自然日")),
        ("全省PM2.5平均浓度不超过35微克每立方米。", ("PM2.5平均浓度", "≤", "35", "微克每立方米")),
    ],
)
def test_amounts_and_units_of_other_offices(text, expected):
    assert expected in brief(text)


@pytest.mark.parametrize(
    "text",
    [
        "信用记分达到15分的，应当约谈其法定代表人。",
        "城镇调查失业率低于全国0.6个百分点。",
        "本办法自发布之日起施行，有效期5年。",
    ],
)
def test_thresholds_differences_and_own_terms_are_not_set(text):
    assert [one for one in targets(text) if one.kind in ("target", "limit")] == []


def test_a_standard_in_chinese_numerals_is_a_target():
    text = "城镇新建生活区应当按照每百户不少于二十平方米的标准配套建设社区居家养老服务用房。"
    assert [(one.comparator, one.value, one.unit) for one in targets(text, title="甲市养老服务条例")] == [
        ("≥", "20", "平方米")
    ]
