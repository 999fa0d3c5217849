"""Numerals of thousands of digits, which no document has and any file may hold: read as words."""

import unicodedata

import pytest

from ingest import read_document

FORMS = ("第{}条 甲。", "第{}章 总则", "第1.{}条 甲。", "第{}步：甲。", "覆盖率达到百分之{}。")


@pytest.mark.parametrize("digit", ["9", "九"])
@pytest.mark.parametrize("form", FORMS)
def test_a_numeral_without_end(tmp_path, form, digit):
    long = form.replace("{}", digit * 5000)
    text = f"甲省人民政府关于养老服务的通知\n\n各市：\n一、为做好工作，通知如下。\n{long}\n二、请遵照执行。\n{long}\n三、自印发之日起施行。\n"
    path = tmp_path / "a.txt"
    path.write_text(text, encoding="utf-8")
    document = read_document(path)
    words = [clause.text for clause in document.clauses] + [str(document.metadata)]
    words += [heading for clause in document.clauses for heading in clause.heading_path]
    assert any(unicodedata.normalize("NFKC", digit) * 5000 in unicodedata.normalize("NFKC", one) for one in words)
