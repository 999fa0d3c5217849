"""The words by which sentences set targets: verbs of making and reaching, driving words, words of scope, bases.

Each list holds patterns of one alternative each; a look-ahead tells a word from the beginning of a longer one (建 from 建筑).
"""

from __future__ import annotations

import re


def _any(words: str) -> str:
    """One pattern of alternatives from words parted by blanks."""
    return "|".join(words.split())


ACTIONS = _any(r"""
    新增 新建 改建 提质改造 扩建 改扩建 新改建 新设立 新设 新布局 新开通
    新引进 新认定 新实施 新开 新招 建成投用 建成 建设(?!用地) 建立 建好
    打造 完成 设立 设置 增设 增加 配备 配置 开设 培育 培养 培训 创建 命名
    发布 制定 形成 布局 引进 新引育 引育 认定 实施 组建 推出 举办 办好 召开
    修订 开展 进行 公开 调整 开通 招引 招募 发放 补发 给予 筹集 筹建 推广
    遴选 选树 评选 选派 发展 改造 更新 治理 修复 整治 开工 投放 落地 实现
    支持 帮助 派发 公布 发行 攻克 突破 出台 提供 升级 种植 供应 释放 开行
    提档升级 提质升级 争取 安排 办理 提速 修改 废止 改造提升 提升 拉动 带动
    建(?![设筑材言议档]) 拿出 净增 兑现 腾出 接待 盘活 惠及 拆除 续建 出让 吸引
    转化
""")
"""Verbs that make or deliver what is counted."""

MAKES = rf"(?:(?:{ACTIONS})(?:和|及|、|并)?)*(?:{ACTIONS})(?![率者量]|标准(?!化)|水平|力度|时[间限长]|期限|总额|任务)"
"""One or several of them (新建和改造), but not the beginning of a noun (发放标准)."""

TAIL_MAKES = _any("""
    新增 新建 改建 新开通 新组建 组建 布局建设 建立 打造 设立 引进 认定 培育
    召开 修订 公开 举办 增设 进行 建成 发布 开展 补发 给予 发放 突破 完成
""")
"""Those that may follow their noun (外卡POS机新增5.4万台)."""

INNER_MAKES = re.compile(
    rf"(?<=[\u4e00-\u9fff，、])(?:{_any('新增 新改建 新建 改建 完成 建成 打造 落地 带动 拉动 提供 突破')})(?=.)(?![率度])"
)
"""Those that may stand inside, after a subject (城镇新增就业)."""

REACHES = _any(r"""
    达到 (?<![通到发送抵])达 提高到 提高至 提升到 提升至 增加到 增加至
    增长到 增长至 增至 增到 扩大到 扩大至 下降到 下降至 降至 降到 降低到
    降低至 降为 发展到 调整到 调整至 调整为 提高为 下调至 下调为 上调至 缩短至 缩短到
    压缩为 缩减至 减少到 减少至 延长至 延长到 放宽至 放宽到 恢复至 压缩到 压缩至 保持在 维持在 控制在 稳定在
    不低于 不少于
""")
"""Verbs and bounds that lead from an indicator to its value."""

CHANGED = (
    r"(?:提[高升]|调整|增[加长]?|降低?|下[降调]|上[调升浮]|压[缩减]|缩[短减]|延长|扩大|放宽|减少|优化|修改|变更|恢复|发展|拓展|改)"
    "(?:为|至|到)"
)
"""Words that lead from an old value to a new one."""

DRIVES = _any("""
    确保 力争 推动 推进 实现 促进 支持 鼓励 指导 引导 全面 加快 持续 稳步
    逐步 努力 着力 大力 积极 切实 有序 深入 探索 按照 按 继续 巩固 做实
    落实好 落实 重点 统筹 组织 启动 动态 抓好 集中力量 扎实 预计 有望 争取
    提前 初步 累计(?!次数|人数|金额|时[长间]) 基本(?!医疗|养老|公共|生活|农田|民生|药物|管理) 共(?!同|建|享) 分专业 高质量 高标准 高水平(?=建设)
""")
"""Words that only drive a task on."""

SCOPES = _any("""
    全市 全区 全省 全国 全县 全疆 全域 所有 全自治区 本市
    本区 本省 我市 我区 我省 我县 各区 各街镇 各镇 各街道 各市 各县 各地
    本行政区域内 辖区内
""")
"""Words that mean the whole area or each part of it."""

_LEADS = _any(r"""
    其中 同时 并(?!网|购) 且 或者 要(?!素|求) 将 把
    使(?!用) 在(?!校|线|建|册|岗|职|园) 对(?!外|口) 从(?!业)
    由 其(?!他|它) 应当 应(?!急|用|届|对) 须 必须 原则上
    一般(?!公共|性) 再(?!生|次) 为(?!老) 目前 现行 年度(?=.{6})
    即 含(?!氧) 比(?!例|重|率|值) 率先 提高(?!到|至)
    提升(?!到|至) 加强 完善 优化 增加(?!到|至) 扩大(?!到|至) 深化
    健全 做好 推行 (?:自|从)?20\d\d年(?:起|开始)
    （[一二三四五六七八九十]+） [一二三四五六七八九十]是
    \d{1,2}[.．](?!\d) 规定 [①-⑳] \d[—-]\d+月
""")
LEADING = re.compile(rf"^(?:[，、\s”]|{DRIVES}|{SCOPES}|{_LEADS})+")
"""What may stand before a name and is no part of it."""

_TRAILS = _any(r"""
    实现 分别 预计 合计 总计 累计 共计 一次性
    连续[\d一二三四五六七八九十]+年 继续保持 保持 力争 努力 原则上 一般 平均
    基本 最[多高低长短少大小] 应当 应 为 至 到 从 有 存在 在 共 稳定 已 均 都 各
    约 按照 按 是 以 超 近 且 或 和 向 须 ： 首次
""")
TRAILING = re.compile(rf"(?:{REACHES}|{_TRAILS})+$")
"""What may stand between a name and its value."""

SHARE = re.compile(
    r"(?:相当于|(?<![高低])于|按照?|较|比(?![例重率值]))[^，。；、占]{1,24}$(?<=[数时重积量值率产的用])"
    r"|占(?!比|地)[^，。；]*$(?<!比重)(?<!比例)(?<!份额)|完成[^，。；、]*任务的$"
)
"""What a share is of (占总课时, 按最低工资标准的), unless it is part of the name (占总面积比例)."""

LONG_BRACKET = re.compile(r"（[^（）]{7,}）$")
"""A bracket that explains a name; short ones belong to it: 街镇（乡）."""

RATE = (
    r"每(?:人|户|生|亩|床|名)(?:每(?:年|月|日|天|次))?"
    r"|每(?:\d+|[一二两三半])?个?(?:保险年度|年度|年|半年|季度|季|月|周|日|天|学期)"
)
"""A base in persons or time: 每人每月, 每5年."""

BASE = re.compile(r"(?P<base>每[^，。；、每]{1,9}?|每[^，。；每（]{1,4}（[^）]{1,9}）)(?:内|上|中)?$")
"""A base right before the value: 每区, 每个镇（乡）."""

BREAK = re.compile(r"[，。；;：:！？\n]|,(?!\d)")
"""What parts the stretches of a sentence."""
