"""The report: pictures, causes, what report.json holds, and that report.html shows it and lets no document write into it."""

from __future__ import annotations

import json
import re
from html.parser import HTMLParser
from pathlib import Path

import pytest

from eval.measures import figures
from eval.measures.faults import CAUSES, cause
from eval.measures.metrics import measure, summarise
from eval.records import Gold, Outcome, Question, Run
from eval.refusal import Example, Judged
from eval.report.markup import Markup, join, tag
from eval.report.page import as_html
from eval.report.pictures import Bar, Cell, Curve, bars, curves, heat, mirrored
from eval.report.provenance import provenance
from eval.report.results import Object, as_json, causes, refusal_results, results
from index.search.seen import Judgement
from ingest.records import Clause, Span

HOSTILE = "</style><script>alert(1)</script><b onclick='x'>\"&"
TEXTS = {"a": "甲句。", "b": "乙句。", "c": HOSTILE}
ASKED = (
    Question("q1", "everyday", "甲在哪里", (Gold("a", ("甲句。",)),), "test"),
    Question("q2", "everyday", HOSTILE, (Gold("c", ()),), "test", HOSTILE),
    Question("q3", "unanswerable", "没有的事", (), "test"),
    Question("q4", "target", "乙是多少", (Gold("b", ("乙句。",)),), "calibration"),
)
FACTS = {
    "reader": "3",
    "recipe": {"lexical": {"b": [0.3, 1]}, "name": "甲"},
    "embedder": {"name": None, "dimension": 2, "fingerprint": "f"},
    "sentences": 3,
}


def show(clause_id: str) -> Clause:
    """A clause by a letter."""
    text = TEXTS[clause_id]
    return Clause(clause_id, "clause", (), text, text, Span(0, len(text)), (1,), f"《{clause_id}》", ())


def made(name: str, *given: tuple[str, str | None, bool]) -> Run:
    """A run: ranking, first sentence, refused, for each question."""
    outcomes = tuple(Outcome(one, row[2], tuple(row[0]), row[1]) for one, row in zip(ASKED, given, strict=True))
    values = measure(outcomes)
    return Run(name, outcomes, values, summarise(outcomes, values))


@pytest.fixture
def found(tmp_path: Path) -> Object:
    """Two systems over four questions: the product puts the first second, misses the second, and answers the third."""
    path = tmp_path / "q.jsonl"
    path.write_text("内容", encoding="utf-8")
    bm25 = made("bm25", ("ab", "甲句。", False), ("c", HOSTILE, False), ("", None, True), ("b", "乙句。", False))
    fused = made(
        "fused", ("ba", "乙句。", False), ("ab", "甲句。", False), ("c", HOSTILE, False), ("b", "乙句。", False)
    )
    gathered = results((bm25, fused), path, "all", provenance(FACTS, ()) | {"store": "0123"}, show)
    judged = [
        Judged(
            Example(one.id, "类", one.query, bool(one.gold), one.split),
            Judgement("found" if chance >= 0.5 else "not_found", chance, (0.0,)),
        )
        for one, chance in zip(ASKED, (0.9, 1.0, 0.62, 0.31), strict=True)
    ]
    return gathered | {"refusal": refusal_results(judged, 0.5, [path])}


def test_text_is_escaped_and_tags_are_not() -> None:
    assert tag("p", "<b>", tag("i", "&"), title='"', class_="x", hidden=None) == (
        '<p title="&quot;" class="x">&lt;b&gt;<i>&amp;</i></p>'
    )
    assert tag("rect", x=1.25, width=3.0, stroke_width=2) == '<rect x="1.2" width="3" stroke-width="2"></rect>'
    assert join((Markup("<br>"), "<"), "&") == "<br>&amp;&lt;"


def test_a_bar_is_as_long_as_its_value_and_its_whisker_as_its_interval() -> None:
    drawn = bars([Bar("bm25", 0.5, 0.25, 0.75, "50.0 [25,75]", "#0072b2")], "题")
    assert '<rect x="4" y="18" width="164" height="13" fill="#0072b2"></rect>' in drawn
    assert '<line x1="86" y1="24.5" x2="250" y2="24.5"' in drawn
    assert ">50.0 [25,75]</text>" in drawn
    assert drawn.startswith('<svg viewBox="0 0 340 64" width="340" height="64" role="img"><title>题</title>')


