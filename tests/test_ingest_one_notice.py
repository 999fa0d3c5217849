"""One notice as OFD, DOCX, web page, PDF and text: the same clauses, ids, targets and table, whatever the format."""

import io

import pytest
from ofd_files import ofd, page, rule, text
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfbase.pdfmetrics import registerFont
from reportlab.pdfgen.canvas import Canvas
from word_files import num, par, run, word

from ingest import read_document

TITLE = "甲市民政局关于加强养老服务工作的通知"
NUMBER = "甲民发〔2023〕5号"
BODY = [
    "各区民政局：",
    "为贯彻落实市委、市政府关于养老服务工作的部署，推动养老服务高质量发展，现就有关工作通知如下。",
    "一、工作目标",
    "到2025年，全市养老机构床位达到12000张，护理型床位占比达到60%以上，每个街道至少建成1个综合为老服务中心。",
    "二、主要任务",
    "（一）增加服务供给。区民政局负责新建社区养老服务设施，2024年底前覆盖率达到100%。",
    "（二）提高服务质量。养老护理员每年接受培训不少于40小时，持证上岗率不低于95%。",
    "三、保障措施",
    "各区要加强组织领导，确保各项任务落到实处。",
    "主要指标",
]
TABLE = [["序号", "指标", "目标值"], ["1", "养老机构床位", "12000张"], ["2", "护理型床位占比", "60%"]]
TAIL = ["甲市民政局", "2023年5月6日"]
WIDE = 28
"""Characters of a printed line."""


def as_txt():
    rows = ["\t".join(row) for row in TABLE]
    return "\n".join([TITLE, NUMBER, *BODY, *rows, *TAIL]).encode("gb18030")


def as_html():
    rows = "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>" for row in TABLE)
    blocks = "".join(f"<p>{line}</p>" for line in (NUMBER, *BODY))
    tail = "".join(f"<p>{line}</p>" for line in TAIL)
    return f"<html><body><h1>{TITLE}</h1><div>{blocks}<table>{rows}</table>{tail}</div></body></html>".encode()


def as_docx():
    """As Word writes it: numbers are automatic, the title is large and centred."""
    levels = "".join(
        f'<w:lvl w:ilvl="{place}"><w:numFmt w:val="chineseCounting"/><w:suff w:val="nothing"/><w:lvlText w:val="{shown}"/></w:lvl>'
        for place, shown in ((0, "%1、"), (1, "（%2）"))
    )
    numbering = f'<w:abstractNum w:abstractNumId="0">{levels}</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
    large = run(TITLE, '<w:sz w:val="44"/>')
    title = f'<w:p><w:pPr><w:jc w:val="center"/></w:pPr>{large}</w:p>'
    blocks = []
    for line in (NUMBER, *BODY):
        number, mark, rest = line.partition("、") if line[1:2] == "、" else line.partition("）")
        numbered = line[1:2] == "、" or line.startswith("（")
        blocks.append(par(rest, num(1, 0 if mark == "、" else 1)) if numbered else par(line))
    cells = ("".join(f"<w:tc>{par(cell)}</w:tc>" for cell in row) for row in TABLE)
    table = f"<w:tbl>{''.join(f'<w:tr>{row}</w:tr>' for row in cells)}</w:tbl>"
    return word(title + "".join(blocks) + table + "".join(map(par, TAIL)), numbering=numbering)


def printed():
    """The printed lines: their text, how far they stand in, in characters, and their size in characters of the body."""
    yield TITLE, (WIDE - len(TITLE) * 1.4) / 2, 1.4
    yield NUMBER, 9, 1
    for place, line in enumerate(BODY):
        rest, indent = line, 0 if place == 0 else 2
        while rest:
            yield rest[: WIDE - indent], indent, 1
            rest, indent = rest[WIDE - indent :], 0


def rules(left, top, em, height):
    """The places of the table's rules: columns at 0, 6, 18 and 28 characters, and a row for each of its own."""
    xs = [left + em * column for column in (0, 6, 18, 28)]
    ys = [top + height * row for row in range(len(TABLE) + 1)]
    return xs, ys


