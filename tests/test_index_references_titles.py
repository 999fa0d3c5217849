"""Documents by short titles: what one ending of a title may mean in a base, and when it means nothing."""

from __future__ import annotations

import pytest
from index_fakes import WEB_PAGE

from index.knowledge_base import KnowledgeBase
from index.references.reader import ReferenceReader

A, B, C = "浦民发〔2023〕74号", "浦民发〔2023〕8号", "沪府办发〔2021〕16号"
TITLES = {
    A: "浦东新区民政局贯彻落实《上海市城乡社区服务体系建设“十四五”规划》实施方案",
    B: "2023年浦东新区民政工作要点",
    C: "上海市民政事业发展“十四五”规划",
}
NOTICES = {
    A: f"浦东新区民政局关于印发《{TITLES[A]}》的通知",
    B: "浦东新区民政局关于印发《2023年浦东新区民政工作要点》的通知",
    C: "上海市人民政府办公厅关于印发《上海市民政事业发展“十四五”规划》的通知",
}
READER = ReferenceReader(
    TITLES, [f"{A}/五/（三）", f"{A}/五/（四）", f"{B}/三/10", f"{C}/三/（二）/五是"], notices=NOTICES
)


@pytest.mark.parametrize(
    ("text", "key", "ids"),
    [
        ("《实施方案》第五部分第（四）项", A, [f"{A}/五/（四）"]),
        ("《实施方案》五（四）", A, [f"{A}/五/（四）"]),
        ("《浦东新区实施方案》第五部分第（四）项", A, [f"{A}/五/（四）"]),
        ("浦东新区《实施方案》第五部分第（四）项", A, [f"{A}/五/（四）"]),
        ("区民政局《实施方案》第五部分第（四）项", A, [f"{A}/五/（四）"]),
        ("《贯彻落实《上海市城乡社区服务体系建设“十四五”规划》实施方案》五（四）", A, [f"{A}/五/（四）"]),
        ("〈实施方案〉第五部分第（四）项", A, [f"{A}/五/（四）"]),
        ("“实施方案”第五部分第（四）项", A, [f"{A}/五/（四）"]),
        ("实施方案第五部分第（四）项", A, [f"{A}/五/（四）"]),
        ("根据实施方案的第五部分第（四）项", A, [f"{A}/五/（四）"]),
        ("实施方案五（四）", A, [f"{A}/五/（四）"]),
        ("该方案第五部分第（四）项", A, [f"{A}/五/（四）"]),
        ("74号文的实施方案第五部分第（四）项", A, [f"{A}/五/（四）"]),
        ("《工作要点》第10条", B, [f"{B}/三/10"]),
        ("《2023年工作要点》第10条", B, [f"{B}/三/10"]),
        ("根据2023年工作要点第10条", B, [f"{B}/三/10"]),
        ("《民政工作要点的通知》第10条", B, [f"{B}/三/10"]),
        ("《关于印发民政工作要点的通知》第10条", B, [f"{B}/三/10"]),
        ("关于印发2023年浦东新区民政工作要点的通知第10条", B, [f"{B}/三/10"]),
        ("《规划》三（二）五是", C, [f"{C}/三/（二）/五是"]),
        ("《“十四五”规划》三（二）五是", C, [f"{C}/三/（二）/五是"]),
        ("“十四五”规划三（二）五是", C, [f"{C}/三/（二）/五是"]),
        ("市政府办公厅《规划》三（二）五是", C, [f"{C}/三/（二）/五是"]),
    ],
)
def test_a_short_title_means_the_only_document_whose_title_ends_so(text, key, ids):
    reference = READER.read(text)
    assert (reference.documents, list(reference.clause_ids)) == ((key,), ids)
    assert (reference.rest, reference.missing) == ("", ())


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("《实施细则》第五部分", "《实施细则》"),
        ("《2022年工作要点》第10条", "《2022年工作要点》"),
        ("《宝山区实施方案》第五部分", "《宝山区实施方案》"),
        ("宝山区《实施方案》第五部分", "宝山区《实施方案》"),
        ("民政部《规划》第三部分", "民政部《规划》"),
        ("请查宝山区民政工作要点", "宝山区民政工作要点"),
        ("宝山民政工作要点", "宝山民政工作要点"),
    ],
)
def test_a_title_of_another_year_region_or_issuer_is_missing(text, name):
    reference = READER.read(text)
    assert (reference.documents, reference.missing, reference.ambiguous) == ((), (name,), ())


@pytest.mark.parametrize(
    "text",
    [
        "实施方案",
        "实施方案怎么写",
        "养老服务的实施方案第五部分",
        "养老服务实施方案第五部分",
        "该文件第五部分",
        "他们的办法第一条",
    ],
)
def test_a_word_for_a_kind_of_document_is_none(text):
    reference = READER.read(text)
    assert (reference.documents, reference.clause_ids, reference.missing) == ((), (), ())


