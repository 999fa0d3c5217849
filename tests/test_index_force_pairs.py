"""Pairs of documents that replace or repeal one another, in the wordings of real ones: marked right, before and after."""

import re

import pytest
from ingest_pages import document

from index.answer.days import before
from index.answer.force import forces_of, is_out, on
from index.answer.repeals import repeals_of
from ingest import read_document

OLD = """{title}
{number}

第一条 为加强管理，制定本办法。
第二条 本办法自2015年3月1日起施行。

{issuer}
2015年2月1日
"""
NEW = """{title}
{number}

第一条 为加强管理，制定本办法。
{said}

{issuer}
2023年6月1日
"""
FROM_JULY = "第二条 本办法自2023年7月1日起施行。"
T, N = "青禾市养老服务补贴办法", "青民规〔2015〕3号"
PAIRS = {
    "同时废止": (T, N, T, f"{FROM_JULY}《{T}》（{N}）同时废止。", "2023-07-01"),
    "印发之日": (T, N, T, f"第二条 本办法自印发之日起施行，《{T}》（{N}）同时废止。", "2023-06-01"),
    "两件": (T, N, T, f"{FROM_JULY}《关于推进专区建设的意见》（青民发〔2012〕87号）、《{T}》（{N}）同时废止。", "2023-07-01"),
    "试行": (f"{T}（试行）", N, T, f"{FROM_JULY}《{T}（试行）》（{N}）同时废止。", "2023-07-01"),
    "半角": (f"{T}(试行)", N, T, f"{FROM_JULY}青禾市民政局2015年2月1日发布的《{T}(试行)》(青民规〔2015〕3号)同时废止。", "2023-07-01"),
    "通知": (T, N, T, f"{FROM_JULY}《青禾市民政局关于印发〈{T}〉的通知》（{N}）同时废止。", "2023-07-01"),
    "通知无号": (T, N, T, f"{FROM_JULY}《青禾市民政局关于印发{T}的通知》同时废止。", "2023-07-01"),
    "发布的": ("青禾市户籍准入登记暂行规定", "青政发〔2015〕99号", "青禾市户籍准入管理规定",
            f"{FROM_JULY}2015年2月1日发布的《青禾市户籍准入登记暂行规定》（青政发〔2015〕99号）同时废止。", "2023-07-01"),
    "令发布修正": ("青禾市暂住人口管理办法", "青禾市人民政府令第66号", "青禾市流动人口服务办法",
              f"{FROM_JULY}2015年2月1日市人民政府令第66号发布、2018年6月30日市人民政府令第134号修正的《青禾市暂住人口管理办法》同时废止。",
              "2023-07-01"),
    "只写字号": (T, N, "关于促进养老服务发展的意见", "（二）本意见自下发之日起试行，青民规〔2015〕3号文件同时废止。", "2023-06-01"),
    "原": (T, N, T, f"{FROM_JULY}原《{T}》（{N}）同时废止。", "2023-07-01"),
    "原停止执行": (T, N, T, f"{FROM_JULY}原《{T}》同时停止执行。", "2023-07-01"),
    "会议通过的": ("青禾市实施〈中华人民共和国残疾人保障法〉办法", None, "青禾市残疾人保障条例",
              "第二条 本条例自2023年7月1日起施行。2015年1月23日青禾市第一届人民代表大会常务委员会第二十三次会议通过的"
              "《青禾市实施〈中华人民共和国残疾人保障法〉办法》同时废止。", "2023-07-01"),
    "令号": ("青禾市环境统计管理办法", "青禾市人民政府令第37号", "青禾市生态环境统计管理办法",
          f"{FROM_JULY}《青禾市环境统计管理办法》（青禾市人民政府令第37号）同时废止。", "2023-07-01"),
    "不再执行": ("青禾市中介服务事项清单（2015年版）", "青府发〔2015〕2号", "青禾市中介服务事项清单（2023年版）",
             "第二条 《清单（2023年版）》自2023年9月1日起施行，《青禾市中介服务事项清单（2015年版）》（青府发〔2015〕2号）不再执行。",
             "2023-09-01"),
    "另写日期": (T, N, "关于停止执行有关文件的通知", f"一、《{T}》（{N}）自2024年1月1日起废止。", "2024-01-01"),
    "日期在前": (T, N, "关于停止执行有关文件的通知", f"一、自2024年1月1日起，《{T}》（{N}）停止执行。", "2024-01-01"),
    "决定废止": (T, N, "关于废止部分文件的决定", f"一、经研究，决定废止《{T}》（{N}）。", "2023-06-01"),
    "宣布失效": (T, N, "关于废止部分文件的决定", f"一、宣布失效《{T}》等2件规范性文件。", "2023-06-01"),
    "等三件": (T, N, T, f"{FROM_JULY}《{T}》（{N}）等3件规范性文件同时废止。", "2023-07-01"),
    "简称": (T, N, T, f"{FROM_JULY}《{T}》（{N}，以下简称《原办法》）同时废止。", "2023-07-01"),
    "下列文件": (T, N, T, f"{FROM_JULY}下列文件同时废止：\n（一）《青禾市敬老卡办法》（青民规〔2011〕1号）；\n（二）《{T}》（{N}）。",
             "2023-07-01"),
    "附件目录": (T, N, "关于废止部分文件的通知",
             "一、废止的文件见附件。\n\n附件\n\n废止的规范性文件目录\n\n1.青禾市民政局关于印发青禾市敬老卡办法的通知（青民规〔2011〕1号）\n"
             f"2.青禾市民政局关于印发{T}的通知（{N}）", "2023-06-01"),
    "旧文无号": (T, None, T, f"{FROM_JULY}《{T}》（{N}）同时废止。", "2023-07-01"),
}  # fmt: skip
ISSUER = "青禾市民政局"


