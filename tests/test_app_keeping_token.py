"""The token by which documents are added and removed: where it is read from, and how long a guessing address is shut out."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.keeping.errors import Refused
from app.keeping.guard import Guard, token_of
from index.errors import KnowledgeBaseError

TOKEN = "0123456789abcdef"


def test_a_file_goes_before_the_environment(tmp_path: Path) -> None:
    file = tmp_path / "token"
    file.write_text(f"\ufeff{TOKEN}\n", encoding="utf-8")
    assert token_of(file, {"POLICY_KEEP_TOKEN": "another-token-of-mine"}) == TOKEN
    assert token_of(None, {"POLICY_KEEP_TOKEN": "another-token-of-mine"}) == "another-token-of-mine"
    assert token_of(None, {}) is None


@pytest.mark.parametrize(
    "said", ["", "short", "口令口令口令口令口令口令口令口令", "0123456789 abcdef", "0123456789\nabcdef"]
)
def test_what_is_no_token_is_told(tmp_path: Path, said: str) -> None:
    file = tmp_path / "token"
    file.write_text(said, encoding="utf-8")
    with pytest.raises(
        KnowledgeBaseError, match=r"口令文件 .*token 里不是合用的口令（\d+ 个字符）；请用至少 16 个英文字母和数字"
    ):
        token_of(file, {})
    with pytest.raises(KnowledgeBaseError, match="环境变量 POLICY_KEEP_TOKEN 里不是合用的口令"):
        token_of(None, {"POLICY_KEEP_TOKEN": said})


def test_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(KnowledgeBaseError, match="口令文件 .*none 读不出来"):
        token_of(tmp_path / "none", {})


def test_an_address_is_let_in_again_after_a_while_and_others_always_are() -> None:
    now = [0.0]
    guard = Guard(TOKEN, lambda: now[0])

    def status(sent: str | None, address: str = "甲") -> int:
        try:
            guard.check(sent, address)
        except Refused as error:
            return error.status
        return 200

    assert status(None) == 401
    assert [status("x") for _ in range(10)] == [403] * 10
    assert (status(TOKEN), status("x"), status(TOKEN, "乙")) == (429, 429, 200)
    now[0] = 601.0
    assert status(TOKEN) == 200
