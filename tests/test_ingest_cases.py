"""Small inputs, each made from a fault seen on real files, with what is right beside it; fixtures in their likeness stand in the other tests."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from ingest import read_document
from ingest.errors import IngestError

CASES = Path(__file__).parent.parent.parent / "shared" / "cases"
EXPECTED = sorted(CASES.glob("*.expected.json"))
REFUSED = {"12_script_challenge_page": "是脚本或验证页", "24_no_map_to_unicode": "文字层都是乱码"}
HEADS = ("title", "notice_title", "number", "issuer", "date", "index_number")

pytestmark = pytest.mark.skipif(not EXPECTED, reason="../shared/cases is not there")


def named(path):
    return path.name.removesuffix(".expected.json")


def source_of(path):
    (found,) = (one for one in CASES.glob(f"{named(path)}.*") if one.suffix != ".json")
    return found


def fits(expected, clause, key):
    """An id, with or without the chapters above it; or the words of the heading that a clause stands under."""
    own = clause.clause_id.removeprefix(f"{key}/")
    return (
        own == expected
        or own.endswith(f"/{expected}")
        or expected in clause.heading_path
        or own.startswith(f"{expected}/")
    )


@pytest.mark.parametrize("path", [one for one in EXPECTED if named(one) in REFUSED], ids=named)
def test_what_cannot_be_read_is_refused(path):
    with pytest.raises(IngestError, match=REFUSED[named(path)]):
        read_document(source_of(path))


@pytest.mark.parametrize("path", [one for one in EXPECTED if named(one) not in REFUSED], ids=named)
def test_what_is_right(path):
    expected = json.loads(path.read_text(encoding="utf-8"))
    document = read_document(source_of(path))
    facts = {name: getattr(document.metadata, name) for name in HEADS if name in expected}
    assert facts == {name: expected[name] for name in facts}
    wanted = expected.get("clauses") or min(expected.get("clauses_any_of", [[]]), key=len)
    if wanted:
        clauses = [
            one
            for one in document.clauses
            if wanted[0] == "第1段" or not one.clause_id.endswith(f"{document.key}/第1段")
        ]
        assert len(clauses) == len(wanted)
        assert all(fits(name, clause, document.key) for name, clause in zip(wanted, clauses, strict=True))
    words = "\n".join(clause.text for clause in document.clauses)
    for text in [*expected.get("must_contain_text", ()), *expected.get("must_contain_questions", ())]:
        assert text in words
    if "rows" in expected:
        rows = [list(row.values()) if isinstance(row, dict) else row for row in expected["rows"]]
        assert [list(row) for row in document.tables[0].rows] == rows
    for name, cell in expected.get("cell", {}).items():
        table = document.tables[0]
        assert table.rows[0][table.columns.index(name)].split("\n") == cell
    assert document.account.lost == 0
