"""What must come out of the base's own documents, exactly."""

from collections import Counter
from pathlib import Path

import pytest

from ingest import read_document

DOCUMENTS = Path(__file__).parent.parent / "corpus" / "documents"
PLAN, WORK, CITY = "浦民发〔2023〕74号", "浦民发〔2023〕8号", "沪府办发〔2021〕16号"


@pytest.fixture(scope="module")
def documents():
    return {path.name: read_document(path) for path in sorted(DOCUMENTS.iterdir())}


def ids(document, prefix):
    return [clause.clause_id for clause in document.clauses if clause.clause_id.startswith(prefix)]


def clause(document, clause_id):
    return next(clause for clause in document.clauses if clause.clause_id == clause_id)


@pytest.fixture(params=[f"{PLAN}.pdf", f"{WORK}.pdf", f"{CITY}.pdf", f"{PLAN}.html"])
def document(documents, request):
    return documents[request.param]


def test_every_character_is_in_exactly_one_place(document):
    assert document.account.lost == 0
    assert not [warning for warning in document.warnings if "归入两处" in warning]


def test_source_text_is_the_slice_that_its_span_names(document):
    for clause in document.clauses:
        assert document.source_text[clause.span.start : clause.span.end] == clause.source_text
        for sentence in clause.sentences:
            assert clause.text[sentence.start : sentence.end] == sentence.text
            assert clause.span.start <= sentence.span.start < sentence.span.end <= clause.span.end


def test_text_is_the_document_text(document):
    assert all(clause.text in document.text for clause in document.clauses if clause.kind != "row")


def test_clause_ids_are_unique(document):
    assert max(Counter(clause.clause_id for clause in document.clauses).values()) == 1


def test_numbering_has_no_gaps_or_repeats(documents):
    assert [documents[f"{number}.pdf"].warnings for number in (PLAN, WORK, CITY)] == [(), (), ()]


def test_outline_of_74(documents):
    document = documents[f"{PLAN}.pdf"]
    assert [clause.clause_id for clause in document.clauses if clause.kind != "row"] == [
        f"{PLAN}/{tail}"
        for tail in (
            "通知/第1段", "第1段", "一/第1段", "二/（一）", "二/（二）", "二/（三）", "二/（四）", "三/第1段",
            *(f"四/（{part}）/{item}" for part in "一二三四" for item in "123"),
            "五/（一）", "五/（二）", "五/（三）", "五/（四）",
        )
    ]  # fmt: skip


def test_web_page_has_the_outline_of_its_pdf(documents):
    page, pdf = documents[f"{PLAN}.html"], documents[f"{PLAN}.pdf"]
    assert [clause.clause_id for clause in page.clauses] == [clause.clause_id for clause in pdf.clauses]
    assert [clause.citation for clause in page.clauses] == [clause.citation for clause in pdf.clauses]


def test_outline_of_8_runs_from_1_to_25_through_six_parts(documents):
    items = [clause_id for clause_id in ids(documents[f"{WORK}.pdf"], f"{WORK}/") if clause_id.count("/") == 2][1:]
    parts = {
        "一": range(1, 4),
        "二": range(4, 9),
        "三": range(9, 15),
        "四": range(15, 18),
        "五": range(18, 22),
        "六": range(22, 26),
    }
    assert items == [f"{WORK}/{part}/{item}" for part, run in parts.items() for item in run]


def test_outline_of_16(documents):
    document = documents[f"{CITY}.pdf"]
    runs = {"一": 3, "二": 8, "三": 5, "四": 6, "五": 3, "六": 4, "七": 0}
    for part, count in runs.items():
        found = [clause_id for clause_id in ids(document, f"{CITY}/三/（{part}）/") if clause_id.endswith("是")]
        assert found == [f"{CITY}/三/（{part}）/{ordinal}是" for ordinal in "一二三四五六七八"[:count]]
    assert ids(document, f"{CITY}/三/（七）") == [f"{CITY}/三/（七）/第1段"]
    assert ids(document, f"{CITY}/二/（二）/") == [f"{CITY}/二/（二）/{item}" for item in range(1, 6)]
    assert ids(document, f"{CITY}/一/（一）/") == [f"{CITY}/一/（一）/第{item}段" for item in range(1, 9)]
    assert [clause_id for clause_id in ids(document, f"{CITY}/四/") if clause_id.endswith("）")] == [
        f"{CITY}/四/（{part}）" for part in "一二三四五六七"
    ]


