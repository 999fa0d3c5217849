"""A process that writes a store is killed at any moment: the base answers as before or as after, and goes on."""

from __future__ import annotations

import os

import pytest
from killing import OPERATIONS, look, trial

pytestmark = pytest.mark.skipif(not hasattr(os, "killpg"), reason="this system kills no groups of processes")


def test_a_dozen_kills_leave_the_base_as_it_was_or_as_it_was_to_be(tmp_path):
    summary = trial(tmp_path, kills=12, seed=7)
    assert summary.failures == []
    assert summary.kills.total() == 12
    assert set(summary.kills) <= set(OPERATIONS)


def test_what_is_seen_after_a_kill_is_told(tmp_path):
    store = tmp_path / "store"
    assert look(store, None, "new") == "before"
    assert look(store, "old", "new") == "no store"
    store.mkdir()
    (store / "CURRENT").write_text("{", encoding="utf-8")
    assert look(store, "old", "new").startswith("does not open: ")


@pytest.mark.parametrize(
    ("found", "is_sound", "told"),
    [
        ("old", True, "before"),
        ("new", True, "after"),
        ("new", False, "verify fails"),
        ("third", True, "answers are neither those before nor those after"),
    ],
)
def test_answers_and_soundness_decide(tmp_path, monkeypatch, found, is_sound, told):
    monkeypatch.setattr("killing.answers", lambda store: found)
    monkeypatch.setattr("killing.sound", lambda store: is_sound)
    assert look(tmp_path, "old", "new") == told
