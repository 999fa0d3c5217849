"""References inside sentences of clauses lead to the clause that is meant, or say that the base lacks it."""

from __future__ import annotations

import pytest

from index.links.find import mentions_in
from index.links.linker import Linker
from index.links.ordinals import chains_at
from index.links.titles import named_in
from index.output import clause_json, clause_text
from index.references.spelling import spelling
from index.wording import reference_words
from ingest import read_document

RULES = """甲市河道管理办法

第一章 总则

第一条 为了加强管理，根据《中华人民共和国水法》（以下简称《水法》）、《甲市养老服务条例》、《甲市防洪办法》（甲府发〔2019〕8号），制定本办法。

第二条 区水务局负责检查。

检查应当公开。

前款规定的检查每年一次，前两款所需经费列入预算。

第三条 检查包括下列内容：

（一）水质；

（二）岸线。

依照前款第（二）项检查的，按照本条第一款记录。

第二章 处罚

第四条 违反本办法第二条第二款、第三条第一款第（一）项、第九条规定的，依照《水法》第六十五条、《甲市养老服务条例》第二条处罚。

第五条 依照《甲市养老服务条例》第三条处罚的，不适用第四条的规定。

第六条 违反第二条至第四条规定的，由区水务局处罚；前条规定的除外。

第七条 有第三条第一款规定情形的，依照刑法第三百三十八条处理。

第八条 违反本条例第二条、本办法第二章规定的，建设第三条生产线的，按照药品管理法和该办法第二条规定处理。

第九条 《甲市河道管理办法》同时废止。
"""

CARE = """甲市养老服务条例

第一条 为了发展养老服务，制定本条例。

第二条 老年人享受补贴。

第三条 补贴由区发放。
"""

NOTICE = """甲市民政局关于做好补贴工作的通知

甲民发〔2024〕5号

各区民政局：

一、补贴范围

（一）老年人。

（二）残疾人。

二、符合第一条规定的，按照本通知第一部分第（二）项办理，材料见附件2，并执行《甲市养老服务条例》（2018年修订）第二条、《实施方案》和《申请表》。

三、本通知第一点、国办发〔2020〕5号和乙市《养老服务条例》第二条另有规定的除外。
"""


@pytest.fixture(scope="module")
def base(tmp_path_factory):
    folder = tmp_path_factory.mktemp("links")
    documents = {}
    for number, text in enumerate((RULES, CARE, NOTICE)):
        path = folder / f"{number}.txt"
        path.write_text(text, encoding="utf-8")
        document = read_document(path)
        documents[document.key] = document
    return documents


def found(base, clause_id):
    """What a clause refers to: words with the places they lead to, or with why not."""
    linker = Linker(base)
    key = clause_id.partition("/")[0]
    clause = next(one for one in base[key].clauses if one.clause_id == clause_id)
    references = linker.references(clause, key)
    assert all(clause.text[one.start : one.end] == one.text for one in references)
    places = ([one.removeprefix(f"{key}/") for one in each.clause_ids] for each in references)
    return [(each.text, ids or each.remark or "文件") for each, ids in zip(references, places, strict=True)]


R = "甲市河道管理办法/"


def test_documents_are_held_or_named_as_not_held(base):
    assert found(base, R + "第一章/第一条") == [
        ("《中华人民共和国水法》（以下简称《水法》）", "库中没有"),
        ("《甲市养老服务条例》", "文件"),
        ("《甲市防洪办法》（甲府发〔2019〕8号）", "库中没有"),
    ]


def test_the_paragraph_before_is_the_one_just_before_in_its_article(base):
    assert found(base, R + "第一章/第二条") == [("前款", ["第一章/第二条"]), ("前两款", ["第一章/第二条"])]
    linker = Linker(base)
    clause = next(one for one in base[R[:-1]].clauses if one.clause_id == R + "第一章/第二条")
    sentences = [one.sentence for one in linker.references(clause, R[:-1])]
    assert sentences == ["检查应当公开。", "第二条区水务局负责检查。"]


def test_the_paragraph_before_a_later_one_holds_the_items(base):
    assert found(base, R + "第一章/第三条/第2款") == [
        ("前款第（二）项", ["第一章/第三条/（二）"]),
        ("本条第一款", ["第一章/第三条", "第一章/第三条/（一）", "第一章/第三条/（二）"]),
    ]