def test_boxes_stand_in_their_section_and_do_not_break_its_run(documents):
    boxes = {"三/（一）/重大事项一": 3, "三/（二）/重大事项二": 6, "三/（二）/重大事项三": 4, "三/（二）/重大事项四": 3,
             "三/（三）/重大事项五": 3, "三/（四）/重大事项六": 3, "三/（五）/重大事项七": 2, "四/（二）/重大事项八": 11}  # fmt: skip
    document = documents[f"{CITY}.pdf"]
    for box, count in boxes.items():
        assert ids(document, f"{CITY}/{box}/") == [f"{CITY}/{box}/{item}" for item in range(1, count + 1)]
    order = [
        clause_id.rsplit("/", 1)[1]
        for clause_id in ids(document, f"{CITY}/三/（二）/")
        if clause_id.endswith(("是", "二/6"))
    ]
    assert order == ["一是", "二是", "三是", "四是", "6", "五是", "六是", "七是", "八是"]


def test_paragraph_after_a_numbered_item_belongs_to_it(documents):
    first = clause(documents[f"{CITY}.pdf"], f"{CITY}/三/（二）/一是")
    assert first.text.startswith("一是健全基本养老服务制度。制定基本养老服务清单，")
    assert "\n构建长期照护服务制度体系。完善老年照护统一需求评估制度，" in first.text
    assert first.pages == (9, 10)


def test_line_moved_to_the_right_by_the_layer_does_not_open_a_paragraph(documents):
    item = clause(documents[f"{PLAN}.pdf"], f"{PLAN}/四/（二）/1")
    assert "发展“线上+线下”双聚力社区救助模式，精准识别社区中困难群体" in item.text
    assert "\n" not in clause(documents[f"{CITY}.pdf"], f"{CITY}/三/（三）/四是").text


def test_table_of_74(documents):
    (table,) = documents[f"{PLAN}.pdf"].tables
    assert table.columns == ("序号", "指标", "指标属性", "单位", "2025年目标值")
    assert table.caption == "浦东新区“十四五”时期社区服务体系建设主要指标"
    assert table.pages == (4, 5)
    assert table.rows == (
        ("1", "每百户居民拥有社区综合服务设施面积", "约束性", "平方米", "＞30"),
        ("2", "城乡社区综合服务设施覆盖率", "约束性", "%", "100"),
        ("3", "社区商业和综合服务设施面积占社区总建筑面积的比例", "预期性", "%", "≥10"),
        ("4", "居民活动区域面积占社区综合服务设施面积比例", "约束性", "%", "≥60"),
        ("5", "全区社区社会组织（含群众活动团队和社区活动小组）数", "预期性", "万家", "1.3"),
        ("6", "注册使用“社区云”居社互动平台家庭数占全部常住人口户数比例", "预期性", "%", "≥65"),
        ("7", "城乡社区政务通用自助服务覆盖率", "预期性", "%", "100"),
        ("8", "每万城镇常住人口拥有社区工作者", "预期性", "人", "≥18"),
        ("9", "社区工作者持有社会工作者职业资格证书比例", "预期性", "%", "≥22"),
        ("10", "志愿服务站点在社区综合服务设施中的覆盖率", "预期性", "%", "100"),
        ("11", "群众对社区服务总体满意率", "预期性", "", "≥80"),
    )


def test_web_page_lost_signs_of_the_table(documents):
    (table,) = documents[f"{PLAN}.html"].tables
    assert table.columns[-1] == "2025目标值"
    assert [row[-1] for row in table.rows] == ["30", "100", "10", "60", "1.3", "65", "100", "18", "22", "100", "80"]
    assert table.rows[7][3] == ""


