"""References to documents and clauses in every spelling that people use."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from index.question.words import content_words
from index.references.reader import ReferenceReader, reader_of
from ingest import read_document

ROOT = Path(__file__).parent.parent
GOLD = [json.loads(line) for line in (ROOT / "eval/data/references.jsonl").read_text(encoding="utf-8").splitlines()]

A, B, C = "浦民发〔2023〕74号", "浦民发〔2023〕8号", "沪府办发〔2021〕16号"
TITLES = {
    A: "浦东新区民政局贯彻落实《上海市城乡社区服务体系建设“十四五”规划》实施方案",
    B: "2023年浦东新区民政工作要点",
    C: "上海市民政事业发展“十四五”规划",
}
IDS = [
    *(f"{A}/{name}" for name in ("通知/第1段", "第1段", "一/第1段", "二/（一）", "二/（三）", "四/（一）/2")),
    *(f"{A}/{name}" for name in ("四/（二）/1", "四/（二）/2", "五/（三）", "表1/2", "表1/9")),
    *(f"{B}/{name}" for name in ("第1段", "一/1", "三/10", "五/20", "六/24")),
    *(
        f"{C}/{name}"
        for name in ("三/（二）/二是", "三/（二）/五是", "三/（二）/重大事项二/2", "三/（二）/重大事项二/6")
    ),
    *(f"{C}/{name}" for name in ("三/（二）/重大事项四/1", "三/（二）/重大事项四/2", "三/（七）/第1段", "表1/9")),
]
READER = ReferenceReader(TITLES, IDS)
POINT = f"{A}/四/（二）/2"


@pytest.mark.parametrize(
    "text",
    [
        "浦民发〔2023〕74号/四/（二）/2",
        "浦民发[2023]74号 / 四 / (二) / 2",
        "浦民发〔2023〕74号第四部分第（二）项第2点",
        "浦民发（2023）74号第四部分第二项第二点",
        "浦民发【2023】74 号第4部分第（二）项第2条",
        "浦民发２０２３年７４号四、（二）、2",
        "浦民发2023 74号四（二）2",
        "〔2023〕74号文四（二）2是什么",
        "74号文件里的第四部分第（二）项第2点讲什么",
        f"《{TITLES[A]}》四（二）2",
        "第四部分第（二）项第2点（74号文）",
        "第四部分第（二）项第2点",
    ],
)
def test_one_clause_in_many_spellings(text):
    assert READER.read(text).clause_ids == (POINT,)


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        ("8号文第十项", [f"{B}/三/10"]),
        ("浦民发〔2023〕8号第20条", [f"{B}/五/20"]),
        ("浦民发〔2023〕8号文件里的第二十四点", [f"{B}/六/24"]),
        ("16号三（二）五是", [f"{C}/三/（二）/五是"]),
        ("16号三（二）2", [f"{C}/三/（二）/二是"]),
        ("沪府办发16号重大事项二第6点", [f"{C}/三/（二）/重大事项二/6"]),
        ("重大事项四讲了什么", [f"{C}/三/（二）/重大事项四/1", f"{C}/三/（二）/重大事项四/2"]),
        ("16号三（七）", [f"{C}/三/（七）/第1段"]),
        ("74号表1第9行", [f"{A}/表1/9"]),
        ("74号附表第9个指标", [f"{A}/表1/9"]),
        ("74号表1序号9", [f"{A}/表1/9"]),
        ("74号主要指标", [f"{A}/表1/2", f"{A}/表1/9"]),
        ("74号文开头怎么说", [f"{A}/第1段"]),
        ("74号文印发通知第1段", [f"{A}/通知/第1段"]),
        ("74号四（二）2和8号三、10", [POINT, f"{B}/三/10"]),
        ("74号第四部分第（二）项", [f"{A}/四/（二）/1", POINT]),
    ],
)
def test_other_ordinals(text, ids):
    assert list(READER.read(text).clause_ids) == ids


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("74号第2点", "two places"),
        ("第二项", "no document"),
        ("74号第九部分", "no such part"),
        ("浦府发〔2023〕74号第四部分第（二）项第2点", "another agency"),
        ("浦民发〔2022〕74号第四部分第（二）项第2点", "another year"),
        ("8号线怎么坐", "no document"),
        ("15分钟社区生活圈", "no ordinal"),
        ("74号文15分钟社区生活圈", "no ordinal"),
        ("十四五规划讲了哪一项", "no ordinal"),
        ("一网通办有哪些事项", "no ordinal"),
    ],
)
def test_what_names_no_single_clause(text, why):
    assert READER.read(text).clause_ids == (), why


def test_documents_are_named_in_order_and_words_are_left():
    reference = READER.read("志愿者，16号文和8号文各怎么要求")
    assert (reference.documents, reference.clause_ids) == ((C, B), ())
    assert reference.rest == "志愿者， 和 各怎么要求"


def test_a_question_without_reference_is_left_as_it_is():
    question = "一件事　要跑几次，８号楼能办吗"
    assert READER.read(question) == ReferenceReader({}, []).read(question)
    assert READER.read(question).rest == question


def test_a_title_that_no_document_bears_is_missing_even_where_a_title_holds_it():
    reference = READER.read("《上海市城乡社区服务体系建设“十四五”规划》　讲什么")
    assert (reference.documents, reference.rest) == ((), "")
    assert reference.missing == ("《上海市城乡社区服务体系建设“十四五”规划》",)
    assert reference.near == ("沪府办发〔2021〕16号、浦民发〔2023〕74号、浦民发〔2023〕8号",)


def test_a_lost_document_beside_other_words_stays_to_be_searched_for():
    reference = READER.read("根据沪民规〔2020〕5号，床位怎么算")
    assert (reference.missing, reference.unknown) == (("沪民规〔2020〕5号",), ("沪民规[2020]5号",))
    assert reference.rest == "根据沪民规〔2020〕5号，床位怎么算"


@pytest.mark.parametrize(
    ("text", "missing", "near"),
    [
        ("74号文第九部分的志愿服务", "74号文第九部分", "第一部分—第二部分、第四部分—第五部分"),
        ("16号三（二）九是", "16号三（二）九是", "“二是”、“五是”"),
        ("16号重大事项四第３点", "16号重大事项四第３点", "第1点—第2点"),
        ("74号表1第12行", "74号表1第12行", "第2行、第9行"),
        ("8号文第10条第二款", "8号文第10条第二款", "第1段"),
        ("重大事项九", "重大事项九", "沪府办发〔2021〕16号重大事项二、重大事项四"),
        ("表3", "表3", "浦民发〔2023〕74号表1、沪府办发〔2021〕16号表1"),
        (
            "请看 浦民发〔2024〕 12号文件",
            "浦民发〔2024〕 12号文件",
            "沪府办发〔2021〕16号、浦民发〔2023〕74号、浦民发〔2023〕8号",
        ),
        (
            "2022年浦东新区民政工作要点",
            "2022年浦东新区民政工作要点",
            "沪府办发〔2021〕16号、浦民发〔2023〕74号、浦民发〔2023〕8号",
        ),
    ],
)
def test_what_is_missing_and_what_is_near(text, missing, near):
    reference = READER.read(text)
    assert (reference.missing, reference.near, reference.clause_ids) == ((missing,), (near,), ())


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        ("74号四（二）1和2", [f"{A}/四/（二）/1", POINT]),
        ("8号第十至二十条", [f"{B}/三/10", f"{B}/五/20"]),
        ("74号四（二）2、五（三）", [POINT, f"{A}/五/（三）"]),
        ("16号和74号表1", [f"{C}/表1/9", f"{A}/表1/2", f"{A}/表1/9"]),
        ("74号四（二）2，还有8号三、10", [POINT, f"{B}/三/10"]),
        (f"{POINT}讲什么", [POINT]),
    ],
)
def test_lists_ranges_and_several_documents(text, ids):
    reference = READER.read(text)
    assert list(reference.clause_ids) == ids


def test_a_table_is_part_of_the_section_it_stands_in_and_a_paragraph_of_its_clause():
    ids = ["甲发〔2024〕1号/二/第1段", "甲发〔2024〕1号/表1/1", "甲发〔2024〕1号/三/2"]
    sections = {ids[1]: "甲发〔2024〕1号/二"}
    reader = ReferenceReader({"甲发〔2024〕1号": "办法"}, ids, sections=sections, paragraphs={ids[2]: 2})
    assert reader.read("1号文第二部分").clause_ids == (ids[0], ids[1])
    assert reader.read("1号文第三部分第2点第二款").clause_ids == (ids[2],)
    assert reader.read("1号文第三部分第2点第三款").missing == ("1号文第三部分第2点第三款",)


def test_four_levels_of_ordinals():
    ids = [
        f"甲发〔2024〕1号/{name}"
        for name in ("一/（二）/4", "一/（二）/4/（1）", "一/（二）/4/（2）", "一/（二）/5/（1）")
    ]
    reader = ReferenceReader({"甲发〔2024〕1号": "办法"}, ids)
    assert reader.read("1号文一（二）4（1）").clause_ids == (ids[1],)
    assert reader.read("1号文一（二）4（1）和（2）").clause_ids == (ids[1], ids[2])


def test_a_heading_behind_its_ordinal_is_part_of_the_reference(real_reader):
    reference = real_reader.read("74号第三部分“发展目标”全文")
    assert (reference.clause_ids[0], reference.rest) == (f"{A}/三/第1段", "")
    assert real_reader.read("16号文第二部分（二）基本原则第4条").rest == ""
    assert real_reader.read("16号文第二部分（二）的原则").rest == "的原则"


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("请问民政工作要点怎么说", B),
        ("2023年浦东民政工作要点", B),
        ("2023年宝山区民政工作要点", None),
        ("宝山民政工作要点", None),
        ("区民政十四五规划", None),
        ("城乡社区服务实施方案", A),
        ("社区服务规划", None),
        ("市民政规划局", None),
    ],
)
def test_short_titles(text, key):
    assert READER.read(text).documents == ((key,) if key else ())


def test_a_short_title_that_fits_two_documents_names_neither():
    titles = {"甲发〔2022〕1号": "2022年甲区养老工作要点", "甲发〔2023〕1号": "2023年甲区养老工作要点"}
    reader = ReferenceReader(titles, [])
    assert reader.read("养老工作要点").documents == ()
    assert reader.read("2022年养老工作要点").documents == ("甲发〔2022〕1号",)


@pytest.fixture(scope="module")
def real_documents():
    return [read_document(path) for path in sorted((ROOT / "corpus/documents").glob("*.pdf"))]


@pytest.fixture(scope="module")
def real_reader(real_documents):
    return reader_of(real_documents)


def test_every_citation_that_the_base_makes_leads_back_to_its_clause(real_documents, real_reader):
    clauses = [clause for document in real_documents for clause in document.clauses]
    read = {clause.clause_id: real_reader.read(clause.citation).clause_ids for clause in clauses}
    assert {clause_id for clause_id, found in read.items() if clause_id not in found} == set()


@pytest.mark.parametrize("gold", GOLD, ids=[gold["id"] for gold in GOLD])
def test_every_spelling_in_the_real_documents(real_reader, gold):
    reference = real_reader.read(gold["query"])
    assert reference.documents == ((gold["document"],) if gold["document"] else ())
    assert set(reference.clause_ids) == set(gold["clause_ids"])
    assert content_words(reference.rest) == content_words(gold["rest"])
    assert bool(reference.missing) == gold["note"].startswith("names nothing")
    assert len(reference.near) == len(reference.missing)


@pytest.mark.parametrize("text", [A, "浦民发(2023)74号", "74号", "74号文", TITLES[A]])
def test_the_document_of_a_text(text):
    assert READER.document(text) == A


@pytest.mark.parametrize("text", ["99号", "", "浦民发〔2023〕", "浦府发〔2023〕74号", "74号和8号"])
def test_no_single_document(text):
    assert READER.document(text) is None


def test_a_clause_by_its_id():
    assert READER.clause("浦民发[2023]74号/四/(二)/２") == POINT
    assert READER.clause("浦民发〔2023〕74号/四") is None


def test_a_serial_that_two_documents_share_names_neither():
    reader = ReferenceReader(
        {"甲发〔2022〕5号": "甲", "乙发〔2023〕5号": "乙"}, ["甲发〔2022〕5号/1", "乙发〔2023〕5号/1"]
    )
    assert reader.document("5号") is None
    assert reader.document("乙发5号") == "乙发〔2023〕5号"


def test_a_document_without_number_is_known_by_its_title():
    reader = ReferenceReader({"关于a/b的通知": "关于a/b的通知"}, ["关于a/b的通知/一/1"])
    assert reader.read("《关于a/b的通知》第1点").clause_ids == ("关于a/b的通知/一/1",)
    assert reader.clause("关于a/b的通知/一/1") == "关于a/b的通知/一/1"
