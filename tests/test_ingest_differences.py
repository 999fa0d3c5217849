"""The PDF and the web page of one notice, compared."""

from pathlib import Path

from ingest import read_document
from ingest.differences import compare

DOCUMENTS = Path(__file__).parent.parent / "corpus" / "documents"
NUMBER = "浦民发〔2023〕74号"


def test_what_the_web_page_lost():
    found = compare(read_document(DOCUMENTS / f"{NUMBER}.pdf"), read_document(DOCUMENTS / f"{NUMBER}.html"))
    told = {(difference.place.removeprefix(f"{NUMBER}/"), difference.ours, difference.theirs) for difference in found}
    signs = {(f"表1/{row} 2025年目标值", f"{sign}{value}", value) for row, sign, value in (
        (1, "＞", "30"), (3, "≥", "10"), (4, "≥", "60"), (6, "≥", "65"), (8, "≥", "18"), (9, "≥", "22"), (11, "≥", "80"),
    )}  # fmt: skip
    assert signs <= told
    assert ("表1/8 单位", "人", "") in told
    assert ("五/（四）", "将", "") in told
    assert ("三/第1段", "到", "") in told
    assert ("提醒", "", "成文日期写作“2023116”，缺年月日；按同页发布时间读作 2023-11-06") in told
    assert len(found) == 21


def test_a_document_does_not_differ_from_itself():
    document = read_document(DOCUMENTS / f"{NUMBER}.pdf")
    assert compare(document, document) == ()