def test_lists_of_several_documents_keep_each_to_its_own(base):
    assert found(base, R + "第二章/第四条") == [
        ("本办法第二条第二款", ["第一章/第二条"]),
        ("第三条第一款第（一）项", ["第一章/第三条/（一）"]),
        ("第九条", ["第二章/第九条"]),
        ("《水法》第六十五条", "库中没有"),
        ("《甲市养老服务条例》第二条", ["甲市养老服务条例/第二条"]),
    ]


def test_an_article_alone_after_one_of_another_document_is_not_guessed(base):
    assert found(base, R + "第二章/第五条") == [
        ("《甲市养老服务条例》第三条", ["甲市养老服务条例/第三条"]),
        ("第四条", "未能确定指哪份文件"),
    ]


def test_ranges_and_the_article_before(base):
    ids = ["第一章/第二条", "第一章/第三条", "第一章/第三条/（一）", "第一章/第三条/（二）", "第一章/第三条/第2款"]
    assert found(base, R + "第二章/第六条") == [
        ("第二条至第四条", [*ids, "第二章/第四条"]),
        ("前条", ["第二章/第五条"]),
    ]


def test_a_law_without_marks_is_named(base):
    assert found(base, R + "第二章/第七条")[1] == ("刑法第三百三十八条", "库中没有")


def test_what_is_another_documents_or_no_reference_is_not_linked(base):
    chapter = [f"第二章/第{number}条" for number in "四五六七八九"]
    assert found(base, R + "第二章/第八条") == [
        ("本条例第二条", "未能确定指哪份文件"),
        ("本办法第二章", chapter),
        ("该办法第二条", "未能确定指哪份文件"),
    ]


def test_what_a_document_of_the_same_title_repeals_is_an_earlier_one(base):
    assert found(base, R + "第二章/第九条") == [("《甲市河道管理办法》", "指同名的较早文本，库中没有")]


def test_a_notice_is_followed_by_its_parts_and_versions_differ(base):
    assert found(base, "甲民发〔2024〕5号/二") == [
        ("第一条", ["一/（一）", "一/（二）"]),
        ("本通知第一部分第（二）项", ["一/（二）"]),
        ("附件2", "库中没有这份文件的附件2"),
        ("《甲市养老服务条例》（2018年修订）第二条", "库中的《甲市养老服务条例》未必是同一版本"),
        ("《实施方案》", "未能确定指哪份文件"),
    ]
    assert found(base, "甲民发〔2024〕5号/三") == [
        ("本通知第一点", ["一/（一）", "一/（二）"]),
        ("国办发〔2020〕5号", "库中没有"),
        ("《养老服务条例》第二条", "库中没有"),
    ]


def test_words_for_a_reader(base):
    linker = Linker(base)
    clause = next(one for one in base[R[:-1]].clauses if one.clause_id == R + "第二章/第四条")
    words = [reference_words(one) for one in linker.references(clause, R[:-1])]
    assert words[0] == "《甲市河道管理办法》第一章第二条：“检查应当公开。”"
    assert words[3:] == ["库中没有《中华人民共和国水法》", "《甲市养老服务条例》第二条：“第二条老年人享受补贴。”"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("第十八条、第十九条第一款、第二款", [[("条", 18)], [("条", 19), ("款", 1)], [("条", 19), ("款", 2)]]),
        ("第六条第（五）、（六）项", [[("条", 6), ("（一）", 5, 6)]]),
        ("第五条第一项至第三项", [[("条", 5), ("项", 1, 2, 3)]]),
        ("第十、十八条", [[("条", 10, 18)]]),
        ("第三条、四条规定", [[("条", 3)], [("条", 4)]]),
        ("第三条件", []),
        ("第八条至第三条", [[("条", 8)], [("条", 3)]]),
        ("第五百条至第九百条", [[("条", 500)], [("条", 900)]]),
    ],
)
def test_ordinals_of_a_sentence_are_read_exactly(text, expected):
    read = [
        [(one.form, *(number[0] for number in one.numbers)) for one in chain]
        for chain in chains_at(spelling(text).text, 0)
    ]
    assert read == expected


