"""Ordinals that a lost line break left inside the paragraph above, and items whose own line only announces their text."""

import pytest
from ingest_pages import document, held_once, ids

HEAD = ("甲市促进消费若干措施",)


@pytest.mark.parametrize(
    ("lines", "wanted"),
    [
        (
            ("一、住房", "（一）减税。退还个人所得税。（二）加大供给。支持自建。", "（三）提高额度。"),
            ["一/（一）", "一/（二）", "一/（三）"],
        ),
        (
            ("（一）其他机关推送的信息；（二）法院的判决；", "（三）其他信息。"),
            ["（一）", "（二）", "（三）"],
        ),
        (("一、减税。二、补贴。三、贷款。", "四、保障。"), ["一", "二", "三", "四"]),
        (("1.减税。2．补贴。", "3.贷款。"), ["1", "2", "3"]),
        # The heading of the chapter went the same way.
        (
            (
                "第一章总则",
                "第一条为促进消费，制定本办法。第二章补贴第二条补贴一万元。",
                "第三条本办法自印发之日起施行。",
            ),
            ["第一章/第一条", "第二章/第二条", "第二章/第三条"],
        ),
    ],
)
def test_ordinals_that_a_run_lacks_are_found_behind_a_sentence(lines, wanted):
    found = document(*HEAD, *lines)
    assert ids(found) == wanted
    assert found.warnings == ()
    assert held_once(found)


@pytest.mark.parametrize(
    "lines",
    [
        # All are one paragraph's own list, as it is written.
        ("一、补贴。（一）甲类；（二）乙类。", "二、贷款。"),
        # A citation of an article is no article.
        ("第一条依照本办法办理。按第二条的规定补贴。", "第三条本办法自印发之日起施行。"),
        # A run that lacks one that stands nowhere.
        ("（一）减税。", "（三）贷款。"),
    ],
)
def test_nothing_else_is_parted(lines):
    assert len(document(*HEAD, *lines).clauses) == 2


def test_an_item_that_only_announces_has_the_paragraphs_below_it():
    found = document(
        "甲市公积金提取细则",
        "第一条租房提取按下列规定办理：",
        "1.材料：",
        "（1）身份证；",
        "（2）租房合同。",
        "2.提取额度：",
        "租住公租房的，按实际房租提取；",
        "租住商品房的，每月一千元。",
        "第二条本细则自印发之日起施行。",
    )
    assert ids(found) == ["第一条", "第一条/1/（1）", "第一条/1/（2）", "第一条/2", "第二条"]
    assert found.clauses[3].text == "2.提取额度：\n租住公租房的，按实际房租提取；\n租住商品房的，每月一千元。"
