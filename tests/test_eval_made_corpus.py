"""A corpus made of official texts: the same for the same seed, and read back as it was meant."""

from __future__ import annotations

import gzip
import json
import re
import unicodedata
from collections import Counter

import pytest

from eval.made_corpus.__main__ import main
from eval.made_corpus.drafts import Head, Paragraph, notice, rules
from eval.made_corpus.offices import OFFICES, Numbers
from eval.made_corpus.plan import made
from eval.made_corpus.texts import Law, read_texts
from eval.questions import QuestionsError
from ingest import read_document

SUBJECTS = (
    "城市绿化", "河道", "养老服务", "学前教育", "殡葬", "公园", "献血", "户外广告",
    "停车场", "档案", "宗教场所", "供水", "集贸市场", "广告牌匾", "旅游资源", "残疾人就业",
)  # fmt: skip
ARTICLES = (
    "为了加强{}管理，保障公众合法权益，根据有关法律、法规，结合本市实际，制定本条例。",
    "本市行政区域内{}的规划、建设和监督检查活动，适用本条例。",
    "市人民政府应当将{}工作纳入年度计划，所需经费列入本级财政预算，并定期检查落实情况。",
    "从事{}活动的单位，应当具备下列条件：（一）有固定的场所和必要的设施；（二）有三名以上专业人员；（三）有健全的管理制度。"
    "具体办法由市主管部门另行制定。",
    "市主管部门应当建立{}信息平台，及时公开办事指南、收费标准和投诉渠道，方便单位和个人查询。总则",
    "申请{}许可的，主管部门应当自受理之日起二十日内作出决定；不予许可的，应当书面说明理由。",
    "违反本条例规定，擅自占用{}设施的，由主管部门责令限期改正，可以处二千元以上一万元以下罚款。",
    "本条例自2016年6月1日起施行。",
)
POINTS = (
    "健全服务。到2025年，每个街道至少建成一处综合服务中心，服务半径不超过一公里。",
    "强化资金保障。各级财政安排“为民·惠民”专项资金，重点支持农村地区和困难群众，做到专款专用。",
    "各位代表。现在请审议这份报告，并请各位列席人员提出意见，谢谢大家的支持和帮助。",
)


@pytest.fixture(scope="module")
def training(tmp_path_factory):
    folder = tmp_path_factory.mktemp("training")
    laws = [
        f"上海市{subject}管理条例第{'一二三四五六七八'[place]}条{text.format(subject)}\n"
        for subject in SUBJECTS
        for place, text in enumerate(ARTICLES)
    ]
    for name, lines in {"law_local_regulations": laws, "gov_reports": [f"{one}\n" for one in POINTS]}.items():
        with gzip.open(folder / f"text_{name}.txt.gz", "wt", encoding="utf-8") as file:
            file.writelines(lines)
    return folder


def written(out, training, *more):
    assert main([str(out), "--training", str(training), "--documents", "30", *more]) == 0
    return {path.relative_to(out).as_posix(): path.read_bytes() for path in sorted(out.rglob("*")) if path.is_file()}


def plain(text):
    return re.sub(r"\s", "", unicodedata.normalize("NFKC", text))


def test_texts_are_articles_without_their_numbers_and_points(training):
    texts = read_texts(training)
    assert [law.topic for law in texts.laws][:2] == ["城市绿化管理", "河道管理"]
    assert texts.laws[0].articles[4].endswith("方便单位和个人查询。")
    assert texts.points == POINTS[:2]


def test_the_same_seed_gives_the_same_bytes_and_another_others(tmp_path, training):
    first = written(tmp_path / "a", training)
    assert first == written(tmp_path / "b", training)
    assert first["documents/m00002.pdf"] != written(tmp_path / "c", training, "--seed", "8")["documents/m00002.pdf"]
    assert Counter(name[-4:] for name in first) == {"docx": 10, "html": 10, ".pdf": 10, "sonl": 1}


def test_ten_of_each_format_are_read_as_they_were_written(tmp_path, training):
    written(tmp_path, training)
    truths = (tmp_path / "truth.jsonl").read_text(encoding="utf-8").splitlines()
    for one, line in zip(made(read_texts(training), 30, 20231106), truths, strict=True):
        document, head, true = read_document(tmp_path / "documents" / one.name), one.draft.head, json.loads(line)
        said = document.metadata
        assert (said.number, said.title, said.issuer, said.date) == (
            head.number, head.title, head.office.name, head.date
        )  # fmt: skip
        assert (true["number"], true["title"], true["clauses"]) == (head.number, head.title, len(document.clauses))
        assert [plain(clause.text) for clause in document.clauses] == [plain(text) for text in one.draft.clauses]
        assert document.account.lost == 0


