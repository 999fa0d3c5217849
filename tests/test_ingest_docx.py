"""Word documents: automatic numbers, tracked changes, fields, notes, boxes, tables, and what is no text of the document."""

import pytest
from word_files import OFFICE, num, par, run, word, zipped

from ingest import read_document
from ingest.errors import NoText, UnreadableFile
from ingest.pages import Footnote
from ingest.readers import docx
from ingest.readers.docx_ordinals import ordinal


def page(*body, **parts):
    (read,) = docx.read("试.docx", word("".join(body), **parts))
    return read


def texts(*body, **parts):
    return [line.text for line in page(*body, **parts).lines]


def level(place, style, text, extra=""):
    return f'<w:lvl w:ilvl="{place}"><w:start w:val="1"/><w:numFmt w:val="{style}"/>{extra}<w:lvlText w:val="{text}"/></w:lvl>'


def lists(*levels, numbers='<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'):
    return f'<w:abstractNum w:abstractNumId="0">{"".join(levels)}</w:abstractNum>{numbers}'


OUTLINE = lists(
    level(0, "chineseCountingThousand", "第%1章"),
    level(1, "chineseCountingThousand", "第%2条", '<w:lvlRestart w:val="0"/>'),
    level(2, "chineseCounting", "（%3）", '<w:suff w:val="nothing"/>'),
)


def test_automatic_numbers_are_text():
    assert texts(
        par("总则", num(1, 0)),
        par("为规范管理，制定本办法。", num(1, 1)),
        par("本办法适用于下列单位：", num(1, 1)),
        par("市属单位；", num(1, 2)),
        par("区属单位。", num(1, 2)),
        par("附则", num(1, 0)),
        par("本办法自印发之日起施行。", num(1, 1)),
        numbering=OUTLINE,
    ) == [
        "第一章 总则",
        "第一条 为规范管理，制定本办法。",
        "第二条 本办法适用于下列单位：",
        "（一）市属单位；",
        "（二）区属单位。",
        "第二章 附则",
        "第三条 本办法自印发之日起施行。",
    ]


def test_levels_below_begin_again_and_name_those_above():
    numbering = lists(level(0, "decimal", "%1"), level(1, "decimal", "%1.%2"), level(2, "decimal", "%1.%2.%3"))
    levels = [0, 1, 1, 2, 0, 1, 2, 2]
    assert texts(*(par("节", num(1, place)) for place in levels), numbering=numbering) == [
        "1 节", "1.1 节", "1.2 节", "1.2.1 节", "2 节", "2.1 节", "2.1.1 节", "2.1.2 节",
    ]  # fmt: skip


def test_a_legal_level_writes_chinese_numbers_above_it_as_digits():
    numbering = lists(level(0, "chineseCounting", "%1、"), level(1, "decimal", "%1.%2", "<w:isLgl/>"))
    assert texts(par("甲", num(1, 0)), par("乙", num(1, 1)), numbering=numbering) == ["一、 甲", "1.1 乙"]


def test_a_number_of_its_own_begins_again_where_it_says_so_and_goes_on_where_it_does_not():
    numbers = (
        '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num><w:num w:numId="2"><w:abstractNumId w:val="0"/>'
        '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride></w:num>'
        '<w:num w:numId="3"><w:abstractNumId w:val="0"/></w:num>'
    )
    numbering = lists(level(0, "decimal", "%1."), numbers=numbers)
    order = [1, 1, 2, 2, 3]
    assert texts(*(par("项", num(one)) for one in order), numbering=numbering) == [
        "1. 项", "2. 项", "1. 项", "2. 项", "3. 项",
    ]  # fmt: skip


STYLES = (
    '<w:style w:type="paragraph" w:styleId="a"><w:name w:val="条"/><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
    '<w:style w:type="paragraph" w:styleId="b"><w:name w:val="紧条"/><w:basedOn w:val="a"/></w:style>'
)


