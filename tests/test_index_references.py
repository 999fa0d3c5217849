"""References to documents and clauses in every spelling that people use."""

from __future__ import annotations

import pytest

from index.references import ReferenceReader

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
        ("表1第9行", "two documents"),
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
    assert reference.rest == "志愿者, 和 各怎么要求"


def test_a_question_without_reference_is_left_as_it_is():
    question = "《上海市城乡社区服务体系建设“十四五”规划》　讲什么"
    assert READER.read(question).documents == ()
    assert READER.read(question).rest == question


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
