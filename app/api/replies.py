"""What a reply holds, field by field: the words of the reference; a test holds every real reply to it."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field

Status = Literal["found", "related", "not_found"]


def _is(text: str) -> Any:
    return Field(description=text)


def _maybe(text: str) -> Any:
    """A field that is left out where there is nothing to say."""
    return Field(None, description=text)


class _Record(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)


class Document(_Record):
    """文件题头。"""

    number: str | None = _is("发文字号")
    title: str = _is("标题")
    issuer: str | None = _is("发文机关")
    date: str | None = _is("成文日期，如 2023-11-06")


class Ground(_Record):
    """效力的依据。"""

    kind: str = _is("施行、有效期、废止、代替、规划期等")
    date: str | None = _is("日期")
    stated: bool = _is("日期是否由原文写明")
    rule: str = _is("日期怎样推算；写明的为空")
    words: str = _is("原句")
    clause_id: str = _is("原句所在条款")
    document: str = _is("原句所在文件")
    citation: str = _is("原句出处")


class Force(_Record):
    """文件在某一天的效力。"""

    status: str = _is(
        "现行、已废止、已被代替、有效期已过、尚未施行、尚未印发、征求意见稿、规划期内、规划期已过或未载明"
    )
    day: str = _is("哪一天")
    issued: str | None = _is("印发日期")
    since: str | None = _is("施行日期")
    until: str | None = _is("最后有效的一天")
    words: str = _is("一句话说明，带出处")
    grounds: list[Ground] = _is("依据")
    cautions: list[str] = _is("拿不准的，仅作提醒")


class Reference(_Record):
    """文中所引。"""

    text: str = _is("文中的字")
    start: int = _is("在条款 text 中从第几个字起（从 0 数）")
    end: int = _is("到第几个字止（不含）")
    number: str | None = _is("所引文件的发文字号")
    title: str | None = _is("所引文件的标题")
    held: bool = _is("库中有没有")
    clause_ids: list[str] = _is("所引条款")
    citation: str = _is("所引条款的出处")
    sentence: str = _is("所引条款的首句")
    remark: str = _is("指不到的原因，如：库中没有")


class Evidence(_Record):
    """答句。"""

    text: str = _is("原句，一字不差")
    page: int | None = _is("页码")
    doubtful: bool | None = _maybe("扫描识别拿不准时为 true")


class Unit(_Record):
    """条款里的责任主体。"""

    name: str = _is("单位")
    basis: str = _is("stated 原文写明，subject 句子主语")


class Charge(Unit):
    """责任主体。"""

    citation: str = _is("出处")


class Target(_Record):
    """条款里的目标值。"""

    indicator: str = _is("指标")
    comparator: str = _is("比较，如 ≥")
    value: str = _is("数值")
    unit: str = _is("单位")
    deadline: str | None = _is("期限")
    baseline: str | None = _is("基准值")
    nature: str | None = _is("约束性或预期性")
    text: str = _is("原文")


class Statement(Target):
    """目标值及其出处。"""

    action: str | None = _is("动作，如 新增")
    baseline_year: str | None = _is("基准年")
    definition: str | None = _is("指标的定义")
    kind: str = _is("target 目标，limit 时限，achieved 已完成，condition 适用条件")
    sentence: str = _is("原句")
    clause_id: str = _is("条款编号")
    citation: str = _is("出处")
    page: int | None = _is("页码")
    document: str | None = _is("发文字号")


class Hit(_Record):
    """找到的条款。"""

    rank: int = _is("名次，从 1 数")
    score: float = _is("排序用的分数，不是概率")
    found_by: list[str] = _is("reference 按条号，lexical 按字词，dense 按语义")
    clause_id: str = _is("条款编号")
    citation: str = _is("出处，可直接引用")
    document: Document = _is("所在文件")
    heading_path: list[str] = _is("从部分到条的标题")
    text: str = _is("条款全文")
    evidence: list[Evidence] = _is("作答的原句，最相合的在前")
    pages: list[int] = _is("页码；网页没有")
    units: list[Unit] = _is("责任主体")
    targets: list[Target] = _is("目标值")
    references: list[Reference] = _is("文中所引")
    force: Force | None = _maybe("所在文件的效力")


class SearchResult(_Record):
    """查找的结果。"""

    query: str = _is("问题")
    status: Status = _is("found、related 或 not_found；只有 found 的是答案")
    hits: list[Hit] = _is("条款，最相合的在前")
    as_of: str | None = _maybe("按哪一天的效力")
    notes: list[str] | None = _maybe("按那一天查，要知道的事")


class Agreement(_Record):
    """同一指标的两处写法。"""

    agree: bool = _is("是否一致")
    remark: str = _is("一致，或哪里不同")
    statements: list[Statement] = _is("两处")


class Side(_Record):
    """对照的一方。"""

    document: str = _is("发文字号或标题")
    statement: Statement | None = _is("目标值；没有写明为 null")


class Comparison(_Record):
    """一项指标的对照。"""

    indicator: str = _is("指标")
    sides: list[Side] = _is("各份文件")
    remark: str | None = _is("要说明的")


class ReadAs(_Record):
    """日常说法按公文用语去找。"""

    word: str = _is("日常说法")
    official: list[str] = _is("公文用语")


class Answer(_Record):
    """答复。"""

    query: str = _is("问题")
    kind: str = _is("clause 一条，list 清单，compare 对照")
    status: Status = _is("found、related 或 not_found；只有 found 的是答案")
    total: int = _is("清单共有几条；其余为 hits 的条数")
    as_of: str | None = _maybe("按哪一天的效力")
    missing: list[str] = _is("问题点名而库中没有、或不止一处的")
    hits: list[Hit] = _is("条款；status 不是 found 时只是相近")
    targets: list[Statement] = _is("答句所在条款的目标值")
    units: list[Charge] = _is("责任主体")
    issuer: str | None = _is("发文机关，不是责任主体")
    agreements: list[Agreement] = _is("同一文件别处对同一指标的写法")
    comparisons: list[Comparison] = _is("对照")
    warnings: list[str] = _is("注意")
    read_as: list[ReadAs] = _is("按什么说法去找")


class Clause(_Record):
    """条款。"""

    clause_id: str = _is("条款编号")
    kind: str = _is("种类：clause 正文条款，row 表格一行等")
    citation: str = _is("出处，可直接引用")
    document: Document = _is("所在文件")
    heading_path: list[str] = _is("从部分到条的标题")
    text: str = _is("全文")
    source_text: str = _is("源文件里的字，未经换行拼接")
    cells: list[list[str]] = _is("表格一行的各格：表头和内容")
    pages: list[int] = _is("页码")
    references: list[Reference] = _is("文中所引")
    doubtful: bool | None = _maybe("扫描识别拿不准时为 true")
    force: Force | None = _maybe("所在文件的效力")


class Listed(_Record):
    """库中一份文件。"""

    key: str = _is("条款编号以此开头：发文字号，没有的是标题")
    document: Document = _is("题头")
    file: str = _is("源文件名")
    clauses: int = _is("条款数")
    targets: int = _is("目标值数")
    force: Force = _is("今天的效力")


class Heading(_Record):
    """一个条款的编号和标题。"""

    clause_id: str = _is("条款编号")
    kind: str = _is("种类")
    heading_path: list[str] = _is("从部分到条的标题")
    pages: list[int] = _is("页码")


class Held(Listed):
    """一份文件和它的条款。"""

    notice_title: str | None = _is("印发通知的标题")
    recipients: list[str] = _is("主送机关")
    warnings: list[str] = _is("请核对的")
    outline: list[Heading] = _is("各个条款，按原文次序")


class Finding(_Record):
    """一处引文或出处。"""

    verdict: str = _is("结论")
    is_fault: bool = _is("是否要改")
    start: int = _is("在 text 中从第几个字起（从 0 数）")
    end: int = _is("到第几个字止（不含）")
    quoted: str = _is("引文；只有出处时为空")
    cited: str = _is("文稿写的出处；没有时为空")
    cited_start: int = _is("出处从第几个字起")
    cited_end: int = _is("出处到第几个字止")
    citation: str = _is("原文的出处")
    clause_id: str = _is("原文所在条款")
    held: str = _is("原文")
    differences: list[tuple[tuple[int, int], tuple[int, int]]] = _is("不同之处：在 quoted 中的起止，在 held 中的起止")
    suggestion: tuple[int, int, str] | None = _is("怎么改：text 中的起止，换成什么")
    page: int | None = _is("原文的页码")
    remark: str = _is("要说明的")


class Checked(_Record):
    """校核的结果。"""

    text: str = _is("文稿")
    counts: dict[str, int] = _is("各种结论有几处")
    faults: int = _is("要改的有几处")
    findings: list[Finding] = _is("按文稿里的次序")


class Health(_Record):
    """状态。"""

    state: Literal["ready", "preparing"] = _is("ready 可以提问，preparing 还在准备")
    base: str = _is("知识库内容的摘要（SHA-256）；内容变了它就变")
    version: str = _is("程序版本")
    documents: int = _is("文件数")
    clauses: int = _is("条款数")


class Fault(_Record):
    """出错。"""

    code: str = _is("错误的代号，不随说明文字改变")
    message: str = _is("哪里不对")
    remedy: str = _is("怎么办")
