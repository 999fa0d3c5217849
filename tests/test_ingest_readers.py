"""The registry of readers: what each format is called, which is quoted, and which has pages."""

from pathlib import Path

import pytest

import ingest
from ingest.errors import UnsupportedFormat
from ingest.readers import READERS, pdf, reader_for, reader_of


def test_what_was_issued_is_quoted_before_what_was_typed_again():
    assert [reader.name for reader in sorted(READERS, key=lambda reader: reader.authority)] == [
        "pdf", "ofd", "docx", "doc", "html", "md", "txt",
    ]  # fmt: skip


def test_no_two_readers_share_a_name_a_suffix_or_an_authority():
    for values in (
        [reader.name for reader in READERS],
        [reader.authority for reader in READERS],
        [suffix for reader in READERS for suffix in reader.suffixes],
    ):
        assert len(set(values)) == len(values)


def test_suffixes_are_those_of_the_readers():
    assert ingest.SUFFIXES == (".pdf", ".ofd", ".docx", ".doc", ".wps", ".html", ".htm", ".md", ".txt")


@pytest.mark.parametrize(
    ("file", "name"), [("甲.pdf", "pdf"), ("甲.PDF", "pdf"), ("甲.htm", "html"), ("甲.Html", "html")]
)
def test_the_suffix_chooses_the_reader(file, name):
    assert reader_for(Path(file)).name == name


def test_what_users_are_told_of_a_format():
    assert [(reader.label, reader.has_pages, reader.fingerprint) for reader in map(reader_of, ("pdf", "html"))] == [
        ("PDF 版", True, f"pdf-{pdf.VERSION}"),
        ("网页版", False, "html-2"),
    ]


def test_a_format_that_no_reader_has():
    with pytest.raises(UnsupportedFormat) as caught:
        reader_of("wps")
    assert str(caught.value) == "wps: 没有这种格式的读取程序；现有 pdf、ofd、docx、doc、html、md、txt，请改用新版程序"
