"""Crafted input of every kind, drawn at random: nothing but a typed error, every span sound; tests/fuzzing.py draws more of it."""

import pytest
from fuzz_checks import INGEST
from hypothesis import HealthCheck, Phase, given, settings

EXAMPLES = {"numerals": 150, "numbering": 150, "heads": 100, "shown": 100, "targets": 60, "units": 60}


@pytest.mark.parametrize("name", INGEST)
def test_whatever_is_read(name):
    check = INGEST[name]

    @settings(
        derandomize=True,
        max_examples=EXAMPLES.get(name, 25),
        deadline=None,
        database=None,
        phases=[Phase.generate, Phase.shrink],
        suppress_health_check=list(HealthCheck),
    )
    @given(check.given)
    def hold(drawn):
        check.holds(drawn)

    hold()