def test_a_style_gives_its_number_also_to_styles_based_on_it():
    numbering = lists(level(0, "decimal", "%1"), level(1, "chineseCounting", "第%2条", '<w:pStyle w:val="a"/>'))
    styled = '<w:pStyle w:val="a"/>'
    assert texts(par("甲。", styled), par("乙。", styled), styles=STYLES, numbering=numbering) == [
        "第一条 甲。", "第二条 乙。",
    ]  # fmt: skip
    assert texts(par("甲。", '<w:pStyle w:val="b"/>'), styles=STYLES, numbering=lists(level(0, "decimal", "%1."))) == [
        "1. 甲。"
    ]


def test_number_zero_takes_away_the_number_of_the_style():
    plain = '<w:pStyle w:val="a"/><w:numPr><w:numId w:val="0"/></w:numPr>'
    assert texts(par("甲。", plain), styles=STYLES, numbering=lists(level(0, "decimal", "%1."))) == ["甲。"]


def test_bullets_and_hidden_numbers_are_not_written():
    numbering = lists(level(0, "bullet", "\uf06c"), level(1, "decimal", "%2.", "<w:rPr><w:vanish/></w:rPr>"))
    assert texts(par("甲", num(1, 0)), par("乙", num(1, 1)), numbering=numbering) == ["甲", "乙"]


@pytest.mark.parametrize(
    ("style", "written"),
    [
        ("decimal", ["1", "10", "21", "100"]),
        ("decimalZero", ["01", "10", "21", "100"]),
        ("decimalFullWidth", ["１", "１０", "２１", "１００"]),
        ("upperLetter", ["A", "J", "U", "VVVV"]),
        ("lowerRoman", ["i", "x", "xxi", "c"]),
        ("chineseCounting", ["一", "十", "二十一", "一〇〇"]),
        ("chineseCountingThousand", ["一", "十", "二十一", "一百"]),
        ("japaneseCounting", ["一", "十", "二十一", "一百"]),
        ("ideographDigital", ["一", "一〇", "二一", "一〇〇"]),
        ("chineseLegalSimplified", ["壹", "壹拾", "贰拾壹", "壹佰"]),
        ("ideographTraditional", ["甲", "癸", "21", "100"]),
        ("ideographZodiac", ["子", "酉", "21", "100"]),
        ("decimalEnclosedCircleChinese", ["①", "⑩", "㉑", "100"]),
        ("decimalEnclosedParen", ["⑴", "⑽", "21", "100"]),
        ("none", ["", "", "", ""]),
        ("of a later version", ["1", "10", "21", "100"]),
    ],
)
def test_formats_of_numbers(style, written):
    assert [ordinal(count, style) for count in (1, 10, 21, 100)] == written


def test_tracked_changes_as_they_stand_when_accepted():
    body = (
        f"<w:p>{run('覆盖率达到')}<w:del><w:r><w:delText>80%</w:delText></w:r></w:del><w:ins>{run('90%')}</w:ins>{run('。')}</w:p>"
        f"<w:p><w:moveFrom>{run('移走的话。')}</w:moveFrom></w:p><w:p><w:moveTo>{run('移来的话。')}</w:moveTo></w:p>"
    )
    read = page(body)
    assert [line.text for line in read.lines] == ["覆盖率达到90%。", "移来的话。"]
    assert read.characters == 14


def test_a_paragraph_whose_end_was_deleted_runs_on():
    body = "<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr>" + run("前半句，") + "</w:p>" + par("后半句。")
    assert texts(body) == ["前半句，后半句。"]


def test_hidden_text_is_aside():
    read = page(
        "<w:p>"
        + run("看得见。")
        + run("看不见。", "<w:vanish/>")
        + run("又看得见。", '<w:vanish w:val="0"/>')
        + "</w:p>"
    )
    assert [line.text for line in read.lines] == ["看得见。又看得见。"]
    assert read.marks == ("看不见。",)


