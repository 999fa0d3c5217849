"""Clause to responsible units (责任主体): who a sentence charges, said outright or as its subject."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ingest.records import Clause, Unit
from ingest.units.organisations import load_forms

Found = tuple[int, str, str]
"""Place in the sentence, name, basis."""

_DUTIES = "牵头|负责|主管|主抓|主导|(?<!学校|单位)领导(?!干部|小组|班子|机构|人)|引领|统筹|会同|配合|组织实施|承担|各司其职|各司其责|各负其责"
_OBLIGED = (
    "(?<![重主需只纲摘概首紧必想])要(?!求|点|素|件|务|闻|害)|应当|应(?!急|用|对(?!接|照)|届|尽|养|保|助|享|有|收|住|救|帮|届|力|链)|(?<!必)须|必须|"
    "(?<!所)需(?!求|要的)|不得|务必"
)
_PREDICATE = re.compile(rf"(?:^|，)[^，。；：]{{0,16}}?(?:{_OBLIGED}|负责|会同|配合|统筹|承担|牵头|组织实施)")
_MAY = re.compile(r"可(?:以|从|凭|按|依|结合|向|通过|由|根据)|可(?=[\u4e00-\u9fff]{2}(?:，|。))")
_MOVED = (
    "支持|鼓励|倡导|引导|动员|发动|吸引|推动|推进|促进|指导|督促|帮助|协助|规范|组织(?!部)|协调|依托|通过|利用|整合|链接|引入|委托|避免|"
    "加强|强化|建设(?!局|委|厅|部)|深化|发挥|厚植|在|对|向|与|同(?!级)|给|为|以|被|把|将|按照|按|根据|经|报|据"
)
_MAKES = "形成|建立|健全|构建|完善|坚持|实行|落实|巩固|全面|进一步|着力|积极|逐步|同时|其中|并"
_OPENERS = re.compile(
    rf"(?:{_MOVED}|{_MAKES}|加快|持续|提升|提高|研究(?!院|所|中心)|激发|聚焦|充分|大力|稳步|有序|深入|不断|切实|努力|优化|扩大|拓展|拓宽|"
    r"培育|做好|做优|做强|做实|打造|开展|制定|制订|修订|编制|出台|印发|探索|试点|严格|改进|改革|创新|实施|实现|增强|关注|保障|确保|维护|"
    r"注重|贯彻|执行|适时|定期|围绕|针对|面向|立足|着眼|紧扣|继续|广泛|普遍|严密|重点|主动|畅通|丰富|统一|合理|科学|明确|审核|报送|提交|具体|加大|带动|听取|用于|考核|衡量|可|要|会同|由|对照|参照|依据|经过|每|其|该)"
)
"""Words that open a task without a subject; no name of an organisation begins with one."""

_VERBS = re.compile(
    r"(?:加强|整合|建立|健全|完善|制定|制订|落实|做好|开展|组织|推进|推动|推行|负责|统筹|指导|定期|坚持|按照|按|结合|根据|依据|围绕|依托|依法|及时|"
    r"积极|认真|切实|进一步|全面|严格|充分|深入|不断|持续|主动|会同|会(?=[\u4e00-\u9fff]{1,6}(?:部门|局|委|厅|残联))|牵头|配合|承担|履行|受理|审核|审批|"
    r"审定|初审|复核|核准|核定|核查|公布|公开|发布|发放|监督|检查|管理|建设|设立|设置|提供|出台|印发|编制|实施|执行|确保|保障|安排|明确|"
    r"将|对|把|通过|为|于|自|在|每年|每季|每月|分别|具体|共同|协同|联合|完成|参加|参与|研究|提出|拟订|拟定|采取|收到|告知|通知|汇总|"
    r"上报|报送|报|统计|填报|协调|接受|选派|承接|配备|使用|利用|发挥|召开|举办|给予|支持|鼓励|引导|加快|优化|培育|扩大|提升|提高|办理|登记|"
    r"支付|拨付|划拨|下达|筹集|建成|探索|针对|招用|聘用|加大|强化|深化|细化|组建|成立|落细|监测|评估|评价|抽查|处理|依规|适时|适当|统一|牢固|"
    rf"所属|均|也|都|重点|切|至少|20\d\d年|\d+月|{_OBLIGED})"
)
_LISTED = re.compile(
    r"(?:责任|牵头|主管|配合|承办|实施|主办|协办|参加)(?:单位|部门|主体|机关)\s*[：:]\s*(?P<names>[^。；;）)\n]+)"
)
_DUTY = re.compile(rf"(?P<names>[^，。；：]{{2,60}}?)(?:{_DUTIES})")
_MUST = re.compile(rf"(?P<names>[^，。；：]{{2,60}}?)(?:{_OBLIGED})")
_OWN_DUTY = re.compile(r"(?:压实|落实|履行|强化|发挥)(?P<names>[^，。；]{2,60}?)(?:责任|职责)")
_TOGETHER = re.compile(r"会同|联合|(?<=牵头)会|(?<=部门)会|(?<=局)会|商(?=[\u4e00-\u9fff]{2,8}(?:部门|局|委))")
_TIME = re.compile(
    r"(?:(?:到|自|从)?(?:20\d\d年[^，]{0,10}|每年[^，]{0,10}|“[^”]+”(?:期间|时期)?|\d+月底?[^，]{0,4})，)*(?:(?:每年)?(?:20\d\d年)?\d+月底?前)?"
)
_PAST_HEADING = re.compile(r"(?:发展|工作)基础|主要成[效就绩]|工作回顾|现状")
_MECHANISM = re.compile(r"(?:机制|格局|体制|体系|框架)[。；]?$")
_SECTOR = re.compile(
    r"(?:[省市区县]、?)+(?:民政|财政|教育|公安|司法|卫健|卫生健康|人社|人力资源社会保障|医保|医疗保障|住建|发改|发展改革)"
)
_FIGURE = re.compile(r"(?:率|占比|比例|总数|数量)?(?:达到|不少于|不低于|至少|提高[到至])[^，。；]{0,20}\d")
_PARTS = re.compile(r"、|和|及(?!时)|与|或(?!者)|以及|或者")
_LEVELS = re.compile(r"[省市区县州乡镇街]")
_SHARED_HEAD = re.compile(r"等?(?:有关|相关)?(?:行政|主管)?(?:部门|单位)$")
_QUOTED = re.compile(r"《[^》]*》|“[^”]*”")
_NUMBERED = re.compile(r"(?:[（(][一二三四五六七八九十\d]+[）)]|\d+[、.]|[一二三四五六七八九十]+是)?")
_LONGEST = 24


def read_units(clause: Clause) -> tuple[Unit, ...]:
    """Reads the organisations that a clause charges, in the order of the text, each once.

    Stated outright: 由X牵头, X负责, X要…, 责任单位：X, 发挥X职责, X会同Y. Subject: a stretch of the sentence opens with the
    name and a verb of doing. One that may, or is urged, moved, used or only a partner (X可以, 鼓励X, 依托X, 与X联动) is not
    charged.
    """
    if clause.kind == "row":
        return tuple(Unit(name, "stated", text) for name, text in _row_units(clause))
    past = any(_PAST_HEADING.search(heading) for heading in clause.heading_path)
    found: dict[str, Unit] = {}
    for sentence in clause.sentences:
        plain = _QUOTED.sub(lambda quoted: "□" * len(quoted.group()), sentence.text)
        for _, name, basis in sorted(_charged(plain)):
            unit = Unit(name, basis, sentence.text)
            if not (past and basis == "subject") and (
                name not in found or (found[name].basis, basis) == ("subject", "stated")
            ):
                found[name] = unit
    return tuple(found.values())


def _row_units(clause: Clause) -> Iterator[tuple[str, str]]:
    """A column of a table may name them."""
    for column, value in clause.cells:
        if re.search(r"(?:责任|牵头|主管|实施|配合)(?:单位|部门)", column):
            yield from ((name, value) for _, name in _names(value, 0, len(value)))


def _charged(sentence: str) -> Iterator[Found]:
    """Each organisation that one sentence charges."""
    for found in _LISTED.finditer(sentence):
        yield from _stated(_names(sentence, *found.span("names")))
    charging = False
    for start, end in _segments(sentence):
        numbered = _NUMBERED.match(sentence) if start == 0 else None
        start = numbered.end() if numbered else start
        if "可以" in sentence[start:end]:
            continue
        by = list(_by(sentence, start, end))
        duties = list(_duties(sentence, start, end))
        described = start > 0 and _MECHANISM.search(sentence)
        subject = [] if by or duties or described else list(_subject(sentence, start, end))
        yield from (*by, *duties, *subject, *_stated(_own_duty(sentence, start, end)))
        charging = bool(by or duties or subject) or (charging and not _OPENERS.match(sentence, start))
        if charging or sentence.startswith("会同", start):
            yield from _stated(_partners(sentence, start, end))


def _stated(names: Iterator[tuple[int, str]]) -> Iterator[Found]:
    return ((place, name, "stated") for place, name in names)


def _segments(sentence: str) -> Iterator[tuple[int, int]]:
    start = 0
    for stop in re.finditer(r"[，。；：！？\n]|$", sentence):
        if stop.start() > start:
            yield start, stop.start()
        start = stop.end()


def _by(sentence: str, start: int, end: int) -> Iterator[Found]:
    """由X审定: X is charged; 由X协助的事务 only says which matters are meant."""
    for found in re.finditer("由", sentence[start:end]):
        place = start + found.end()
        names = _leading(sentence, place, end)
        rest = sentence[names[-1][0] + len(names[-1][1]) : end] if names else ""
        if names and not rest.startswith(("组成", "构成")) and ("的" not in rest or found.start() == 0):
            yield from _stated(iter(names))


def _duties(sentence: str, start: int, end: int) -> Iterator[Found]:
    """X、Y牵头, X主导、Y各司其责, 各街镇要…: names right before a duty or an obligation."""
    for pattern in (_DUTY, _MUST):
        place = start
        while found := pattern.search(sentence, place, end):
            names = list(_names(sentence, *found.span("names"), last=True))
            place = found.end()
            if names and not (sentence.startswith(("作用", "下"), place) or _moved(sentence, start, names[0][0])):
                yield from _stated(iter(names))


def _own_duty(sentence: str, start: int, end: int) -> Iterator[tuple[int, str]]:
    """发挥X统筹、协调职责: the duty is called X's own."""
    for found in _OWN_DUTY.finditer(sentence, start, end):
        begin, stop = found.span("names")
        ends = (cut for cut in range(stop, begin, -1) if _is_name(sentence[begin:cut]))
        yield from ((begin, sentence[begin:cut]) for cut in list(ends)[:1])


