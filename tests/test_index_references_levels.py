"""What 条, 款, 项, 目 and numbers name in a document follows from how its own clause ids are numbered."""

from __future__ import annotations

import pytest

from index.references.clause_tree import ClauseTree
from index.references.levels import numbering_of, steps_of
from index.references.mentions import Ordinal
from index.references.ordinals import MOST, single
from index.references.reader import ReferenceReader

KEY = "甲发〔2020〕1号"


def reader_over(*paths, paragraphs=None):
    """Make the reader of one document whose clause ids end in these paths."""
    counts = {f"{KEY}/{path}": count for path, count in (paragraphs or {}).items()}
    return ReferenceReader({KEY: "某文件"}, [f"{KEY}/{path}" for path in paths], paragraphs=counts)


def named(reader, text):
    """Give the paths of the clauses that a question names."""
    return [clause_id.removeprefix(f"{KEY}/") for clause_id in reader.read(text).clause_ids]


NOTICE = reader_over("第1段", "一/（一）", "一/（五）", "二/（一）/1", "二/（一）/2", "二/（二）/1", "三")
MEASURES = reader_over("一/（一）", "一/（四）", "二/（五）", "二/（六）", "三/（十五）")
LETTER = reader_over("第1段", "一", "二/一是", "二/二是", "三")
FLAT = reader_over("第1段", "一", "二", "三")
LAW = reader_over(
    *(
        "第一章/第一条",
        "第一章/第二条",
        "第二章/第一节/第三条",
        "第二章/第二节/第四条",
        "第三章/第十条",
        "第三章/第十条/（一）",
    ),
    *(
        "第三章/第十条/（三）",
        "第三章/第十条/（三）/1",
        "第三章/第十条/（三）/2",
        "第三章/第十条之一",
        "第三章/第十一条",
    ),
    paragraphs={"第三章/第十条": 2, "第三章/第十一条": 3},
)
SECTIONS = reader_over("1/1.1", "1/1.2/1.2.1", "1/1.2/1.2.2", "2/2.1", "4/4.2/4.2.1", "4/4.2/4.2.2")
DOTTED_ARTICLES = reader_over("第1.1条", "第1.2条", "第4.2.1条")
BOTH = reader_over("一/第1段", "二/第1段", "附件/第一章/第一条", "附件/第一章/第二条", "附件/第二章/第三条/（一）")