def test_brackets_behind_a_title_say_number_version_and_short_name():
    text = "《甲办法（试行）》（国务院令第350号，2017年修订，以下简称《办法》）、《申请表》（附件2）、甲府发〔2020〕5号"
    named = list(named_in(spelling(text)))
    assert [(one.title, one.number, one.version, one.alias, one.annex, one.is_document) for one in named] == [
        ("甲办法(试行)", "国务院令第350号", "2017年修订", "办法", "", True),
        ("申请表", "", "", "", "附件2", False),
        ("", "甲府发[2020]5号", "", "", "", True),
    ]


@pytest.mark.parametrize(
    "text", ["目前款项已到", "提前两项工作", "以上款项", "第三条生产线", "本条例", "第一条为了保障"]
)
def test_words_that_only_look_like_references(text):
    assert mentions_in(spelling(text), {}) == []


def test_a_table_row_quotes_other_documents(tmp_path):
    path = tmp_path / "甲.html"
    rows = "".join(
        f"<tr><td>{at}</td><td>《甲市供水条例》第二十条：违反本条例第八条规定的，依照前款规定处罚</td><td>{at}分</td></tr>"
        for at in range(1, 4)
    )
    head = "<tr><td>序号</td><td>依据</td><td>分值</td></tr>"
    path.write_text(
        f"<html><body><h1>甲市评分办法</h1><p>第一条 为了评分，制定本办法。</p><p>第二条 评分按照附表。</p>"
        f"<table>{head}{rows}</table></body></html>",
        encoding="utf-8",
    )
    document = read_document(path)
    row = next(one for one in document.clauses if one.cells)
    read = [(one.text, one.title, one.remark) for one in Linker({document.key: document}).references(row, document.key)]
    assert read == [
        ("《甲市供水条例》第二十条", "甲市供水条例", "库中没有"),
        ("本条例第八条", "甲市供水条例", "库中没有"),
        ("前款", None, "未能确定指哪份文件"),
    ]


def test_a_file_that_lost_its_paragraphs_still_has_its_articles(tmp_path):
    path = tmp_path / "甲.txt"
    articles = "".join(f"第{one}条 公园由区管理。检查公开。\n\n" for one in "一二三四五六七八九")
    path.write_text(f"甲市公园管理条例\n\n{articles}第十条 违反本条例第二条第二款规定的，处罚。\n", encoding="utf-8")
    document = read_document(path)
    references = Linker({document.key: document}).references(document.clauses[-1], document.key)
    assert [(one.text, one.clause_ids, one.sentence) for one in references] == [
        ("本条例第二条第二款", ("甲市公园管理条例/第二条",), "")
    ]


def test_a_short_name_counts_by_itself_only(base):
    (named,) = named_in(spelling("《甲市养老服务条例》（以下简称条例）"))
    read = mentions_in(spelling("依照条例第三条和其他条例第四条的规定"), {"条例": named})
    assert [(one.kind, one.word) for one in read] == [("named", "条例"), ("unmarked", "")]


def test_a_long_clause_of_ordinals_is_read_in_time():
    for text in ("第一章、" * 20_000, "第一、" * 20_000, "《甲" * 30_000, "前款第" * 20_000, "第" + "一" * 60_000):
        assert len(mentions_in(spelling(text), {})) <= 20_000


def test_what_is_shown_of_a_clause_names_the_places_it_refers_to(base):
    key, linker = R[:-1], Linker(base)
    clause = next(one for one in base[key].clauses if one.clause_id == R + "第二章/第五条")
    references = linker.references(clause, key)
    assert clause_text(clause, references).splitlines()[-3:] == [
        "文中所引：",
        "  《甲市养老服务条例》第三条 → 《甲市养老服务条例》第三条：“第三条补贴由区发放。”",
        "  第四条 → 未能确定指哪份文件",
    ]
    assert clause_json(clause, base[key].metadata, references)["references"][0] == {
        "text": "《甲市养老服务条例》第三条",
        "start": 5,
        "end": 18,
        "number": None,
        "title": "甲市养老服务条例",
        "held": True,
        "clause_ids": ["甲市养老服务条例/第三条"],
        "citation": "《甲市养老服务条例》第三条",
        "sentence": "第三条补贴由区发放。",
        "remark": "",
    }


def test_a_base_that_grows_by_a_document_leads_to_it(base):
    key = R[:-1]
    clause = next(one for one in base[key].clauses if one.clause_id == R + "第二章/第五条")
    alone = Linker({key: base[key]}).references(clause, key)[0]
    assert (alone.held, alone.clause_ids, alone.remark) == (False, (), "库中没有")