FIELD = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'


def field(instruction, result=""):
    words = f"<w:r><w:instrText>{instruction}</w:instrText></w:r>"
    shown = FIELD.format("separate") + run(result) if result else ""
    return FIELD.format("begin") + words + shown + FIELD.format("end")


def test_a_field_shows_its_result():
    assert texts("<w:p>" + run("共") + field("NUMPAGES", "12") + run("页") + "</w:p>") == ["共12页"]


def test_a_circled_number_that_a_field_draws():
    assert texts("<w:p>" + field(r"eq \o\ac(○,3)") + run("加强监管。") + "</w:p>") == ["③加强监管。"]


def test_a_field_that_is_never_closed_hides_nothing_after_its_paragraph():
    assert texts("<w:p>" + FIELD.format("begin") + "</w:p>", par("第一条")) == ["第一条"]


def test_the_list_of_contents_is_aside():
    opening = "<w:p>" + FIELD.format("begin") + "<w:r><w:instrText> TOC \\o </w:instrText></w:r>"
    contents = opening + FIELD.format("separate") + run("一、目标 1") + "</w:p>" + par("二、任务 2")
    read = page(contents, "<w:p>" + FIELD.format("end") + "</w:p>", par("一、目标"))
    assert [line.text for line in read.lines] == ["一、目标"]
    assert read.marks == ("一、目标 1", "二、任务 2")


def test_symbols_breaks_tabs_and_content_controls():
    body = (
        '<w:p><w:r><w:sym w:font="Wingdings" w:char="F0FE"/><w:t>是</w:t><w:tab/><w:sym w:font="Wingdings" w:char="F0A8"/><w:t>否</w:t>'
        "<w:br/><w:t>比例</w:t><w:sym w:font='Symbol' w:char='F0B3'/><w:t>9</w:t><w:noBreakHyphen/><w:t>10</w:t></w:r></w:p>"
        f"<w:sdt><w:sdtPr/><w:sdtContent>{par('控件里的段落。')}</w:sdtContent></w:sdt>"
        f"<w:p><w:sdt><w:sdtContent>{run('控件里的字')}</w:sdtContent></w:sdt><w:hyperlink>{run('和链接。')}</w:hyperlink></w:p>"
    )
    assert texts(body) == ["☑是 □否", "比例≥9-10", "控件里的段落。", "控件里的字和链接。"]


def test_a_text_box_stands_once_and_before_the_paragraph_that_holds_it():
    box = f"<w:txbxContent>{par('XX市人民政府文件')}</w:txbxContent>"
    drawn = (
        f"<mc:AlternateContent><mc:Choice><w:drawing><wps:txbx>{box}</wps:txbx></w:drawing></mc:Choice>"
        f"<mc:Fallback><w:pict>{box}</w:pict></mc:Fallback></mc:AlternateContent>"
    )
    read = page(f"<w:p><w:r>{drawn}</w:r>{run('正文。')}</w:p>", f"<w:p>{run('后文。')}<w:r>{drawn}</w:r></w:p>")
    assert [line.text for line in read.lines] == ["XX市人民政府文件", "正文。", "后文。", "XX市人民政府文件"]


def test_notes_stand_apart_and_their_marks_in_the_text():
    body = (
        f"<w:p>{run('达到100%')}<w:r><w:footnoteReference w:id='2'/></w:r>{run('。')}</w:p>"
        f"<w:p>{run('完成')}<w:r><w:footnoteReference w:id='3'/></w:r><w:r><w:endnoteReference w:id='1'/></w:r></w:p>"
    )
    notes = "<w:footnote w:type='separator' w:id='0'/>" + "".join(
        f"<w:footnote w:id='{place}'><w:p><w:r><w:footnoteRef/></w:r>{run(text)}</w:p></w:footnote>"
        for place, text in ((2, " 指常住人口。"), (3, "见附件。"))
    )
    ends = f"<w:endnote w:id='1'>{par('资料来源。')}</w:endnote>"
    read = page(body, footnotes=notes, endnotes=ends)
    assert [line.text for line in read.lines] == ["达到100%¹。", "完成²[i]"]
    assert read.footnotes == (Footnote("1", "指常住人口。"), Footnote("2", "见附件。"), Footnote("[i]", "资料来源。"))


