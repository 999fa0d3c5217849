"""Documents made out of real ones, for measuring a large base: the same form, other numbers, titles, words and figures."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from index.store.codec import decode, encode
from ingest.records import Clause, Document

_GROUPS = (
    "推进 推动 加强 完善 提升 开展 深化 健全 促进 提高 优化 强化 落实 加快 引导 支持 探索 打造 形成 拓展 扩大 培育 统筹"
    " 鼓励 实施 坚持 发挥 加大 建立 参与 制定 实现 修订 融合 协同",
    "服务 机制 制度 体系 平台 资源 能力 水平 标准 队伍 力量 项目 品牌 模式 网络 流程 质量 设施 信息 数据 政策 功能 需求 活动",
    "居民 群众 家庭 社会 基层 农村 城市 企业 街镇 居村 社区 组织 单位 人员 部门 行业",
    "持续 积极 全面 不断 深入 大力 稳步 有序 着力 切实 充分 广泛 及时 有效 适时 重点",
)
"""Words that change places with one another in a variant: of one length, so that every span stays true."""

_WORDS = tuple(tuple(group.split()) for group in _GROUPS)
_FIGURE = r'\d+(?=[张个家户人名项处所支%％])|(?<="value":")\d+'
_CHANGED = re.compile("|".join([*(word for group in _WORDS for word in group), _FIGURE]))


def variants(documents: Sequence[Document], count: int, seed: int) -> Iterator[Document]:
    """Make documents one after another, none like another.

    A variant has its own number and title. Within it the words of a group change places, and so do the digits of
    figures, everywhere alike; ids, spans and boxes stay as they are in the document that it was made of.

    :param documents: real ones, taken in turn; at least one.
    :param count: how many to make.
    :param seed: of the choice.
    :return: the variants; the same for the same arguments.
    """
    choice = random.Random(seed)
    texts = [encode(document).decode() for document in documents]
    for place in range(count):
        original = documents[place % len(documents)]
        yield _named(_changed(texts[place % len(texts)], choice), original, place + 1)


def _changed(text: str, choice: random.Random) -> Document:
    """Read a document back out of its JSON, in which words and figures were changed."""
    meant: dict[str, str] = {}
    for group in _WORDS:
        meant.update(zip(group, choice.sample(group, len(group)), strict=True))
    digits = str.maketrans("123456789", "".join(choice.sample("123456789", 9)))
    return decode(Document, _CHANGED.sub(lambda found: _other(found[0], meant, digits), text).encode())


def _other(found: str, meant: dict[str, str], digits: dict[int, int]) -> str:
    return meant.get(found) or found.translate(digits)


def _named(document: Document, original: Document, serial: int) -> Document:
    """Give a variant a number and a title of its own, which also stand in its ids and citations."""
    title, new_title = document.metadata.title, f"{document.metadata.title}（样本{serial}）"
    key, number = document.key, f"样本发〔2024〕{serial}号"

    def clause_of(clause: Clause) -> Clause:
        cited = clause.citation.replace(title, new_title).replace(key, number)
        return replace(clause, clause_id=number + clause.clause_id.removeprefix(key), citation=cited)

    return replace(
        document,
        source=replace(original.source, path=f"{number}.{original.source.format}", sha256=f"{serial:064x}"),
        metadata=replace(document.metadata, number=number, title=new_title),
        clauses=tuple(map(clause_of, document.clauses)),
    )
