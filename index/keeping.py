"""The commands that change, check and keep a base: build, update, add, remove, publish, verify, backup, restore, changes."""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from index.streams import put, tell

if TYPE_CHECKING:
    from index.store.build import BuildReport
    from index.store.history import Change
    from index.store.verify import Verified

_KINDS = {"same": "未变", "moved": "移动", "changed": "文字有变", "gone": "已无"}


def _build(options: argparse.Namespace) -> int:
    from index.knowledge_base import KnowledgeBase
    from index.search.embedder import EmbedderSettings

    settings = EmbedderSettings(
        name=options.model, query_prompt=options.query_prompt, passage_prompt=options.passage_prompt,
        truncate=options.truncate, batch_size=max(1, options.batch_size), device=options.device,
    )  # fmt: skip
    report = KnowledgeBase.build(options.corpus, options.store, settings, _told, options.ray)
    return _reported(report, options, "知识库已建好")


def _update(options: argparse.Namespace) -> int:
    from index.knowledge_base import KnowledgeBase

    report = KnowledgeBase.update(options.store, options.corpus, _told, cluster=options.ray)
    return _reported(report, options, "知识库已更新")


def _add(options: argparse.Namespace) -> int:
    from index.knowledge_base import KnowledgeBase

    report = KnowledgeBase.add(options.files, options.store, _told, options.replace)
    return _reported(report, options, f"已加入：{'、'.join(report.read or report.reused)}。知识库现有")


def _remove(options: argparse.Namespace) -> int:
    from index.knowledge_base import KnowledgeBase

    report = KnowledgeBase.remove(options.document, options.store, _told)
    return _reported(report, options, f"已移出“{options.document}”，源文件未动。知识库现有")


def _publish(options: argparse.Namespace) -> int:
    from dataclasses import asdict

    from index.knowledge_base import KnowledgeBase

    done = KnowledgeBase.publish(options.store, options.vectors, _told)
    put(
        _json(asdict(done))
        if options.json
        else f"已发布到 {options.vectors}：{done.rows} 句，其中新写入 {done.sent} 句"
    )
    return 0


def _published(options: argparse.Namespace) -> None:
    """Write to Milvus what has changed in the folder, where questions are put to Milvus."""
    from index.knowledge_base import KnowledgeBase

    if options.vectors:
        KnowledgeBase.publish(options.store, options.vectors, _told)


def _verify(options: argparse.Namespace) -> int:
    from index.errors import StoreError
    from index.knowledge_base import KnowledgeBase

    try:
        found = KnowledgeBase.verify(options.store)
        damaged = any(one.is_damage for one in found.findings)
    except StoreError as error:
        if not options.repair or KnowledgeBase.corpus_of(options.store) is None:
            raise
        tell(f"{error.problem}，现在从源文件重建")
        damaged = True
    if damaged and options.repair:
        KnowledgeBase.update(options.store, progress=_told, repair=True)
        _published(options)
        found = KnowledgeBase.verify(options.store)
    put(_json(_verified_json(found)) if options.json else _verified_text(found))
    if options.vectors:
        count = KnowledgeBase.verify_published(options.store, options.vectors)
        tell(f"{options.vectors} 里有 {count} 句，与文件夹里的知识库是同一代，句数一致")
    return 1 if any(one.is_damage for one in found.findings) else 0


def _backup(options: argparse.Namespace) -> int:
    from index.knowledge_base import KnowledgeBase

    count = KnowledgeBase.backup(options.store, options.file)
    put(f"已备份到 {options.file}：{count} 个文件")
    return 0


def _restore(options: argparse.Namespace) -> int:
    from index.knowledge_base import KnowledgeBase

    KnowledgeBase.restore(options.file, options.store, options.corpus, options.replace)
    _published(options)
    put(f"已从 {options.file} 恢复：知识库在 {options.store}，源文件在 {options.corpus}")
    return 0


def _changes(options: argparse.Namespace) -> int:
    from index.knowledge_base import KnowledgeBase

    found = KnowledgeBase.open(options.store).changes(options.document)
    put(_json([_change_json(one) for one in found]) if options.json else _changes_text(found, options.document))
    return 0


KEEPING: Mapping[str, Callable[[argparse.Namespace], int]] = {
    "build": _build,
    "update": _update,
    "add": _add,
    "remove": _remove,
    "publish": _publish,
    "verify": _verify,
    "backup": _backup,
    "restore": _restore,
    "changes": _changes,
}
"""The commands by name; each takes the options and gives the exit code."""


def _told(share: float, step: str) -> None:
    tell(f"[{share:4.0%}] {step}")


def _reported(report: BuildReport, options: argparse.Namespace, done: str) -> int:
    from index.output import report_json, report_remarks, report_text

    for remark in report_remarks(report):
        tell(remark)
    put(_json(report_json(report)) if options.json else report_text(report, done))
    _published(options)
    return 1 if report.faults else 0


def _verified_text(found: Verified) -> str:
    lines = [f"{one.place}：{one.problem}；{one.remedy}" for one in found.findings]
    damages = sum(one.is_damage for one in found.findings)
    counted = f"{found.documents} 份文件，{found.clauses} 个条款，{found.sentences} 个句子，{found.files} 个库文件"
    changed = f"，但源文件有 {len(lines) - damages} 处变动" if len(lines) > damages else ""
    told = f"发现 {damages} 处损坏" if damages else f"完好{changed}"
    return "\n".join([*lines, f"检查了 {counted}：{told}"])


def _verified_json(found: Verified) -> dict[str, Any]:
    from dataclasses import asdict

    return asdict(found)


def _change_json(change: Change) -> dict[str, Any]:
    now = change.now
    return {
        "kind": change.kind,
        "before": {"clause_id": change.before.clause_id, "text": change.before.text},
        "now": {"clause_id": now.clause_id, "text": now.text} if now else None,
    }


def _changes_text(found: tuple[Change, ...], document: str) -> str:
    if not found:
        return f"“{document}”没有旧文本。"
    counted = "，".join(f"{name} {sum(one.kind == kind for one in found)}" for kind, name in _KINDS.items())
    lines = [f"旧文本共 {len(found)} 个条款：{counted}"]
    for one in (one for one in found if one.kind != "same"):
        lines.append(f"[{_KINDS[one.kind]}] {one.before.clause_id}{f' → {one.now.clause_id}' if one.now else ''}")
        lines.append(f"  原：{one.before.text}")
        lines += [f"  现：{one.now.text}"] if one.now and one.kind == "changed" else []
    return "\n".join(lines)


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)
