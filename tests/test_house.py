"""The size of files, functions and folders: what grows past it wants to be parted."""

from __future__ import annotations

import ast
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
FILES = sorted(path for name in ("ingest", "index", "eval", "app") for path in (ROOT / name).rglob("*.py"))


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(ROOT)))
def test_no_file_and_no_function_is_long(path):
    text = path.read_text(encoding="utf-8")
    assert len(text.splitlines()) <= 300
    functions = [node for node in ast.walk(ast.parse(text)) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]
    assert [node.name for node in functions if node.end_lineno - node.lineno + 1 > 50] == []


@pytest.mark.parametrize("folder", ["index", "ingest", "eval", "app"])
def test_every_folder_has_an_init_that_says_what_it_is(folder):
    for path in (ROOT / folder).rglob("*.py"):
        text = (path.parent / "__init__.py").read_text(encoding="utf-8")
        assert ast.get_docstring(ast.parse(text)), path.parent


def test_index_has_few_files_at_its_own_level():
    assert len(list((ROOT / "index").glob("*.*"))) <= 12


def test_packaging_names_every_folder_of_code_and_none_else():
    packaged = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["setuptools"]["packages"]
    assert packaged == sorted({".".join(path.parent.relative_to(ROOT).parts) for path in FILES})
