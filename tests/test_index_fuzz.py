"""Crafted questions and clauses, drawn at random: nothing but a typed error, and nothing that the base does not hold."""

import pytest
from fuzz_checks import INDEX
from hypothesis import HealthCheck, Phase, given, settings


@pytest.mark.parametrize("name", INDEX)
def test_whatever_is_asked(name):
    check = INDEX[name]

    @settings(
        derandomize=True,
        max_examples=80,
        deadline=None,
        database=None,
        phases=[Phase.generate, Phase.shrink],
        suppress_health_check=list(HealthCheck),
    )
    @given(check.given)
    def hold(drawn):
        check.holds(drawn)

    hold()
