"""Titles, numbers, issuers and dates by their authority, and the texts that one file holds."""

import pytest
from ingest_pages import document, held_once, ids

from ingest.heads.dates import date_label, enacted_by, is_date_note, promulgated
from ingest.heads.lines import is_imprint, is_recipients, is_signer
from ingest.heads.numbers import number_line, order_number, published_under

BODY = ("一、加强管理。各区落实责任。", "二、强化督查。按季度通报。")
SIGNED = ("甲市人民政府办公室", "2025年3月1日")


def heads(found):
    metadata = found.metadata
    return metadata.number, metadata.title, metadata.issuer, metadata.date


@pytest.mark.parametrize(
    ("title", "signature", "issuer"),
    [
        ("广东省人民政府办公厅关于促进消费的通知", "省政府办公厅", "广东省人民政府办公厅"),
        ("甲市规划和自然资源局关于印发细则的通知", "市规划资源局", "甲市规划和自然资源局"),
        ("甲市人民政府关于促进消费的通知", "甲市商务局", "甲市商务局"),
        # One of several offices is short for none of the others, nor for all together.
        ("甲市商务局、甲市财政局关于促进消费的通知", "甲市商务局", "甲市商务局"),
        ("甲市教育委员会、甲市公安局关于入学的通知", "甲市教育局", "甲市教育局"),
    ],
)
def test_a_signature_in_short_gives_way_to_the_name_in_full(title, signature, issuer):
    assert heads(document(title, "各区：", *BODY, signature, "2025年3月1日"))[2] == issuer


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("甲政发〔2025〕3号", "甲政发〔2025〕3号"),
        ("（甲政发[2025]第03号）", "甲政发〔2025〕3号"),
        ("甲政发〔2025〕3号　签发人：某某", "甲政发〔2025〕3号"),
        ("甲市人民政府令第 36 号", "甲市人民政府令第36号"),
        ("财政部 税务总局公告2025年第17号", "财政部税务总局公告2025年第17号"),
        ("国家税务总局公告〔2024〕第5号", "国家税务总局公告〔2024〕5号"),
        ("根据甲政发〔2025〕3号文件", None),
    ],
)
def test_number_lines(text, number):
    assert number_line(text) == number


def test_number_under_which_a_note_says_it_was_published():
    assert published_under("(2023年1月30日甲市人民政府甲府规字〔2023〕1号文发布)") == "甲府规字〔2023〕1号"
    assert published_under("（2023年1月30日甲省人民政府办公厅甲府厅发〔2023〕6号印发）") == "甲府厅发〔2023〕6号"
    assert published_under("（根据甲政发〔2023〕6号修改）") is None


def test_numbers_of_orders_as_they_stand():
    assert order_number("中华人民共和国国务院令第707号") == "中华人民共和国国务院令第707号"
    assert order_number("（2007年3月27日商务部、公安部令2007年第8号公布）") == "商务部、公安部令2007年第8号"
    assert order_number("（2025年8月29日甲市人民政府第318号令发布）") == "甲市人民政府第318号令"


@pytest.mark.parametrize(
    ("text", "is_them"),
    [
        ("各区人民政府，市政府各部门：", True),
        ("甲镇等2位代表：", True),
        ("各住房公积金缴存人：", True),
        ("各镇人民政府，各产业平台：", True),
        ("各单位应当做到：", False),
        ("为促进消费，经市政府同意，现公告如下：", False),
        ("市政府决定对《甲市河道管理办法》作如下修改：", False),
        ("符合规定的经营者，按以下程序实施：", False),
        ("你委请示收悉。现批复如下：", False),
    ],
)
def test_preambles_are_no_recipients(text, is_them):
    assert is_recipients(text) is is_them


def test_signers_and_imprints():
    assert is_signer("部长　某某某") and is_signer("市　长：某某") and not is_signer("市民政局")
    assert is_imprint("甲市人民政府办公室　2025年3月2日印发") and not is_imprint("现予印发")


def test_dates_of_promulgation():
    assert is_date_note("2022年6月23日甲市第七届人民代表大会常务委员会第十次会议通过")
    assert not is_date_note("2022年6月23日起施行。")
    assert enacted_by("（2025年8月29日甲市人民政府第318号令发布　自2025年10月1日起施行）") == "甲市人民政府"
    assert promulgated("（1994年1月5日国务院批准　1994年1月25日公安部发布）", None) == "1994-01-25"
    assert promulgated("（2018年3月1日通过　2020年5月1日修正　2024年9月2日修订）", None) == "2024-09-02"
    assert date_label("2025-03-0116:20") == "2025-03-01"


def test_preamble_is_a_clause():
    found = document("甲市公告", "为促进消费，经市政府同意，现公告如下：", *BODY, *SIGNED)
    assert ids(found) == ["第1段", "一", "二"]
    assert found.metadata.recipients == ()


