"""Which indicators are the same: one word in another's place makes two."""

import pytest

from index.answer.agreement import same_indicator
from ingest.records import Target


def share(indicator):
    return Target(indicator, "=", "20", "%", "20%", 0, 3)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("购买首套住房的商业按揭贷款最低首付比例", "购买第二套住房的商业按揭贷款最低首付比例"),
        ("首套住房贷款首付比例", "二套住房贷款首付比例"),
        ("城镇居民人均可支配收入增长", "农村居民人均可支配收入增长"),
        ("公办幼儿园在园幼儿占比", "民办幼儿园在园幼儿占比"),
        ("一级医院医保报销比例", "二级医院医保报销比例"),
        ("最低首付比例", "首套住房最低首付比例"),
    ],
)
def test_one_word_in_the_place_of_another_makes_two_indicators(one, other):
    assert not same_indicator(share(one), share(other))


def test_a_word_for_the_whole_area_makes_no_other_indicator():
    assert same_indicator(share("全市护理型床位占比"), share("护理型床位占比"))
