"""What a question is after, by its set phrases, and what only looks like one of them."""

from __future__ import annotations

import pytest

from index.question.intent import read_intent


@pytest.mark.parametrize(
    "question",
    [
        "市里和区里的目标有什么不同",
        "两份文件比较一下",
        "16号文和74号文的养老床位目标分别是多少",
        "市里和浦东的目标各是多少",
        "市里和区里各有多少张床位",
        "低保标准哪个高",
    ],
)
def test_what_compares(question: str) -> None:
    assert read_intent(question, question).compares


@pytest.mark.parametrize(
    "question",
    [
        "老旧小区加装电梯邻居不同意怎么办",
        "家里比较困难能申请什么救助",
        "不同程度的残疾补贴怎么算",
        "各有关部门要做什么",
        "老人病得比较重谁来照顾",
    ],
)
def test_what_only_looks_like_comparing(question: str) -> None:
    assert not read_intent(question, question).compares