def test_a_note_whose_mark_the_writer_chose():
    reference = "<w:r><w:footnoteReference w:customMarkFollows='1' w:id='2'/><w:t>＊</w:t></w:r>"
    read = page(
        f"<w:p>{run('达到100%')}{reference}{run('。')}</w:p>",
        footnotes=f"<w:footnote w:id='2'>{par('另有规定的除外。')}</w:footnote>",
    )
    assert [line.text for line in read.lines] == ["达到100%＊。"]
    assert read.footnotes == (Footnote("＊", "另有规定的除外。"),)


def test_a_raised_digit_is_a_superscript():
    assert texts("<w:p>" + run("面积100km") + run("2", '<w:vertAlign w:val="superscript"/>') + "</w:p>") == [
        "面积100km²"
    ]


def cell(text, properties=""):
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{par(text) if isinstance(text, str) else text[0]}</w:tc>"


def row(*cells):
    return f"<w:tr>{''.join(cells)}</w:tr>"


def held(content):
    return f"<w:sdt><w:sdtContent>{content}</w:sdtContent></w:sdt>"


def grid(*rows):
    (found,) = page(f"<w:tbl>{''.join(rows)}</w:tbl>").grids
    return [[None if one is None else "|".join(line.text for line in one.lines) for one in line] for line in found.rows]


def test_merged_cells_stand_in_every_place_they_cover():
    assert grid(
        row(cell("指标", '<w:gridSpan w:val="2"/>'), cell("目标值")),
        row(cell("养老", '<w:vMerge w:val="restart"/>'), cell("床位"), cell("1000")),
        row(cell("", "<w:vMerge/>"), cell("护理员"), cell("200")),
    ) == [["指标", "指标", "目标值"], ["养老", "床位", "1000"], ["养老", "护理员", "200"]]


def test_rows_and_cells_in_content_controls_and_rows_that_begin_late():
    late = f"<w:tr><w:trPr><w:gridBefore w:val='1'/></w:trPr>{cell('乙')}</w:tr>"
    assert grid(held(row(cell("甲"), held(cell("一")))), late) == [["甲", "一"], [None, "乙"]]


def test_a_deleted_row_is_gone():
    gone = f"<w:tr><w:trPr><w:del/></w:trPr>{cell('丙')}{cell('3')}</w:tr>"
    assert grid(row(cell("甲"), cell("1")), gone, row(cell("乙"), cell("2"))) == [["甲", "1"], ["乙", "2"]]


def test_a_table_inside_a_cell_gives_its_lines_to_the_cell():
    inner = f"<w:tbl>{row(cell('子一'), cell('子二'))}{row(cell('子三'), cell('子四'))}</w:tbl>"
    assert grid(row(cell("项"), cell("说明")), row(cell("甲"), cell([par("含：") + inner + par("等。")]))) == [
        ["项", "说明"],
        ["甲", "含：|子一|子二|子三|子四|等。"],
    ]


def test_a_table_that_only_frames_text_is_text():
    frame = f"<w:tbl>{row(cell('专栏1：重点工程'))}{row(cell('建设养老机构。'))}</w:tbl>"
    read = page(par("前文。"), frame, par("后文。"))
    assert [line.text for line in read.lines] == ["前文。", "专栏1：重点工程", "建设养老机构。", "后文。"]
    assert read.grids == ()


def test_headers_and_footers_are_aside():
    read = page(par("正文。"), header1=par("XX市民政局文件"), footer1=par("— 1 —"))
    assert read.marks == ("XX市民政局文件", "— 1 —")
    assert read.characters == 3 + 8 + 3


