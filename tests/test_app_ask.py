"""What the page answers, over the project's own documents as they are served; and the routes of 问答."""

from __future__ import annotations

import json
import re
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pytest

from app.desk import Desk
from app.tabs.ask import Put, answer

PLAN = "沪府办发〔2021〕16号"
SCHEME = "浦民发〔2023〕74号"
POINTS = "浦民发〔2023〕8号"
WIDEN = '<button type="button" class="plain" data-widen>查全部文件</button>'
HIDDEN = f'<p class="strip">所选文件以外写有 {WIDEN}</p>'


def replied(address: str, **put: object) -> str:
    """Put a question as the page does."""
    sent = Request(f"{address}view/answer", json.dumps(put).encode(), {"Content-Type": "application/json"})
    with urlopen(sent) as reply:
        return str(reply.read().decode())


def told(html: str) -> str:
    found = re.search('data-told="([^"]*)"', html)
    assert found
    return found[1]


def test_a_filter_that_hides_the_answer_says_so_and_offers_everything(address: str) -> None:
    html = replied(address, q="结婚登记能在外地办吗", doc=SCHEME)
    name = "《浦东新区民政局贯彻落实〈上海市城乡社区服务体系建设“十四五”规划〉实施方案》（浦民发〔2023〕74号）"
    assert f'<h2 class="question">结婚登记能在外地办吗</h2><p class="scope">只查了 {name} {WIDEN}</p></header>' in html
    assert (
        f'<p class="verdict not_found"><b>库中没有</b> <span>查了{name}一份文件，没有能回答这个问题的条款。</span></p>{HIDDEN}'
    ) in html
    assert '<div class="hit best">' in replied(address, q="结婚登记能在外地办吗")


def test_what_no_document_states_is_not_said_to_stand_elsewhere(address: str) -> None:
    html = replied(address, q="qwertyuiop zxcvbnm", doc=SCHEME)
    assert told(html) == "库中没有"
    assert HIDDEN not in html
    assert "<span>查了全部 4 份文件，没有" in replied(address, q="qwertyuiop zxcvbnm")


def test_a_filter_that_holds_the_answer_is_told_and_hides_nothing(address: str) -> None:
    html = replied(address, q="74号文对志愿服务站点有什么要求", doc=SCHEME)
    assert "只查了 " in html
    assert HIDDEN not in html


def test_a_question_that_names_another_document_is_asked_of_that_and_says_so(address: str) -> None:
    html = replied(address, q="74号文对志愿服务站点有什么要求", doc=POINTS)
    assert "只查了 " not in html
    assert (
        "（浦民发〔2023〕74号），已按它查，没有限于所选的《2023年浦东新区民政工作要点》（浦民发〔2023〕8号）</li>"
        in html
    )


def test_facts_of_a_document(address: str) -> None:
    html = replied(address, q="74号文何时印发")
    assert told(html) == "文件信息"
    assert "<dt>成文日期</dt><dd>2023年11月6日</dd>" in html
    assert "hit best" not in html


def test_a_table_that_is_named_is_one_table(address: str) -> None:
    html = replied(address, q=f"{PLAN}表1")
    assert told(html) == "共 15 条"
    assert html.count("<table") == html.count("<thead>") == 1
    assert html.count("<tr><td>") == 15
    assert "<th>序号</th><th>指标名称</th><th>单位</th><th>属性</th>" in html
    assert "<tr><td>2</td><td>养老床位数</td><td>万张</td><td>预期性</td>" in html


def test_a_part_that_is_named_stands_below_its_headings(address: str) -> None:
    html = replied(address, q=f"{SCHEME}第四部分")
    assert html.count("<h4>四、主要任务</h4>") == 1
    assert html.count('<p class="clause">') == int(re.findall(r"\d+", told(html))[0])


def test_a_long_list_is_turned_page_by_page(address: str) -> None:
    first, second = replied(address, q="哪些条款提到社区"), replied(address, q="哪些条款提到社区", first=51)
    total = int(re.findall(r"\d+", told(first))[0])
    assert told(first) == f"共 {total} 条，以下是第 1—50 条"
    assert told(second) == f"共 {total} 条，以下是第 51—{total} 条"
    assert re.findall(r'data-first="(\d+)">([^<]+)', first) == [("51", "下一页")]
    assert re.findall(r'data-first="(\d+)">([^<]+)', second) == [("1", "上一页")]


def test_a_reading_can_be_switched_off(address: str) -> None:
    question = "“社区云”家庭注册比例，市里和浦东的目标各是多少"
    assert re.findall('data-literal="([^"]*)">([^<]*)', replied(address, q=question)) == [("市里", "只按“市里”查")]
    assert "data-literal" not in replied(address, q=question, literal=["市里"])


