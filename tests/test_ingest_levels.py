"""编章节条款项目, decimals, questions and runs in the text: each paragraph lands on its level."""

import random

import pytest
from ingest_pages import document, held_once, ids

from ingest.numbering import decimal, marker

RULE = "甲市河道管理办法"


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("第三条《目录》由市水务局公布。", "第三条"),
        ("第四条“主要河道”是指下列河道：", "第四条"),
        ("第五条（适用范围）", "第五条"),
        ("第十条A类河道由市管理。", "第十条"),
        ("第十二条之一　临时设施", "第十二条之一"),
        ("4.2025年度计划有多少？", "4"),
        ("1）申请书；", "（1）"),
        ("第二步：提交材料", "第二步"),
        ("附录B", "附录B"),
        ("附表2：", "附表2"),
        ("\u200d(一)房源入库申请。", "（一）"),
        ("附件1－2", "附件1-2"),
    ],
)
def test_more_ordinals(text, label):
    assert marker(text).label == label


@pytest.mark.parametrize(
    "text",
    [
        "第三条第二款规定的检查，由区执行。",
        "第四条的规定适用于乙类河道。",
        "第一条、第二条所列事项",
        "4.2 编码规则",
        "示例1：0001",
    ],
)
def test_references_and_decimals_are_no_ordinals_by_themselves(text):
    found = marker(text)
    assert found is None or found.style == "box"


def test_decimals_are_read_apart():
    assert (decimal("4.2.1 校验").label, decimal("4.2.1 校验").number) == ("4.2.1", 1)
    assert decimal("4.2025年") is None


def test_articles_with_paragraphs_after_their_items():
    found = document(
        RULE,
        "第一章　总则",
        "第一条　为了管理河道，制定本办法。",
        "第二条　河道分为甲类和乙类。",
        "第三条第二款规定的检查，由区水务局组织。",
        "第四条的规定适用于乙类河道。",
        "第三条　申请人应当提交下列材料：",
        "（一）申请书；",
        "（二）身份证明。",
        "材料不齐的，应当一次告知。",
        "有下列情形之一的，不予受理：",
        "（一）逾期的；",
        "（二）重复的。",
        "第三条之一　可以网上提交。",
        "第四条　本办法自公布之日起施行。",
    )
    assert ids(found) == [
        "第一章/第一条", "第一章/第二条", "第一章/第三条", "第一章/第三条/（一）", "第一章/第三条/（二）", "第一章/第三条/第2款",
        "第一章/第三条/第3款", "第一章/第三条/第3款/（一）", "第一章/第三条/第3款/（二）", "第一章/第三条之一", "第一章/第四条",
    ]  # fmt: skip
    assert found.clauses[1].text.count("\n") == 2
    assert found.clauses[5].citation == "《甲市河道管理办法》第一章第三条第二款"
    assert found.clauses[8].citation == "《甲市河道管理办法》第一章第三条第三款第（二）项"
    assert found.clauses[9].citation == "《甲市河道管理办法》第一章第三条之一"
    assert found.warnings == () and held_once(found)


def test_paragraph_between_two_items_of_an_article_goes_on_in_the_first():
    found = document(RULE, "第一条　分为：", "（一）甲类。", "甲类由市管理。", "（二）乙类。", "第二条　施行。")
    assert ids(found) == ["第一条", "第一条/（一）", "第一条/（二）", "第二条"]


def test_sentence_alone_on_its_line_heads_what_is_below():
    found = document(
        "甲市工作要点",
        "一、目标",
        "（一）好设计。",
        "优化户型。",
        "1.好建造。",
        "（1）绿色。",
        "二、流程",
        "（一）办理程序：",
        "1.申报。到窗口。",
        "2.受理。当日。",
    )
    assert ids(found) == ["一/（一）/第1段", "一/（一）/1/（1）", "二/（一）/1", "二/（一）/2"]


def test_item_of_one_line_after_others_is_no_heading():
    found = document("甲市通告", "一、材料", "1.申请书。", "2.身份证明。", "3.其他材料。", "材料一式两份。")
    assert ids(found) == ["一/1", "一/2", "一/3"]


