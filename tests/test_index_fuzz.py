"""Crafted questions and clauses, drawn at random: nothing but a typed error, and nothing that the base does not hold."""

import pytest
from fuzz_checks import INDEX, hold


@pytest.mark.parametrize("name", INDEX)
def test_whatever_is_asked(name):
    hold(INDEX[name], 80)
