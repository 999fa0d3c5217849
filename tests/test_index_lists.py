"""The lists that an office may edit: forms that nothing reads, words said twice, and words that contradict a stop word."""

from __future__ import annotations

from threading import Event, Thread

import pytest

from index.__main__ import main
from index.errors import CorpusError
from index.question import lists
from index.question.list_checks import check_lists
from index.question.lists import DATA
from index.question.thesaurus import official_words


@pytest.fixture
def problems(tmp_path):
    """Write lists of an office, and tell what is wrong with them."""

    def told(**lists):
        folder = tmp_path / "lists"
        folder.mkdir(exist_ok=True)
        for name, text in lists.items():
            (folder / f"{name}.txt").write_text(text, encoding="utf-8")
        _, found = check_lists(tmp_path)
        label = folder.as_posix()
        return [
            (one.file.removeprefix(f"{label}/"), one.line, one.text.replace(f"{label}/", ""), one.is_fault)
            for one in found
            if one.file.startswith(label)
        ]

    return told


def test_lists_that_are_well(problems):
    assert (
        problems(
            domain_words="# 本区的说法\n家门口驿站\n\n睦邻客厅\n",
            thesaurus_own="睦邻客厅 | 老邻居活动的屋子\n家门口驿站 = 家门口小站\n",
            details="[price] 价目\n？多少价{end}\n！{number}元\n",
            regions="# 街道\n百草园街道\n",
            stop_words="劳驾您\n",
        )
        == []
    )


@pytest.mark.parametrize(
    ("name", "text", "line", "told"),
    [
        ("domain_words", "睦邻客厅\n睦邻 客厅\n", 2, "“睦邻 客厅”不是一个词；一行只写一个词，不带空格和标点"),
        ("stop_words", "——\n", 1, "“——”不是一个词；一行只写一个词，不带空格和标点"),
        ("regions", "浦东、南汇\n", 1, "“浦东、南汇”不是一个词；一行只写一个词，不带空格和标点"),
        *(
            ("thesaurus_own", f"{line}\n", 1, f"“{line}”不是对照；请写成“公文用语 … | 日常说法 …”或“甲 = 乙”")
            for line in ("睦邻客厅", "睦邻客厅 |", "| 老屋子", "甲甲 | 乙乙 | 丙丙", "甲甲 =", "甲甲 = 乙乙 丙丙", "甲甲 = 乙乙 | 丙丙")
        ),
        ("details", "？多少价\n", 1, "“？多少价”不属于哪一项；每行以“？”或“！”起头，写在“[名称]”之下"),
        ("details", "[price] 价目\n？多少价\n", 1, "“[price] 价目”下面缺“？”行或“！”行；两种都要有"),
        ("details", "[price]\n？多少(价\n！元\n", 2, "“？多少(价”不是有效的正则表达式"),
        ("details", "[price]\n？价\n！元\n元\n", 4, "“元”不属于哪一项；每行以“？”或“！”起头，写在“[名称]”之下"),
    ],
)  # fmt: skip
def test_a_line_of_no_known_form(problems, name, text, line, told):
    assert problems(**{name: text}) == [(f"{name}.txt", line, told, True)]


def test_a_word_said_twice(problems):
    lines = (DATA / "domain_words.txt").read_text(encoding="utf-8").splitlines()
    own = f"index/question/data/domain_words.txt 第{lines.index('养老服务') + 1}行"
    assert problems(domain_words="睦邻客厅\n养老服务\n睦邻客厅\n", regions="百草园街道\n百草园街道\n") == [
        ("domain_words.txt", 2, f"“养老服务”重复，{own} 已有；请删去一处", False),
        ("domain_words.txt", 3, "“睦邻客厅”重复，domain_words.txt 第1行 已有；请删去一处", False),
        ("regions.txt", 2, "“百草园街道”重复，regions.txt 第1行 已有；请删去一处", False),
    ]


def test_a_line_of_the_thesaurus_that_says_nothing_new(problems):
    """甲甲 stands for something new on line 3; of line 4 丙丙 is new, so all of it stays."""
    text = "公文甲 公文乙 | 甲甲 乙乙\n公文甲 | 甲甲\n公文丙 | 甲甲\n公文甲 = 公文乙 = 丙丙\n丙丙 = 公文甲\n"
    assert problems(thesaurus_own=text) == [
        ("thesaurus_own.txt", 2, "“甲甲”的这些意思 thesaurus_own.txt 第1行 已有；可以删去", False),
        ("thesaurus_own.txt", 5, "“丙丙”的这些意思 thesaurus_own.txt 第4行 已有；可以删去", False),
        ("thesaurus_own.txt", 5, "“公文甲”的这些意思 thesaurus_own.txt 第4行 已有；可以删去", False),
    ]