def test_a_title_broken_over_centred_lines_runs_on():
    centred, large = '<w:jc w:val="center"/>', '<w:sz w:val="44"/>'
    read = page(
        f"<w:p><w:pPr>{centred}</w:pPr>{run('关于加强养老服务', large)}</w:p>",
        f"<w:p><w:pPr>{centred}</w:pPr>{run('工作的通知', large)}</w:p>",
        par("各区民政局：各有关单位和全体工作人员，现将有关事项通知如下，请认真执行。"),
    )  # fmt: skip
    assert [(line.text, line.size, line.block) for line in read.lines[:2]] == [
        ("关于加强养老服务", 22.0, True),
        ("工作的通知", 22.0, False),
    ]


def test_an_embedded_file_is_warned_of():
    read = page(par("正文。"), '<w:altChunk r:id="r9"/>')
    assert read.warnings == ("文档里嵌入了另一个文件（altChunk），其内容没有读入，请在 Word 中打开后另存",)


def test_a_part_that_is_named_and_not_there_is_passed_by():
    lost = f'<Relationship Id="r8" Type="{OFFICE}/image" Target="NULL"/><Relationship Id="r9" Type="{OFFICE}/styles" Target="styles.xml"/>'
    (read,) = docx.read("试.docx", word(par("正文。"), relations=lost))
    assert [line.text for line in read.lines] == ["正文。"]


def test_the_strict_namespace_is_read_too():
    strict = (
        '<w:document xmlns:w="http://purl.oclc.org/ooxml/wordprocessingml/main"><w:body>'
        + par("正文。", num(1)) + "</w:body></w:document>"
    )  # fmt: skip
    (read,) = docx.read("试.docx", zipped({"word/document.xml": strict}))
    assert [line.text for line in read.lines] == ["正文。"]


@pytest.mark.parametrize(
    ("data", "kind", "message"),
    [
        (b"PK\x03\x04 cut off", UnreadableFile, "试.docx: DOCX 文件已损坏，解不开压缩包；请重新下载，或用原软件打开后重新保存"),
        (zipped({"a.xml": "<a/>"}), UnreadableFile, "试.docx: DOCX 里没有正文部件（word/document.xml）；文件可能不是 Word 文档或已损坏，请用 Word 打开后重新保存"),
        (zipped({"word/document.xml": "<w:p>"}), UnreadableFile, "试.docx: DOCX 部件“word/document.xml”不是正确的 XML；请重新下载，或用原软件打开后重新保存"),
        (word("<w:p/>"), NoText, "试.docx: DOCX 里没有正文；请确认保存的是完整文档"),
        (word("<w:p><w:r><w:drawing/></w:r></w:p>"), NoText, "试.docx: DOCX 里只有图片，没有文字；请先做文字识别（OCR）或换用带文字的版本"),
    ],
)  # fmt: skip
def test_bad_documents_are_named_with_their_fault(data, kind, message):
    with pytest.raises(kind) as caught:
        docx.read("试.docx", data)
    assert str(caught.value) == message


def test_a_document_written_by_a_library(tmp_path):
    library = pytest.importorskip("docx")
    file = library.Document()
    file.add_heading("XX市养老服务实施方案", level=0)
    file.add_paragraph("一、工作目标")
    file.add_paragraph("到2025年，养老机构床位达到1000张。")
    file.add_paragraph("一般条目", style="List Number")
    file.save(tmp_path / "试.docx")
    document = read_document(tmp_path / "试.docx")
    assert document.metadata.title == "XX市养老服务实施方案"
    assert [(clause.clause_id.partition("/")[2], clause.text) for clause in document.clauses] == [
        ("一/第1段", "到2025年，养老机构床位达到1000张。"),
        ("一/1", "1.一般条目"),
    ]
    assert document.account.lost == 0