@pytest.mark.parametrize(
    ("reader", "text", "paths"),
    [
        # A notice of parts: its own 一、（五） are cited as 条 and 项 too.
        (NOTICE, "1号文第一条第（五）项", ["一/（五）"]),
        (NOTICE, "1号文第一条第五项", ["一/（五）"]),
        (NOTICE, "1号文第一部分第五条", ["一/（五）"]),
        (NOTICE, "1号文第二条第一项第2点", ["二/（一）/2"]),
        (LETTER, "1号文第三项", ["三"]),
        (LETTER, "1号文第二项", ["二/一是", "二/二是"]),
        (LETTER, "1号文第一点", ["一"]),
        (LETTER, "1号文第二部分第二项", ["二/二是"]),
        (LETTER, "1号文二是", ["二/二是"]),
        (LETTER, "1号文第三点", ["三"]),
        (NOTICE, "1号文第三项", ["三"]),
        (LAW, "1号文第五项", []),
        (NOTICE, "1号文第三条", ["三"]),
        (NOTICE, "1号文第3条", ["三"]),
        (NOTICE, "1号文第三章", ["三"]),
        (NOTICE, "1号文第四条", []),
        (FLAT, "1号文第二条", ["二"]),
        (FLAT, "1号文第二项", ["二"]),
        (FLAT, "1号文第2点", ["二"]),
        # Measures that are numbered on through all parts are the 条; what they do not reach is a part's.
        (MEASURES, "1号文第五条", ["二/（五）"]),
        (MEASURES, "1号文第十五条", ["三/（十五）"]),
        (MEASURES, "1号文第一条", ["一/（一）"]),
        (MEASURES, "1号文第二条第（五）项", ["二/（五）"]),
        (MEASURES, "1号文第二条", ["二/（五）", "二/（六）"]),
        # A law: 编、章、节、条、款、项、目.
        (LAW, "1号文第三章第十一条", ["第三章/第十一条"]),
        (LAW, "1号文第二章第一节第三条", ["第二章/第一节/第三条"]),
        (LAW, "1号文第二章第三条", ["第二章/第一节/第三条"]),
        (LAW, "1号文第二节", ["第二章/第二节/第四条"]),
        (LAW, "1号文第十条第三项", ["第三章/第十条/（三）", "第三章/第十条/（三）/1", "第三章/第十条/（三）/2"]),
        (LAW, "1号文第十条第（三）项第2目", ["第三章/第十条/（三）/2"]),
        (LAW, "1号文第十条第二款第（三）项第2目", ["第三章/第十条/（三）/2"]),
        (LAW, "1号文第十条第二款", ["第三章/第十条"]),
        (LAW, "1号文第十一条第三款", ["第三章/第十一条"]),
        (LAW, "1号文第十一条第四款", []),
        (LAW, "1号文第十条第三款第（三）项", []),
        (LAW, "1号文第十条之一", ["第三章/第十条之一"]),
        (LAW, "1号文第十条、第十条之一第一款", ["第三章/第十条", "第三章/第十条之一"]),
        (LAW, "1号文第三项", []),
        (LAW, "1号文第三章第（三）项", []),
        # Sections 1, 1.1, 1.2.1.
        (SECTIONS, "1号文1.2", ["1/1.2/1.2.1", "1/1.2/1.2.2"]),
        (SECTIONS, "1号文第1.2条", ["1/1.2/1.2.1", "1/1.2/1.2.2"]),
        (SECTIONS, "1号文4.2.1款", ["4/4.2/4.2.1"]),
        (SECTIONS, "1号文第4.2.1条", ["4/4.2/4.2.1"]),
        (SECTIONS, "1号文4.2.1、4.2.2怎么说", ["4/4.2/4.2.1", "4/4.2/4.2.2"]),
        (SECTIONS, "1号文4.2.1至4.2.2", ["4/4.2/4.2.1", "4/4.2/4.2.2"]),
        (SECTIONS, "1号文第二部分", ["2/2.1"]),
        (SECTIONS, "1号文第1条第2项", ["1/1.2/1.2.1", "1/1.2/1.2.2"]),
        (SECTIONS, "1号文第1.3条", []),
        (SECTIONS, "第4.2.1条", ["4/4.2/4.2.1"]),
        (DOTTED_ARTICLES, "1号文第1.2条", ["第1.2条"]),
        (DOTTED_ARTICLES, "1号文4.2.1", ["第4.2.1条"]),
        # Where both exist 第一条 is the article.
        (BOTH, "1号文第一条", ["附件/第一章/第一条"]),
        (BOTH, "1号文第三条第一项", ["附件/第二章/第三条/（一）"]),
        (BOTH, "1号文附件第三条", ["附件/第二章/第三条/（一）"]),
        (BOTH, "1号文第一部分", ["一/第1段"]),
        (BOTH, "1号文第二章", ["附件/第二章/第三条/（一）"]),
    ],
)
def test_what_an_ordinal_names(reader, text, paths):
    assert named(reader, text) == paths


def test_annexes_are_told_apart_by_their_number_and_entered_where_nothing_else_fits():
    reader = reader_over("一", "附件1/第1段", "附件1/一/（二）", "附件2/第1段", "附件2/一/（三）")
    assert named(reader, "1号文附件2第一段") == ["附件2/第1段"]
    assert named(reader, "1号文附件1第一部分") == ["附件1/一/（二）"]
    assert named(reader, "1号文附件2一（三）") == ["附件2/一/（三）"]
    assert named(reader, "1号文第一部分") == ["一"]
    assert named(reader, "1号文一（三）") == ["附件2/一/（三）"]


def test_a_clause_that_the_document_numbers_twice_is_named_with_both():
    reader = reader_over("第一章/第一条", "第一章/第二条", "第一章/第一条（重2）")
    assert named(reader, "1号文第一条") == ["第一章/第一条", "第一章/第一条（重2）"]
    assert named(reader, f"{KEY}/第一章/第一条(重2)") == ["第一章/第一条（重2）"]


def test_of_two_that_stand_side_by_side_the_word_itself_decides():
    reader = reader_over("四/（二）", "四/2", "四/框1/（一）", "表一/1")
    assert named(reader, "1号文第四部分第2点") == ["四/2"]
    assert named(reader, "1号文第四部分第二项") == ["四/（二）"]
    assert named(reader, "1号文第四部分框1第（一）项") == ["四/框1/（一）"]
    assert named(reader, "1号文表一第1行") == ["表一/1"]


