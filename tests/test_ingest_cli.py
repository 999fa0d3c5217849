"""python -m ingest: one object a file for programs, the same for a reader."""

import json
from pathlib import Path

import pytest

from ingest.__main__ import main

DOCUMENTS = Path(__file__).parent.parent / "corpus" / "documents"
NUMBER = "浦民发〔2023〕74号"
PLAN = str(DOCUMENTS / f"{NUMBER}.pdf")


@pytest.fixture
def printed(capsys):
    def run(*arguments):
        status = main(list(arguments))
        output = capsys.readouterr()
        assert (status, output.err) == (0, "")
        return output.out

    return run


def test_json_is_one_object_a_file(printed):
    lines = printed(PLAN, str(DOCUMENTS / f"{NUMBER}.html"), "--json").splitlines()
    assert [json.loads(line)["document"]["number"] for line in lines] == [NUMBER, NUMBER]


def test_json_has_what_the_contract_names(printed):
    read = json.loads(printed(PLAN, "--json"))
    assert set(read) == {"file", "sha256", "document", "clauses", "tables", "warnings", "characters"}
    assert set(read["document"]) >= {
        "number", "title", "issuer", "date", "recipients", "copied_to", "printed", "index_number",
    }  # fmt: skip
    assert {clause["kind"] for clause in read["clauses"]} == {"clause", "row", "notice"}
    assert list(read["characters"]) == ["clauses", "headings", "tables", "metadata", "furniture", "lost"]
    assert read["characters"]["lost"] == 0


def test_json_of_a_clause(printed):
    clauses = json.loads(printed(PLAN, "--json"))["clauses"]
    clause = next(clause for clause in clauses if clause["clause_id"] == f"{NUMBER}/四/（二）/2")
    assert clause["heading_path"] == ["四、主要任务", "（二）扩大城乡社区服务有效供给", "2、加强社区志愿与公益服务"]
    assert clause["pages"] == [7]
    assert clause["citation"].endswith("（浦民发〔2023〕74号）第四部分第（二）项第2点")
    assert clause["text"].startswith("2、加强社区志愿与公益服务。")
    assert clause["source_text"].startswith("2、加强社区志愿与公益服务。")
    assert [(target["indicator"], target["value"], target["unit"]) for target in clause["targets"]] == [
        ("社区综合服务设施中志愿服务站点覆盖率", "100", "%")
    ]
    assert clause["units"] == []


def test_text_shows_targets_and_units_under_their_clause(printed):
    lines = printed(PLAN).splitlines()
    at = next(place for place, line in enumerate(lines) if f"[条] {NUMBER}/四/（二）/2 第7页：" in line)
    assert lines[at + 1].strip() == "目标值：社区综合服务设施中志愿服务站点覆盖率 100%"
    row = next(place for place, line in enumerate(lines) if f"[行] {NUMBER}/表1/9 第5页：" in line)
    assert lines[row + 1].strip() == "目标值：社区工作者持有社会工作者职业资格证书比例 ≥22%（2025）"
    assert [line.strip() for line in lines if "责任主体：" in line] == [
        "责任主体：社区党组织（写明），基层群众性自治组织（写明）",
        "责任主体：区民政局（主语），各街镇（写明）",
    ]
