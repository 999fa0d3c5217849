"""Questions answered by processes beside the page's own: the same answers, whatever dies, is written or stopped meanwhile."""

from __future__ import annotations

import os
import pickle
import signal
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from threading import Event, Thread

import pytest
from index_fakes import WEB_PAGE

from app.answering.process import AnsweringProcess, Asked, NotHeld, Place, ProcessGone
from app.answering.processes import AnsweringProcesses
from app.answering.shared import SharedBase
from app.desk import Desk
from app.tabs.ask import Put, answer
from index.errors import ClauseNotFound, DocumentNotFound, KnowledgeBaseError, QueryError
from index.knowledge_base import KnowledgeBase

DAY = "2024-06-30"
QUESTIONS = (
    "养老床位新增多少张",
    "有哪些条款提到养老",
    "甲发〔2024〕1号第二部分",
    "甲发〔2024〕1号什么时候印发的",
    "老年人吃饭谁管",
    "火星移民",
)
DRAFT = "根据《养老服务方案》（甲发〔2024〕1号），“新增养老床位三百张”。"


def write_page(corpus: Path, number: str, title: str) -> None:
    page = WEB_PAGE.format(number=f"甲发〔2024〕{number}号", title=title)
    (corpus / f"{number}.html").write_text(page, encoding="utf-8")


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """Make a desk for which two processes answer."""
    folder = tmp_path_factory.mktemp("answering")
    (folder / "corpus").mkdir()
    write_page(folder / "corpus", "1", "养老服务方案")
    made = Desk(folder / "store", folder / "corpus", processes=2)
    made.prepare()
    yield made
    made.close()


@pytest.fixture
def base(desk: Desk) -> SharedBase:
    assert isinstance(desk.base, SharedBase)
    return desk.base


def wait(come: Callable[[], object]) -> None:
    """Wait until something has come, a minute at most."""
    until = time.monotonic() + 60
    while not come():
        assert time.monotonic() < until
        time.sleep(0.05)


@pytest.mark.parametrize("question", QUESTIONS)
def test_the_answer_is_the_same_as_from_one_process(desk: Desk, base: SharedBase, question: str) -> None:
    own = KnowledgeBase.open(desk.store)
    assert base.ask(question, today=DAY) == own.ask(question, today=DAY)
    assert base.search(question, k=3, today=DAY) == own.search(question, k=3, today=DAY)
    alone = Desk(desk.store)
    alone.base = own
    assert answer(desk, Put(question), DAY) == answer(alone, Put(question), DAY)


def test_a_draft_is_checked_alike(desk: Desk, base: SharedBase) -> None:
    found = base.check(DRAFT)
    assert [one.verdict for one in found.findings] == ["differs"]
    assert found == KnowledgeBase.open(desk.store).check(DRAFT)


def test_what_is_wrong_with_a_question_is_told_alike(base: SharedBase) -> None:
    with pytest.raises(QueryError, match="问题是空的，或只有标点符号"):
        base.ask("？")
    with pytest.raises(DocumentNotFound, match="知识库里没有文件“甲发〔2024〕9号”") as found:
        base.ask("养老", document="甲发〔2024〕9号")
    assert (found.value.near, found.value.remedy) == ("甲发〔2024〕1号", "现有：甲发〔2024〕1号")


def test_an_error_is_the_same_in_another_process() -> None:
    error = pickle.loads(pickle.dumps(ClauseNotFound("没有这一条", "请核对", "一/1")))
    assert (type(error), str(error)) == (ClauseNotFound, "没有这一条；请核对")
    assert (error.problem, error.remedy, error.near) == ("没有这一条", "请核对", "一/1")


def test_a_process_that_dies_is_replaced_and_the_question_is_answered(desk: Desk, base: SharedBase) -> None:
    before = desk.living()
    assert len(before) == 2
    for pid in before:  # one after the other: a question that ends two of them is given up
        os.kill(pid, signal.SIGTERM)
        assert [base.ask("养老床位新增多少张").status for _ in before] == ["found", "found"]
    wait(lambda: len(desk.living()) == 2)
    assert desk.is_ready
    assert not set(desk.living()) & set(before)


def test_processes_that_die_are_replaced_though_nothing_is_asked(desk: Desk) -> None:
    """A proxy sends no questions to a service that is not ready, which never became so again."""
    before = desk.living()
    for pid in before:
        os.kill(pid, signal.SIGTERM)
    wait(lambda: not set(before) & set(desk.living()))
    assert not desk.is_ready
    wait(lambda: len(desk.living()) == 2)
    assert desk.is_ready