def test_a_part_of_a_part():
    reader = reader_over("第一部分/一/第1段", "第一部分/二/第1段", "第二部分/第1段")
    assert named(reader, "1号文第一部分第二部分第1段") == ["第一部分/二/第1段"]
    assert named(reader, "1号文第二部分第1段") == ["第二部分/第1段"]
    assert named(reader, "1号文第一部分和第二部分") == ["第一部分/一/第1段", "第一部分/二/第1段", "第二部分/第1段"]


def test_a_name_takes_the_bracket_of_its_number_along():
    assert NOTICE.read("请看（甲发〔2020〕1号）第四条").missing == ("（甲发〔2020〕1号）第四条",)


def test_an_annex_without_number():
    reader = reader_over("一", "附件/第1段", "附件/一/第1段")
    assert named(reader, "1号文附件第1段") == ["附件/第1段"]
    assert named(reader, "1号文附件第一部分第1段") == ["附件/一/第1段"]
    assert named(reader, "1号文附件怎么说") == ["附件/第1段", "附件/一/第1段"]
    assert reader.read("附件怎么填").clause_ids == ()


def test_circled_numbers_are_a_level_of_their_own():
    reader = reader_over("四/（三）/1/（3）/①", "四/（三）/1/（3）/②", "四/（三）/1/（2）")
    assert named(reader, "1号文四（三）1（3）②") == ["四/（三）/1/（3）/②"]
    assert named(reader, "1号文四（三）1（2）") == ["四/（三）/1/（2）"]
    assert named(reader, "1号文四（三）1（2）和（3）") == [
        "四/（三）/1/（2）",
        "四/（三）/1/（3）/①",
        "四/（三）/1/（3）/②",
    ]


@pytest.mark.parametrize(
    ("reader", "text", "near"),
    [
        (NOTICE, "1号文第四条", "第一部分—第三部分"),
        (NOTICE, "1号文第一条第三项", "第（一）项、第（五）项"),
        (MEASURES, "1号文第十六条", "第（一）项、第（四）项—第（六）项、第（十五）项"),
        (LAW, "1号文第十二条", "第一条—第四条、第十条、第十条之一、第十一条"),
        (LAW, "1号文第十一条第四款", "第1段—第3段"),
        (LAW, "1号文第四章", "第一章—第三章"),
        (SECTIONS, "1号文第1.3条", "1.1—1.2"),
        (BOTH, "1号文第四条", "第一条—第三条"),
    ],
)
def test_what_is_near_a_level_that_is_not_there(reader, text, near):
    reference = reader.read(text)
    assert (reference.missing, reference.near, reference.ambiguous) == ((text,), (near,), ())


@pytest.mark.parametrize(
    ("reader", "text", "meanings"),
    [
        (NOTICE, "1号文第2点", "第二部分第（一）项第2点、第二部分第（二）项"),
    ],
)
def test_a_chain_that_leads_to_several_nodes_names_none_and_lists_them(reader, text, meanings):
    reference = reader.read(text)
    assert (reference.documents, reference.clause_ids) == ((KEY,), ())
    assert (reference.ambiguous, reference.near) == ((text,), (meanings,))


def test_without_a_document_a_single_ordinal_names_one_clause_of_the_base_or_none():
    titles = {"甲发〔2020〕1号": "甲办法", "甲发〔2020〕2号": "乙方案"}
    reader = ReferenceReader(titles, ["甲发〔2020〕1号/第三条", "甲发〔2020〕1号/第四条", "甲发〔2020〕2号/三"])
    assert reader.read("第四条").clause_ids == ("甲发〔2020〕1号/第四条",)
    assert reader.read("第三条").clause_ids == ()
    assert reader.read("第三条").near == ("甲发〔2020〕1号第三条、甲发〔2020〕2号第三部分",)
    assert reader.read("激励15条措施的第三条是什么").missing == ()


def test_without_a_document_very_many_meanings_are_cut_short():
    titles = {f"甲发〔2020〕{number}号": f"办法{number}" for number in range(1, 8)}
    reader = ReferenceReader(titles, [f"{key}/第三条/（一）" for key in titles])
    reference = reader.read("第三条第一项")
    assert reference.clause_ids == ()
    assert reference.near[0].startswith("甲发〔2020〕1号第三条第（一）项、甲发〔2020〕2号第三条第（一）项、")
    assert reference.near[0].endswith("、甲发〔2020〕5号第三条第（一）项等")


