"""Imports point one way: search_app -> app -> index -> ingest, eval -> index; each heavy library stands in one file."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PACKAGES = ("ingest", "index", "eval", "app", "search_app")
MAY_IMPORT = {
    "ingest": {"ingest"},
    "index": {"index", "ingest"},
    "eval": {"eval", "index", "ingest"},
    "app": {"app", "index", "ingest"},
    "search_app": {"app"},
}
FENCED = {
    "pdfplumber": "ingest/readers/pdf.py",
    "rapidocr": "ingest/readers/scan.py",
    "jieba": "index/question/words.py",
    "pypinyin": "index/question/sounds.py",
    "opencc": "index/question/slips.py",
    "faiss": "index/search/dense.py",
    "pymilvus": "index/search/milvus/client.py",
    "milvus_lite": "index/search/milvus/client.py",
    "sentence_transformers": "index/search/embedder.py",
    "onnxruntime": "index/search/quantised.py",
    "gradio": "app/page.py",
    "docx": "app/drafting/word.py",
    "uvicorn": "app/server.py",
    "jinja2": "app/render.py",
    "mcp": "app/mcp_tools.py",
    "xlsxwriter": "app/figures/workbook.py",
    "msgspec": "index/store/codec.py",
    "filelock": "index/store/lock.py",
    "pebble": "ingest/limits.py",
    "ray": "index/store/cluster.py",
}
ROOMS = {
    "ingest": "errors limits records pages stretches numerals plans linear standing readers furniture layer display numbering paragraphs sections boxes"
    " series questions outline tables table_labels heads running glued metadata citations clauses notes repeals repeal_lists statements targets units account differences drafts __init__ __main__",
    "index": "__init__ errors streams records question references links search answer check store pictures knowledge_base wording output"
    " answer_output arguments keeping training __main__",
    "eval": "__init__ records questions files measures systems formats judging annotations reading targets extraction alterations quotations refusal ranking run offices former_slips slips docs report settings"
    " evaluate machine made_corpus benchmark scale drawn asking growth load commands __main__",
    "app": "__init__ settings addresses answering desk reports feedback figures showing catalogue drafting filters render keeping fence api tabs mcp_tools page server __main__",
}
"""The rooms of each package in the order that data flows; each takes only from those before it."""
INDEX_MAY_TAKE = {"ingest", "ingest.records", "ingest.errors", "ingest.numerals", "ingest.plans"}
APP_MAY_TAKE = {
    "index.knowledge_base",
    "index.records",
    "index.check.findings",
    "index.store.previews",
    "index.errors",
    "index.output",
    "index.check.output",
    "index.answer_output",
    "index.wording",
    "index.arguments",
    "index.answer.attributes",
    "ingest.records",
}
FILES = sorted(path for name in PACKAGES for path in [*ROOT.glob(f"{name}.py"), *ROOT.glob(f"{name}/**/*.py")])


def imported(path):
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from ((alias.name, ()) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative import"
            yield node.module, tuple(alias.name for alias in node.names)


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(ROOT)))
def test_imports_point_down_only(path):
    package = path.relative_to(ROOT).parts[0].removesuffix(".py")
    ours = {module.split(".")[0] for module, _ in imported(path)} & set(PACKAGES)
    assert ours <= MAY_IMPORT[package]


def room(module):
    """Name the room of a module, or of a file's path: index.search.dense is in search, ingest itself is __init__."""
    parts = module.split(".")
    return parts[1] if len(parts) > 1 else "__init__"


def targets(module, names):
    """Name what an import takes: of a package its modules by name, else the module."""
    folder = ROOT / module.replace(".", "/")
    files = [f"{module}.{name}" for name in names if (folder / f"{name}.py").exists() or (folder / name).is_dir()]
    return files or [module]


@pytest.mark.parametrize(
    "path", [path for path in FILES if path.parent != ROOT], ids=lambda path: str(path.relative_to(ROOT))
)
def test_rooms_take_only_from_those_before_them(path):
    package, *inside = path.relative_to(ROOT).with_suffix("").parts
    order = ROOMS[package].split()
    taken = {one for module, names in imported(path) for one in targets(module, names) if one.split(".")[0] == package}
    allowed = order[: order.index(inside[0]) + 1]
    assert {room(one) for one in taken} <= set(allowed)


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(ROOT)))
def test_heavy_libraries_are_fenced(path):
    libraries = {module.split(".")[0] for module, _ in imported(path)} & set(FENCED)
    assert {FENCED[library] for library in libraries} <= {path.relative_to(ROOT).as_posix()}


@pytest.mark.parametrize("path", sorted((ROOT / "index").glob("**/*.py")), ids=lambda path: path.name)
def test_index_takes_records_errors_numerals_plans_and_one_entry_from_ingest(path):
    taken = {(module, names) for module, names in imported(path) if module.split(".")[0] == "ingest"}
    assert {module for module, _ in taken} <= INDEX_MAY_TAKE
    assert {name for module, names in taken if module == "ingest" for name in names} <= {
        "Limits",
        "MachineFault",
        "SUFFIXES",
        "VERSION",
        "compare_renditions",
        "draft_text",
        "each_within",
        "fingerprint",
        "list_problems",
        "read_document",
        "reader_for",
        "reader_of",
        "size_of",
        "usable_cores",
    }


@pytest.mark.parametrize("path", sorted((ROOT / "app").glob("**/*.py")), ids=lambda path: path.name)
def test_app_takes_the_base_its_records_errors_and_words_alone(path):
    taken = {module for module, _ in imported(path) if module.split(".")[0] in ("index", "ingest")}
    assert taken <= APP_MAY_TAKE


def test_stages_of_ingest_do_not_import_the_entry():
    for path in (ROOT / "ingest").glob("**/*.py"):
        if path.name != "__main__.py":
            assert "ingest" not in {module for module, _ in imported(path)}, path