def test_paragraphs_that_close_the_whole():
    found = document(
        "甲市若干措施", "为促进消费，现提出以下措施。", "一、加大补贴。发放补贴。", "二、优化服务。开设窗口。", "本措施自印发之日起施行。", "各县（市）可参照执行。",
    )  # fmt: skip
    assert ids(found) == ["第1段", "一", "二", "第2段", "第3段"]


def test_list_that_an_unnumbered_paragraph_leads_in_ends_with_it():
    found = document(
        "甲市指南",
        "一、材料",
        "首次申请的，提交以下材料：",
        "（一）申请书；",
        "（二）证明。",
        "再次申请的，不必提交证明。",
        "二、期限",
        "五日。",
    )
    assert ids(found) == ["一/第1段", "一/（一）", "一/（二）", "一/第2段", "二/第1段"]


def test_levels_close_when_their_run_does_not_go_on():
    found = document(
        "甲市程序",
        "（一）减少投放",
        "1.提出申请。当日受理。",
        "2.收回号牌。交回。",
        "一、批评教育",
        "（一）适用情形。轻微的。",
        "（二）决定作出。当场。",
        "二、责令改正",
        "（一）适用情形。一般的。",
    )
    assert ids(found)[2:] == ["一/（一）", "一/（二）", "二/（一）"]


def test_decimals_make_levels_only_where_they_count_up():
    found = document(
        "数据代码规范",
        "1　范围",
        "本规范规定编码规则，适用于全市各单位。",
        "2　术语",
        "2.1 代码",
        "一组数字。",
        "2.2 编码",
        "编定代码。",
        "3　结构",
        "3.1 组成",
        "3.1.1 首位",
        "1.5万个代码在用。",
    )
    assert ids(found) == ["1/第1段", "2/2.1/第1段", "2/2.2/第1段", "3/3.1/3.1.1/第1段"]


def test_items_before_figures_are_no_decimals():
    found = document(
        "甲市通告", "一、对象", "符合条件的下列家庭可以申请：", "1.3人户家庭；", "2.2人户家庭；", "3.4人户及以上家庭。"
    )
    assert ids(found) == ["一/第1段", "一/1", "一/2", "一/3"]


def test_runs_inside_a_paragraph_are_one_clause_and_runs_of_paragraphs_are_several():
    found = document(
        "甲市指引",
        "一、要求",
        "一是分流。二是绿化。三是照明。",
        "二、任务",
        "一是分流。设置道路。",
        "二是绿化。种植树木。",
    )
    assert ids(found) == ["一/第1段", "二/一是", "二/二是"]


def test_quoted_wording_of_an_amendment_stays_with_its_item():
    found = document(
        "甲市人民政府关于修改《甲市河道管理办法》的决定", "市政府决定对《甲市河道管理办法》作如下修改：", "一、第三条修改为：“申请人应当提交：", "（一）申请书；", "（二）证明。”", "二、删除第四条。", "本决定自公布之日起施行。",
    )  # fmt: skip
    assert ids(found) == ["第1段", "一", "二", "第2段"]
    assert found.clauses[1].text.endswith("（二）证明。”")


def test_unnumbered_questions_open_clauses_with_their_answers():
    found = document(
        "岗位补贴常见问答",
        "申请需要什么条件？",
        "依法登记的单位可以申请。",
        "如何申请？",
        "（一）线上。登录网站。",
        "（二）线下。到窗口。",
        "多久办结？",
        "二十个工作日。",
    )
    assert ids(found) == ["第1段", "第2段", "第2段/（一）", "第2段/（二）", "第3段"]
    assert found.clauses[0].text == "申请需要什么条件？\n依法登记的单位可以申请。"


def test_unnumbered_headings_are_no_clauses():
    found = document(
        "甲市报告",
        "2024年工作回顾",
        "一年来，全市经济平稳运行，民生持续改善，各项事业取得进步。",
        "一是经济平稳。增长百分之五。",
        "二是民生改善。新增学位。",
        "2025年工作安排",
        "今年要坚持稳中求进，扎实推进高质量发展，做好各项工作。",
    )
    assert ids(found) == ["第1段", "一是", "二是", "第2段"]
    assert found.account.headings == len("2024年工作回顾") * 2


