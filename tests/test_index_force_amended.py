"""A text that was changed after the day that is asked about: the base has it as it stands now, and says so."""

import pytest
from office_texts import put

from index.knowledge_base import KnowledgeBase

TEXT = """青禾市养老服务办法

（{note}）

第一条　为规范养老服务，制定本办法。
第二条　养老服务补贴标准为每人每月300元，由区民政局发放。
第三条　本办法自{since}起施行。
"""
PASSED = "2016年7月27日青禾市人民政府令第60号发布"
LATER = f"{PASSED}　根据2019年12月28日青禾市人民政府令第46号修正"
KEY = "青禾市人民政府令第60号"
CHANGED = "库中是修改后的文字（自{}起），此前的文字库中没有，请另行查找"


@pytest.fixture
def base(tmp_path):
    def build(note, since):
        put(tmp_path / "corpus", "办法.txt", TEXT.format(note=note, since=since))
        KnowledgeBase.build(tmp_path / "corpus", tmp_path / "store")
        return KnowledgeBase.open(tmp_path / "store")

    return build


def told(base, day):
    force = base.forces(day)[0][1]
    return force.status, force.cautions


def test_before_the_change_the_words_of_the_base_are_not_those_in_force(base):
    opened = base(LATER, "2016年11月1日")
    assert told(opened, "2016-10-01") == ("尚未施行", ())
    assert told(opened, "2017-06-30") == ("现行", (CHANGED.format("2019年12月28日"),))
    assert told(opened, "2019-12-28") == ("现行", ())


def test_a_text_whose_start_is_that_of_the_change_was_in_force_in_other_words(base):
    opened = base(f"{LATER}　自2020年3月1日起施行", "2020年3月1日")
    assert told(opened, "2016-01-01") == ("尚未印发", ())
    assert told(opened, "2020-02-01") == ("尚未施行", (CHANGED.format("2020年3月1日"),))
    answer = opened.ask("养老服务办法的补贴标准", as_of="2020-02-01")
    assert f"《青禾市养老服务办法》（{KEY}）：{CHANGED.format('2020年3月1日')}" in answer.warnings


def test_a_text_that_was_not_changed_says_nothing(base):
    assert told(base(PASSED, "2016年11月1日"), "2017-06-30") == ("现行", ())


RETROACTIVE = """青禾市公积金贷款办法
青民规〔2022〕9号

第一条 为规范公积金贷款，制定本办法。
第二条 贷款额度为50万元，由管理中心核定。
第三条 本办法自2022年6月1日起施行。

青禾市民政局
2022年9月27日
"""


@pytest.mark.parametrize(("question", "count"), [("公积金贷多少", 1), ("房产税怎么交", 0)])
def test_what_began_before_it_was_issued_is_told_where_the_question_has_to_do_with_it(tmp_path, question, count):
    put(tmp_path / "corpus", "办法.txt", RETROACTIVE)
    KnowledgeBase.build(tmp_path / "corpus", tmp_path / "store")
    warnings = KnowledgeBase.open(tmp_path / "store").ask(question, as_of="2022-08-01").warnings
    said = "《青禾市公积金贷款办法》（青民规〔2022〕9号）印发在2022年8月1日之后，但写明自2022年6月1日起执行，未查"
    assert warnings.count(said) == count


def test_only_documents_that_the_question_is_about_are_told_of(base):
    opened = base(f"{LATER}　自2020年3月1日起施行", "2020年3月1日")
    assert not [one for one in opened.ask("房产税怎么交", as_of="2020-02-01").warnings if "修改后" in one]