def test_what_is_written_meanwhile_is_taken_up_while_the_old_answers(desk: Desk, base: SharedBase) -> None:
    asked, over, faults = [0], Event(), list[Exception]()

    def ask() -> None:
        while not over.is_set():
            now = desk.now()
            html = answer(now, Put("助餐由谁负责", "甲发〔2024〕2号"))
            try:
                assert ("知识库里没有文件“甲发〔2024〕2号”" in html) == (now.headers()["X-Base"] == base.sha)
            except AssertionError as error:
                faults.append(error)
            asked[0] += 1

    askers = [Thread(target=ask) for _ in range(3)]
    for one in askers:
        one.start()
    write_page(desk.base.corpus, "2", "助餐服务方案")
    KnowledgeBase.update(desk.store)
    desk.take_up()
    done = asked[0]
    wait(lambda: asked[0] > done + 10)
    over.set()
    for one in askers:
        one.join()
    assert faults == []
    assert desk.base.sha == KnowledgeBase.generation_of(desk.store) != base.sha
    assert len(desk.base.ask("养老床位新增多少张").hits) > 0
    # What a request began with goes on being answered, as long as it takes.
    assert base.ask("养老床位新增多少张").status == "found"
    with pytest.raises(DocumentNotFound):
        base.ask("助餐", document="甲发〔2024〕2号")


class Played:
    """A process that is none: it does what the test says of each question."""

    number = 0

    def __init__(self, does: Callable[[Asked], object]) -> None:
        self._does = does
        self.is_alive = True
        Played.number += 1
        self.pid = Played.number

    def call(self, asked: Asked) -> object:
        if asked.method in ("open", "warm"):
            return "b"
        try:
            return self._does(asked)
        except ProcessGone:
            self.is_alive = False
            raise

    def stop(self) -> None:
        self.is_alive = False


def played(count: int, does: Callable[[Asked], object]) -> AnsweringProcesses:
    return AnsweringProcesses(count, lambda: Played(does))  # type: ignore[arg-type, return-value]


def test_a_question_that_ends_two_processes_is_given_up() -> None:
    times = []

    def dies(asked: Asked) -> object:
        times.append(asked.method)
        raise ProcessGone

    processes = played(2, dies)
    with pytest.raises(KnowledgeBaseError) as given_up:
        processes.call(Asked("ask", "b"))
    assert str(given_up.value) == "答题的进程两次中途退出，没有答成；请换个说法再试；仍不行时请把时间告诉管理员"
    assert times == ["ask", "ask"]
    wait(lambda: len(processes.living()) == 2)
    processes.close()
    assert processes.living() == ()


def test_long_checks_leave_a_process_for_questions() -> None:
    over, begun = Event(), list[str]()

    def works(asked: Asked) -> object:
        begun.append(asked.method)
        return over.wait(60) if asked.method == "check" else "answered"

    processes = played(2, works)
    checks = [Thread(target=processes.call, args=(Asked("check", "b"),)) for _ in range(2)]
    for one in checks:
        one.start()
    wait(lambda: begun)
    assert processes.call(Asked("ask", "b")) == "answered"
    assert begun == ["check", "ask"]
    over.set()
    for one in checks:
        one.join()


def test_who_finds_no_free_process_is_told_to_come_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.answering.processes._WAIT", 0.05)
    over = Event()
    processes = played(1, lambda asked: over.wait(60))
    first = Thread(target=processes.call, args=(Asked("ask", "b"),))
    first.start()
    wait(lambda: not processes._free)
    with pytest.raises(KnowledgeBaseError, match="提问的人太多，或答题的进程没有起来；请稍候再试"):
        processes.call(Asked("ask", "b"))
    over.set()
    first.join()


def test_a_process_holds_the_generation_in_use_and_the_one_before(tmp_path: Path) -> None:
    corpus, store = tmp_path / "corpus", tmp_path / "store"
    corpus.mkdir()
    generations = list[str]()
    process = None
    for number, title in (("1", "养老服务方案"), ("2", "助餐服务方案"), ("3", "托育服务方案")):
        write_page(corpus, number, title)
        KnowledgeBase.update(store, corpus)
        process = process or AnsweringProcess(Place(store))
        generations.append(process.call(Asked("open", "".join(generations[-1:]))))
    assert process is not None
    first, *held = generations
    assert len(set(generations)) == 3
    for one in held:
        assert process.call(Asked("ask", one, ("养老床位新增多少张",))).status == "found"
    with pytest.raises(NotHeld):
        process.call(Asked("ask", first, ("养老床位新增多少张",)))
    process.stop()
    assert not process.is_alive
    with pytest.raises(ProcessGone):
        process.call(Asked("ask", held[-1], ("养老床位新增多少张",)))