def test_numbering_that_begins_in_the_middle_or_skips_is_told():
    assert document("甲市通知", "三、丙。做好。", "五、戊。做好。").warnings == (
        "开头编号不连续，直接到“三”",
        "“三”之后编号不连续，直接到“五”",
    )


LINES = ["第一章　总则", "第二条　为了。", "第二条之一　甲：", "（一）乙；", "（三）丙。", "一、目标", "1.好。", "2.1 范围", "（2）丁。", "①戊", "一是己。",
         "附件1", "附件：1.表", "目录", "甲市人民政府", "2025年1月2日", "各区：", "甲市办法", "专栏1 工程", "说明：", "怎么办？", "特此通知。", "普通段落，没有编号。", "“引用"]  # fmt: skip


@pytest.mark.parametrize("seed", range(40))
def test_any_lines_in_any_order_are_read_whole(seed):
    chance = random.Random(seed)
    found = document("甲市文件", *chance.choices(LINES, k=chance.randint(1, 30)))
    assert held_once(found)
    assert len(set(ids(found))) == len(found.clauses)
    for clause in found.clauses:
        assert found.source_text[clause.span.start : clause.span.end] == clause.source_text


def test_an_ordinal_close_before_a_figure_is_the_one_that_the_run_lacks():
    lines = ("1.须落户。", "2.须签合同。", "3.4型、5型人才须为新引进。", "4.须参保。")
    assert ids(document(RULE, "一、条件", *lines, "二、标准", "每人1.5万元。")) == [
        "一/1",
        "一/2",
        "一/3",
        "一/4",
        "二/第1段",
    ]
    assert ids(document(RULE, "一、标准", "1.每人一万元；", "1.5万元以上的另议。", "2.按年发放。")) == [
        "一/1",
        "一/2",
    ]


@pytest.mark.parametrize(
    "turn",
    [
        "以上原件由用人单位审核后退还申请人。",
        "除上述材料外，我区可以自行规定其他材料，并报省厅备案。",
        "此外，外事、侨务、档案等工作及妇女儿童事业取得新进展。",
        "成绩来之不易，经验弥足珍贵，必须长期坚持。",
    ],
)
def test_paragraph_that_speaks_of_all_items_is_in_none_of_them(turn):
    items = ("（1）申请表一份，由本人签名；", "（2）身份证复印件一份。")
    found = document("甲市补贴申请指南", "一、申请", "1.申请人提交下列材料：", *items, turn, "2.区人社局进行复审。")
    assert ids(found) == ["一/1", "一/1/（1）", "一/1/（2）", "一/1/第1段", "一/2"]


def test_paragraph_between_items_stays_with_its_item():
    items = ("（1）申请表一份，由本人签名；", "以上签名应当与身份证一致。", "（2）身份证复印件一份。")
    found = document("甲市补贴申请指南", "一、申请", "1.申请人提交下列材料：", *items, "二、其他", "由区局解释。")
    assert ids(found) == ["一/1", "一/1/（1）", "一/1/（2）", "二/第1段"]


def test_what_follows_the_items_that_a_sentence_announces():
    items = ("（一）拥有2套住房的本市家庭；", "（二）拥有1套住房的外地家庭。")
    lead = "对以下两种类型居民家庭，暂停向其销售商品住房。"
    found = document(
        "甲市住房通知", "一、限购", lead, *items, "住房套数的认定包含新建住房和存量住房。", "二、其他", "自即日起施行。"
    )
    assert ids(found) == ["一/第1段", "一/（一）", "一/（二）", "一/第2段", "二/第1段"]


def test_last_brief_heading_of_a_run_heads_its_paragraph_as_the_others_do():
    stages = (
        "（一）第一阶段为自查阶段。",
        "4月至6月，由团体自查。",
        "（二）第二阶段为审定阶段。",
        "7月至9月，由登记机关审查。",
    )
    found = document(
        "甲市清理整顿意见", "一、步骤", "清理整顿分两个阶段进行：", *stages, "二、领导", "必须切实加强领导。"
    )
    assert ids(found) == ["一/第1段", "一/（一）/第1段", "一/（二）/第1段", "二/第1段"]