def test_table_of_16_over_two_pages_with_a_repeated_header(documents):
    (table,) = documents[f"{CITY}.pdf"].tables
    assert table.columns == (
        "序号",
        "指标名称",
        "单位",
        "属性",
        "指标定义（计算公式）",
        "基准值（2020年）",
        "目标值（2025年）",
    )
    assert [row[0] for row in table.rows] == [str(number) for number in range(1, 16)]
    assert table.rows[4] == (
        "5",
        "社区老年助餐服务供客能力",
        "万客/日",
        "预期性",
        "全市社区助餐服务日均供客数",
        "12",
        "≥25",
    )
    assert table.rows[8][5:] == ("150", "3000左右")
    assert table.rows[14][4] == "当年度新开墓区单个墓位占地面积≤0.6平方米的安葬量/当年度总安葬量"
    assert table.pages == (7, 8)


def test_row_is_a_readable_sentence_with_its_cells(documents):
    row = clause(documents[f"{PLAN}.pdf"], f"{PLAN}/表1/9")
    assert row.kind == "row"
    assert (
        row.text
        == "序号：9；指标：社区工作者持有社会工作者职业资格证书比例；指标属性：预期性；单位：%；2025年目标值：≥22"
    )
    assert row.cells[4] == ("2025年目标值", "≥22")
    assert row.source_text.split("\t") == ["9", "社区工作者持有社会工作者职业资格证书比例", "预期性", "%", "≥22"]
    assert row.pages == (5,)


@pytest.mark.parametrize(
    ("file", "clause_id", "citation"),
    [
        (f"{PLAN}.pdf", f"{PLAN}/四/（二）/2", "《浦东新区民政局贯彻落实〈上海市城乡社区服务体系建设“十四五”规划〉实施方案》（浦民发〔2023〕74号）第四部分第（二）项第2点"),
        (f"{PLAN}.pdf", f"{PLAN}/表1/9", "《浦东新区民政局贯彻落实〈上海市城乡社区服务体系建设“十四五”规划〉实施方案》（浦民发〔2023〕74号）表1第9行"),
        (f"{PLAN}.pdf", f"{PLAN}/通知/第1段", "《关于印发〈浦东新区民政局贯彻落实《上海市城乡社区服务体系建设“十四五”规划》实施方案〉的通知》（浦民发〔2023〕74号）第1段"),
        (f"{WORK}.pdf", f"{WORK}/三/10", "《2023年浦东新区民政工作要点》（浦民发〔2023〕8号）第三部分第10点"),
        (f"{CITY}.pdf", f"{CITY}/三/（二）/五是", "《上海市民政事业发展“十四五”规划》（沪府办发〔2021〕16号）第三部分第（二）项“五是”"),
        (f"{CITY}.pdf", f"{CITY}/三/（二）/重大事项二/6", "《上海市民政事业发展“十四五”规划》（沪府办发〔2021〕16号）第三部分第（二）项重大事项二第6点"),
        (f"{CITY}.pdf", f"{CITY}/一/（一）/第3段", "《上海市民政事业发展“十四五”规划》（沪府办发〔2021〕16号）第一部分第（一）项第3段"),
    ],
)  # fmt: skip
def test_citations_read_as_an_official_writes_them(documents, file, clause_id, citation):
    assert clause(documents[file], clause_id).citation == citation


def test_heading_path(documents):
    assert clause(documents[f"{PLAN}.pdf"], f"{PLAN}/四/（二）/2").heading_path == (
        "四、主要任务", "（二）扩大城乡社区服务有效供给", "2、加强社区志愿与公益服务",
    )  # fmt: skip
    assert clause(documents[f"{CITY}.pdf"], f"{CITY}/三/（二）/重大事项二/6").heading_path == (
        "三、“十四五”时期上海民政事业发展的主要任务", "（二）建设多层次、普惠型、高品质的社会福利服务体系",
        "重大事项二：优化养老服务供给结构", "6.推进居家环境适老化改造",
    )  # fmt: skip


