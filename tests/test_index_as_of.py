"""``--as-of``: answers by what was in force on a day, with a mark beside every citation of what is ended; documents cited and not held."""

import json

import pytest
from index_fakes import FakeEmbedder, typed_fitted

from index.__main__ import main
from index.errors import QueryError
from index.knowledge_base import KnowledgeBase
from index.links.cited import cited_not_held, citing, followed
from index.links.linker import Linker
from index.question.limits import checked_day
from index.search import embedder as embedders
from ingest import read_document

TEXT = """{title}
{number}

第一条 为规范养老服务补贴，制定本办法。
第二条 养老服务补贴标准为每人每月{sum}元。
{said}

青禾市民政局
{date}
"""
OLD, NEW, BARE = "青民规〔2018〕3号", "青民规〔2023〕8号", "青民规〔2019〕5号"
TITLE = "青禾市养老服务补贴办法"
REPEAL = f"第三条本办法自2023年7月1日起施行，《{TITLE}》（{OLD}）同时废止。"
LINE, GROUND = "已废止，自2023年7月1日起", f"据《{TITLE}》（{NEW}）第三条：“{REPEAL}”"
MARK = f"{LINE}（{GROUND}）"


@pytest.fixture
def store(tmp_path, monkeypatch):
    monkeypatch.setattr(embedders, "load", lambda settings: FakeEmbedder(settings.name or "fake-1"))
    monkeypatch.setattr("index.search.searcher.shipped", typed_fitted)
    monkeypatch.setattr("index.__main__._today", lambda: "2024-06-30")
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    texts = {
        "旧": (TITLE, OLD, 300, "第三条 本办法自2018年7月1日起施行。", "2018年6月1日"),
        "新": (TITLE, NEW, 400, REPEAL, "2023年6月1日"),
        "无": ("青禾市养老服务补贴细则", BARE, 350, "第三条 参照《青禾市救助办法》（青政发〔2010〕7号）执行。", "2019年6月1日"),
    }  # fmt: skip
    for name, (title, number, amount, said, date) in texts.items():
        text = TEXT.format(title=title, number=number, sum=amount, said=said, date=date)
        (corpus / f"{name}.txt").write_text(text, encoding="utf-8")
    KnowledgeBase.build(corpus, tmp_path / "store")
    return tmp_path / "store"


def run(capsys, *arguments):
    capsys.readouterr()
    code = main([str(argument) for argument in arguments])
    return code, *capsys.readouterr()


QUESTION = "养老服务补贴标准是每人每月多少元"


@pytest.mark.parametrize(
    ("day", "keys"),
    [
        ("2017-01-01", set()),
        ("2018-06-30", set()),
        ("2018-07-01", {OLD}),
        ("2023-06-30", {OLD, BARE}),
        ("2023年7月1日", {NEW, BARE}),
        (None, {OLD, NEW, BARE}),
    ],
)
def test_only_what_may_be_in_force_on_the_day_is_searched(store, day, keys):
    base = KnowledgeBase.open(store)
    found = base.search(QUESTION, as_of=day)
    assert {hit.clause.clause_id.split("/")[0] for hit in found.hits} == keys
    assert {hit.clause.clause_id.split("/")[0] for hit in base.ask(QUESTION, as_of=day).hits} == keys


def test_the_answer_says_by_which_day_and_what_is_unknown(store):
    answer = KnowledgeBase.open(store).ask(QUESTION, as_of="2023-06-30")
    assert {(hit.document.number, hit.force.status) for hit in answer.hits} == {(OLD, "现行"), (BARE, "未载明")}
    assert answer.warnings[:2] == (
        "按2023年6月30日的效力查找，其时不在施行的1份文件未查",
        f"《青禾市养老服务补贴细则》（{BARE}）未载明效力，2023年6月30日是否有效请核对",
    )


def test_a_document_that_is_named_and_was_not_in_force_says_so(store):
    base = KnowledgeBase.open(store)
    said = f"《{TITLE}》（{OLD}）在2024年1月1日{MARK}，未查"
    for found in (base.ask(f"{OLD}第二条", as_of="2024-01-01"), base.ask(QUESTION, document=OLD, as_of="2024-01-01")):
        assert (found.status, found.hits, found.warnings[1]) == ("not_found", (), said)
    assert base.search(QUESTION, document=OLD, as_of="2024-01-01").notes[1] == said


def test_lists_and_comparisons_keep_to_the_day(store):
    base = KnowledgeBase.open(store)
    listed = base.ask("有哪些条款提到“补贴标准”", as_of="2023-07-01")
    assert [(hit.document.number, hit.force.status) for hit in listed.hits] == [(BARE, "未载明"), (NEW, "现行")]


