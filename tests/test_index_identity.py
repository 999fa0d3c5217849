"""Which files are one document: by number, title and content; what collides is kept and told, and nobody's ids change."""

from __future__ import annotations

import pytest
from index_fakes import FakeEmbedder
from office_texts import notice, put

from index.knowledge_base import KnowledgeBase
from index.references.twins import cited_apart
from ingest.records import Metadata

CARE = "公布社区助餐点名单，每个点位每天供餐不少于两顿，价格由各区按成本核定并向老年人公开。"
BEDS = "核定养老机构床位补贴，按照实际入住人数逐月发放，市区两级财政各承担一半并接受审计。"
TITLE = "做好养老服务工作的通知"
KEY = f"青禾市民政局关于{TITLE}"


@pytest.fixture
def built(tmp_path, monkeypatch):
    """Build a base of texts by file name: what was done, and the base."""
    monkeypatch.setattr("index.search.embedder.load", lambda settings: FakeEmbedder())

    def build(**texts):
        for name, text in texts.items():
            put(tmp_path / "corpus", f"{name}.txt", text)
        report = KnowledgeBase.build(tmp_path / "corpus", tmp_path / "store")
        return report, KnowledgeBase.open(tmp_path / "store")

    return build


def keys(base):
    return {document.source.path: document.key for document in base.documents()}


def test_two_documents_of_one_title_without_a_number_are_both_searched_and_told(built):
    """Only the first was searched, and nobody was told."""
    report, base = built(
        a=notice(TITLE, first=CARE, date="2023年5月6日"), b=notice(TITLE, first=BEDS, date="2024年5月6日")
    )
    other = f"{KEY}（青禾市民政局，2024-05-06）"
    assert keys(base) == {"a.txt": KEY, "b.txt": other}
    assert report.notes == (f"标题相同而正文不同，按不同文件分别收入，请核对：“{KEY}”（a.txt）；“{other}”（b.txt）",)
    assert base.show(f"{other}/一/第1段").text == BEDS
    assert base.search("养老机构床位补贴").hits[0].clause.clause_id == f"{other}/一/第1段"


def test_a_year_later_nearly_the_same_words_are_another_document(built):
    _, base = built(a=notice(TITLE, first=CARE, date="2023年5月6日"), b=notice(TITLE, first=CARE + "另行安排。"))
    assert len(keys(base)) == 2


def test_the_same_text_in_another_file_is_a_rendition(built):
    text = CARE + BEDS
    report, base = built(a=notice(TITLE, first=text), b=notice(TITLE, first=text.replace("每天", "每日")))
    assert (report.renditions, report.notes, keys(base)) == (("b.txt",), (), {"a.txt": KEY})


def test_a_file_whose_number_was_left_out_joins_the_one_that_has_it(built):
    report, base = built(a=notice(TITLE, first=CARE), b=notice(TITLE, "青民发〔2024〕5号", first=CARE))
    assert (report.renditions, keys(base)) == (("a.txt",), {"b.txt": "青民发〔2024〕5号"})


def test_one_number_over_two_texts_is_two_documents(built):
    """A number that was misread, or given twice."""
    far = notice(
        "殡葬管理工作的通知",
        "青民发〔2024〕5号",
        first="骨灰堂不得超过批准的规模。" * 3,
        second="违者由区民政局责令改正。",
    )
    report, base = built(a=notice(TITLE, "青民发〔2024〕5号", first=CARE), b=far)
    assert len(keys(base)) == 2
    assert keys(base)["a.txt"] == "青民发〔2024〕5号"
    assert report.notes[0].startswith("文号相同而正文不同，按不同文件分别收入，请核对：“青民发〔2024〕5号”（a.txt）；")


def test_one_number_over_two_versions_of_a_text_is_one_document_and_told(built):
    report, base = built(
        a=notice(TITLE, "青民发〔2024〕5号", first=CARE), b=notice(TITLE, "青民发〔2024〕5号", first=BEDS + CARE[:9])
    )
    assert keys(base) == {"a.txt": "青民发〔2024〕5号"}
    assert report.notes == ("b.txt 与同一份文件的 a.txt 文字有出入，以后者为准，请核对",)


def test_a_whole_text_is_quoted_before_an_excerpt_of_it(built):
    whole = notice(TITLE, "青民发〔2024〕5号", first=CARE + BEDS, second="建设社区食堂。" * 9)
    report, base = built(a=notice(TITLE, "青民发〔2024〕5号", first=CARE), b=whole)
    assert keys(base) == {"b.txt": "青民发〔2024〕5号"}
    assert report.notes == ("a.txt 比同一份文件的 b.txt 短得多，以后者为准，请核对是否节选",)


def test_who_bore_a_title_first_keeps_it_when_an_older_document_of_it_comes(built):
    _, before = built(b=notice(TITLE, first=BEDS, date="2024年5月6日"))
    assert keys(before) == {"b.txt": KEY}
    _, after = built(a=notice(TITLE, first=CARE, date="2023年5月6日"))
    assert keys(after) == {"b.txt": KEY, "a.txt": f"{KEY}（青禾市民政局，2023-05-06）"}


def test_three_of_one_title_issuer_and_day(built):
    texts = {
        name: notice(TITLE, first=first) for name, first in (("a", CARE), ("b", BEDS), ("c", "收养登记照常。" * 5))
    }
    _, base = built(**texts)
    found = keys(base)
    assert (found["a.txt"], found["b.txt"]) == (KEY, f"{KEY}（青禾市民政局，2024-05-06）")
    assert found["c.txt"].startswith(f"{KEY}（") and len(found["c.txt"]) == len(KEY) + 10
    for key in found.values():
        assert base.show(f"{key}/一/第1段").clause_id == f"{key}/一/第1段"


def test_citations_of_documents_of_one_title_tell_them_apart(built):
    """They were alike, word for word."""
    _, base = built(
        a=notice(TITLE, first=CARE, date="2023年5月6日"),
        b=notice(TITLE, first=BEDS + "本通知自印发之日起施行。", date="2024年5月6日"),
    )
    told = "（青禾市民政局，2024年5月6日）"
    assert {hit.clause.citation for hit in base.search("社区助餐点名单，养老机构床位补贴", k=9).hits} == {
        f"《{KEY}》第一部分第1段", f"《{KEY}》第二部分第1段",
        f"《{KEY}》{told}第一部分第1段", f"《{KEY}》{told}第二部分第1段",
    }  # fmt: skip
    force = base.forces("2024-06-01", f"{KEY}（青禾市民政局，2024-05-06）")[0][1]
    assert force.since.citation == f"《{KEY}》{told}第一部分第1段"
    assert base.ask("养老机构床位补贴", as_of="2024-06-01").hits[0].force.status == "现行"


def test_a_citation_gets_its_place_back_with_the_key():
    metadata = Metadata("青民发〔2024〕5号", "关于转发《甲〈乙〉办法》的通知", issuer="青禾市民政局", date="2024-05-06")
    plain = "《关于转发〈甲《乙》办法〉的通知》（青民发〔2024〕5号）第三条"
    key = f"{metadata.number}（{metadata.title}，青禾市民政局，2024-05-06）"
    told = "《关于转发〈甲《乙》办法〉的通知》（青民发〔2024〕5号）（青禾市民政局，2024年5月6日）第三条"
    assert cited_apart(plain, metadata, metadata.number, key) == told
    assert cited_apart(told, metadata, key, metadata.number) == plain