def test_a_heat_map_is_darker_where_it_is_better() -> None:
    drawn = heat({"甲": [Cell("0", 0.0), Cell("100", 1.0), None]}, ["一", "二", "三"], "题")
    assert re.findall(r'<rect fill="([^"]+)"', drawn) == ["#eff6fc", "#003c6e", "none"]
    assert re.findall(r">([^<]+)</text>", drawn) == ["一", "二", "三", "甲", "0", "100", "–"]


def test_two_histograms_share_one_scale() -> None:
    drawn = mirrored([0, 4], [2, 0], ("有", "无"), 0.5, "题")
    assert re.findall(r'<rect x="[^"]+" y="([^"]+)" width="161" height="([^"]+)"', drawn) == [
        ("124", "48"),
        ("28", "96"),
    ]
    assert 'x1="170"' in drawn
    assert "门槛 0.50" in drawn


def test_a_curve_goes_through_its_points() -> None:
    drawn = curves([Curve("有", [(0.0, 0.0), (0.5, 1.0)], "#0072b2", True)], 0.9, "题")
    assert 'points="30.0,230.0 181.0,44.0"' in drawn
    assert drawn.count('stroke-dasharray="7 4"') == 2
    assert 'text-anchor="end" fill="#a3003c"' in drawn


@pytest.mark.parametrize(
    ("fault", "rank", "elsewhere", "key"),
    [
        ("误拒", 1, [1], "refused_first"),
        ("误拒", 2, [1], "refused_other"),
        ("误拒", None, [], "refused_other"),
        ("未找到", None, [None, 7], "found_elsewhere"),
        ("未找到", None, [None], "found_nowhere"),
        ("未居首位", 2, [3, 1], "first_elsewhere"),
        ("未居首位", 2, [3, None], "first_nowhere"),
        ("首句不符", 1, [1], "wrong_sentence"),
        ("应拒未拒", None, [], "answered"),
    ],
)
def test_what_to_mend(fault: str, rank: int | None, elsewhere: list[int | None], key: str) -> None:
    assert cause(fault, rank, elsewhere) == key
    assert key in CAUSES


def test_results_hold_what_was_asked_and_what_came(found: Object) -> None:
    assert (found["order"], found["primary"], found["depth"]) == (["bm25", "fused"], "fused", 10)
    assert found["questions"]["sha256"] == "7a688306423bec17ca6b53aca56e5c4f2b432380ce4b681ad9c1995445fb48a0"
    assert found["questions"]["items"]["q1"] == {
        "class": "everyday",
        "query": "甲在哪里",
        "split": "test",
        "note": "",
        "gold": [{"clause_id": "a", "sentences": ["甲句。"], "grade": 3, "by": ""}],
    }
    assert found["clauses"] == {id_: {"citation": f"《{id_}》", "text": text} for id_, text in TEXTS.items()}
    assert causes(found, "fused") == {"found_elsewhere": ["q2"], "first_elsewhere": ["q1"], "answered": ["q3"]}
    assert causes(found, "bm25") == {}


def test_differences_are_over_the_questions_that_count(found: Object) -> None:
    row = found["differences"]["bm25"]["Hit@1"]
    assert (row["count"], row["won"], row["lost"], row["difference"], row["p"]) == (3, 0, 2, -0.666667, 0.5)
    assert set(found["differences"]) == {"bm25"}


def test_refusals_by_kind_and_over_thresholds(found: Object) -> None:
    refusal = found["refusal"]
    assert [(row["kind"], row["count"], row["value"]) for row in refusal["kinds"]] == [
        ("全部无答案", 1, 0.0),
        ("类", 1, 0.0),
        ("全部有答案", 3, 0.333333),
        ("类", 3, 0.333333),
    ]
    at = {row["threshold"]: (row["answerable"], row["unanswerable"]) for row in refusal["curve"]}
    assert (at[0.3], at[0.5], at[0.65]) == ((0.0, 0.0), (0.333333, 0.0), (0.333333, 1.0))


def test_provenance_names_no_path() -> None:
    named = [provenance(FACTS | {"embedder": {"name": name}}, ())["embedder"]["name"] for name in (
        None, "BAAI/bge-small-zh-v1.5", "/home/x/models/mine", "./mine", "~/models/mine")]  # fmt: skip
    assert named == [None, "BAAI/bge-small-zh-v1.5", "mine", "mine", "mine"]
    digests = provenance(FACTS, ())["lists"]
    assert list(digests) == ["details.txt", "domain_words.txt", "regions.txt", "stop_words.txt"]
    assert all(re.fullmatch("[0-9a-f]{64}", digest) for digest in digests.values())