def _partners(sentence: str, start: int, end: int) -> Iterator[tuple[int, str]]:
    """会同X、Y: X and Y act as well."""
    for found in _TOGETHER.finditer(sentence, start, end):
        if not _MAY.search(sentence, start, found.start()):
            yield from _leading(sentence, found.end(), end)


def _subject(sentence: str, start: int, end: int) -> Iterator[Found]:
    """The organisations that open a stretch of the sentence before a verb of doing, a time before them aside."""
    time = _TIME.match(sentence, start) if start == 0 or sentence[start - 1] == "，" else None
    begin = time.end() if time and time.end() < len(sentence) else start
    stop = next((stop for a, stop in _segments(sentence) if a <= begin < stop), end)
    if _OPENERS.match(sentence, begin):
        return
    names = _leading(sentence, begin, stop, before_verb=True)
    if not names:
        return
    after = names[-1][0] + len(names[-1][1])
    rest = sentence[after:]
    if not (_MAY.match(rest) or re.search("，可[以按从]", rest) or _FIGURE.search(rest[:16])):
        basis = "stated" if _PREDICATE.search(rest) else "subject"
        yield from ((place, name, basis) for place, name in names)


def _leading(sentence: str, start: int, end: int, before_verb: bool = False) -> list[tuple[int, str]]:
    """The names that a stretch opens with, listed or one; the shortest that a verb follows, else the longest."""
    ends = [cut for cut in range(start + 1, min(end, start + 80) + 1) if _is_list(sentence, start, cut)]
    verbs = [cut for cut in ends if _VERBS.match(sentence, cut)]
    cut = verbs[0] if verbs else ends[-1] if ends and not before_verb else None
    return list(_names(sentence, start, cut)) if cut else []


