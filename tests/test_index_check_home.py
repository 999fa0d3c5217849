"""Drafts checked against the documents that come with the project: what the base cites, it reads again."""

from __future__ import annotations

from pathlib import Path

import pytest

from index.answer.library import Library
from index.check.check import Checker
from index.links.linker import Linker
from index.references.reader import reader_of
from ingest import read_document

CORPUS = Path(__file__).parent.parent / "corpus" / "documents"


@pytest.fixture(scope="module")
def documents():
    read = [read_document(path) for path in sorted(CORPUS.glob("*.pdf"))]
    return {one.key: one for one in read}


@pytest.fixture(scope="module")
def check(documents):
    return Checker(Library(documents, {}), Linker(documents), reader_of(documents.values())).check


def test_every_clause_is_found_where_its_citation_says(documents, check):
    clauses = [clause for one in documents.values() for clause in one.clauses if clause.kind != "row"]
    drafts = [f"根据{clause.citation}规定，“{clause.sentences[-1].text}”。" for clause in clauses]
    told = {
        clause.clause_id: {(one.verdict, one.clause_id) for one in check(draft).findings if one.quoted}
        for clause, draft in zip(clauses, drafts, strict=True)
    }
    assert {key: one for key, one in told.items() if one not in ({("same", key)}, set())} == {}
    assert sum(bool(one) for one in told.values()) > 100


def test_a_draft_about_the_district(check):
    draft = (
        "根据《浦东新区民政局贯彻落实〈上海市城乡社区服务体系建设“十四五”规划〉实施方案》（浦民发〔2023〕74号，以下简称《实施方案》）"
        "第四部分第（四）项第1点，要探索“政府支持、市场投入、社区参与的‘街事会’‘路管会’‘楼事会’等制度”。\n"
        "《实施方案》第四部分第（四）项第2点提出“推动城市数字化转型与社区服务的深度融合”。\n"
        "浦民发〔2023〕8号第三部分第11点要求“打造5-6个社区综合服务体示范点”。\n"
        "按照《上海市城乡社区服务体系建设“十四五”规划》和《实施方案》第九部分，建设“社区云”。\n"
        "还要“研究制定街镇设立标准，规范居村调整程序，规范行政区划调整和驻地迁移工作”。\n"
    )
    assert [(one.verdict, one.quoted[:6], one.clause_id) for one in check(draft).findings] == [
        ("same", "政府支持、市", "浦民发〔2023〕74号/四/（四）/1"),
        ("misplaced", "推动城市数字", "浦民发〔2023〕74号/四/（四）/3"),
        ("differs", "打造5-6个", "浦民发〔2023〕8号/三/11"),
        ("unknown", "", ""),
        ("no_such_clause", "", ""),
        ("unattributed", "研究制定街镇", "沪府办发〔2021〕16号/三/（三）/五是"),
    ]