def test_the_own_region_may_be_named_in_any_form():
    for text in ("了解本区民政工作要点", "区民政工作要点", "浦东的民政工作要点", "全区民政工作要点"):
        assert READER.read(text).documents == (B,), text


CARE, HELP = "甲发〔2023〕5号", "乙发〔2024〕5号"
TWO = {CARE: "甲区养老服务实施方案", HELP: "乙区助残服务实施方案"}
BOTH = f"{CARE}（甲区养老服务实施方案）、{HELP}（乙区助残服务实施方案）"
TWO_READER = ReferenceReader(TWO, [f"{CARE}/一/（一）", f"{CARE}/二/（一）", f"{HELP}/一/（一）"])


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("《实施方案》第二部分", "《实施方案》"),
        ("《服务实施方案》", "《服务实施方案》"),
        ("《方案》对床位怎么规定", "《方案》"),
        ("实施方案第二部分", "实施方案"),
        ("该方案第二部分", "该方案"),
        ("5号文", "5号文"),
        ("5号第二部分", "5号"),
    ],
)
def test_a_name_that_fits_two_documents_names_neither_and_lists_both(text, name):
    reference = TWO_READER.read(text)
    assert (reference.documents, reference.clause_ids) == ((), ())
    assert (reference.missing, reference.near, reference.ambiguous) == ((name,), (BOTH,), (name,))


def test_a_bare_serial_that_fits_two_documents_may_be_a_day_or_a_house():
    reference = TWO_READER.read("5号的活动怎么报名")
    assert (reference.documents, reference.missing, reference.rest) == ((), (), "5号的活动怎么报名")


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("《实施方案》（甲发〔2023〕5号）第二部分", CARE),
        ("甲发5号《实施方案》第二部分", CARE),
        ("甲发5号印发的《实施方案》第二部分", CARE),
        ("《甲区实施方案》第二部分", CARE),
        ("甲区《实施方案》第二部分", CARE),
        ("《养老实施方案》第二部分", CARE),
        ("《养老服务实施方案》第二部分", CARE),
        ("甲发5号讲什么，该方案第二部分呢", CARE),
        ("甲发5号讲什么，该文件第二部分呢", CARE),
    ],
)
def test_what_settles_an_ambiguous_title(text, key):
    reference = TWO_READER.read(text)
    assert (reference.documents, reference.missing) == ((key,), ())
    assert reference.clause_ids == (f"{CARE}/二/（一）",)


def test_of_very_many_meanings_five_are_listed_and_the_rest_counted():
    titles = {
        f"甲发〔2024〕{serial}号": f"{topic}办法"
        for serial, topic in enumerate(["养老", "助残", "低保", "殡葬", "婚姻", "收养", "社团"], 1)
    }
    reference = ReferenceReader(titles, []).read("《办法》第三条")
    assert reference.near[0].endswith("、甲发〔2024〕5号（婚姻办法）等7份")


def test_of_titles_that_end_so_the_one_that_says_no_more_is_meant():
    titles = {"甲": "关于促进消费的若干措施", "乙": "关于进一步促进消费的若干措施"}
    reader = ReferenceReader(titles, [])
    assert reader.read("《促进消费的若干措施》第三条").documents == ("甲",)
    assert reader.read("促进消费的若干措施第三条").documents == ("甲",)
    assert reader.read("《进一步促进消费的若干措施》第三条").documents == ("乙",)
    assert reader.read("《若干措施》第三条").ambiguous == ("《若干措施》",)


def test_a_title_that_begins_with_关于_is_whole_from_there_on():
    reader = ReferenceReader({"乙": "关于进一步促进消费的若干措施"}, [])
    assert reader.read("《关于促进消费的若干措施》第三条").missing == ("《关于促进消费的若干措施》",)
    assert reader.read("《关于进一步促进消费的若干措施》第三条").documents == ("乙",)


def test_what_stands_in_the_bracket_behind_a_title_tells_versions_apart():
    titles = {
        "甲": "低保审核办法",
        "乙": "低保审核办法（试行）",
        "丙": "航天行动计划（2023—2025年）",
        "丁": "航天行动计划（2026—2028年）",
    }
    reader = ReferenceReader(titles, [])
    assert reader.read("《低保审核办法》第一条").documents == ("甲",)
    assert reader.read("《审核办法（试行）》第一条").documents == ("乙",)
    assert reader.read("《审核办法（修订）》第一条").documents == ()
    assert reader.read("《审核办法》第一条").ambiguous == ("《审核办法》",)
    assert reader.read("《行动计划（2026-2028年）》第一条").documents == ("丁",)
    assert reader.read("《2024年航天行动计划》第一条").documents == ("丙",)
    assert reader.read("《行动计划（2029—2031年）》第一条").missing == ("《行动计划（2029—2031年）》",)


