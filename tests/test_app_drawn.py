"""Pictures that are kept: drawn once, within a bound, whoever asks."""

from __future__ import annotations

from threading import Barrier, Thread

import pytest

from app.showing.drawn import Drawing, Drawn

SEVEN = Drawing("ab" * 32, 7, 110)


def test_the_tag_names_file_page_and_resolution() -> None:
    assert SEVEN.tag == '"abababababababab-7-110"'


def test_ten_askers_have_one_picture_drawn() -> None:
    drawn, together, count, given = Drawn(), Barrier(10), [], []

    def draw() -> bytes:
        count.append(1)
        return b"png"

    def ask() -> None:
        together.wait()
        given.append(drawn.picture(SEVEN, draw))

    threads = [Thread(target=ask) for _ in range(10)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (given, len(count)) == ([b"png"] * 10, 1)


def test_what_was_asked_for_last_is_kept_within_the_bound() -> None:
    drawn, log = Drawn(bound=10), []

    def ask(page: int) -> None:
        drawn.picture(Drawing("a", page, 110), lambda: log.append(page) or b"12345")  # type: ignore[func-returns-value]

    for page in (1, 2, 1, 3, 1, 2):
        ask(page)
    assert log == [1, 2, 3, 2]


def test_a_picture_larger_than_the_bound_is_given_and_not_kept() -> None:
    drawn, log = Drawn(bound=3), []
    for _ in range(2):
        assert drawn.picture(SEVEN, lambda: log.append(1) or b"12345") == b"12345"  # type: ignore[func-returns-value]
    assert log == [1, 1]


def test_a_page_that_cannot_be_drawn_is_tried_again() -> None:
    drawn, tries = Drawn(), []

    def draw() -> bytes:
        tries.append(1)
        if len(tries) == 1:
            raise OSError
        return b"png"

    with pytest.raises(OSError):
        drawn.picture(SEVEN, draw)
    assert drawn.picture(SEVEN, draw) == b"png"