@pytest.fixture
def base(tmp_path):
    """Read texts into a base: documents and their force on a day."""

    def read(*texts):
        found = {}
        for place, text in enumerate(texts):
            file = tmp_path / f"{place}.txt"
            if isinstance(text, str):
                file.write_text(text, encoding="utf-8")
            one = read_document(file) if isinstance(text, str) else text
            found[one.key] = one
        forces = forces_of(found, repeals_of(found))
        return lambda key, day: on(forces[key], day)

    return read


def old(title=T, number=N, issuer=ISSUER):
    return OLD.format(title=title, number=number or "", issuer=issuer)


def new(said, title=T, number="青民规〔2023〕8号", issuer=ISSUER):
    return NEW.format(title=title, number=number, said=said, issuer=issuer)


@pytest.mark.parametrize("name", PAIRS)
def test_a_pair_is_marked_before_and_after(base, name):
    title, number, newer, said, day = PAIRS[name]
    force, key = base(old(title, number), new(said, newer)), number or title
    assert [force(key, one).status for one in ("2015-02-28", before(day), day)] == ["尚未施行", "现行", "已废止"]
    assert [is_out(force(key, one)) for one in ("2015-02-28", before(day), day)] == [True, False, True]
    ended = force(key, day).ended
    assert (ended.day, ended.key) == (day, "青民规〔2023〕8号")
    assert re.search("废止|停止执行|不再执行|失效", ended.words)


def test_a_replaced_document_is_said_to_be_replaced(base):
    force = base(old(), new(f"{FROM_JULY}本办法代替《{T}》（{N}）。"))
    assert [force(N, day).status for day in ("2023-06-30", "2023-07-01")] == ["现行", "已被代替"]


def test_rows_of_a_table_of_repealed_documents(base):
    table = [
        ["序号", "文件名称", "文号", "清理结果"],
        ["1", f"青禾市民政局关于印发{T}的通知", N, "废止"],
        ["2", "青禾市敬老卡办法", "青民规〔2015〕9号", "继续有效"],
    ]
    decision = document(
        "青禾市民政局关于公布文件清理结果的通知", "现公布清理结果。", "青禾市民政局", "2023年6月1日", table
    )
    force = base(old(), old("青禾市敬老卡办法", "青民规〔2015〕9号"), decision)
    assert [force(key, "2024-01-01").status for key in (N, "青民规〔2015〕9号")] == ["已废止", "现行"]
    assert (
        force(N, "2024-01-01").ended.words
        == f"序号：1；文件名称：青禾市民政局关于印发{T}的通知；文号：{N}；清理结果：废止"
    )


