"""Search form, tokens, content words, and the thesaurus."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pytest

from index.question import lists, thesaurus, words

CORPUS_LISTS = Path(__file__).parent.parent / "corpus" / "lists"
OFFICE = """# 一个单位的说法
外来人员 农村社区外来人员 | 外地人
志愿者招募 志愿者注册 | 当义工
志愿者 志愿服务人员 = 义工
志愿服务 | 义工 当义工
最低生活保障 | 吃低保 低保
儿童 | 孩子
区政府 | 区里
社会工作者 = 社工
工会组织 | 工会
可以 | 能不能
"""


@pytest.fixture
def office():
    """Take up an office's thesaurus."""
    lists.use({"thesaurus_office.txt": OFFICE})
    yield
    lists.use({})


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("持证率达到４．５％，“社区云”！", "持证率达到4.5 社区云"),
        ("1、ＡＰＰ（小程序）", "1 app 小程序"),
        ("第1.条", "第1 条"),
        ("  养老\n\t床位\u3000数 ", "养老 床位 数"),
        ("﹝2023﹞—…《》", "2023"),
        ("", ""),
    ],
)
def test_search_form(text, form):
    assert words.search_form(text) == form


def test_tokens_of_three_kinds_never_collide():
    assert words.tokens("15分钟养老") == [
        *("w:15", "w:分钟", "w:养老"),
        *("c:15", "c:分", "c:钟", "c:养", "c:老"),
        *("b:15分", "b:分钟", "b:钟养", "b:养老"),
    ]


def test_pairs_do_not_reach_over_a_mark():
    assert [token for token in words.tokens("床位，养老") if token[0] == "b"] == ["b:床位", "b:养老"]


def test_domain_words_are_cut_whole():
    assert words.segment("社区事务受理服务中心推行综合为老服务中心") == [
        *("社区事务受理服务中心", "推行", "综合为老服务中心"),
    ]


def test_content_words_leave_out_question_words():
    assert words.content_words("请问浦东新区的养老床位有多少张？") == ["浦东新区", "养老床位", "张"]
    assert words.content_form("怎么办？") == ""
    assert words.content_form("低保的标准是多少") == "低保 标准"


def test_segmenter_name_has_version_and_digest():
    name, version, digest = words.segmenter_name().split()
    assert (name, len(version.split(".")), len(digest)) == ("jieba", 3, 12)


def test_jieba_writes_no_shared_cache(tmp_path, monkeypatch):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    words._segmenter.cache_clear()
    assert words.segment("民政工作") == ["民政工作"]
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "path",
    [lists.DATA / "domain_words.txt", lists.DATA / "stop_words.txt", *sorted(CORPUS_LISTS.glob("thesaurus_*.txt"))],
    ids=lambda path: path.name,
)
def test_word_lists_have_no_blank_or_double_entries(path):
    lines = [line for line in path.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
    assert lines == list(dict.fromkeys(line.strip() for line in lines if line.strip()))


def test_domain_dictionary_is_large_enough():
    assert len((Path(lists.DATA) / "domain_words.txt").read_text(encoding="utf-8").split()) >= 300


def test_official_words_take_the_longest_everyday_word_and_then_those_inside_it(office):
    assert thesaurus.read_as("外地人想当义工") == (
        ("外地人", ("外来人员", "农村社区外来人员")),
        ("当义工", ("志愿者招募", "志愿者注册", "志愿服务", "志愿者", "志愿服务人员")),
    )
    assert thesaurus.read_as("吃低保") == (("吃低保", ("最低生活保障",)),)
    assert thesaurus.official_words("统筹协调推进") == ()


def test_official_words_of_the_lists_beside_the_sample_documents():
    lists.use({path.name: path.read_text(encoding="utf-8") for path in CORPUS_LISTS.glob("*.txt")})
    try:
        assert thesaurus.read_as("外地人想当义工") == (
            ("外地人", ("外来人员", "农村社区外来人员")),
            ("当义工", ("志愿者招募", "志愿者注册", "志愿者", "志愿服务人员", "志愿人员", "志愿服务")),
        )
        assert thesaurus.read_as("吃低保") == (("吃低保", ("最低生活保障",)),)
    finally:
        lists.use({})


@pytest.mark.parametrize(
    ("question", "read", "not_read"),
    [
        ("社区里让不让孩子参加", "孩子", "区里"),
        ("上海的社工会不会派到云南", "社工", "工会"),
        ("能不能带孩子", "孩子", "能不能"),
    ],
)
def test_words_that_overlap_are_read_once_and_question_words_not_at_all(office, question, read, not_read):
    said = [word for word, _ in thesaurus.read_as(question)]
    assert read in said
    assert not_read not in said


def test_every_line_of_the_thesaurus_is_a_group():
    lines = [
        line
        for path in sorted(CORPUS_LISTS.glob("thesaurus_*.txt"))
        for line in path.read_text(encoding="utf-8").splitlines()
        if not line.startswith("#")
    ]
    assert len(lines) == 5335
    assert [line for line in lines if ("=" in line) == ("|" in line) or line.count("|") > 1] == []


def test_official_words_leave_out_what_the_question_holds(office):
    assert thesaurus.official_words("义工") == ("志愿者", "志愿服务人员", "志愿服务")
    assert thesaurus.official_words("义工的志愿服务") == ("志愿者", "志愿服务人员")


def test_an_office_adds_words_to_a_list_and_they_count_at_once():
    before = lists.digest()
    assert thesaurus.official_words("我要办掌上通") == ()
    try:
        lists.use({"thesaurus_office.txt": "# 本局的说法\n移动政务服务终端 | 掌上通\n"})
        assert thesaurus.official_words("我要办掌上通") == ("移动政务服务终端",)
        assert lists.digest() != before
        assert words.segment("随申办大厅")[0] != "随申办大厅"
        lists.use({"domain_words.txt": "随申办大厅\n"})
        assert words.segment("随申办大厅") == ["随申办大厅"]
        assert thesaurus.official_words("我要办掌上通") == ()
    finally:
        lists.use({})
    assert lists.digest() == before


def test_a_run_without_end_is_cut_up_before_words_are_looked_for():
    assert words.segment("已" * 1200 + "，养老床位") == ["已"] * 1200 + ["养老床位"]
    assert words.content_form("养" * 600 + "的床位") == "养" * 600 + " 床位"