def _is_list(sentence: str, start: int, end: int) -> bool:
    """Whether a stretch is nothing but names in a list."""
    parts = _parts(sentence, start, end)
    return all(_is_name(sentence[a:b]) for a, b in parts) or _shares_head(sentence, parts)


def _parts(sentence: str, start: int, end: int) -> list[tuple[int, int]]:
    """The members of a list; 市、区民政部门 is one, for 市 alone is no name."""
    parts: list[tuple[int, int]] = []
    place = start
    for mark in [*_PARTS.finditer(sentence, start, end), None]:
        stop = mark.start() if mark else end
        if not (mark and _LEVELS.fullmatch(sentence[place:stop])):
            parts.append((place, stop))
            place = mark.end() if mark else end
    return parts


def _shares_head(sentence: str, parts: list[tuple[int, int]]) -> bool:
    """财政、教育、医保等部门: bare names with one head for all."""
    last = sentence[parts[-1][0] : parts[-1][1]]
    bare = all(
        2 <= len(re.sub("^[市区县省]", "", sentence[a:b])) <= 9 and re.fullmatch(r"[\u4e00-\u9fff]+", sentence[a:b])
        for a, b in parts[:-1]
    )
    opened = any(_OPENERS.match(sentence[a:b]) for a, b in parts)
    return len(parts) > 1 and bare and not opened and bool(_SHARED_HEAD.search(last)) and 3 < len(last) <= 14