def test_title_over_lines_and_issuers_on_one_line():
    found = document(
        "甲市民政局　甲市财政局",
        "关于做好救助工作",
        "的通知（试行）",
        "甲民发〔2025〕3号",
        "各区民政局：",
        *BODY,
        "甲市民政局　甲市财政局",
        "2025年3月1日",
    )
    assert heads(found) == (
        "甲民发〔2025〕3号",
        "甲市民政局甲市财政局关于做好救助工作的通知（试行）",
        "甲市民政局、甲市财政局",
        "2025-03-01",
    )
    assert held_once(found)


def test_short_names_on_one_line_are_two_issuers_and_a_name_spread_out_is_one():
    assert document("甲公告", *BODY, "财政部　税务总局", "2025年3月1日").metadata.issuer == "财政部、税务总局"
    assert document("甲公告", *BODY, "乙　县　民　政　局", "2025年3月1日").metadata.issuer == "乙县民政局"


def test_office_and_date_on_one_line():
    found = document("甲市通告", *BODY, "甲市民政局2025年3月1日", "（此件公开发布）")
    assert (found.metadata.issuer, found.metadata.date) == ("甲市民政局", "2025-03-01")
    assert ids(found) == ["一", "二"]


def test_office_that_signs_without_a_date_and_what_a_page_lists_below():
    found = document(
        "甲市通告", *BODY, "甲市民政局", "联系电话：60000001", "相关链接：", "1.《甲市通告》解读", "2.图解"
    )
    assert found.metadata.issuer == "甲市民政局"
    assert ids(found) == ["一", "二"] and held_once(found)


def test_labels_in_the_text_and_the_title_again():
    found = document(
        "甲市发展规划",
        "发布日期：2025年3月1日",
        "来源：某网",
        "甲市人民政府关于印发",
        "甲市发展规划的通知",
        "甲政发〔2025〕3号",
        "各区人民政府：",
        "现将规划印发给你们。",
        *SIGNED,
        "甲市发展规划",
        *BODY,
    )
    assert heads(found) == ("甲政发〔2025〕3号", "甲市发展规划", "甲市人民政府办公室", "2025-03-01")
    assert found.metadata.notice_title == "甲市人民政府关于印发甲市发展规划的通知"
    assert ids(found) == ["通知/第1段", "一", "二"]


def test_measure_sent_as_the_only_annex_is_the_document():
    found = document(
        "关于印发《甲市住房管理办法》的通知",
        "甲建法〔2025〕16号",
        "各有关单位：",
        "现将《甲市住房管理办法》印发给你们，请遵照执行。",
        "甲市住房局",
        "2025年9月20日",
        "附件",
        "甲市住房管理办法",
        "第一章　总则",
        "第一条　为了管理。",
        "第二条　施行。",
    )
    assert (found.metadata.title, found.metadata.notice_title) == (
        "甲市住房管理办法",
        "关于印发《甲市住房管理办法》的通知",
    )
    assert ids(found) == ["通知/第1段", "第一章/第一条", "第一章/第二条"]
    assert found.clauses[2].citation == "《甲市住房管理办法》（甲建法〔2025〕16号）第一章第二条"


def test_annexes_are_documents_of_their_own():
    found = document(
        "甲市关于调整标准的通知", "甲民发〔2025〕3号", *BODY, "附件：1.救助标准", "2.工作规程", "甲市民政局", "2025年3月1日", "附件1", "救助标准", "一、城市。每月一千元。", "附件2", "甲市救助", "工作规程", "第一条　按月发放。",
    )  # fmt: skip
    assert ids(found) == ["一", "二", "附件1/一", "附件2/第一条"]
    assert found.clauses[2].citation == "《甲市关于调整标准的通知》（甲民发〔2025〕3号）附件1《救助标准》第一部分"
    assert found.clauses[3].citation == "《甲市关于调整标准的通知》（甲民发〔2025〕3号）附件2《甲市救助工作规程》第一条"
    assert found.clauses[3].heading_path[0] == "甲市救助工作规程"
    assert held_once(found)


def test_list_of_names_inside_an_annex_begins_anew():
    found = document(
        "甲市批复",
        "同意建立制度。",
        *SIGNED,
        "附件",
        "联席会议制度",
        "一、职能",
        "统筹协调全市工作，研究解决重大问题。",
        "联席会议",
        "成员名单",
        "召集人：某某　市长",
        "成员：某某　局长",
    )
    assert ids(found) == ["第1段", "附件/一/第1段", "附件/第1段", "附件/第2段"]


