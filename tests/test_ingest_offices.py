"""Who issues: several offices together, red heads over several lines, and what the imprint adds."""

import pytest
from ingest_pages import document

from ingest.heads.offices import parted

SIGNED = ("甲市民政局", "2025年3月1日")
BODY = ("各区民政局：", "现将有关事项通知如下。", "一、加强管理。", "二、强化督查。")


@pytest.mark.parametrize(
    ("name", "offices"),
    [
        ("甲市民政局甲市财政局", ["甲市民政局", "甲市财政局"]),
        ("生态环境部国家发展和改革委员会工业和信息化部", ["生态环境部", "国家发展和改革委员会", "工业和信息化部"]),
        ("财政部税务总局", ["财政部", "税务总局"]),
        ("国家税务总局甲市税务局", ["国家税务总局甲市税务局"]),
        ("甲市民政局国家税务总局甲市税务局", ["甲市民政局国家税务总局甲市税务局"]),
        ("中共甲市委组织部", ["中共甲市委组织部"]),
        ("教育部办公厅", ["教育部办公厅"]),
    ],
)
def test_offices_with_nothing_between_them(name, offices):
    assert parted(name) == offices


def test_signature_of_several_offices_without_blanks():
    found = document("关于养老服务的通知", *BODY, "甲市民政局甲市财政局", "2025年3月1日")
    assert found.metadata.issuer == "甲市民政局、甲市财政局"


def test_red_head_over_two_lines():
    found = document("甲市人民政府", "办 公 厅 文 件", "甲政办发〔2025〕3号", "关于养老服务的通知", *BODY)
    assert (found.metadata.red_head, found.metadata.issuer) == ("甲市人民政府办公厅文件", "甲市人民政府办公厅")


def test_date_of_printing_where_the_text_has_no_other():
    found = document("关于养老服务的通知", *BODY, "甲市民政局办公室　2025年3月2日印发")
    assert (found.metadata.date, found.metadata.printed) == ("2025-03-02", "2025-03-02")


def test_copies_that_go_on_above_the_imprint():
    tail = (
        "公开方式：主动公开",
        "抄送：市委各部门，各人民团体。",
        "市法院，市检察院。",
        "甲市民政局办公室　2025年3月2日印发",
    )
    found = document("关于养老服务的通知", *BODY, "甲市民政局", "2025年3月1日", *tail)
    assert found.metadata.copied_to == ("市委各部门", "各人民团体", "市法院", "市检察院")
    assert [clause.text for clause in found.clauses][-1] == "二、强化督查。"


def test_offices_and_a_bracketed_date_below_the_title():
    lines = (
        "甲市2022年国民经济和社会发展统计公报",
        "甲市统计局",
        "（2023年4月12日）",
        "2022年，全市经济平稳运行。",
        "一、综合",
    )
    found = document(*lines, "全年地区生产总值增长5%。")
    assert (found.metadata.issuer, found.metadata.date) == ("甲市统计局", "2023-04-12")
    assert found.clauses[0].text == "2022年，全市经济平稳运行。"


def test_what_a_site_puts_below_the_title():
    lines = (
        "甲市工业发展“十三五”规划",
        "甲市工业和信息化委员会 2017-06-14 14:40",
        "2016年11月",
        "一、发展目标",
        "到2020年产值翻番。",
    )
    found = document(*lines, "二、保障措施", "加强领导。")
    assert (found.metadata.issuer, found.metadata.date) == ("甲市工业和信息化委员会", "2017-06-14")
    assert found.clauses[0].text == "到2020年产值翻番。"


def test_where_a_reader_stands_on_a_site_is_no_title():
    found = document(
        "当前位置：首页>>概况",
        "甲市政府工作报告",
        "2025年1月16日在甲市第十四届人民代表大会第三次会议上",
        "甲市市长 乙某",
        "各位代表：",
        *BODY[1:],
    )
    assert (found.metadata.title, found.metadata.date) == ("甲市政府工作报告", "2025-01-16")
    assert found.clauses[0].text == BODY[1]


def test_signature_below_a_list_of_annexes_that_were_links():
    found = document(
        "关于养老服务的通告", *BODY[1:], "附件：", "甲市民政局", "2025年3月1日", title="关于养老服务的通告"
    )
    assert (found.metadata.issuer, found.metadata.date) == ("甲市民政局", "2025-03-01")


CASES = {
    "title with its number": (("关于养老服务的通知（甲民发〔2025〕3号）", *BODY, *SIGNED), "甲民发〔2025〕3号", "关于养老服务的通知"),
    "announcement": (("海关总署公告", "2023年第15号", "关于跨境电商的公告", *BODY, *SIGNED), "海关总署公告2023年第15号", "关于跨境电商的公告"),
    "announcement without another title": (("甲市民政局公告", "（第12号）", *BODY[1:], *SIGNED), "甲市民政局公告第12号", "甲市民政局公告"),
    "order in brackets": (
        ("甲市人民政府令（第36号）", "《甲市养老办法》已经通过，现予公布。", "市长 乙某", "2025年3月1日", "甲市养老办法", "第一条 甲。"),
        "甲市人民政府令第36号",
        "甲市养老办法",
    ),
    "repealed": (("【已废止】甲市养老办法", "第一条 为了养老。", *SIGNED), None, "甲市养老办法"),
}  # fmt: skip