def test_metadata_of_the_city_plan(documents):
    found = documents[f"{CITY}.pdf"].metadata
    assert (found.number, found.title, found.issuer, found.date) == (
        CITY,
        "上海市民政事业发展“十四五”规划",
        "上海市人民政府办公厅",
        "2021-07-13",
    )
    assert found.recipients == ("各区人民政府", "市政府各委、办、局")
    assert found.copied_to == ("市委各部门", "市人大常委会办公厅", "市政协办公厅", "市纪委监委", "市高院", "市检察院")
    assert (found.printed, found.printed_by) == ("2021-07-23", "上海市人民政府办公厅")
    assert (found.red_head, found.note) == ("上海市人民政府办公厅文件", "此件公开发布")


def test_metadata_of_the_district_notices(documents):
    plan, work, page = (documents[name].metadata for name in (f"{PLAN}.pdf", f"{WORK}.pdf", f"{PLAN}.html"))
    assert (plan.number, plan.issuer, plan.date, plan.recipients) == (
        PLAN,
        "浦东新区民政局",
        "2023-11-06",
        ("各街道、镇",),
    )
    assert plan.title == "浦东新区民政局贯彻落实《上海市城乡社区服务体系建设“十四五”规划》实施方案"
    assert (
        plan.notice_title == "关于印发《浦东新区民政局贯彻落实<上海市城乡社区服务体系建设“十四五”规划>实施方案》的通知"
    )
    assert (work.number, work.title, work.date) == (WORK, "2023年浦东新区民政工作要点", "2023-02-20")
    assert work.recipients == ("机关各处室、局属事业单位", "各街镇相关部门")
    assert (page.number, page.date, page.index_number) == (PLAN, "2023-11-06", "SY-310115-2023-07221")


def test_web_page_warns_of_its_garbled_date(documents):
    assert documents[f"{PLAN}.html"].warnings == ("成文日期写作“2023116”，缺年月日；按同页发布时间读作 2023-11-06",)


def test_source_text_keeps_what_the_layer_says_and_text_what_the_page_shows(documents):
    item = clause(documents[f"{CITY}.pdf"], f"{CITY}/一/（一）/第2段")
    assert item.source_text.startswith(
        "兜牢民生最底部.以不低于居民人均可支配收入增幅为标准,每年调整最低生活保障标准,从７９０元/人\U00100170月提高至１２４０元/人\U00100170月,"
    )
    assert item.text.startswith(
        "兜牢民生最底部。以不低于居民人均可支配收入增幅为标准，每年调整最低生活保障标准，从790元/人·月提高至1240元/人·月，"
    )
    titles = clause(documents[f"{CITY}.pdf"], f"{CITY}/一/（一）/第6段")
    assert "«上海市实施‹中华人民共和国村民委员会组织法›办法»«" in titles.source_text
    assert "《上海市实施〈中华人民共和国村民委员会组织法〉办法》《" in titles.text


def test_half_width_punctuation_that_is_drawn_half_width_stays(documents):
    assert clause(documents[f"{PLAN}.pdf"], f"{PLAN}/五/（二）").text.count("居(村)") == 1
    assert "2022年不低于总床位的60%;2025年" in clause(documents[f"{CITY}.pdf"], f"{CITY}/三/（二）/重大事项二/1").text


def test_sentence_knows_its_page_and_boxes(documents):
    item = clause(documents[f"{PLAN}.pdf"], f"{PLAN}/四/（二）/2")
    sentence = next(sentence for sentence in item.sentences if "覆盖率达到100%" in sentence.text)
    assert sentence.text == "加强社区志愿服务站点建设，在社区综合服务设施中志愿服务站点覆盖率达到100%。"
    assert sentence.pages == (7,)
    assert [round(box.top) for box in sentence.boxes] == [350, 379, 408]


def test_clause_over_a_page_break_leaves_the_page_number_out(documents):
    item = clause(documents[f"{WORK}.pdf"], f"{WORK}/一/2")
    assert item.pages == (2, 3)
    assert "“家庭成长计划”“心希望”“新启程”等成长系救助品牌建设" in item.text
    assert "- 2 -" in documents[f"{WORK}.pdf"].furniture
