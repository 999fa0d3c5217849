"""From when and until when a document is in force by its own words: what is stated, what is worked out, what is unknown."""

import pytest

from index.answer.force import forces_of, on
from index.answer.force_words import force_json, force_words, forces_text
from index.answer.repeals import repeals_of
from ingest import read_document

TEXT = """{title}
青民规〔2022〕3号

第一条 为加强管理，制定本办法。
{said}

青禾市民政局
2022年6月10日
"""
KEY = "青民规〔2022〕3号"


@pytest.fixture
def read(tmp_path):
    """Read one text, or several, to documents by key and their force on a day."""

    def read(*texts):
        found = {}
        for place, text in enumerate(texts):
            (tmp_path / f"{place}.txt").write_text(text, encoding="utf-8")
            one = read_document(tmp_path / f"{place}.txt")
            found[one.key] = one
        forces = forces_of(found, repeals_of(found))
        return found, lambda day, key=KEY: on(forces[key], day)

    return read


def text(said, title="青禾市养老服务办法"):
    return TEXT.format(title=title, said=said)


def told(ground):
    return ground and (ground.day, ground.is_stated, ground.rule)


@pytest.mark.parametrize(
    ("said", "since", "until"),
    [
        ("第二条 本办法自2022年7月1日起施行。", ("2022-07-01", True, ""), None),
        ("第二条 本办法自2022年7月1日起施行，有效期5年。", ("2022-07-01", True, ""), ("2027-06-30", False, "自2022年7月1日起5年")),
        ("第二条 本办法自2022年7月1日起施行，有效期至2025年12月31日。", ("2022-07-01", True, ""), ("2025-12-31", True, "")),
        ("第二条 本办法自印发之日起施行，有效期两年。", ("2022-06-10", False, "印发之日按文件日期2022年6月10日计"), ("2024-06-09", False, "自2022年6月10日起两年")),
        ("第二条 本办法自公布之日起30日后施行。", ("2022-07-10", False, "公布之日起30日后按文件日期2022年6月10日计"), None),
        ("第二条 本办法自公布之日起10个工作日后施行。", (None, False, "公布之日起10个工作日后按文件日期2022年6月10日计"), None),
        ("第二条 本办法自2022年8月起施行。", ("2022-08-01", False, "按该月第一日计"), None),
        ("第二条 本办法执行期限至2023年底。", None, ("2023-12-31", False, "按该月或该年最后一日计")),
        ("第二条 本办法自2022年7月1日起试行一年。", ("2022-07-01", True, ""), ("2023-06-30", False, "自2022年7月1日起一年")),
        ("第二条 本办法有效期三年。", None, ("2025-06-09", False, "自2022年6月10日（文件日期）起三年")),
        ("第二条 本办法自印发之日起施行，有效期五年，自2022年7月1日起计算。", ("2022-06-10", False, "印发之日按文件日期2022年6月10日计"), ("2027-06-30", False, "自2022年7月1日起五年")),
        ("第二条 本办法自《青禾市养老条例》公布之日起施行。", (None, False, ""), None),
        ("第二条 本办法有效期与《若干措施》一致。", None, (None, False, "")),
        ("第二条 本办法所称许可证有效期5年。", None, None),
    ],
)  # fmt: skip
def test_days_with_how_they_are_known(read, said, since, until):
    _, force = read(text(said))
    assert (told(force("2022-06-10").since), told(force("2022-06-10").until)) == (since, until)


@pytest.mark.parametrize(
    ("said", "day", "status"),
    [
        ("第二条 本办法自2022年7月1日起施行，有效期至2025年12月31日。", "2022-06-09", "尚未印发"),
        ("第二条 本办法自2022年7月1日起施行，有效期至2025年12月31日。", "2022-06-30", "尚未施行"),
        ("第二条 本办法自2022年7月1日起施行，有效期至2025年12月31日。", "2022-07-01", "现行"),
        ("第二条 本办法自2022年7月1日起施行，有效期至2025年12月31日。", "2025-12-31", "现行"),
        ("第二条 本办法自2022年7月1日起施行，有效期至2025年12月31日。", "2026-01-01", "有效期已过"),
        ("第二条 未特别注明时限的，本办法有效期至2023年12月31日。", "2024-01-01", "有效期已过，另有规定的除外"),
        ("第二条 养老服务由民政部门负责。", "2024-01-01", "未载明"),
        ("第二条 本办法自公布之日起10个工作日后施行。", "2024-01-01", "未载明"),
        ("第二条 本办法自印发之日起施行，有效期与《若干措施》一致。", "2024-01-01", "未载明"),
    ],
)
def test_the_status_on_a_day(read, said, day, status):
    assert read(text(said))[1](day).status == status