def test_the_day_by_whose_law_it_is_answered(address: str) -> None:
    assert '<p class="scope">按 2022年1月1日 的效力</p>' in replied(address, q="养老床位", day="2022年1月1日")
    assert told(replied(address, q="养老床位", day="2022-13-45")) == "日期“2022-13-45”不是一个日期"


@pytest.mark.parametrize(
    ("question", "printed"),
    [
        ("养老<b>床位", "养老&lt;b&gt;床位"),
        ("“养老”&'床位'", "“养老”&amp;&#39;床位&#39;"),
        ("qwertyuiop", "qwertyuiop"),
        ("？！<i>。", "？！&lt;i&gt;。"),
        ("长" * 10_000, "长" * 300),
    ],
)
def test_every_answer_prints_its_own_question(address: str, question: str, printed: str) -> None:
    assert replied(address, q=question).count(f'<h2 class="question">{printed}</h2>') == 1


def test_a_huge_question_is_answered_in_words(address: str) -> None:
    assert told(replied(address, q="长" * 100_000)) == "问题有 100000 个字，超过上限 1000 个字"


def test_a_question_longer_than_any_is_refused_in_words(address: str) -> None:
    with pytest.raises(HTTPError) as refused:
        replied(address, q="长" * 1_000_000)
    assert refused.value.code == 413
    assert "超过" in refused.value.read().decode()


def test_a_question_put_before_there_is_a_base_is_kept(tmp_path: Path) -> None:
    html = answer(Desk(tmp_path), Put("养老<床位" + "长" * 10_000))
    assert html == (
        f'<header class="put"><h2 class="question">养老&lt;床位{"长" * 295}</h2></header>'
        '<div class="message wait" data-told="知识库还在准备"><b>知识库还在准备</b><p>正在打开知识库。准备好后自动作答，不用再问。</p></div>'
    )


def test_a_page_left_open_learns_of_which_base_a_reply_speaks(address: str) -> None:
    with urlopen(f"{address}view/state") as state, urlopen(f"{address}view/front") as front:
        assert (state.status, state.read()) == (204, b"")
        assert re.fullmatch("[0-9a-f]{64}", state.headers["X-Base"])
        assert front.headers["X-Base"] == state.headers["X-Base"]
        assert front.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize("body", [b"", b"{", b'{"first": "x"}', b'{"literal": 1}'])
def test_what_is_no_question_is_no_fault_of_the_server(address: str, body: bytes) -> None:
    with pytest.raises(HTTPError) as refused:
        urlopen(Request(f"{address}view/answer", body, {"Content-Type": "application/json"}))
    assert refused.value.code == 400
    assert "请" in refused.value.read().decode()


TAG = '<span class="tag golden">应为此条</span>'


def test_clauses_that_should_answer_are_marked_and_those_not_shown_are_listed(address: str) -> None:
    question = "结婚登记能在外地办吗"
    shown = re.findall(r'data-basket="([^"]+)"', replied(address, q=question))
    other, hostile = f"{SCHEME}/四/（二）/2", "<img src=x onerror=hacked=1>"
    html = replied(address, q=question, gold=[shown[1], shown[0], other, hostile, other])
    assert html.count(TAG) == 2
    assert f'<div class="hit best"><div class="words"><p class="should">{TAG}</p>' in html
    assert f"<summary>{TAG}" in html
    assert (
        '<section class="absent"><h3 class="over">应为下列条款，上面没有列出</h3><ul>'
        '<li><a href="c/%E6%B5%A6%E6%B0%91%E5%8F%91%E3%80%942023%E3%80%9574%E5%8F%B7/%E5%9B%9B/%EF%BC%88%E4%BA%8C%EF%BC%89/2">'
    ) in html
    assert f"<li>{hostile.replace('<', '&lt;').replace('>', '&gt;')}（库中没有）</li></ul></section>" in html
    assert html.count('<li><a href="c/%E6%B5%A6%E6%B0%91%E5%8F%91%E3%80%942023%E3%80%9574') == 1


def test_rows_and_clauses_of_a_part_that_should_answer_are_marked(address: str) -> None:
    assert f"<td>{TAG}<a href=" in replied(address, q=f"{PLAN}表1", gold=[f"{PLAN}/表1/2"])
    part = replied(address, q=f"{SCHEME}第四部分", gold=[f"{SCHEME}/四/（二）/2"])
    assert part.count(f'<p class="clause">{TAG}') == 1
    assert "absent" not in part
    assert "上面没有列出" in replied(address, q="74号文何时印发", gold=[f"{SCHEME}/四/（二）/2"])
    assert TAG not in replied(address, q=f"{SCHEME}第四部分")
