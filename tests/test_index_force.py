"""What the documents of a base state of the force of one of them stands beside every answer from it."""

import pytest

from index.knowledge_base import KnowledgeBase

OLD = """青禾市养老服务补贴办法
青民规〔2018〕3号

第一条 为规范养老服务补贴，制定本办法。
第二条 养老服务补贴标准为每人每月300元。
第三条 本办法自2018年7月1日起施行，有效期5年。

青禾市民政局
2018年6月1日
"""
NEW = """青禾市养老服务补贴办法
青民规〔2023〕8号

第一条 为规范养老服务补贴，制定本办法。
第二条 养老服务补贴标准为每人每月400元。
第三条 本办法自2023年7月1日起施行，{repeal}同时废止。

青禾市民政局
2023年6月1日
"""
TERM = "《青禾市养老服务补贴办法》写明期限：“第三条本办法自2018年7月1日起施行，有效期5年。”"


@pytest.fixture
def warnings(tmp_path):
    def ask(repeal, question="青民规〔2018〕3号第二条"):
        corpus = tmp_path / "corpus"
        corpus.mkdir()
        (corpus / "旧.txt").write_text(OLD, encoding="utf-8")
        (corpus / "新.txt").write_text(NEW.format(repeal=repeal), encoding="utf-8")
        KnowledgeBase.build(corpus, tmp_path / "store")
        answer = KnowledgeBase.open(tmp_path / "store").ask(question)
        assert answer.hits[0].evidence[0].text.startswith("第二条")
        return [one for one in answer.warnings if one.startswith("《")]

    return ask


@pytest.mark.parametrize(
    "repeal",
    ["《青禾市养老服务补贴办法》（青民规〔2018〕3号）", "原《青禾市养老服务补贴办法》", "青民规〔2018〕3号文件"],
)
def test_a_repealed_document_says_so_and_a_term_is_quoted(warnings, repeal):
    said = f"“第三条本办法自2023年7月1日起施行，{repeal}同时废止。”"
    assert warnings(repeal) == [
        TERM,
        f"《青禾市养老服务补贴办法》可能已不再有效，《青禾市养老服务补贴办法》（青民规〔2023〕8号）写明：{said}",
    ]


def test_the_document_that_repeals_is_not_itself_repealed(warnings):
    assert warnings("《青禾市养老服务补贴办法》", "青民规〔2023〕8号第二条") == []


@pytest.mark.parametrize(
    "repeal", ["《青禾市养老服务补贴办法》（青民规〔2015〕2号）", "《青禾市养老服务补贴办法（试行）》", "《补贴办法》"]
)
def test_another_number_and_another_title_are_other_documents(warnings, repeal):
    assert warnings(repeal) == [TERM]