def test_provenance_names_all_that_is_fitted_and_set() -> None:
    found = provenance(FACTS, ())
    assert list(found["ranking"]) == ["lexical", "dense", "gives", "scope", "year", "tense"]
    assert found["search"] == {
        "depth": 100,
        "found_depth": 30,
        "official_weight": 0.5,
        "evidence_lead": 0.03,
        "evidence_count": 3,
        "read": 5,
        "reranked": 20,
    }
    assert re.fullmatch("[0-9a-f]{64}", found["refusal_model"]["sha256"])
    assert 0 < found["refusal_model"]["threshold"] < 1


def test_the_page_is_made_of_the_json_alone(found: Object) -> None:
    assert as_html(json.loads(as_json(found))) == as_html(found)


class Page(HTMLParser):
    """Collects tags, attributes and text of a page, and checks that every tag is closed in its turn."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str | None]] = []
        self.text = ""
        self.open: list[str] = []
        self.feed(text)

    def handle_starttag(self, name: str, attributes: list[tuple[str, str | None]]) -> None:
        self.tags.append(name)
        self.attributes += attributes
        if name not in ("meta", "br"):
            self.open.append(name)

    def handle_endtag(self, name: str) -> None:
        assert self.open.pop() == name

    def handle_data(self, data: str) -> None:
        self.text += data


def test_no_document_writes_into_the_page(found: Object) -> None:
    page = Page(as_html(found))
    assert page.open == []
    assert not {"script", "iframe", "img", "link", "b onclick"} & set(page.tags)
    assert not [name for name, _ in page.attributes if name.startswith("on") or name == "src"]
    assert {value[:1] for name, value in page.attributes if name == "href" and value} == {"#"}
    assert page.text.count(HOSTILE) >= 4
    assert "url(" not in as_html(found).replace("url(#hatch)", "")


def test_the_page_says_what_to_mend_and_lays_failures_side_by_side(found: Object) -> None:
    text = Page(as_html(found)).text
    assert "没取回，单用词语或向量却取回了" in text
    assert "首句命中至多 +33.3日常说法 1融合：" in text
    assert "本次没有评测 dense，归类时不知道它单独如何。" in text
    assert "查无依据拒答至多 +100.0查无依据 1拒答判断：" in text
    assert "未居首位甲在哪里q1 · 日常说法应当是《a》甲句。最先给出的《b》乙句。" in text
    assert "标准条款的名次：bm25 第 1，fused 第 2；所列条款里读不到答案；有依据的把握 0.90，门槛 0.50" in text
    assert "应当是未找到依据：库里没有条款回答它。最先给出的《c》" in text
    assert "本报告含 test 部分的题" in text
    assert "索引设置lexical.b = [0.3, 1]；name = 甲" in text
    assert "Hit@1-66.7 [-100,+0]0/2/10.50001.0000" in text


def test_every_figure_stands_in_a_table_too(found: Object) -> None:
    page = as_html(found)
    tables = Page("".join(re.findall("<table.*?</table>", page))).text
    for text in (
        "Hit@1100.0 [100,100]33.3 [0,100]",
        "日常说法（2）0.0 [0,0]",
        "0.90–0.9510",
        "0.30–0.3510",
    ):
        assert text in tables
    assert page.count("<svg") == page.count('role="img"') == 14 + 4 + 2  # ids of one letter name no document


def test_a_page_without_failures_or_chances(tmp_path: Path) -> None:
    path = tmp_path / "q.jsonl"
    path.write_text("", encoding="utf-8")
    right = (("a", "甲句。", False), ("c", HOSTILE, False), ("", None, True), ("b", "乙句。", False))
    gathered = results((made("bm25", *right),), path, "calibration", provenance(FACTS, ()) | {"store": "0"}, show)
    text = Page(as_html(gathered)).text
    assert "bm25 没有一题答错。" in text
    assert "差别是否站得住" not in text
    assert "逐题看失败" not in text
    assert "拒答：何时" not in text
    assert "本报告含 test" not in text


def test_no_difference_has_no_sign_of_minus() -> None:
    assert figures.points({"difference": -0.0001, "low": -0.004, "high": 0.01}) == "+0.0 [+0,+1]"
