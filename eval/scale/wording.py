"""Texts made out of real ones, for measuring a large base: the same form, other words and figures."""

from __future__ import annotations

import random
import re

_GROUPS = (
    "推进 推动 加强 完善 提升 开展 深化 健全 促进 提高 优化 强化 落实 加快 引导 支持 探索 打造 形成 拓展 扩大 培育 统筹"
    " 鼓励 实施 坚持 发挥 加大 建立 参与 制定 实现 修订 融合 协同",
    "服务 机制 制度 体系 平台 资源 能力 水平 标准 队伍 力量 项目 品牌 模式 网络 流程 质量 设施 信息 数据 政策 功能 需求 活动",
    "居民 群众 家庭 社会 基层 农村 城市 企业 街镇 居村 社区 组织 单位 人员 部门 行业",
    "持续 积极 全面 不断 深入 大力 稳步 有序 着力 切实 充分 广泛 及时 有效 适时 重点",
)
"""Words that change places with one another in a variant: of one length, so that every span stays true."""

_WORDS = tuple(tuple(group.split()) for group in _GROUPS)
_FIGURE = r"\d+(?=[张个家户人名项处所支%％])"
_CHANGED = re.compile("|".join([*(word for group in _WORDS for word in group), _FIGURE]))


class Wording:
    """Words of a group change places, and so do the digits of figures, everywhere alike.

    :param choice: how they change.
    """

    def __init__(self, choice: random.Random) -> None:
        self._meant: dict[str, str] = {}
        for group in _WORDS:
            self._meant.update(zip(group, choice.sample(group, len(group)), strict=True))
        self._digits = str.maketrans("123456789", "".join(choice.sample("123456789", 9)))

    def of(self, text: str) -> str:
        """Put a text into this wording; its length stays."""
        return _CHANGED.sub(lambda found: self._meant.get(found[0]) or found[0].translate(self._digits), text)
