"""What the publishing site says of the force of a document (有效性：失效): whose words they are, what they settle, where they jar."""

import pytest
from office_texts import put

from index.answer.force_words import force_words
from index.knowledge_base import KnowledgeBase

TEXT = """<html><head><meta charset="utf-8"><title>青禾市养老服务补贴办法</title></head><body>
<ul>{label}<li>发文字号：青民规〔2020〕3号</li><li>发布日期：2020-06-02</li></ul>
<h1>青禾市养老服务补贴办法</h1>
<p>各区民政局：为规范养老服务补贴，现将有关事项通知如下，请认真贯彻执行。</p>
<p>一、养老服务补贴标准为每人每月300元，由各区民政局按月发放。</p>
<p>二、区民政局应当每季度公布补贴发放情况，接受社会监督。</p>
{last}<p>青禾市民政局</p><p>2020年6月1日</p>
</body></html>"""
START = "<p>三、本办法自2020年7月1日起施行。</p>"
TERM = "<p>三、本办法自2020年7月1日起施行，有效期至2030年6月30日。</p>"
PAST = "<p>三、本办法自2020年7月1日起施行，有效期至2022年6月30日。</p>"
KEY, DAY = "青民规〔2020〕3号", "2024-05-01"


@pytest.fixture
def base(tmp_path):
    def build(label, last=""):
        put(tmp_path / "corpus", "页.html", TEXT.format(label=f"<li>{label}</li>", last=last))
        KnowledgeBase.build(tmp_path / "corpus", tmp_path / "store")
        return KnowledgeBase.open(tmp_path / "store")

    return build


def force_of(base, day=DAY):
    return base.forces(day, KEY)[0][1]


def test_a_label_settles_what_documents_leave_open(base):
    found = force_of(base("有效性：失效"))
    assert (found.status, found.cautions) == ("发布网站标注失效", ())
    assert force_words(found) == "发布网站标注失效，未写明日期（据发布网站标注：“有效性：失效”）"


def test_a_label_that_says_valid_is_the_sites_word(base):
    assert (
        force_words(force_of(base("是否有效：是"))) == "发布网站标注有效，未写明日期（据发布网站标注：“是否有效：是”）"
    )


def test_a_label_of_an_end_stands_against_a_start_without_an_end(base):
    found = force_of(base("文件状态：已废止", START))
    assert found.status == "发布网站标注失效"
    assert force_words(found) == (
        "发布网站标注失效，未写明日期，2020年7月1日起施行（据发布网站标注：“文件状态：已废止”；"
        "据《青禾市养老服务补贴办法》（青民规〔2020〕3号）第三部分：“三、本办法自2020年7月1日起施行。”）"
    )
    assert force_of(base("文件状态：已废止", START), "2020-06-15").status == "尚未施行"


def test_a_day_in_the_label_counts(base):
    opened = base("失效日期：2023-12-31")
    assert force_words(force_of(opened, "2023-12-31")) == (
        "发布网站标注有效，至2023年12月31日（据发布网站标注：“失效日期：2023-12-31”）"
    )
    assert force_of(opened, "2024-01-01").status == "发布网站标注失效"


@pytest.mark.parametrize(
    ("label", "last", "status", "caution"),
    [
        ("有效性：失效", TERM, "现行", "发布网站标注“有效性：失效”，未写明自何日起，与“现行”不一致，请核对"),
        ("时效性：现行有效", PAST, "有效期已过", "发布网站标注“时效性：现行有效”，与“有效期已过”不一致，请核对"),
        ("时效性：部分失效", START, "现行", "发布网站标注“时效性：部分失效”，未写明是哪些条款，请核对"),
        ("时效性：已修改", START, "现行", "发布网站标注“时效性：已修改”，所引是否为修改后的文字，请核对"),
    ],
)
def test_a_label_that_does_not_go_with_the_text_is_told(base, label, last, status, caution):
    found = force_of(base(label, last))
    assert (found.status, found.cautions) == (status, (caution,))


@pytest.mark.parametrize(("label", "last"), [("有效性：有效", TERM), ("有效性：失效", PAST), ("有效性：不限", START)])
def test_a_label_that_goes_with_the_text_is_no_caution(base, label, last):
    assert force_of(base(label, last)).cautions == ()


def test_a_label_leaves_nothing_out_and_stands_beside_the_answer(base):
    opened = base("有效性：失效")
    answer = opened.ask("养老服务补贴标准是多少", as_of=DAY)
    assert answer.hits[0].force.status == "发布网站标注失效"
    told = opened.ask("养老服务补贴标准是多少").warnings
    assert "《青禾市养老服务补贴办法》发布网站标注：“有效性：失效”" in told
