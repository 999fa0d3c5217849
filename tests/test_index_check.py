"""Quotations and citations of drafts, checked against small bases."""

from __future__ import annotations

import pytest
from index_fakes import make_document
from word_files import par, run, word

from index.answer.library import Library
from index.check.aligned import align
from index.check.check import Checker
from index.check.drafts import read_draft
from index.errors import QueryError
from index.links.linker import Linker
from index.references.reader import reader_of

RULES = make_document(
    "甲府发〔2020〕5号",
    "甲市养老服务管理办法",
    {
        "第一条": (("第一条",), ["第一条 为了规范养老服务，制定本办法。"]),
        "第二条": (("第二条",), ["第二条 养老机构应当建立消防安全制度，每年组织两次应急演练。"]),
        "第三条": (("第三条",), ["第三条 养老机构应当与老年人签订服务协议，明确双方的权利和义务。"]),
        "第四条": (("第四条",), ["第四条 民政部门应当建立养老机构黑名单制度，并向社会公布“失信”名单。"]),
    },
)
PLAN = make_document(
    "甲民发〔2023〕8号",
    "2023年甲市民政工作要点",
    {
        "一/（一）": (("一、养老服务", "（一）扩大供给"), ["（一）扩大供给。新增养老床位300张，建设社区助餐点10家。"]),
        "一/（二）": (
            ("一、养老服务", "（二）加强监管"),
            ["（二）加强监管。对养老机构开展服务质量日常监测，实行分级分类管理。"],
        ),
        "二": (("二、社会救助",), ["二、社会救助。健全分层分类的社会救助体系，推进救助信息共享。"]),
    },
)


def checker(*documents):
    made = {one.key: one for one in documents}
    return Checker(Library(made, {}), Linker(made), reader_of(documents))


BASE = checker(RULES, PLAN)


def found(draft, base=BASE):
    """Give verdict, what it is about, and the id that the words or the citation lead to."""
    return [(one.verdict, one.quoted or one.cited, one.clause_id) for one in base.check(draft).findings]


TWO = "甲府发〔2020〕5号/第二条"
FIRE = "养老机构应当建立消防安全制度"
CITED = "《甲市养老服务管理办法》（甲府发〔2020〕5号）"


@pytest.mark.parametrize(
    "draft",
    [
        f"{CITED}第二条规定：“{FIRE}”。",
        f"根据{CITED}第二条规定，“{FIRE}，每年组织两次应急演练。”",
        f"《甲市养老服务管理办法》第二条明确“{FIRE}”。",
        f"要求“{FIRE}”（《甲市养老服务管理办法》第二条）。",
        f"要求“{FIRE}。”（甲府发〔2020〕5号）",
        f"要求“{FIRE}”，见{CITED}第二条。",
        f"《养老服务管理办法》第2条规定：「{FIRE}」",
        f'甲府发[2020]5号第二条规定："{FIRE}"',
        "《甲市养老服务管理办法》第二条规定：“养老机构 应当\n建立消防安全制度”。",
        f"甲府发〔２０２０〕５号第二条规定：“{FIRE}”。",
    ],
)
def test_words_that_stand_in_the_cited_place_are_the_same(draft):
    [one] = BASE.check(draft).findings
    assert (one.verdict, one.clause_id, one.held) == ("same", TWO, FIRE if "演练" not in draft else one.held)
    assert draft[one.start : one.end] == one.quoted
    assert draft[one.cited_start : one.cited_end] == one.cited
    assert one.suggestion is None and not one.differences


def test_parts_of_a_quotation_are_looked_up_in_their_order():
    assert found(f"{CITED}第二条规定：“养老机构应当……每年组织两次应急演练”。")[0][0] == "same"
    assert found(f"{CITED}第二条规定：“每年组织两次应急演练……养老机构应当建立”。")[0][0] != "same"