def test_a_word_in_several_lists(problems):
    """A word of the thesaurus may be one of the domain, but a stop word is nothing else."""
    assert problems(
        stop_words="劳驾您\n", domain_words="睦邻客厅\n", regions="睦邻客厅\n", thesaurus_own="睦邻客厅 | 劳驾您\n"
    ) == [
        ("regions.txt", 1, "“睦邻客厅”也在 domain_words.txt 第1行；请看是否只该留一处", False),
        ("thesaurus_own.txt", 1, "“劳驾您”是停用词（stop_words.txt 第1行）；请只留一处", False),
    ]


def test_a_full_width_word_is_the_same_word(problems):
    assert problems(domain_words="Ｋ歌房\nk歌房\n") == [
        ("domain_words.txt", 2, "“k歌房”重复，domain_words.txt 第1行 已有；请删去一处", False)
    ]


def test_files_that_are_no_lists(problems, tmp_path):
    (tmp_path / "lists").mkdir()
    (tmp_path / "lists" / "README.md").write_text("说明", encoding="utf-8")
    (tmp_path / "lists" / "domain_words.txt").write_bytes("睦邻客厅\n".encode("gbk"))
    (tmp_path / "lists" / "regions.txt").write_bytes("\ufeff浦东新城\n".encode())
    assert [
        (name, told.split("；")[0], fault)
        for name, _, told, fault in problems(thesauri="甲 = 乙\n", affairs="占道烧烤摊\n")
    ] == [
        ("affairs.txt", "不认识这个词表", True),
        ("domain_words.txt", "读不出来", True),
        ("regions.txt", "开头有字节序标记（BOM）", True),
        ("thesauri.txt", "不认识这个词表", True),
    ]


def test_no_corpus(tmp_path):
    with pytest.raises(CorpusError, match="没有文件夹"):
        check_lists(tmp_path / "none")


def test_the_command(capsys, tmp_path):
    """The package's own lists have no fault; those of an office are read from its corpus."""
    assert main(["lists", "check", "--corpus", str(tmp_path)]) == 0
    assert capsys.readouterr().out.splitlines()[-1].startswith("检查了 4 个词表：0 处错误，")
    (tmp_path / "lists").mkdir()
    (tmp_path / "lists" / "regions.txt").write_text("浦东 新城\n", encoding="utf-8")
    assert main(["lists", "check", "--corpus", str(tmp_path)]) == 1
    *_, line, last = capsys.readouterr().out.splitlines()
    assert line.endswith("/lists/regions.txt 第1行：错误：“浦东 新城”不是一个词；一行只写一个词，不带空格和标点")
    assert last.startswith("检查了 5 个词表：1 处错误，")


def test_lists_needs_to_be_told_what_to_do():
    with pytest.raises(SystemExit, match="2"):
        main(["lists"])


def test_the_package_ships_four_lists_and_no_thesaurus():
    names = ["details.txt", "domain_words.txt", "regions.txt", "stop_words.txt"]
    assert sorted(path.name for path in DATA.iterdir() if path.is_file()) == names
    assert official_words("外地人想当义工") == ()


def test_lists_of_the_package_can_be_left_out_and_taken_up_again():
    before, regions = lists.digest(), lists.lines("regions.txt")
    assert "黄浦" in regions
    lists.use({"regions.txt": "浦东新城\n"}, ["regions.txt"])
    try:
        assert lists.lines("regions.txt") == ("浦东新城",)
        assert lists.digest() != before
    finally:
        lists.use({})
    assert (lists.lines("regions.txt"), lists.digest()) == (regions, before)


def test_lists_of_an_office_go_as_they_come():
    before = lists.digest()
    lists.use({"thesaurus_own.txt": "外来人员 | 外地人\n"})
    try:
        assert official_words("外地人想当义工") == ("外来人员",)
        assert lists.digest() != before
    finally:
        lists.use({})
    assert (official_words("外地人想当义工"), lists.digest()) == ((), before)


def test_the_lists_beside_the_sample_documents_have_no_fault():
    count, found = check_lists(DATA.parents[2] / "corpus")
    assert (count, [one for one in found if one.is_fault]) == (11, [])


def test_what_is_being_made_while_other_lists_are_taken_up_is_not_kept(monkeypatch):
    """A base that answers, and one that is opened beside it with other lists: what was made of the former is not found later."""
    monkeypatch.setattr(lists, "_made", [*lists._made])
    read, go = Event(), Event()

    @lists.from_lists()
    def last_region():
        last = lists.lines("regions.txt")[-1]
        read.set()
        go.wait(10)
        return last

    try:
        made, taken = Thread(target=last_region), Thread(target=lists.use, args=({"regions.txt": "百草园"},))
        made.start()
        read.wait(10)
        taken.start()
        taken.join(0.2)  # waits for what is being made
        go.set()
        made.join(10)
        taken.join(10)
        assert last_region() == "百草园"
    finally:
        lists.use({})
