"""Forms to fill in (申请表, 承诺书, 登记表) state nothing, data beside them stay; drafts set out for comment (征求意见稿)."""

import pytest
from ingest_pages import document, held_once, ids

BODY = ("关于印发甲市补贴办法的通知", "各区民政局：", "一、申请人可以按月申请补贴。", "二、补贴按季发放。")
SIGNED = ("甲市民政局", "2025年3月1日")
BLANK = ("", "", "")


@pytest.mark.parametrize(
    "form",
    [
        ("补贴申请表", "编号：", [("姓名", "", "性别", ""), ("住址", "", "电话", "")]),
        # What a name does not tell the empty cells tell, whatever the notes below say.
        (
            "房源信息情况表",
            [("序号", "房企", "项目"), BLANK, BLANK],
            "备注：1.本表将动态更新。2.填预售证号，表示在建。",
        ),
        # The second page of a form has words of its own.
        (
            "补贴申请表",
            "申报单位：",
            [("姓名", "", "", ""), ("住址", "", "", "")],
            [("承诺", "属实。"), ("意见", "同意。")],
        ),
        ("申请承诺书", "本人（姓名）：，证件号码：，承诺提供的材料真实。", "申请人（签名）：", "日期：____年__月__日"),
    ],
)
def test_annex_that_waits_to_be_filled_in_is_no_clause(form):
    found = document(*BODY, "附件：1.补贴表", *SIGNED, "附件1", *form)
    assert ids(found) == ["一", "二"]
    assert [table.rows for table in found.tables] == []
    assert "附件1是待填写的表单，未作条款" in found.warnings
    assert held_once(found)


def test_attached_tables_are_annexes_of_their_annex():
    first = (
        "附件1",
        "甲市购房补贴细则",
        "一、补贴十万元。",
        "二、按年发放。",
        "附表：1.购房补贴申请表",
        "2.购房补贴承诺和",
        "授权书",
    )
    forms = ("附表1", "购房补贴申请表", [("姓名", "", "性别", ""), ("住址", "", "电话", "")])
    signed = (
        "附表2",
        "购房补贴承诺和授权书",
        "作为申请人，我们作出如下承诺：",
        "一、所填属实。",
        "申请人：",
        "配偶：",
        "日期：年月日",
    )
    second = (
        "附件2",
        "甲市租房补贴细则",
        "一、补贴一万元。",
        "附表1",
        "租房补贴标准表",
        [("类别", "元"), ("甲", "500"), ("乙", "300")],
    )
    found = document(*first, *forms, *signed, *second)
    assert ids(found) == ["附件1/一", "附件1/二", "附件2/一", "附件2/附表1/表1/1", "附件2/附表1/表1/2"]
    assert found.warnings == ("附表1是待填写的表单，未作条款", "附表2是待填写的表单，未作条款")


def test_tables_of_two_annexes_are_counted_and_cited_in_each():
    rows = [("类别", "元"), ("甲", "500"), ("乙", "300")]
    found = document(*BODY, *SIGNED, "附件1", "甲市补贴标准", rows, "附件2", "甲市收费标准", rows)
    assert ids(found) == ["一", "二", "附件1/表1/1", "附件1/表1/2", "附件2/表1/1", "附件2/表1/2"]
    assert [table.table_id.split("/")[1:] for table in found.tables] == [["附件1", "表1"], ["附件2", "表1"]]
    assert found.clauses[-1].citation.endswith("附件2《甲市收费标准》表1第2行")


def test_annex_below_an_annex_has_an_id_of_its_own():
    found = document(*BODY, *SIGNED, "附件1-1", "甲市补贴标准", "一、每人五百元。")
    assert ids(found) == ["一", "二", "附件1-1/一"]


def test_running_text_that_is_signed_with_blanks_stays():
    promise = (
        "附件1",
        "企业承诺书",
        "一、我司遵守本办法。",
        "二、我司提供的房源真实。",
        "三、我司不哄抬价格。",
        "承诺企业（盖章）：",
        "年　月　日",
    )
    found = document(*BODY, *SIGNED, *promise)
    assert ids(found) == ["一", "二", "附件1/一", "附件1/二", "附件1/三"]
    assert found.clauses[-1].text == "三、我司不哄抬价格。"


def test_data_beside_a_form_stay():
    standard = (
        "附件1",
        "补贴标准",
        "一、补贴标准如下：",
        [("类别", "元"), ("甲", "500"), ("乙", "300")],
        "二、申请表如下：",
    )
    found = document(*BODY, *SIGNED, *standard, [("姓名", "", "性别", ""), ("住址", "", "电话", "")])
    assert "附件1/表1/1" in ids(found)
    assert found.warnings == ()


def test_the_name_of_a_table_in_a_table_of_its_own_makes_no_form():
    found = document(*BODY, *SIGNED, "附件1", [["收费标准表"]], [("类别", "元"), ("甲", "500"), ("乙", "300")])
    assert ids(found) == ["一", "二", "附件1/表1/1", "附件1/表1/2"]


def test_signature_of_a_draft_has_no_date_yet():
    found = document(
        "关于提取公积金的通知（征求意见稿）",
        "各区：",
        "一、放宽提取。",
        "二、本通知自印发之日起施行。",
        "甲市住房公积金管理局",
        "2023年　月　日",
    )
    assert (found.metadata.issuer, found.metadata.date) == ("甲市住房公积金管理局", None)
    assert found.clauses[-1].text == "二、本通知自印发之日起施行。"


def test_list_of_annexes_line_by_line_without_a_head():
    found = document(*BODY, "附件1：补贴标准", "附件2：补贴申请表", "附件1", "补贴标准", "一、每人五百元。")
    assert ids(found) == ["一", "二", "附件1/一"]
    assert found.clauses[1].text == "二、补贴按季发放。"


CALL = "甲市民政局关于公开征求《甲市养老服务办法（征求意见稿）》意见的公告"
WAYS = ("一、电子邮件发至指定邮箱。", "二、来信寄至甲市民政局。")


@pytest.mark.parametrize("label", [(), ("附件1",)])
@pytest.mark.parametrize("ways", [("请于3月20日前反馈。",), WAYS])
def test_draft_below_the_call_for_comments_is_the_document(ways, label):
    call = (CALL, "现向社会公开征求意见。", *ways, "附件：甲市养老服务办法", "（征求意见稿）", *SIGNED)
    found = document(
        *call,
        *label,
        "甲市养老服务办法",
        "（征求意见稿）",
        "第一条　为规范服务，制定本办法。",
        "第二条　本办法自2025年月日起施行。",
        title=CALL,
    )
    own = ["通知/一", "通知/二"] if ways is WAYS else ["通知/第2段"]
    assert ids(found) == ["通知/第1段", *own, "第一条", "第二条"]
    assert (found.metadata.title, found.metadata.notice_title) == ("甲市养老服务办法（征求意见稿）", CALL)
    assert found.metadata.issuer == "甲市民政局"


def test_draft_of_a_notice_is_known_by_its_name_behind_the_office():
    name = "关于调整公积金贷款政策的通知（征求意见稿）"
    call = (f"甲市公积金中心关于征求《{name}》意见的公告", "现公开征求意见，请于3月20日前反馈。", *SIGNED)
    found = document(
        *call,
        f"甲市公积金中心{name}",
        "为进一步支持缴存人刚性和改善性住房需求，现将有关事项通知如下：",
        "一、提高额度。",
        title=call[0],
    )
    assert ids(found) == ["通知/第1段", "第1段", "一"]
    assert found.metadata.title == f"甲市公积金中心{name}"