def test_a_plan_inside_the_title_of_its_notice_is_a_title_too():
    notice = "甲市市场监督管理局关于印发《2025年优化营商环境打造“甲市服务”工作方案》的通知"
    reader = ReferenceReader({"甲监发〔2025〕21号": notice}, ["甲监发〔2025〕21号/二/（六）/25"])
    for text in (
        "《工作方案》第25条",
        "《优化营商环境打造〈甲市服务〉工作方案》第25条",
        "《通知》第25条",
        "优化营商环境工作方案第25条",
    ):
        assert reader.read(text).clause_ids == ("甲监发〔2025〕21号/二/（六）/25",), text


def test_a_notice_that_is_named_itself_is_asked_before_the_plan_that_it_issues():
    ids = [f"{B}/通知/第1段", f"{B}/第1段", f"{B}/三/10"]
    reader = ReferenceReader({B: TITLES[B]}, ids, notices={B: NOTICES[B]})
    assert reader.read(f"《{NOTICES[B]}》（{B}）第1段").clause_ids == (f"{B}/通知/第1段",)
    assert reader.read(f"《{NOTICES[B]}（{B}）》第1段").clause_ids == (f"{B}/通知/第1段",)
    assert reader.read(f"《{NOTICES[B]}》第10条").clause_ids == (f"{B}/三/10",)
    assert reader.read(f"《{TITLES[B]}》第1段").clause_ids == (f"{B}/第1段",)


def test_a_title_that_only_cites_another_does_not_bear_its_name():
    reader = ReferenceReader({"甲": "关于修改《甲省流动人口服务和管理办法》的决定"}, [])
    assert reader.read("《甲省流动人口服务和管理办法》第二条").documents == ()
    assert reader.read("《流动人口服务和管理办法》第二条").missing == ("《流动人口服务和管理办法》",)
    assert reader.read("流动人口服务和管理办法第二条").documents == ()


def test_the_last_word_of_a_title_alone_is_no_short_title():
    reader = ReferenceReader({"甲": "灵活就业人员参加养老保险简介"}, [])
    assert reader.read("请给出简介").documents == ()
    assert reader.read("养老保险简介").documents == ("甲",)


def test_orders_are_cited_by_their_serial_and_more_or_less_of_who_gave_them():
    titles = {"国令第707号": "个人所得税法实施条例", "甲市人民政府令第320号": "甲市地名管理办法"}
    reader = ReferenceReader(titles, ["国令第707号/第三条", "甲市人民政府令第320号/第三条"])
    for text in ("国令第707号第三条", "国务院令第707号第三条", "707号令第三条"):
        assert reader.read(text).clause_ids == ("国令第707号/第三条",), text
    for text in ("甲市人民政府令第320号第三条", "甲市政府令第320号第三条", "政府令320号第三条"):
        assert reader.read(text).clause_ids == ("甲市人民政府令第320号/第三条",), text
    assert reader.read("乙市人民政府令第320号第三条").missing == ("乙市人民政府令第320号",)


def test_a_document_may_be_asked_for_by_a_short_title():
    assert READER.document("实施方案") == A
    assert READER.document("《规划》") == C
    assert TWO_READER.document("实施方案") is None


@pytest.fixture(scope="module")
def knowledge_base(tmp_path_factory):
    folder = tmp_path_factory.mktemp("base")
    for number, title in (("甲民发〔2024〕5号", "养老服务实施方案"), ("甲民发〔2024〕6号", "助餐服务实施方案")):
        page = WEB_PAGE.format(number=number, title=title)
        (folder / f"{title}.html").write_text(page, encoding="utf-8")
    KnowledgeBase.build(folder, folder / "store")
    return KnowledgeBase.open(folder / "store")


def test_an_answer_says_what_an_ambiguous_title_can_mean_and_answers_from_neither(knowledge_base):
    answer = knowledge_base.ask("《实施方案》第二部分第（一）项")
    assert answer.status == "not_found"
    assert answer.missing == (
        "《实施方案》可能指：甲民发〔2024〕5号（养老服务实施方案）、甲民发〔2024〕6号（助餐服务实施方案）；请写明是哪一个",
    )


def test_an_answer_says_what_an_ambiguous_chain_can_mean(knowledge_base):
    answer = knowledge_base.ask("甲民发〔2024〕5号和6号第三部分")
    assert answer.missing == (
        "库中没有“甲民发〔2024〕5号和6号第三部分”；现有：甲民发〔2024〕5号第一部分—第二部分、甲民发〔2024〕6号第一部分—第二部分",
    )


@pytest.mark.parametrize("text", ["甲市人民政府令第312号第三条", "甲市人民政府第312号令第三条", "第312号令第三条"])
def test_an_order_is_known_in_either_spelling_whichever_its_document_shows(text):
    reader = ReferenceReader({"甲市人民政府第312号令": "甲市地名管理办法"}, ["甲市人民政府第312号令/第三条"])
    assert reader.read(text).clause_ids == ("甲市人民政府第312号令/第三条",)
