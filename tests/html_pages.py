"""Web pages for tests: one made-up notice, and the chrome of a government site round it."""

from ingest import read_document
from ingest.readers.html import read

TITLE = "青禾市民政局关于提高低保标准的通知"
NAVIGATION = "<ul>" + "".join(f"<li><a href='/{n}/'>栏目名称{n}</a></li>" for n in range(12)) + "</ul>"
FOOTER = (
    "<div><p>主办单位：青禾市人民政府办公室，承办单位：青禾市大数据中心，地址：青禾市中心大道1号，邮编：000000。</p>"
    "<p>版权所有：青禾市人民政府 网站标识码：0000000000</p><p>建议使用IE9.0以上浏览器或兼容浏览器，以获得最佳浏览体验。</p></div>"
)
PARAGRAPHS = (
    "各区民政局：",
    "为做好社会救助工作，现将有关事项通知如下。",
    "一、提高标准。低保标准提高到每月1300元，自7月起执行。",
    "二、加强核对。每季度复核一次，结果应当公示。",
    "青禾市民政局",
    "2024年5月6日",
)
BODY = "".join(f"<p>{paragraph}</p>" for paragraph in PARAGRAPHS)
CLAUSES = ["第1段", "一", "二"]


def page(body, above="", title=TITLE, named=None):
    """A page with ``body``, its heading and title tag, and what stands ``above`` the heading."""
    heading = f"<h1>{title}</h1>" if title else ""
    return (
        f"<html><head><meta charset='utf-8'><title>{title if named is None else named}</title></head>"
        f"<body>{NAVIGATION}{above}{heading}{body}{FOOTER}</body></html>"
    )


def document_of(folder, markup):
    """Reads markup, or the bytes of a file, as a document."""
    path = folder / "页.html"
    path.write_bytes(markup if isinstance(markup, bytes) else markup.encode())
    return read_document(path)


def page_of(markup):
    """Reads markup, or the bytes of a file, as the one page that it is."""
    return read("页.html", markup if isinstance(markup, bytes) else markup.encode())[0]


def ids(document):
    """The clause ids of a document without its key."""
    return [clause.clause_id.removeprefix(f"{document.key}/") for clause in document.clauses]


def lines(markup):
    """The lines kept as the article's."""
    return [line.text for line in page_of(markup).lines]