@pytest.mark.parametrize(
    ("title", "last", "words", "statuses"),
    [
        ("青禾市养老服务发展“十四五”规划", "2025-12-31", "十四五", ("规划期内", "规划期已过")),
        ("青禾市养老服务发展规划（2021—2025年）", "2025-12-31", "2021—2025年", ("规划期内", "规划期已过")),
        ("青禾市第十四个五年规划和2035年远景目标纲要", "2035-12-31", "第十四个五年", ("规划期内", "规划期内")),
    ],
)
def test_the_years_of_a_plan_are_worked_out_from_its_title(read, title, last, words, statuses):
    _, force = read(text("第二条 增加床位。", title))
    plan = force("2022-06-10").plan
    assert (plan.day, plan.words, plan.is_stated) == (last, words, False)
    assert tuple(force(day).status for day in ("2025-12-31", "2026-01-01")) == statuses


@pytest.mark.parametrize(
    ("title", "words"),
    [
        ("2022年青禾市民政工作要点", "2022年"),
        ("青禾市2022年度立法工作计划", "2022年度"),
        ("2022年青禾市政府工作报告", "2022年"),
        ("关于青禾市2022年义务教育阶段入学工作的实施意见（试行）", "2022年"),
    ],
)
def test_the_year_that_a_document_is_for_by_its_title(read, title, words):
    _, force = read(text("第二条 增加床位。", title))
    year = force("2022-06-10").plan
    assert (year.kind, year.day, year.words) == ("年度", "2022-12-31", words)
    assert [force(day).status for day in ("2022-12-31", "2023-01-01")] == ["所属年度内", "所属年度已过"]
    assert "题名所写年度2022年" in force_words(force("2023-01-01"))


@pytest.mark.parametrize(
    "title",
    [
        "青禾市养老服务清单（2022年版）的通知",
        "青禾市养老服务办法（2022年修订）",
        "青禾市2018年养老服务遗留问题处理意见",
        "青禾市养老服务办法",
    ],
)
def test_a_year_in_a_title_that_is_no_term(read, title):
    _, force = read(text("第二条 增加床位。", title))
    assert force("2026-01-01").status == "未载明"


def test_a_term_that_another_document_prolongs(read):
    said = "一、经研究，决定将《青禾市养老服务办法》（青民规〔2022〕3号）有效期延长至2027年12月31日。"
    later = (
        text(said, "关于延长有效期的通知").replace(KEY, "青民规〔2025〕1号", 1).replace("2022年6月10日", "2025年6月1日")
    )
    _, force = read(text("第二条 本办法自2022年7月1日起施行，有效期3年。"), later)
    until = force("2026-01-01").until
    assert (force("2026-01-01").status, until.day, until.key) == ("现行", "2027-12-31", "青民规〔2025〕1号")
    assert force("2028-01-01").status == "有效期已过"


def test_an_undated_document_that_is_in_force_from_its_issue_is_unknown(read):
    undated = text("第二条 本办法自印发之日起施行。").replace("2022年6月10日", "")
    force = read(undated)[1]("2024-01-01")
    assert (force.status, told(force.since)) == ("未载明", (None, False, ""))
    assert force_words(force) == (
        "未载明，有写明的日期不能推算（据《青禾市养老服务办法》（青民规〔2022〕3号）第二条：“第二条本办法自印发之日起施行。”）"
    )


def test_the_words_of_a_force(read):
    said = "第二条 本办法自2022年7月1日起施行，有效期5年。"
    documents, force = read(text(said))
    basis = "据《青禾市养老服务办法》（青民规〔2022〕3号）第二条：“第二条本办法自2022年7月1日起施行，有效期5年。”"
    rule = "推算：自2022年7月1日起5年"
    assert force_words(force("2024-01-01")) == (
        f"现行，自2022年7月1日起，至2027年6月30日（{basis}；{rule}；库中未见废止、代替它的文件）"
    )
    assert forces_text([(documents[KEY], force("2028-01-01"))]).splitlines() == [
        f"《青禾市养老服务办法》（青民规〔2022〕3号）：有效期已过，至2027年6月30日（{basis}；{rule}）",
        f"  施行日期2022年7月1日（{basis}）",
    ]


def test_a_force_as_programs_read_it(read):
    force = read(text("第二条 本办法自2022年7月1日起施行，有效期5年。"))[1]("2028-01-01")
    shown = force_json(force)
    words = shown.pop("words")
    assert words.startswith("有效期已过，至2027年6月30日（")
    ground = {
        "words": "第二条本办法自2022年7月1日起施行，有效期5年。",
        "clause_id": "青民规〔2022〕3号/第二条",
        "document": KEY,
        "citation": "《青禾市养老服务办法》（青民规〔2022〕3号）第二条",
    }
    assert shown == {
        "status": "有效期已过",
        "day": "2028-01-01",
        "issued": "2022-06-10",
        "since": "2022-07-01",
        "until": "2027-06-30",
        "grounds": [
            {"kind": "施行日期", "date": "2022-07-01", "stated": True, "rule": "", **ground},
            {"kind": "有效期", "date": "2027-06-30", "stated": False, "rule": "自2022年7月1日起5年", **ground},
        ],
        "cautions": [],
    }