def test_annex_that_waits_to_be_filled_in_is_no_clause():
    found = document(
        "甲市通知",
        *BODY,
        "附件1",
        "申请书",
        "（参考模板）",
        "申请人：",
        "本人承诺以下事项：",
        "一、如实申报。",
        "年　月　日",
    )
    assert ids(found) == ["一", "二"] and held_once(found)
    assert found.warnings == ("附件1是待填写的表单，未作条款",)


def test_decision_followed_by_the_whole_text():
    found = document(
        "甲市人民政府关于修改《甲市税收试点办法》的决定", "一、对试点办法作出修改", "（一）将第二条中的“甲”修改为“乙”。", "二、本决定自2025年1月1日起施行。", "甲市税收试点办法", "（2011年1月27日发布　根据2025年1月1日决定修订）", "一、区域", "区域为东区。",
    )  # fmt: skip
    assert ids(found) == ["决定/一/（一）", "决定/二", "一/第1段"]
    assert [clause.citation for clause in found.clauses] == [
        "《甲市人民政府关于修改〈甲市税收试点办法〉的决定》第一部分第（一）项", "《甲市人民政府关于修改〈甲市税收试点办法〉的决定》第二部分", "《甲市税收试点办法》第一部分第1段",
    ]  # fmt: skip


def test_order_with_the_measure():
    found = document(
        "甲市人民政府令",
        "第36号",
        "《甲市河道管理办法》已经市政府常务会议通过，现予公布。",
        "市长　某某",
        "2025年3月1日",
        "甲市河道管理办法",
        "第一条　为了管理。",
    )
    assert heads(found) == ("甲市人民政府令第36号", "甲市河道管理办法", "甲市人民政府", "2025-03-01")
    assert ids(found) == ["通知/第1段", "第一条"]


def test_law_with_its_note_and_contents():
    found = document(
        "甲市养老条例",
        "（2020年3月27日甲市第十五届人民代表大会常务委员会第二十次会议通过）",
        "目　录",
        "第一章　总则",
        "第二章　附则",
        "第一章　总则",
        "第一条　为了养老。",
        "第二章　附则",
        "第二条　施行。",
    )
    assert (found.metadata.issuer, found.metadata.date) == ("甲市人民代表大会常务委员会", "2020-03-27")
    assert ids(found) == ["第一章/第一条", "第二章/第二条"] and held_once(found)


def test_text_that_stands_there_twice_is_read_once():
    text = ("甲市河道管理办法", "第一条　" + "为了加强河道管理，保障防洪安全，" * 6, "第二条　本办法自公布之日起施行。")
    found = document(*text, *text)
    assert ids(found) == ["第一条", "第二条"]
    assert found.warnings == ("“甲市河道管理办法”在文件里重复了一遍，只取第一遍",)


def test_title_of_two_lines_that_each_end_as_titles_do():
    found = document(
        "甲市局关于印发进一步清理限制性举措持续扩大消费若干措施",
        "的通知",
        "各有关单位：",
        "现印发给你们，请遵照执行。",
        "甲市发展改革局",
        "2025年3月1日",
        "进一步清理限制性举措",
        "持续扩大消费若干措施",
        *BODY,
    )
    assert found.metadata.title == "进一步清理限制性举措持续扩大消费若干措施"
    assert found.metadata.notice_title == "甲市局关于印发进一步清理限制性举措持续扩大消费若干措施的通知"
    assert ids(found) == ["通知/第1段", "一", "二"]


def test_zero_width_characters_are_in_no_title_and_no_id():
    found = document("\u200b甲市管理\u200b规定", "第一条　为了管理。", "\u200b", title="\u200b甲市管理规定")
    assert found.clauses[0].clause_id == "甲市管理规定/第一条"
    assert len(found.clauses) == 1


def test_text_without_a_title_bears_the_name_of_its_file():
    found = document("各区人民政府：", *BODY, *SIGNED, name="甲市救助工作通知.txt")
    assert found.metadata.title == "甲市救助工作通知"
    assert found.warnings == ("正文里没有标题，以“甲市救助工作通知”为题，请核对",)


def test_text_without_line_breaks_is_parted():
    words = "落实责任，" * 40
    text = f"甲市人民政府关于加强管理的意见甲政发〔2025〕3号各区人民政府：为加强管理，现提出如下意见：一、总体要求{words}完成。二、主要任务（一）巡查。{words}完成。（二）整治。{words}完成。三、保障措施{words}完成。本意见自印发之日起施行。甲市人民政府2025年3月1日（此件公开发布）"
    found = document(text)
    assert heads(found) == ("甲政发〔2025〕3号", "甲市人民政府关于加强管理的意见", "甲市人民政府", "2025-03-01")
    assert ids(found) == ["第1段", "一", "二/（一）", "二/（二）", "三", "第2段"]
    assert found.metadata.recipients == ("各区人民政府",) and held_once(found)