@pytest.mark.parametrize(("lines", "number", "title"), CASES.values(), ids=CASES.keys())
def test_numbers_and_titles_of_many_forms(lines, number, title):
    found = document(*lines).metadata
    assert (found.number, found.title, found.date) == (number, title, "2025-03-01")


def test_note_below_a_title_over_two_lines():
    note = (
        "（2011年3月11日甲市第十四届人民代表大会常务委员会第二次会议通过",
        "根据2021年3月11日甲市第十五届人民代表大会常务委员会决定修正）",
    )
    found = document("甲市养老条例", *note, "第一条 为了养老。", "第二条 本条例自2012年1月1日起施行。")
    assert (found.metadata.issuer, found.metadata.date) == ("甲市人民代表大会常务委员会", "2011-03-11")
    assert found.clauses[0].clause_id == "甲市养老条例/第一条"


@pytest.mark.parametrize("day", ["2025.3.1", "2025-03-01", "2025/3/1"])
def test_signature_with_a_date_in_figures(day):
    found = document("关于养老服务的通知", *BODY, "甲市民政局", day)
    assert (found.metadata.issuer, found.metadata.date) == ("甲市民政局", "2025-03-01")


def test_imprint_over_two_lines():
    found = document("关于养老服务的通知", *BODY, *SIGNED, "甲市民政局办公室", "2025年3月2日印发")
    assert (found.metadata.issuer, found.metadata.printed_by) == ("甲市民政局", "甲市民政局办公室")
    assert found.clauses[-1].text == "二、强化督查。"


def test_notice_of_which_a_page_gives_only_the_title():
    lines = ("甲市养老实施细则", "第一条 为了养老。", "第二条 本细则自印发之日起施行。")
    found = document(*lines, title="甲市民政局关于印发《甲市养老实施细则》的通知").metadata
    assert (found.title, found.notice_title, found.issuer) == (
        "甲市养老实施细则",
        "甲市民政局关于印发《甲市养老实施细则》的通知",
        "甲市民政局",
    )


def test_issuer_by_the_number_of_an_announcement():
    found = document("海关总署公告2023年第15号", "关于跨境电商的公告", *BODY[1:])
    assert found.metadata.issuer == "海关总署"


def test_offices_on_one_line_and_a_bracketed_month_below_the_title_of_a_page():
    title = "甲县2022年国民经济和社会发展统计公报"
    lines = (
        "万载县统计局　国家统计局万载调查队",
        "（2023年5月）",
        "2022年，全县经济平稳运行。",
        "一、综合",
        "生产总值增长5%。",
    )
    found = document(*lines, title=title, labels=(("published", "2023-05-11"),))
    assert (found.metadata.title, found.metadata.issuer) == (title, "万载县统计局、国家统计局万载调查队")
    assert found.metadata.date == "2023-05-11"
    assert found.clauses[0].text == "2022年，全县经济平稳运行。"


def test_number_in_the_name_of_the_file_that_a_page_links_to():
    lines = (
        "各镇人民政府：",
        "《甲市礼堂补助办法》已经讨论同意，现印发给你们。",
        "甲市人民政府办公室",
        "2013年10月12日",
        "甲市礼堂补助办法",
        "一、标准。",
        "二、补助。",
    )
    named = "甲政办发〔2013〕158号甲市人民政府办公室关于印发甲市礼堂补助办法的通知.doc"
    assert document(*lines, attachments=((named, "a.doc"),)).metadata.number == "甲政办发〔2013〕158号"
    assert document(*lines, attachments=(("乙发〔2012〕3号乙市养老办法.doc", "b.doc"),)).metadata.number is None


def test_title_of_the_notice_below_that_of_what_it_issues():
    notice = "甲市人民政府办公厅关于印发《甲市航天行动计划（2023—2025年）》的通知"
    lines = (
        "甲市航天行动计划（2023—2025年）",
        notice,
        "甲府办发〔2023〕19号",
        "各区人民政府：",
        "现将《甲市航天行动计划（2023—2025年）》印发给你们。",
    )
    found = document(
        *lines, "甲市人民政府办公厅", "2023年10月24日", "甲市航天行动计划（2023—2025年）", "一、主要目标", "产值翻番。"
    )
    assert (found.metadata.title, found.metadata.notice_title) == (lines[0], notice)
    assert [clause.text for clause in found.clauses] == [lines[4], "产值翻番。"]


def test_remark_in_brackets_below_the_title_of_an_annex():
    lines = (
        "附件：2025年甲省机具种类范",
        "围",
        *SIGNED,
        "附件",
        "2025年甲省机具种类范围",
        "（21大类40个小类91个品目）",
        "1.耕整地机械",
        "2.种植机械",
    )
    found = document("关于农机补贴的通知", *BODY, *lines)
    assert [clause.text for clause in found.clauses][-3:] == ["二、强化督查。", "1.耕整地机械", "2.种植机械"]


def test_contact_below_the_last_item():
    found = document("关于养老服务的通知", *BODY, "（联系单位：养老服务处）", *SIGNED)
    assert found.clauses[-1].text == "二、强化督查。"