def test_without_a_day_everything_is_searched_and_what_is_ended_is_marked(capsys, store):
    _, out, _ = run(capsys, "search", QUESTION, "--store", store)
    assert [line for line in out.splitlines() if "效力" in line and "第二条" in out] != []
    first, *others = [one.splitlines() for one in out.split("\n\n") if OLD in one.splitlines()[0]]
    assert first[1:3] == [f"   效力：{LINE}", f"   {GROUND}"]
    assert {(one[1], one[2][:4]) for one in others} == {(f"   效力：{LINE}", "   ▸")}
    _, out, _ = run(capsys, "ask", f"{OLD}第二条", "--store", store)
    place = out.splitlines().index(f"  效力：{LINE}")
    assert out.splitlines()[place + 1] == f"  {GROUND}"
    _, out, _ = run(capsys, "ask", QUESTION, "--json", "--store", store)
    hits = json.loads(out)["hits"]
    assert {(hit["document"]["number"], hit["force"]["status"], hit["force"]["day"]) for hit in hits} == {
        (OLD, "已废止", "2024-06-30"),
        (NEW, "现行", "2024-06-30"),
        (BARE, "未载明", "2024-06-30"),
    }


def test_without_any_day_nothing_is_said_of_the_day(store):
    found = KnowledgeBase.open(store).search(QUESTION)
    assert ([hit.force for hit in found.hits], found.notes) == ([None] * len(found.hits), ())


def test_as_of_on_the_command_line(capsys, store):
    _, out, _ = run(capsys, "search", QUESTION, "--as-of", "2022年6月30日", "--json", "--store", store)
    found = json.loads(out)
    assert (found["as_of"], found["notes"][0]) == ("2022-06-30", "按2022年6月30日的效力查找，其时不在施行的1份文件未查")
    code, out, err = run(capsys, "ask", QUESTION, "--as-of", "2022-02-30", "--store", store)
    assert (code, out, err) == (1, "", "错误：日期“2022-02-30”不是一个日期；请写成 2022-06-30 或 2022年6月30日\n")


@pytest.mark.parametrize("text", ["", "2022", "2022-13-01", "去年", "2022-6-3-1", "2022年6月30日之后"])
def test_what_is_no_day_is_refused(text):
    with pytest.raises(QueryError, match="不是一个日期"):
        checked_day(text)


@pytest.mark.parametrize(
    "text", ["2022-06-30", "2022-6-30", "2022年6月30日", "2022/6/30", " 2022.06.30 ", "２０２２年６月３０日"]
)
def test_a_day_in_any_spelling(text):
    assert checked_day(text) == "2022-06-30"


def test_the_force_of_every_document_is_listed(capsys, store):
    _, out, _ = run(capsys, "force", "--store", store)
    assert out.splitlines() == [
        f"《{TITLE}》（{OLD}）：{MARK}",
        f"  施行日期2018年7月1日（据《{TITLE}》（{OLD}）第三条：“第三条本办法自2018年7月1日起施行。”）",
        f"《青禾市养老服务补贴细则》（{BARE}）：未载明（文件和库中其他文件都没有写明）",
        f"《{TITLE}》（{NEW}）：现行，自2023年7月1日起（据《{TITLE}》（{NEW}）第三条：“{REPEAL}”；库中未见废止、代替它的文件）",
    ]
    _, out, _ = run(capsys, "force", OLD, "--as-of", "2023-06-30", "--json", "--store", store)
    (only,) = json.loads(out)
    assert (only["document"]["number"], only["force"]["status"]) == (OLD, "现行")


def test_one_document_is_cited_by_one_number_or_one_title(tmp_path):
    cites = (
        "《甲市救助办法》（甲政发〔2010〕7号）",
        "甲政发〔2010〕7号",
        "《甲市收养条例》",
        "《甲市收养条例》",
        "《中华人民共和国招标投标法》",
        "《招标投标法》",
        "《招标投标法》",
    )
    text = "甲市办法\n\n" + "\n".join(
        f"第{one}条 按照{cite}执行。" for one, cite in zip("一二三四五六七", cites, strict=True)
    )
    (tmp_path / "甲.txt").write_text(text, encoding="utf-8")
    document = read_document(tmp_path / "甲.txt")
    found = cited_not_held(followed({document.key: document}, Linker({document.key: document})))
    assert [(one.count, one.name, len(one.clause_ids)) for one in found] == [
        (3, "《中华人民共和国招标投标法》", 3),
        (2, "《甲市收养条例》", 2),
        (2, "《甲市救助办法》（甲政发〔2010〕7号）", 2),
    ]


def test_clauses_that_refer_to_a_clause_are_found_from_it(tmp_path):
    text = "甲市办法\n\n第一条 为规范服务，制定本办法。\n第二条 补贴标准为300元。\n第三条 按照本办法第二条执行；前条另有规定的除外。"
    (tmp_path / "甲.txt").write_text(text, encoding="utf-8")
    document = read_document(tmp_path / "甲.txt")
    found = citing(followed({document.key: document}, Linker({document.key: document})))
    assert found == {"甲市办法/第二条": ("甲市办法/第三条",)}


def test_documents_that_are_cited_and_not_held_are_listed(capsys, store):
    _, out, _ = run(capsys, "cited", "--store", store)
    assert out.splitlines() == [
        "共 1 份文件被援引而库中没有：",
        "1 次  《青禾市救助办法》（青政发〔2010〕7号）",
        f"    —— {BARE}/第三条",
    ]
    _, out, _ = run(capsys, "cited", "--json", "--store", store)
    assert json.loads(out) == [
        {"number": "青政发〔2010〕7号", "title": "青禾市救助办法", "count": 1, "clause_ids": [f"{BARE}/第三条"]}
    ]
