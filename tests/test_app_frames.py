"""Frames round sentences and rows: outlines typed out, point by point."""

from __future__ import annotations

from dataclasses import replace

from index_fakes import make_document

from app.showing.frames import frame, path_words, row_frame
from app.showing.panes import page_pane, pane_of
from ingest.records import Box, Clause, Sentence, Span


def box(x0: float, top: float, x1: float, bottom: float, page: int = 1) -> Box:
    return Box(page, x0, top, x1, bottom)


def test_a_line_has_four_corners() -> None:
    assert frame([box(100, 50, 200, 66)]) == (((200, 48.8), (200, 67.2), (100, 67.2), (100, 48.8)),)


def test_lines_are_one_outline_that_turns_half_way_between_them() -> None:
    lines = [box(300, 100, 500, 116), box(80, 128, 500, 144), box(80, 156, 200, 172)]
    assert frame(lines) == (
        (
            (500, 98.8), (500, 150), (200, 150), (200, 173.2), (80, 173.2), (80, 122), (300, 122), (300, 98.8),
        ),
    )  # fmt: skip


def test_ends_of_lines_that_run_on_are_even_and_those_of_the_sentence_exact() -> None:
    lines = [box(300, 100, 494, 116), box(81, 128, 500, 144), box(80, 156, 490, 172)]
    ((outline),) = frame(lines)
    assert {x for x, _ in outline} == {300, 500, 80, 490}
    (going_on,) = frame(lines, goes_on=True)
    assert {x for x, _ in going_on} == {300, 500, 80}
    (begun,) = frame([box(85, 100, 500, 116), box(80, 128, 200, 144)], has_begun=True)
    assert {x for x, _ in begun} == {80, 500, 200}


def test_a_sentence_from_the_end_of_a_line_to_the_beginning_of_the_next_is_one_outline() -> None:
    assert frame([box(400, 100, 500, 116), box(80, 128, 200, 144)]) == (
        (
            (500, 98.8), (500, 122), (200, 122), (200, 145.2), (80, 145.2), (80, 122), (400, 122), (400, 98.8),
        ),
    )  # fmt: skip


def test_pieces_of_one_line_are_one() -> None:
    assert frame([box(100, 50, 150, 66), box(160, 51, 200, 65)]) == frame([box(100, 50, 200, 66)])


def test_two_columns_are_two_outlines_of_one_frame() -> None:
    drawn = frame([box(80, 700, 280, 716), box(320, 100, 520, 116)])
    assert [min(y for _, y in outline) for outline in drawn] == [698.8, 98.8]
    assert path_words(drawn).count("Z") == 2


def test_a_page_on_its_side_is_framed_along_its_lines() -> None:
    assert frame([box(100, 300, 116, 500), box(128, 80, 144, 500)]) == (
        ((98.8, 500), (145.2, 500), (145.2, 80), (122, 80), (122, 300), (98.8, 300)),
    )


def test_a_page_on_its_head_is_one_outline_too() -> None:
    upwards = frame([box(80, 156, 300, 172), box(80, 128, 500, 144), box(400, 100, 500, 116)])
    assert len(upwards) == 1


def test_a_row_is_a_rectangle_round_its_cells() -> None:
    assert row_frame([box(50, 100, 60, 110), box(200, 95, 300, 105), box(200, 107, 280, 117)], []) == (
        ((48.8, 93.8), (301.2, 93.8), (301.2, 118.2), (48.8, 118.2)),
    )


def test_a_cell_merged_over_rows_does_not_stretch_the_row_that_it_is_read_in() -> None:
    first, second = (
        [box(50, 120, 90, 130), box(200, 100, 300, 110), box(320, 100, 340, 110)],
        [
            box(200, 120, 300, 130),
            box(320, 120, 340, 130),
        ],
    )
    assert row_frame(first, [second]) == (((198.8, 98.8), (341.2, 98.8), (341.2, 111.2), (198.8, 111.2)),)
    assert row_frame(second, [first]) == (((198.8, 118.8), (341.2, 118.8), (341.2, 131.2), (198.8, 131.2)),)


SENTENCES = (
    Sentence("甲。", 0, 2, Span(0, 2), (1,), (box(80, 100, 112, 116),)),
    Sentence("乙。", 2, 4, Span(2, 4), (1, 2), (box(112, 100, 500, 116), box(80, 90, 96, 106, page=2))),
)
CLAUSE = Clause(
    "甲发〔2024〕1号/一", "clause", (), "甲。乙。", "甲。乙。", Span(0, 4), (1, 2), "《甲》第一部分", SENTENCES
)


def test_a_pane_has_a_sheet_for_each_page_with_a_framed_sentence() -> None:
    document = replace(
        make_document("甲发〔2024〕1号", "甲", {}), clauses=(CLAUSE,), page_sizes=((595.0, 842.0), (842.0, 595.0))
    )
    pane = pane_of(document, CLAUSE, SENTENCES)
    assert pane is not None
    assert [(sheet.number, len(sheet.frames), sheet.width) for sheet in pane.sheets] == [(1, 2, 595.0), (2, 1, 842.0)]
    assert pane.sizes == ((595, 842), (842, 595))
    whole = pane_of(document, CLAUSE)
    assert whole is not None
    assert [len(sheet.frames) for sheet in whole.sheets] == [1, 1]
    strip = pane.sheets[0].strip
    assert (strip.x, strip.width) == (66.0, 448.0)  # the frames from 80 to 500 with 14 points at either side
    assert (strip.y, strip.height) == (78.0, 60.0)  # a line and a little of what is round it


def test_a_page_is_shown_whole_and_one_that_there_is_not_is_none() -> None:
    document = replace(make_document("甲发〔2024〕1号", "甲", {}), clauses=(CLAUSE,), page_sizes=((595.0, 842.0),))
    pane = page_pane(document, 1)
    assert pane is not None
    assert (pane.sheets[0].frames, pane.sheets[0].strip.height, pane.is_marked) == ((), 842.0, False)
    assert page_pane(document, 2) is None
    assert page_pane(replace(document, page_sizes=((0.0, 0.0),)), 1) is None
    assert pane_of(replace(document, page_sizes=((0.0, 0.0),)), CLAUSE) is None