def as_pdf():
    registerFont(UnicodeCIDFont("STSong-Light"))
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=(595, 842), invariant=1)
    em, left, y = 16, 70, 740
    for line, indent, size in printed():
        spread = [(left + em * indent + em * size * place, char) for place, char in enumerate(line)]
        canvas.setFont("STSong-Light", em * size)
        for x, char in spread:
            canvas.drawString(x, y, char)
        y -= 24
    xs, ys = rules(left, 842 - y - 16, em, 24)
    canvas.setFont("STSong-Light", em)
    for row, top in zip(TABLE, ys, strict=False):
        for cell, x in zip(row, xs, strict=False):
            canvas.drawString(x + 4, 842 - top - 18, cell)
    for x in xs:
        canvas.line(x, 842 - ys[0], x, 842 - ys[-1])
    for top in ys:
        canvas.line(xs[0], 842 - top, xs[-1], 842 - top)
    for place, line in enumerate(TAIL):
        canvas.drawString(left + em * 18, 842 - ys[-1] - 30 - 24 * place, line)
    canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def as_ofd():
    em, left, y, objects = 5.6, 26.0, 40.0, []
    for line, indent, size in printed():
        objects.append(text(line, left + em * indent, y, em * size, deltas=f"g {len(line) - 1} {em * size}"))
        y += 8.5
    xs, ys = rules(left, y - 5, em, 8.5)
    cells = [(cell, x, top) for row, top in zip(TABLE, ys, strict=False) for cell, x in zip(row, xs, strict=False)]
    objects += [text(cell, x + 1.5, top + 6.5, em) for cell, x, top in cells]
    objects += [rule(x, ys[0], x, ys[-1]) for x in xs] + [rule(xs[0], top, xs[-1], top) for top in ys]
    objects += [text(line, left + em * 18, ys[-1] + 10 + 8.5 * place, em) for place, line in enumerate(TAIL)]
    return ofd(page(*objects))


EXPECTED = [
    ("第1段", BODY[1]),
    ("一/第1段", BODY[3]),
    ("二/（一）", BODY[5]),
    ("二/（二）", BODY[6]),
    ("三/第1段", BODY[8]),
    ("表1/1", "序号：1；指标：养老机构床位；目标值：12000张"),
    ("表1/2", "序号：2；指标：护理型床位占比；目标值：60%"),
]


def shape(document):
    return [
        (
            clause.clause_id.removeprefix(f"{NUMBER}/"), clause.text,
            [(target.indicator, target.comparator, target.value, target.unit, target.deadline) for target in clause.targets],
            [unit.name for unit in clause.units],
        )
        for clause in document.clauses
    ]  # fmt: skip


@pytest.fixture(scope="module")
def documents(tmp_path_factory):
    folder = tmp_path_factory.mktemp("one")
    made = {"pdf": as_pdf(), "ofd": as_ofd(), "docx": as_docx(), "html": as_html(), "txt": as_txt()}
    for suffix, data in made.items():
        (folder / f"通知.{suffix}").write_bytes(data)
    return {suffix: read_document(folder / f"通知.{suffix}") for suffix in made}


@pytest.mark.parametrize("suffix", ["pdf", "ofd", "docx", "html", "txt"])
def test_the_notice_is_read_as_it_stands(documents, suffix):
    document = documents[suffix]
    metadata = document.metadata
    assert [(name, words) for name, words, *_ in shape(document)] == EXPECTED
    assert (metadata.number, metadata.title, metadata.issuer, metadata.date, metadata.recipients) == (
        NUMBER, TITLE, "甲市民政局", "2023-05-06", ("各区民政局",),
    )  # fmt: skip
    assert document.account.lost == 0
    assert document.warnings == ()


@pytest.mark.parametrize("suffix", ["ofd", "docx", "html", "txt"])
def test_every_format_gives_what_the_pdf_gives(documents, suffix):
    assert shape(documents[suffix]) == shape(documents["pdf"])
    ours, theirs = ([(table.columns, table.rows) for table in documents[one].tables] for one in (suffix, "pdf"))
    assert ours == theirs
