"""Results -> report.html: one file, readable without a network, made of the object that report.json holds and nothing else."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from eval.measures.figures import heading, ranged
from eval.records import OVERALL, SPLITS, UNANSWERABLE
from eval.report.markup import Markup, join, tag
from eval.report.page_failures import failures_section, mending_section, questions_section
from eval.report.page_figures import classes_section, differences_section, measures_section, section, table
from eval.report.page_refusal import refusal_section
from eval.report.text import notes

_TILES = (
    (OVERALL, "sentence", "最先给出的一句就是作答原句"),
    (OVERALL, "Hit@1", "首位条款是对的"),
    (OVERALL, "Hit@5", "前五条里有对的"),
    (OVERALL, "read@500", "读 500 字以内读完答案"),
    (OVERALL, "refused", "有答案却答“未找到依据”，越低越好"),
    (UNANSWERABLE, "refused", "没有答案也确实答“未找到依据”，越高越好"),
)
_TILES_BY_ORDER = (
    (OVERALL, "Hit@1", "首位条款是对的"),
    (OVERALL, "Hit@5", "前五条里有对的"),
    (OVERALL, "R@10", "对的条款有多少在前十条"),
    (OVERALL, "R@100", "对的条款有多少在前一百条"),
    (OVERALL, "nDCG@10", "前十条的次序"),
    (OVERALL, "read@500", "读 500 字以内读完答案"),
)
"""The figures at the head of the report, of the product and of a benchmark that is judged by order."""

_FILES = {
    "qrels": "判定",
    "rankings": "外部检索结果",
    "benchmark": "外部基准",
    "company": "混入的语料",
    "lists": "词语和问法的清单",
}
_PLAIN = {"store": "知识库", "other_embedder": "另一向量模型"}
_SETTINGS = {"search": "检索设置", "ranking": "排序权重", "recipe": "索引设置", "libraries": "程序库"}
"""What the figures depend on, by key of report.json: files by name with their digests, words, and settings."""

STYLE = Path(__file__).parent / "page.css"
TITLE = "检索评测报告"

Object = Mapping[str, Any]


def as_html(found: Object) -> str:
    """Write the report.

    :param found: what :func:`eval.report.results.results` gathered, as read back from report.json or as it is.
    :return: a page; the same for the same results.
    """
    head = tag(
        "head",
        tag("meta", charset="utf-8"),
        tag("meta", name="viewport", content="width=device-width, initial-scale=1"),
        tag("title", TITLE),
        tag("style", Markup(STYLE.read_text(encoding="utf-8"))),
    )
    parts = (
        mending_section(found),
        measures_section(found),
        differences_section(found),
        classes_section(found),
        refusal_section(found),
        failures_section(found),
        questions_section(found),
        _method_section(found),
    )
    body = tag("body", tag("h1", TITLE), *_summary(found), tag("main", *parts))
    return f"<!DOCTYPE html>\n{tag('html', head, body, lang='zh-CN')}\n"


def _summary(found: Object) -> Iterator[Markup]:
    """Say in a few lines what was measured and how it went."""
    items, primary = found["questions"]["items"], found["primary"]
    answerable = sum(bool(item["gold"]) for item in items.values())
    part = "全部问题" if found["split"] == "all" else f" {found['split']} 部分"
    sorts = f"，其中 {answerable} 题有答案、{len(items) - answerable} 题查无依据"
    said = f"{found['questions']['file']}  的{part}：{len(items)} 题{'' if found['by_order'] else sorts}；"
    yield tag("p", f"{said}系统 {'、'.join(found['order'])}，失败逐题列出的是 {primary}。")
    groups = found["systems"][primary]["groups"]
    tiles = [
        (heading(name), groups[group]["scores"][name], note)
        for group, name, note in (_TILES_BY_ORDER if found["by_order"] else _TILES)
        if group in groups
    ]
    boxes = [tag("div", tag("b", f"{ranged(score)} %"), tag("span", f"{name}：{note}")) for name, score, note in tiles]
    yield tag("div", *boxes, class_="tiles")
    if found["split"] in ("all", SPLITS[1]) and not found["by_order"]:
        yield tag(
            "p",
            "本报告含 test 部分的题。照着这些失败改检索之后，这一半就不再能公正地衡量它；要改请看 calibration 部分的报告。",
            class_="warning",
        )


def _method_section(found: Object) -> Markup:
    """Say how it was measured, and on what."""
    paragraphs = [tag("p", note) for note in notes(found["by_order"])]
    lines = [(name, value) for name, value in _facts(found)]
    return section("怎么测的，测的是什么", *paragraphs, tag("div", table(("项目", "值"), lines), class_="facts"))


def _facts(found: Object) -> Iterator[tuple[str, str]]:
    """List what the figures depend on; a benchmark has no store, and no documents of its own."""
    yield "代码提交", found["commit"] or "未知（不在 git 里）"
    files = {"问题": {found["questions"]["file"]: found["questions"]["sha256"]}} | {
        title: found.get(key, {}) for key, title in _FILES.items()
    }
    files["问题"] = files["问题"] | found.get("refusal", {}).get("files", {})
    for title, digests in files.items():
        for name, sha in digests.items():
            yield f"{title} {name}", f"SHA-256 {sha}"
    for key, source in found["corpus"].items():
        yield f"文件 {key}", f"{source['file']}，SHA-256 {source['sha256']}"
    model = found["embedder"]
    yield "向量模型", f"{model['name'] or '自带模型'}，{model['dimension']} 维，{model['fingerprint']}"
    yield "拒答模型", f"SHA-256 {found['refusal_model']['sha256']}，门槛 {found['refusal_model']['threshold']}"
    for key, title in _PLAIN.items():
        if key in found:
            yield title, found[key]
    for key, title in _SETTINGS.items():
        if key in found:
            yield title, _pairs(found[key])


def _pairs(settings: Object, prefix: str = "") -> Markup:
    """Write settings in a row; one within another is written as ``lexical.k1 = 1.2``."""
    written = [
        _pairs(value, f"{prefix}{name}.") if isinstance(value, dict) else f"{prefix}{name} = {_plain(value)}"
        for name, value in sorted(settings.items())
    ]
    return join(written, "；")


def _plain(value: Any) -> str:  # noqa: ANN401 - anything JSON holds
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