def test_report_turns_to_the_audience():
    lines = (
        "各位代表：",
        "现在，我代表市人民政府作工作报告，请予审议。",
        "一、2024年工作回顾",
        "一是坚持发展农业。粮食丰收。",
        "二是坚持改善民生。就业稳定。",
        "各位代表！过去一年，我们纵深推进廉政建设。",
        "看到成绩的同时，我们也清醒认识到困难。",
        "二、2025年工作任务",
        "（一）大力提振消费。突出民生导向。",
        "各位代表！",
        "使命催人奋进，实干成就未来。",
    )
    found = document("2025年甲市政府工作报告", *lines)
    assert ids(found) == ["第1段", "一/一是", "一/二是", "一/第1段", "一/第2段", "二/（一）", "第2段"]
    assert held_once(found)


@pytest.mark.parametrize("whole", ["全市各级各部门要更加紧密地团结起来，奋力前行！", "全省人民要同心同德，共同奋斗。"])
def test_call_to_all_closes_the_whole_text(whole):
    assert ids(document("甲市规划建议", "一、目标", "1.加快发展。到2030年翻番。", "2.加强领导。落实责任。", whole)) == [
        "一/1",
        "一/2",
        "第1段",
    ]


def test_brief_amendment_is_no_heading():
    found = document(
        "甲市修改决定",
        "一、修改如下：",
        "（一）删去第十七条第一款。",
        "将第十七条第二款中的“甲”修改为“乙”。",
        "（二）删去第十八条。",
    )
    assert ids(found) == ["一", "一/（一）", "一/（二）"]


def test_heading_of_an_article_on_a_line_of_its_own_is_no_paragraph_of_it():
    found = document(
        "甲市租房指南",
        "第一条 权利",
        "运营企业有以下权利：",
        "（一）收取租金；",
        "（二）查验房屋。",
        "违反规定的，取消资格。",
        "第二条 附则",
    )
    assert ids(found)[:4] == ["第一条", "第一条/（一）", "第一条/（二）", "第一条/第2款"]


def test_notes_on_a_whole_bulletin_are_in_none_of_its_parts():
    notes = (
        "注释：",
        "1.本公报中数据均为初步统计数。",
        "2.增长速度按不变价格计算。",
        "资料来源：",
        "本公报中财政数据来自县财政局。",
    )
    found = document(
        "甲县统计公报", "全县经济平稳运行。", "一、综合", "生产总值增长5%。", "二、环境", "空气优良率90%。", *notes
    )
    assert ids(found) == ["第1段", "一/第1段", "二/第1段", "1", "2", "第2段"]
    inside = document(
        "甲县统计公报", "一、综合", "生产总值增长5%。", "资料来源：", "县财政局。", "二、环境", "优良率90%。"
    )
    assert ids(inside)[-2:] == ["一/第3段", "二/第1段"]


def test_paragraph_that_begins_with_the_heading_speaks_of_all_below_it():
    lines = (
        "（一）农机创新产品",
        "1.专项鉴定产品。按照指导意见执行。",
        "2.农机新产品。组织实施试点。",
        "农机创新产品补贴品目实行总量控制。",
    )
    found = document("甲省补贴方案", "一、补贴机具", *lines, "（二）补贴标准", "定额补贴。")
    assert ids(found) == ["一/（一）/1", "一/（一）/2", "一/（一）/第1段", "一/（二）/第1段"]


def test_title_of_a_list_whose_first_line_is_named_above():
    annex = ("附件", "国务院职业教育工作部际联席会议制度", "一、职责。研究工作。", "二、规则。每年开会。")
    found = document("关于建立制度的批复", "教育部：", "同意建立国务院职业教育工作部际联席会议制度。", *("国务院", "2018年11月20日"), *annex,
                     "国务院职业教育工作", "部际联席会议成员名单", "召集人：甲某", "成员：乙某")  # fmt: skip
    assert [clause.text for clause in found.clauses][-2:] == ["召集人：甲某", "成员：乙某"]