def test_smaller_corpora_are_the_beginning_of_larger_ones(training):
    texts = read_texts(training)
    assert list(made(texts, 60, 1))[:20] == list(made(texts, 20, 1))


def test_the_rarer_kinds_stand_at_their_places(training):
    files = list(made(read_texts(training), 120, 1))
    numbers = [one.draft.head.number for one in files if not one.rendition_of and one.draft.head.number]
    assert len(numbers) == len(set(numbers))
    assert {one.serial: one.rendition_of for one in files if one.rendition_of} == {
        12: "m00011.pdf", 37: "m00036.docx", 62: "m00061.html", 87: "m00086.pdf", 112: "m00111.docx"
    }  # fmt: skip
    repealing = [one for one in files if one.draft.head.repeals]
    assert {one.serial for one in repealing} <= {39, 79, 119} and repealing
    for one in repealing:
        title, number = one.draft.head.repeals
        assert one.draft.clauses[-1].endswith(f"《{title}》（{number}）同时废止。")
        assert number in numbers[: one.serial]
    first, second = files[48].draft.head, files[49].draft.head
    assert (first.number, second.number, first.title) == (None, None, second.title)
    assert first.office.place != second.office.place and first.date != second.date


def test_rules_part_items_and_name_themselves():
    head = Head("青民发〔2024〕1号", "青禾市殡葬管理办法", OFFICES[5], "2024-03-04", ("旧办法", "青民发〔2020〕2号"))
    law = Law(
        "殡葬管理", ("适用本条例。", "可以申请：（一）老人；（二）儿童。申请免费。", "本条例自2016年6月1日起施行。")
    )
    draft = rules(head, law, 9)
    assert [one.text for one in draft.paragraphs][4:] == [
        "现将《青禾市殡葬管理办法》印发给你们，请认真遵照执行。",
        "青禾市民政局",
        "2024年3月4日",
        "青禾市殡葬管理办法",
        "第一条　适用本办法。",
        "第二条　可以申请：",
        "（一）老人；",
        "（二）儿童。",
        "申请免费。",
        "第三条　本办法自2025年1月1日起施行。《旧办法》（青民发〔2020〕2号）同时废止。",
    ]
    assert len(draft.clauses) == 7


def test_a_notice_without_a_number_has_no_line_for_it():
    draft = notice(Head(None, "关于献血的通知", OFFICES[0], "2024-03-04"), ["应当献血。"])
    assert Paragraph("title", "关于献血的通知") == draft.paragraphs[1]
    assert [one.role for one in draft.paragraphs] == ["red", "title", "address", "body", "body", "right", "right"]


def test_numbers_go_on_within_an_office_and_year():
    class First:
        def choice(self, of):
            return of[0]

    numbers = Numbers()
    given = [numbers.next(OFFICES[5], year, First()) for year in (2023, 2023, 2024)]
    assert given == ["青民发〔2023〕1号", "青民发〔2023〕2号", "青民发〔2024〕1号"]


def test_real_documents_are_put_beside_them(tmp_path, training):
    offices = tmp_path / "offices"
    (offices / "extra").mkdir(parents=True)
    for name in ("h001.html", "INDEX.tsv", "README.md", "extra/h002.html"):
        (offices / name).write_text("甲", encoding="utf-8")
    files = written(tmp_path / "out", training, "--offices", str(offices))
    assert [name for name in files if not name.startswith("documents/m")] == ["documents/h001.html", "truth.jsonl"]


def test_a_folder_without_texts_and_a_corpus_already_there_are_told(tmp_path, training, capsys):
    with pytest.raises(QuestionsError, match="没有可用的"):
        read_texts(tmp_path)
    (tmp_path / "documents").mkdir()
    assert main([str(tmp_path), "--training", str(training)]) == 1
    assert f"{tmp_path / 'documents'}：已经在那里" in capsys.readouterr().err


def test_too_few_titles_are_told(training):
    with pytest.raises(QuestionsError, match="题目都用过了"):
        list(made(read_texts(training), 100_000, 1))
