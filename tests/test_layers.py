"""Imports point one way: search_app, eval -> index -> ingest; each heavy library stands in one file."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PACKAGES = ("ingest", "index", "eval", "search_app")
MAY_IMPORT = {
    "ingest": {"ingest"},
    "index": {"index", "ingest"},
    "eval": {"eval", "index", "ingest"},
    "search_app": {"search_app", "index", "ingest"},
}
FENCED = {
    "pdfplumber": "ingest/readers/pdf.py",
    "jieba": "index/words.py",
    "pypinyin": "index/slips.py",
    "opencc": "index/slips.py",
    "faiss": "index/dense.py",
    "sentence_transformers": "index/embedder.py",
    "gradio": "search_app.py",
}
INDEX_MAY_TAKE = {"ingest", "ingest.records", "ingest.errors"}
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


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(ROOT)))
def test_heavy_libraries_are_fenced(path):
    libraries = {module.split(".")[0] for module, _ in imported(path)} & set(FENCED)
    assert {FENCED[library] for library in libraries} <= {path.relative_to(ROOT).as_posix()}


@pytest.mark.parametrize("path", sorted((ROOT / "index").glob("**/*.py")), ids=lambda path: path.name)
def test_index_takes_records_errors_and_one_entry_from_ingest(path):
    taken = {(module, names) for module, names in imported(path) if module.split(".")[0] == "ingest"}
    assert {module for module, _ in taken} <= INDEX_MAY_TAKE
    assert {name for module, names in taken if module == "ingest" for name in names} <= {
        "SUFFIXES",
        "VERSION",
        "compare_renditions",
        "read_document",
    }


def test_stages_of_ingest_do_not_import_the_entry():
    for path in (ROOT / "ingest").glob("**/*.py"):
        if path.name != "__main__.py":
            assert "ingest" not in {module for module, _ in imported(path)}, path