def test_the_numbering_of_a_document():
    numbering = numbering_of(map(steps_of, ("通知/第1段", "一/1", "一/2", "二/3", "二/重大事项一/1", "表1/1")))
    assert numbering.used == {"part", "digit"}
    assert (numbering.outermost, numbering.running) == ({"part"}, {"digit"})


def test_numbers_that_begin_anew_in_each_part_do_not_run_on():
    assert numbering_of(map(steps_of, ("一/1", "一/2", "二/1"))).running == frozenset()
    assert numbering_of(map(steps_of, ("一/1", "一/2", "二"))).running == frozenset()


@pytest.mark.parametrize(
    ("path", "steps"),
    [
        ("第三条之一", [("article", (3, 1))]),
        ("第4.2.1条", [("article", (4, 2, 1))]),
        ("1/1.2", [("digit", (1,)), ("dotted", (1, 2))]),
        ("第二编/第三章/第一节", [("volume", (2,)), ("chapter", (3,)), ("section", (1,))]),
        ("第二篇/第三章", [("volume", (2,)), ("chapter", (3,))]),
        (
            "第一部分/一/（一）/（1）/②",
            [("division", (1,)), ("part", (1,)), ("bracket", (1,)), ("small", (1,)), ("ringed", (2,))],
        ),
        ("附件2/第一条（重2）", [("附件", (2,)), ("article", (1,))]),
        ("专栏3/表1/9", [("专栏", (3,)), ("table", (1,)), ("row", (9,))]),
    ],
)
def test_steps_of_clause_ids(path, steps):
    assert [(step.style, step.number) for step in steps_of(path)] == steps


def test_a_clause_id_is_found_by_its_longest_path():
    tree = ClauseTree(KEY, [f"{KEY}/三/（二）", f"{KEY}/三/（二）/1", f"{KEY}/三/（二）/10"], {}, {})
    assert tree.clause("三/(二)/1怎么说") == (f"{KEY}/三/（二）/1", 7)
    assert tree.clause("三/(二)/100") == (f"{KEY}/三/（二）", 5)
    assert tree.clause("四/(二)") is None


def test_lists_are_cut_before_they_are_multiplied_out():
    """Ten lists of fifty numbers stand for 50**10 chains: more than any memory holds."""
    long = Ordinal("条", tuple((number,) for number in range(1, MOST + 1)), 0, 1)
    chains = single((long,) * 10)
    assert len(chains) == MOST
    assert [one.numbers for one in chains[-1]] == [((1,),)] * 9 + [((50,),)]


def test_a_question_of_lists_reads_no_more_chains_than_one():
    reader = reader_over(*(f"{part}/第{number}段" for part in "一二三" for number in (1, 2)))
    reference = reader.read("1号文第一至五十部分第一至五十行第一至五十段")
    assert (reference.clause_ids, len(reference.missing)) == ((), 1)


def test_a_later_paragraph_of_an_article_that_is_a_clause_of_its_own():
    law = reader_over("第一条", "第一条/（一）", "第一条/第2款", "第一条/第2款/（一）", "第二条/第2款/（一）")
    assert named(law, "1号第一条第二款") == ["第一条/第2款", "第一条/第2款/（一）"]
    assert named(law, "1号第一条第一款") == ["第一条", "第一条/（一）"]
    assert named(law, "1号第一条第二款第（一）项") == ["第一条/第2款/（一）"]
    assert named(law, "1号第二条第二款第（一）项") == ["第二条/第2款/（一）"]


def test_items_of_a_paragraph_where_nothing_else_has_items():
    assert named(reader_over("第1段", "第2段/（一）", "第2段/（二）"), "1号第2段第（二）项") == ["第2段/（二）"]


def test_parts_of_both_spellings_are_told_apart_by_their_numbers():
    both = reader_over("一", "二", "三", "附则/第一部分", "第一部分")
    assert named(both, "1号第一部分") == ["第一部分"]
    assert named(both, "1号第三部分") == ["三"]


def test_an_article_inside_a_box():
    assert named(reader_over("一", "专栏2/第一条", "专栏2/第二条"), "1号专栏2第二条") == ["专栏2/第二条"]
