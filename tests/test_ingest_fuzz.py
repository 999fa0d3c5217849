"""Crafted input of every kind, drawn at random: nothing but a typed error, every span sound; tests/fuzzing.py draws more of it."""

import pytest
from fuzz_checks import INGEST, hold

EXAMPLES = {"numerals": 150, "numbering": 150, "heads": 100, "shown": 100, "targets": 60, "units": 60}


@pytest.mark.parametrize("name", INGEST)
def test_whatever_is_read(name):
    hold(INGEST[name], EXAMPLES.get(name, 25))
