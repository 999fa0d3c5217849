"""Lists that an office edits: its forms of names are read beside the project's, and faults in them are told by line."""

import pytest

from ingest import fingerprint, list_problems, read_document
from ingest.errors import BadList
from ingest.records import ListProblem
from ingest.units.organisations import load_forms

PAGE = (
    "<html><body><h1>关于做好服务工作的通知</h1><div><p>各街道：</p><p>爱心驿站负责接待来访，区民政局负责指导。</p>"
    "<p>各窗口要公开事项，不得推诿。</p></div></body></html>"
)


@pytest.fixture
def office(tmp_path):
    """Write the office's list of organisations; give its folder and its path."""
    folder = tmp_path / "lists"
    folder.mkdir()

    def write(text, encoding="utf-8"):
        (folder / "organisations.txt").write_bytes(text.encode(encoding))
        return folder

    return write


def named(lists, *words):
    forms = load_forms(lists)
    return [forms.names_organisation(word) for word in words]


def test_an_office_adds_forms_to_those_of_the_project(office):
    lists = office("…驿站  # 街镇的服务站\n各窗口\n!新部门\n")
    assert named(None, "爱心驿站", "各窗口", "新部门", "区民政局") == [False, False, True, True]
    assert named(lists, "爱心驿站", "各窗口", "新部门", "区民政局") == [True, True, False, True]


def test_the_office_decides_where_both_lists_speak(office):
    assert named(None, "街镇", "有关部门", "新格局") == [True, True, False]
    assert named(office("!街镇\n!部门\n…格局\n"), "街镇", "有关部门", "新格局") == [False, False, True]


def test_a_document_is_read_with_the_office_list_and_an_edit_is_seen_at_once(tmp_path, office):
    path = tmp_path / "通知.html"
    path.write_text(PAGE, encoding="utf-8")

    def units(lists):
        return [unit.name for clause in read_document(path, lists).clauses for unit in clause.units]

    assert units(None) == ["区民政局"]
    assert units(tmp_path / "没有这个文件夹") == ["区民政局"]
    assert units(office("…驿站\n")) == ["爱心驿站", "区民政局"]
    assert units(office("…驿站\n各窗口\n")) == ["爱心驿站", "区民政局", "各窗口"]
    assert units(office("# 空\n")) == ["区民政局"]


def test_fingerprint_follows_what_the_lists_say(tmp_path, office):
    plain = fingerprint()
    assert fingerprint(tmp_path / "没有这个文件夹") == fingerprint(office("")) == plain
    added = fingerprint(office("…驿站\n各窗口\n"))
    assert added != plain
    assert fingerprint(office("各窗口 # 换了次序，加了说明\r\n\r\n…驿站\r\n")) == added
    assert fingerprint(office("…驿站\n")) not in (plain, added)


@pytest.mark.parametrize("text", ["\ufeff……驿站\r\n！部门\r\n", "...驿站\n!部门\n", "…驿站\n！部门\n"])
def test_signs_as_a_chinese_keyboard_writes_them(office, text):
    assert named(office(text), "爱心驿站", "有关部门") == [True, False]


@pytest.mark.parametrize(
    ("text", "encoding", "message"),
    [
        ("…驿站\n\n各窗口、各站点\n", "utf-8", "organisations.txt 第3行: “各窗口、各站点”不是词形；请写成“…局”“各区”或“!格局”这样的一行，只用汉字和字母，说明写在“#”之后"),
        ("…驿站\n", "gb18030", "organisations.txt: 词表不是 UTF-8 编码的文字；请用记事本另存为 UTF-8 编码"),
    ],
)  # fmt: skip
def test_a_list_at_fault_is_not_read_in_part(office, text, encoding, message):
    lists = office(text, encoding)
    for read in (load_forms, fingerprint):
        with pytest.raises(BadList) as caught:
            read(lists)
        assert str(caught.value) == message


def test_problems_are_told_by_line(office):
    lists = office(
        "# 本区\n…驿站\n各窗口\n…驿站  # 又一次\n!驿站\n…街道\n各窗口、各站点\n推进办\n…自由贸易试验区\n站\n…（镇）驿站\n"
    )
    file = str(lists / "organisations.txt")
    nothing = "对不上任何文字：名称要有2至24个字，不能有“的”“由”，开头也不能是“推进”“对”这样引出任务的词；请改写或删去"
    assert list_problems(lists) == tuple(
        ListProblem(file, line, text)
        for line, text in (
            (4, "“…驿站”与第2行重复；请删去一行"),
            (5, "“!驿站”与第2行“…驿站”矛盾；请只留一行"),
            (6, "“…街道”自带词表已有；可以删去"),
            (
                7,
                "“各窗口、各站点”不是词形；请写成“…局”“各区”或“!格局”这样的一行，只用汉字和字母，说明写在“#”之后",
            ),
            (8, f"“推进办”{nothing}"),
            (9, f"“…自由贸易试验区”{nothing}"),
            (10, f"“站”{nothing}"),
        )
    )


def test_a_list_that_is_no_text_is_one_problem(office):
    lists = office("…驿站\n", "gb18030")
    assert list_problems(lists) == (
        ListProblem(str(lists / "organisations.txt"), 1, "词表不是 UTF-8 编码的文字；请用记事本另存为 UTF-8 编码"),
    )


def test_the_lists_of_the_project_have_no_problems(tmp_path):
    assert list_problems() == ()
    assert list_problems(tmp_path) == ()


def test_brackets_in_a_form_count_for_nothing(office):
    assert named(None, "居（村）民小组", "村居民小组") == [True, True]
    assert named(office("…（镇）驿站\n"), "新镇驿站", "新（镇）驿站") == [True, True]