def test_a_character_that_differs_is_shown_on_both_sides():
    draft = f"{CITED}第二条规定：“养老机构应当建立消防安全制度，每年组织三次应急演练”。"
    [one] = BASE.check(draft).findings
    assert (one.verdict, one.clause_id) == ("differs", TWO)
    [(left, right)] = one.differences
    assert (one.quoted[slice(*left)], one.held[slice(*right)]) == ("三", "两")
    start, end, put = one.suggestion
    assert draft[:start] + put + draft[end:] == draft.replace("三次", "两次")


def test_words_that_are_dropped_or_added_are_shown():
    [one] = BASE.check(f"{CITED}第三条规定：“养老机构应当签订书面服务协议，明确双方的权利和义务”。").findings
    assert one.verdict == "differs"
    pairs = [(one.quoted[slice(*left)], one.held[slice(*right)]) for left, right in one.differences]
    assert pairs == [("", "与老年人"), ("书面", "")]


def test_words_of_another_place_are_mended_by_another_citation():
    draft = f"{CITED}第三条规定：“{FIRE}”。"
    [one] = BASE.check(draft).findings
    assert (one.verdict, one.clause_id) == ("misplaced", TWO)
    start, end, put = one.suggestion
    assert BASE.check(draft[:start] + put + draft[end:]).findings[0].verdict == "same"


def test_a_number_that_is_not_held_is_unknown_and_the_title_tells_the_right_one():
    draft = "《甲市养老服务管理办法》（甲府发〔2020〕6号）第二条规定：“养老机构应当建立消防安全制度”。"
    [one] = BASE.check(draft).findings
    assert one.verdict == "unknown" and one.is_fault
    start, end, put = one.suggestion
    assert BASE.check(draft[:start] + put + draft[end:]).findings[0].verdict == "same"


def test_a_document_that_is_not_held_is_unknown_and_no_fault():
    [one] = BASE.check("《乙市养老服务条例》第三条规定：“养老机构应当收费公示”。").findings
    assert (one.verdict, one.is_fault, one.remark) == ("unknown", False, "库中没有")


def test_an_item_that_the_document_has_not_is_told():
    assert found(f"{CITED}第九条规定办理。") == [("no_such_clause", f"{CITED}第九条", "")]


def test_a_citation_without_words_exists():
    assert found("按照《2023年甲市民政工作要点》第一部分第（二）项办理。") == [
        ("same", "《2023年甲市民政工作要点》第一部分第（二）项", "甲民发〔2023〕8号/一/（二）")
    ]


def test_verbatim_words_without_a_source_are_told_with_the_citation_to_add():
    words = "对养老机构开展服务质量日常监测，实行分级分类管理"
    for draft in (f"今年要“{words}”。", f"今年要{words}，抓紧抓实。"):
        [one] = BASE.check(draft).findings
        assert (one.verdict, one.quoted, one.clause_id) == ("unattributed", words, "甲民发〔2023〕8号/一/（二）")
        start, end, put = one.suggestion
        assert start == end and "甲民发〔2023〕8号" in put


def test_a_name_given_to_a_document_a_number_and_a_word_that_points_back_are_followed():
    draft = (
        f"根据{CITED[:-1]}，以下简称《办法》），开展检查。\n"
        f"《办法》第二条规定：“{FIRE}”。\n"
        "该办法第三条要求“养老机构应当与老年人签订服务协议”。\n"
        "甲府发〔2020〕5号第四条提出“民政部门应当建立养老机构黑名单制度”。\n"
    )
    assert [verdict for verdict, _, _ in found(draft)] == ["same"] * 4


def test_the_bracket_behind_words_is_their_source_and_not_the_one_before_in_another_sentence():
    draft = (
        f"应当做到“{FIRE}”（见《甲市养老服务管理办法》第二条）。"
        "服务方面，“养老机构应当与老年人签订服务协议。”（《甲市养老服务管理办法》第三条）"
    )
    assert [(one.verdict, one.cited) for one in BASE.check(draft).findings] == [
        ("same", "《甲市养老服务管理办法》第二条"),
        ("same", "《甲市养老服务管理办法》第三条"),
    ]


