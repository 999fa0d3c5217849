"""Other real documents: every file is read whole or refused by name."""

from pathlib import Path

import pytest

from ingest import SUFFIXES, read_document
from ingest.errors import IngestError

SAMPLES = Path(__file__).parent.parent.parent / "shared" / "samples"
REFUSED = {
    "empty_zero_bytes.pdf": "文件是空的",
    "encrypted_rc4_pw_test.pdf": "已加密",
    "fuzzed_no_pages.pdf": "已损坏",
    "malformed_issue932.pdf": "没有文字层",
    "ofd_annotation_watermark.ofd": "没有意义的代码",
}
FILES = sorted(path for path in SAMPLES.glob("*") if path.suffix in SUFFIXES)

pytestmark = pytest.mark.skipif(not FILES, reason="the sample documents are not beside this checkout")


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_read_whole_or_refused_by_name(path):
    if path.name in REFUSED:
        with pytest.raises(IngestError, match=REFUSED[path.name]):
            read_document(path)
        return
    document = read_document(path)
    assert document.account.lost == 0
    assert document.clauses
    assert len({clause.clause_id for clause in document.clauses}) == len(document.clauses)
    assert all(
        document.source_text[clause.span.start : clause.span.end] == clause.source_text for clause in document.clauses
    )


def sample(name):
    return read_document(next(path for path in FILES if name in path.name))


def test_state_council_plan_with_its_covering_notice():
    document = sample("国发2019-4_职业教育")
    assert (document.metadata.number, document.metadata.title) == ("国发〔2019〕4号", "国家职业教育改革实施方案")
    assert (document.metadata.issuer, document.metadata.date) == ("国务院", "2019-01-24")
    # （一）…。 stands on a line of its own and heads the paragraphs below it.
    parts = [clause.clause_id.split("/")[2] for clause in document.clauses if "（" in clause.clause_id.split("/")[-2]]
    assert len(set(parts)) == 20 and parts[-1] == "（二十）"


def test_long_indicator_table_of_a_web_page():
    (table,) = sample("国办发2019-4").tables
    assert table.columns == ("一级指标", "二级指标", "三级指标", "指标性质", "指标说明")
    assert len(table.rows) == 55
    assert table.rows[0][:2] == ("一、医疗质量", "（一）功能定位")


def test_tables_with_merged_heads_and_numbers_of_their_own():
    tables = sample("anhui").tables
    assert [table.table_id.rsplit("/", 1)[1] for table in tables] == ["表7.5", "表7.6", "表7.7"]
    assert tables[0].columns[3:] == ("编制条件·路段交通量Q（peu/d）", "编制条件·大型车比例u（%）")
    assert [len(table.rows) for table in tables] == [6, 9, 1]


def test_bold_made_by_drawing_four_times_is_read_once():
    assert sample("duplicate_glyphs").metadata.title == "安徽安利合成革股份有限公司"


def test_tables_that_go_on_over_pages():
    tables = sample("quarterly").tables
    assert [len(table.rows) for table in tables if len(table.pages) > 1] == [6, 97, 78, 54, 36, 57, 39]


def test_annexes_after_a_notice():
    document = sample("gz_mente")
    assert document.metadata.number == "穗医保规字〔2019〕4号"
    assert "穗医保规字〔2019〕4号/附件2/第一部分/一/（一）" in {clause.clause_id for clause in document.clauses}
    assert document.warnings == ()