@pytest.mark.parametrize(
    "said",
    [
        f"《{T}》（{N}）第二条同时废止。",
        f"《{T}》（{N}）附件2同时废止。",
        f"《{T}》（{N}）中有关补贴标准的规定停止执行。",
        f"废止《{T}》（{N}）第二条。",
        f"《{T}》（青民规〔2011〕9号）同时废止。",
        f"《{T}（试行）》同时废止。",
        f"《{T}》（{N}）与本办法不一致的，以本办法为准。",
        "原有规定与本办法不一致的，以本办法为准。",
        f"《{T}》（{N}）废止前已经受理的，按原规定办理。",
        f"市民政局拟废止《{T}》（{N}）。",
        f"及时修改或废止《{T}》（{N}）。",
        f"根据《{T}》（{N}），废止有关证件。",
        f"《{T}》（{N}）不再适用于东区。",
        f"附件\n\n继续有效的规范性文件目录\n\n1.青禾市民政局关于印发{T}的通知（{N}）",
        f"附件\n\n拟废止的规范性文件目录\n\n1.青禾市民政局关于印发{T}的通知（{N}）",
    ],
)  # fmt: skip
def test_what_is_no_repeal_of_the_document(base, said):
    force = base(old(), new(f"{FROM_JULY}{said}"))(N, "2024-01-01")
    assert (force.status, force.ended, force.cautions) == ("现行", None, ())


def test_a_draft_repeals_nothing_and_has_no_force(base):
    said = f"{FROM_JULY}《{T}》（{N}）同时废止。"
    force = base(old(), new(said, f"{T}（征求意见稿）"))
    assert (force(N, "2024-01-01").status, force("青民规〔2023〕8号", "2024-01-01").status) == ("现行", "征求意见稿")
    assert force(N, "2024-01-01").cautions == (
        f"《{T}（征求意见稿）》（青民规〔2023〕8号）写有“{said.replace(' ', '')}”，但只是征求意见稿，不产生废止的效力".replace(FROM_JULY.replace(" ", ""), ""),
    )  # fmt: skip


def test_the_same_title_of_another_office_is_not_surely_meant(base):
    said = f"{FROM_JULY}《养老服务补贴办法》同时废止。"
    other = base(old("养老服务补贴办法", issuer="青禾市临江区民政局"), new(said, issuer="青禾市滨湖区民政局"))(
        N, "2024-01-01"
    )
    assert (other.status, other.cautions) == ("现行", ())
    unsure = base(old("养老服务补贴办法", issuer="养老服务中心"), new(said, "养老办法", issuer="社会保障中心"))(
        N, "2024-01-01"
    )
    assert unsure.status == "现行"
    assert unsure.cautions[0].endswith("但未写明字号，不能确定就是这一份")


def test_the_end_of_what_repealed_it_revives_nothing(base):
    again = new(
        f"第二条 本办法自2025年1月1日起施行，《{T}》（青民规〔2023〕8号）同时废止。", number="青民规〔2024〕2号"
    ).replace("2023年6月1日", "2024年12月1日")
    force = base(old(), new(PAIRS["同时废止"][3]), again)
    assert [force(key, "2025-02-01").status for key in (N, "青民规〔2023〕8号", "青民规〔2024〕2号")] == [
        "已废止",
        "已废止",
        "现行",
    ]
    assert force(N, "2025-02-01").ended.key == "青民规〔2023〕8号"


def test_what_repeals_is_not_in_force_before_it_is_issued(base):
    force = base(old(), new(f"第二条 本办法自2023年1月1日起施行，《{T}》（{N}）同时废止。"))
    assert [force(N, day).status for day in ("2023-03-01", "2023-06-01")] == ["现行", "已废止"]
    assert force("青民规〔2023〕8号", "2023-03-01").status == "尚未印发"