def _names(sentence: str, start: int, end: int, last: bool = False) -> Iterator[tuple[int, str]]:
    """The organisations of a list, each less the words of making before it.

    :param last: only the run of names that reaches the end.
    """
    parts = _parts(sentence, start, end)
    if _shares_head(sentence, [_less_making(sentence, *parts[0]), *parts[1:]]):
        parts[0] = _less_making(sentence, *parts[0])
        for a, b in parts:
            name = re.sub(r"等(?:有关|相关)?(?:部门|单位)$", "", sentence[a:b])
            yield a, name
        return
    run: list[tuple[int, str]] = []
    for a, b in reversed(parts):
        found = _trimmed(sentence, a, b)
        if found is not None:
            run.insert(0, found)
        elif last:
            break
    yield from run


def _less_making(sentence: str, start: int, end: int) -> tuple[int, int]:
    lead = re.match(rf"(?:[\d.、]*)(?:{_MAKES})*", sentence[start:end])
    return start + (lead.end() if lead else 0), end


def _trimmed(sentence: str, start: int, end: int) -> tuple[int, str] | None:
    """The name that ends at ``end``, less the words of making before it (形成, 健全); one that is moved is none."""
    begin, _ = _less_making(sentence, start, end)
    name = sentence[begin:end].removesuffix("等")
    return (begin, name) if _is_name(name) else None


def _is_name(words: str) -> bool:
    plain = 1 < len(words) <= _LONGEST and not re.search(r"[的□\d由，。；]", words) and not _OPENERS.match(words)
    return plain and (load_forms().names_organisation(words) or bool(_SECTOR.fullmatch(words)))


def _moved(sentence: str, start: int, place: int) -> bool:
    """Whether the stretch before a name opens with a word that urges, moves or uses what follows."""
    return bool(re.match(rf"(?:{_MAKES})*(?:{_MOVED})", sentence[start:place]))
