"""Lines that are read where they lie."""

from __future__ import annotations

from index.answer.forms import Forms, forms_chunks
from index.search.lines import Lines, lines_files, lines_from_files, lines_of


def test_lines_are_written_and_read_back():
    files = {
        name: b"".join(map(bytes, chunks))
        for name, chunks in lines_files("names.txt", lines_of([b"a", b"", b"bcd"])).items()
    }
    assert sorted(files) == ["names.txt", "names_ends.npy"]
    again = lines_from_files("names.txt", files)
    assert (list(again), len(again), again[1:]) == ([b"a", b"", b"bcd"], 3, [b"", b"bcd"])


def test_no_lines():
    assert list(lines_of([])) == []


def test_where_a_line_begins_and_which_one_a_place_is_in():
    lines = lines_of([b"ab", b"cde", b"f"])
    assert [lines.start(row) for row in range(4)] == [0, 2, 5, 6]
    assert [lines.at(place) for place in range(6)] == [0, 0, 1, 1, 1, 2]


def test_a_word_is_found_in_parts_of_two_files_in_the_order_of_the_texts():
    """Of the first file the texts 1 and 2 count, of the second 0: rows 0, 1 and 2."""
    first = lines_of(forms_chunks(["养老床位", "社区养老，养老", "低保"]))
    second = lines_of(forms_chunks(["养老机构", "养老金"]))
    forms = Forms([(first, range(1, 3)), (Lines(second.data, second.ends), range(1))])
    assert (forms.rows("养老"), forms.rows("低保"), forms.rows("老养"), forms.rows("")) == ({0, 2}, {1}, {0}, set())