def test_several_quotations_belong_to_one_citation():
    draft = "《2023年甲市民政工作要点》提出“新增养老床位300张”、“建设社区助餐点10家”和“推进救助信息分享”。"
    assert [verdict for verdict, _, _ in found(draft)] == ["same", "same", "differs"]


def test_terms_books_and_forms_are_no_findings():
    assert found("建设“社区云”，落实“十四五”规划，读《平凡的世界》，填写《申请表》。") == []


def test_words_of_the_draft_s_own_document_may_be_left_out():
    draft = "今年要对养老机构开展服务质量日常监测，实行分级分类管理。"
    assert BASE.check(draft, without=["甲民发〔2023〕8号"]).findings == ()


def test_set_phrases_of_many_documents_have_no_source():
    words = "坚持以服务对象为中心的工作理念，健全部门协同机制"
    made = [
        make_document(f"甲发〔2023〕{at}号", f"甲市{at}号方案", {"一": (("一、",), [f"一、{words}。"])})
        for at in range(1, 4)
    ]
    assert found(f"要{words}。", checker(*made)) == []
    assert [one[0] for one in found(f"要{words}。", checker(*made[:2]))] == ["unattributed"]


def test_a_draft_that_is_too_long_is_refused():
    with pytest.raises(QueryError, match="文稿有 500001 个字，超过上限 500000 个字；请分成几份校核"):
        BASE.check("甲" * 500_001)


def test_a_footnote_of_a_word_file_stands_where_its_mark_does(tmp_path):
    note = '<w:footnote w:id="2"><w:p>' + run("《甲市养老服务管理办法》第三条。") + "</w:p></w:footnote>"
    body = (
        "<w:p>"
        + run(f"应当做到“{FIRE}”")
        + '<w:r><w:footnoteReference w:id="2"/></w:r>'
        + run("，逐家落实。")
        + "</w:p>"
        "<w:p><w:del>" + run("删去的话").replace("w:t", "w:delText") + "</w:del>" + run("完毕。") + "</w:p>"
    )
    path = tmp_path / "文稿.docx"
    path.write_bytes(word(par("关于养老机构检查的报告") + body, footnotes=note))
    draft = read_draft(path)
    assert draft == f"关于养老机构检查的报告\n应当做到“{FIRE}”（《甲市养老服务管理办法》第三条），逐家落实。\n完毕。"
    [one] = BASE.check(draft).findings
    assert (one.verdict, one.clause_id) == ("misplaced", TWO)


def test_a_draft_that_cannot_be_read_says_why(tmp_path):
    path = tmp_path / "文稿.docx"
    path.write_bytes(b"")
    with pytest.raises(QueryError, match="文稿 文稿.docx 读不了：文件是空的"):
        read_draft(path)


@pytest.mark.parametrize(
    ("words", "text", "held", "differences"),
    [
        ("覆盖率达到90%", "志愿服务站点覆盖率达到100%。加大", "覆盖率达到100%", [("90%", "100%")]),
        ("覆盖率达到90张", "志愿服务站点覆盖率达到17.8万张以上，其中", "覆盖率达到17.8万张以上", [("90张", "17.8万张以上")]),
        ("达到九成以上", "覆盖率达到三分之二，其中", "达到三分之二", [("九成以上", "三分之二")]),
        ("各街镇负责落实", "由区民政局负责落实。各镇", "由区民政局负责落实", [("各街镇", "由区民政局")]),
        ("建设养老床位", "建设养老床位", "建设养老床位", []),
    ],
)  # fmt: skip
def test_words_that_end_otherwise_are_held_against_what_stands_in_their_place(words, text, held, differences):
    found = align(words, text)
    assert text[found.start : found.end] == held
    assert [(words[slice(*ours)], text[slice(*theirs)]) for ours, theirs in found.differences] == differences
