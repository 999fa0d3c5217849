"""The command line from build to show, over small web pages and PDFs; every bad input gets one clear line."""

from __future__ import annotations

import io
import json
import shutil
import sys
from pathlib import Path

import pytest
from index_fakes import WEB_PAGE, FakeEmbedder, typed_fitted

from index.__main__ import main
from index.errors import ClauseNotFound, QueryError
from index.knowledge_base import KnowledgeBase
from index.search import embedder as embedders
from index.search.refusal import RefusalModel
from index.store.sealed import sha256
from ingest.records import Box

ROOT = Path(__file__).parent.parent
REAL_PDF = ROOT / "corpus" / "documents" / "浦民发〔2023〕8号.pdf"
CLAUSE = "甲民发〔2024〕5号/二/（一）"


@pytest.fixture(autouse=True)
def fake_model(monkeypatch):
    monkeypatch.setattr(embedders, "load", lambda settings: FakeEmbedder(settings.name or "fake-1"))
    monkeypatch.setattr("index.search.searcher.shipped", typed_fitted)
    monkeypatch.setattr("index.__main__._today", lambda: "2024-06-30")


@pytest.fixture
def corpus(tmp_path):
    folder = tmp_path / "corpus"
    (folder / "deep").mkdir(parents=True)
    (folder / "deep" / "甲.html").write_text(
        WEB_PAGE.format(number="甲民发〔2024〕5号", title="养老服务办法"), encoding="utf-8"
    )
    (folder / "乙.htm").write_text(WEB_PAGE.format(number="甲民发〔2024〕6号", title="养老机构办法"), encoding="utf-8")
    (folder / "README.md").write_text("说明", encoding="utf-8")
    (folder / ".hidden").write_text("")
    return folder


@pytest.fixture
def store(tmp_path, corpus):
    folder = tmp_path / "store"
    assert main(["build", str(corpus), "--store", str(folder)]) == 0
    return folder


def run(capsys, *arguments):
    """Run a command: exit code, standard output, standard error."""
    capsys.readouterr()
    code = main([str(argument) for argument in arguments])
    return code, *capsys.readouterr()


def build(capsys, corpus, store):
    return run(capsys, "build", corpus, "--store", store)


def test_build_says_what_it_did(capsys, corpus, tmp_path):
    code, out, err = build(capsys, corpus, tmp_path / "s")
    assert code == 0
    assert out == "知识库已建好：2 份文件（甲民发〔2024〕5号、甲民发〔2024〕6号），6 个条款，12 个句子\n"
    assert err.splitlines() == [
        "[  0%] 读取 deep/甲.html",
        "[ 40%] 读取 乙.htm",
        "[ 80%] 计算 12 个句子的向量",
        "[ 95%] 写入知识库",
        "[100%] 完成",
    ]


def test_search_json_follows_the_contract(capsys, store):
    code, out, err = run(capsys, "search", "新增养老床位多少张", "-k", "1", "--json", "--store", store)
    assert (code, err) == (0, "")
    found = json.loads(out)
    assert (found["query"], found["status"]) == ("新增养老床位多少张", "found")
    hit = found["hits"][0]
    assert 0 < hit.pop("score") <= 1
    assert hit == {
        "rank": 1,
        "found_by": ["lexical", "dense"],
        "clause_id": CLAUSE,
        "citation": "《养老服务办法》（甲民发〔2024〕5号）第二部分第（一）项",
        "document": {"number": "甲民发〔2024〕5号", "title": "养老服务办法", "issuer": None, "date": None},
        "heading_path": ["二、主要任务", "（一）扩大供给"],
        "text": "（一）扩大供给。新增养老床位300张。建设助餐点10家。",
        "evidence": [{"text": "新增养老床位300张。", "page": None}],
        "pages": [],
        "units": [],
        "targets": [
            {
                "indicator": indicator,
                "comparator": "=",
                "value": value,
                "unit": unit,
                "deadline": None,
                "baseline": None,
                "nature": None,
                "text": text,
            }
            for indicator, value, unit, text in (
                ("养老床位", "300", "张", "养老床位300张"),
                ("助餐点", "10", "家", "助餐点10家"),
            )
        ],
        "references": [],
        "force": {
            "status": "未载明",
            "day": "2024-06-30",
            "issued": None,
            "since": None,
            "until": None,
            "words": "未载明（文件和库中其他文件都没有写明）",
            "grounds": [],
            "cautions": [],
        },
    }


def test_search_for_a_reader(capsys, store):
    code, out, _ = run(capsys, "search", "新增养老床位多少张", "-k", "1", "--store", store)
    assert code == 0
    assert out.splitlines() == [
        "1. 《养老服务办法》（甲民发〔2024〕5号）第二部分第（一）项（无页码）",
        "   ▸ 新增养老床位300张。",
        "   二、主要任务 › （一）扩大供给",
        "   甲民发〔2024〕5号/二/（一）（按词语、语义找到）",
    ]


def test_nothing_found_is_said_plainly(capsys, store):
    code, out, _ = run(capsys, "search", "明天股市会涨吗", "--store", store)
    assert (code, out.splitlines()[0]) == (0, "未找到依据。下面是最接近的条款，仅供参考：")


@pytest.mark.parametrize(
    ("status", "said"),
    [
        ("found", "1. 《养老服务办法》（甲民发〔2024〕5号）第二部分第（一）项（无页码）"),
        ("related", "相关，未直接写明。下面是最接近的条款，仅供参考："),
        ("not_found", "未找到依据。下面是最接近的条款，仅供参考："),
    ],
)
def test_three_ways_to_answer_a_search(capsys, store, monkeypatch, status, said):
    monkeypatch.setattr(RefusalModel, "status", lambda self, measures, is_calibrated: status)
    _, out, _ = run(capsys, "search", "新增养老床位多少张", "-k", "1", "--store", store)
    assert out.splitlines()[0] == said
    assert out.splitlines()[-1] == "   甲民发〔2024〕5号/二/（一）（按词语、语义找到）"
    _, out, _ = run(capsys, "search", "新增养老床位多少张", "-k", "1", "--json", "--store", store)
    found = json.loads(out)
    assert (found["status"], [hit["clause_id"] for hit in found["hits"]]) == (status, [CLAUSE])


NEAR_LINES = [
    "  1. 新增养老床位300张。",
    "     —— 《养老服务办法》（甲民发〔2024〕5号）第二部分第（一）项（无页码）",
]


@pytest.mark.parametrize(
    ("status", "said"),
    [
        (
            "found",
            [
                "“新增养老床位300张。”",
                "  —— 《养老服务办法》（甲民发〔2024〕5号）第二部分第（一）项（无页码）",
                "  效力：未载明（文件和库中其他文件都没有写明）",
                "",
                "目标：新增养老床位 300张，期限：未载明",
                "责任主体：未载明",
            ],
        ),
        (
            "related",
            [
                "相关，未直接写明：库中有与此相关的条款，不能断定直接写明了所问的内容，请核对原文。",
                "",
                "相关条款，请核对原文：",
                *NEAR_LINES,
            ],
        ),
        ("not_found", ["未找到依据：库中文件没有能回答这个问题的条款。", "", "最接近的条款，不是答案：", *NEAR_LINES]),
    ],
)
def test_three_ways_to_answer(capsys, store, monkeypatch, status, said):
    monkeypatch.setattr(RefusalModel, "status", lambda self, measures, is_calibrated: status)
    code, out, _ = run(capsys, "ask", "新增养老床位多少张", "-k", "1", "--store", store)
    assert (code, out.splitlines()) == (0, said)
    _, out, _ = run(capsys, "ask", "新增养老床位多少张", "-k", "1", "--json", "--store", store)
    found = json.loads(out)
    assert (found["kind"], found["status"], found["total"]) == ("clause", status, 1)
    assert [hit["clause_id"] for hit in found["hits"]] == [CLAUSE]
    assert [one["value"] for one in found["targets"]] == (["300"] if status == "found" else [])
    assert (found["units"], found["warnings"]) == ([], [])


def test_a_base_with_another_model_says_that_it_is_not_calibrated(capsys, corpus, tmp_path):
    store = tmp_path / "other"
    assert run(capsys, "build", corpus, "--store", store, "--model", "other")[0] == 0
    _, out, _ = run(capsys, "ask", "新增养老床位多少张", "--json", "--store", store)
    found = json.loads(out)
    assert found["warnings"] == ["本库的向量模型与拟合时不同，未校准：只在把握很大时作答，其余列为相关"]
    assert found["status"] == "related"


def test_one_document_only(capsys, store):
    _, out, _ = run(capsys, "search", "养老床位", "--document", "甲民发(2024)6号", "--json", "--store", store)
    assert {hit["document"]["number"] for hit in json.loads(out)["hits"]} == {"甲民发〔2024〕6号"}


def test_show(capsys, store):
    code, out, _ = run(capsys, "show", "甲民发[2024]5号/二/(一)", "--store", store)
    assert (code, out) == (
        0,
        "《养老服务办法》（甲民发〔2024〕5号）第二部分第（一）项（无页码）\n二、主要任务 › （一）扩大供给\n\n"
        "（一）扩大供给。新增养老床位300张。建设助餐点10家。\n",
    )
    _, out, _ = run(capsys, "show", CLAUSE, "--json", "--store", store)
    shown = json.loads(out)
    assert (shown["clause_id"], shown["kind"], shown["pages"]) == (CLAUSE, "clause", [])
    assert shown["document"]["title"] == "养老服务办法"


def test_documents_of_a_base(capsys, store):
    code, out, _ = run(capsys, "documents", "--store", store)
    assert (code, out.splitlines()) == (
        0,
        [
            "甲民发〔2024〕5号  养老服务办法",
            "    3 个条款，2 个目标值；未载明（文件和库中其他文件都没有写明）",
            "甲民发〔2024〕6号  养老机构办法",
            "    3 个条款，2 个目标值；未载明（文件和库中其他文件都没有写明）",
        ],
    )
    _, out, _ = run(capsys, "documents", "--json", "--store", store)
    one = json.loads(out)[0]
    assert {name: one[name] for name in one if name != "force"} == {
        "key": "甲民发〔2024〕5号",
        "document": {"number": "甲民发〔2024〕5号", "title": "养老服务办法", "issuer": None, "date": None},
        "file": "deep/甲.html",
        "clauses": 3,
        "targets": 2,
    }
    assert one["force"]["status"] == "未载明"


def test_one_document_with_its_clauses(capsys, store):
    _, out, _ = run(capsys, "documents", "甲民发[2024]5号", "--store", store)
    assert out.splitlines()[2:] == [
        "  甲民发〔2024〕5号/一/第1段  一、总体要求",
        "  甲民发〔2024〕5号/二/（一）  二、主要任务 › （一）扩大供给",
        "  甲民发〔2024〕5号/二/（二）  二、主要任务 › （二）加强监管",
        "注意：标题“养老服务办法”只有一处写明，请核对",
    ]
    _, out, _ = run(capsys, "documents", "甲民发[2024]5号", "--json", "--store", store)
    assert json.loads(out)["outline"][1] == {
        "clause_id": CLAUSE,
        "kind": "clause",
        "heading_path": ["二、主要任务", "（一）扩大供给"],
        "pages": [],
    }
    code, _, err = run(capsys, "documents", "甲民发〔2024〕7号", "--store", store)
    assert (code, err) == (
        1,
        "错误：知识库里没有文件“甲民发〔2024〕7号”；现有：甲民发〔2024〕5号、甲民发〔2024〕6号\n",
    )


def test_batch_gives_a_line_for_each_question(capsys, store, tmp_path):
    questions = tmp_path / "questions.jsonl"
    questions.write_text(
        '{"id": "a", "query": "黑名单", "other": 1}\n\n{"id": 7, "query": "5号文第二部分第一项"}\n',
        encoding="utf-8-sig",
    )
    code, out, err = run(capsys, "search", "--batch", questions, "--store", store)
    assert (code, err) == (0, "")
    first, second = map(json.loads, out.splitlines())
    assert list(first) == ["id", "query", "status", "hits"]
    assert (first["id"], first["query"]) == ("a", "黑名单")
    assert (second["id"], second["hits"][0]["clause_id"]) == (7, CLAUSE)
    assert len(first["hits"]) <= 10


def test_batch_names_bad_lines_and_goes_on(capsys, store, tmp_path):
    questions = tmp_path / "questions.jsonl"
    lines = [
        "{bad",
        "[1]",
        '{"id": "x"}',
        '{"query": "养老"}',
        '{"id": "e", "query": "  "}',
        '{"id": "g", "query": "养老"}',
    ]
    lines += ['{"id": "long", "query": "' + "问" * 10000 + '"}', '{"id": "s", "query": "养老\\ud800床位"}']
    questions.write_text("\n".join(lines), encoding="utf-8")
    code, out, err = run(capsys, "search", "--batch", questions, "--store", store)
    assert code == 1
    answers = [json.loads(line) for line in out.splitlines()]
    assert [answer["id"] for answer in answers] == ["e", "g", "long", "s"]
    assert [bool(answer["hits"]) for answer in answers] == [False, True, False, True]
    assert [line.split("：")[1].rsplit(" ", 1)[1] for line in err.splitlines()] == [
        *("第1行", "第2行", "第3行", "第4行", "第5行", "第7行")
    ]


def test_batch_from_standard_input(capsys, store, monkeypatch):
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO('{"id": "a", "query": "养老"}\n'.encode())))
    code, out, _ = run(capsys, "search", "--batch", "-", "--store", store)
    assert (code, json.loads(out)["id"]) == (0, "a")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["search", ""], "错误：问题是空的，或只有标点符号；"),
        (["search", "\x00\x07"], "错误：问题是空的，或只有标点符号；"),
        (["search", "问" * 10000], "错误：问题有 10000 个字，超过上限 1000 个字；请缩短后再问"),
        (["search", "养老", "-k", "0"], "错误：结果条数 0 不在 1 到 100 之间；请改正条数"),
        (
            ["search", "养老", "--document", "99号"],
            "错误：知识库里没有文件“99号”；现有：甲民发〔2024〕5号、甲民发〔2024〕6号",
        ),
        (["search", "--batch", "无.jsonl"], "错误：打不开问题文件 无.jsonl"),
        (["show", "甲民发〔2024〕5号/二/（九）"], "错误：知识库里没有条款“甲民发〔2024〕5号/二/（九）”；是否为“"),
        (["show", "../../etc/passwd"], "错误：知识库里没有条款“../../etc/passwd”；条款编号形如"),
    ],
)
def test_input_at_fault_gets_one_line(capsys, store, arguments, message):
    code, out, err = run(capsys, *arguments, "--store", store)
    assert (code, out, err.count("\n")) == (1, "", 1)
    assert err.startswith(message)


@pytest.mark.parametrize("arguments", [[], ["ask"], ["search"], ["search", "a", "--batch", "b"], ["show"]])
def test_wrong_usage(arguments):
    with pytest.raises(SystemExit) as ended:
        main(arguments)
    assert ended.value.code == 2


def test_no_store(capsys, tmp_path):
    code, _, err = run(capsys, "search", "养老", "--store", tmp_path / "none")
    assert code == 1
    assert "里没有知识库；请先运行 python -m index build 建立" in err


@pytest.mark.parametrize("name", ["none", "empty", "a file"])
def test_a_corpus_without_documents(capsys, tmp_path, store, name):
    folder = tmp_path / name
    if name == "empty":
        folder.mkdir()
    elif name == "a file":
        folder.write_text("")
    code, _, err = build(capsys, folder, store)
    assert (code, err.count("\n")) == (1, 1)
    assert "没有文件夹" in err or "里没有可读的文件" in err
    assert run(capsys, "search", "养老", "--store", store)[0] == 0


def test_one_bad_file_never_stops_the_others(capsys, corpus, tmp_path):
    (corpus / "坏.pdf").write_bytes(b"%PDF-1.7 cut")
    (corpus / "空.pdf").write_bytes(b"")
    (corpus / "表.xlsx").write_bytes(b"PK")
    code, out, err = build(capsys, corpus, tmp_path / "s")
    assert code == 1
    assert "2 份文件" in out
    assert "不认识这种格式，已跳过：表.xlsx" in err
    assert [line[:8] for line in err.splitlines() if line.startswith("出错")] == ["出错：坏.pdf", "出错：空.pdf"]


def test_a_file_that_turns_bad_leaves_what_was_read_before(capsys, corpus, store):
    (corpus / "乙.htm").write_bytes(b"")
    code, _, err = build(capsys, corpus, store)
    assert code == 1
    assert "沿用上次读到的内容：乙.htm" in err
    assert run(capsys, "show", "甲民发〔2024〕6号/二/（一）", "--store", store)[0] == 0


def test_only_bad_files_leave_the_store_alone(capsys, corpus, store, tmp_path):
    bad = tmp_path / "bad"
    bad.mkdir()
    (bad / "坏.pdf").write_bytes(b"%PDF-1.7 cut")
    before = KnowledgeBase.open(store).sha
    code, _, err = build(capsys, bad, store)
    assert code == 1
    assert "里没有一个文件能读：坏.pdf" in err
    assert KnowledgeBase.open(store).sha == before


def test_a_file_that_is_taken_away_leaves_the_store(capsys, corpus, store):
    (corpus / "乙.htm").unlink()
    assert build(capsys, corpus, store)[0] == 0
    assert run(capsys, "show", "甲民发〔2024〕6号/二/（一）", "--store", store)[0] == 1


def test_unchanged_files_are_not_read_again(corpus, store, monkeypatch):
    monkeypatch.setattr("index.store.readings.read_document", lambda path: pytest.fail(f"read {path}"))
    report = KnowledgeBase.build(corpus, store)
    assert report.reused == ("deep/甲.html", "乙.htm")
    assert report.generation == KnowledgeBase.open(store).sha


def test_same_corpus_gives_the_same_store(corpus, tmp_path):
    one, two = (KnowledgeBase.build(corpus, tmp_path / name) for name in ("one", "two"))
    assert one.generation == two.generation


def test_renditions_are_searched_once(capsys, corpus, store):
    shutil.copy(corpus / "deep" / "甲.html", corpus / "同.html")
    code, out, err = build(capsys, corpus, store)
    assert code == 0
    assert "2 份文件" in out
    assert "同一份文件的另一版式，只存不搜：同.html" in err


def test_manifest_is_held_against_the_files(capsys, corpus, store):
    names = {"deep/甲.html": None, "乙.htm": "0" * 64, "丙.pdf": "1" * 64}
    entries = [{"file": name, "sha256": given or sha256((corpus / name).read_bytes())} for name, given in names.items()]
    (corpus / "manifest.json").write_text(json.dumps({"documents": entries}), encoding="utf-8")
    code, _, err = build(capsys, corpus, store)
    assert code == 1
    assert "出错：丙.pdf: manifest.json 列有此文件，但找不到" in err
    assert "出错：乙.htm: 内容与 manifest.json 记载的 SHA-256 不符" in err
    assert "沿用上次读到的内容：乙.htm" in err


@pytest.mark.parametrize("text", ["{", "[]", '{"documents": [1]}', '{"documents": [{"file": "a"}]}'])
def test_a_manifest_that_is_none(capsys, corpus, store, text):
    (corpus / "manifest.json").write_text(text)
    code, _, err = build(capsys, corpus, store)
    assert (code, err.count("\n")) == (1, 1)
    assert "manifest.json 无法读取；应写成" in err


def test_another_model_is_refused(capsys, corpus, store, monkeypatch):
    assert run(capsys, "build", corpus, "--store", store, "--model", "other")[0] == 0
    assert run(capsys, "search", "养老", "--store", store)[0] == 0
    monkeypatch.setattr(embedders, "load", lambda settings: FakeEmbedder("changed"))
    code, _, err = run(capsys, "search", "养老", "--store", store)
    assert code == 1
    assert "是用另一个向量模型（other）建立的，与现在的模型不符；请换回原来的模型" in err


def test_another_segmenter_is_refused(capsys, store, monkeypatch):
    monkeypatch.setattr("index.question.words.segmenter_name", lambda: "jieba 9.9")
    code, _, err = run(capsys, "search", "养老", "--store", store)
    assert code == 1
    assert "是用另一套分词或设置建立的；请运行 python -m index build 重建" in err


def test_a_store_whose_sentences_stand_in_another_context_is_refused(capsys, store, monkeypatch):
    monkeypatch.setattr("index.store.facts.CONTEXT", 0)
    code, _, err = run(capsys, "search", "养老", "--store", store)
    assert code == 1
    assert "是用另一套分词或设置建立的；请运行 python -m index build 重建" in err


def test_a_web_page_has_no_picture(store):
    with pytest.raises(Exception, match="是网页版，没有页面图"):
        KnowledgeBase.open(store).page_picture(CLAUSE, 1)


@pytest.fixture(scope="module")
def real_base(tmp_path_factory):
    folder = tmp_path_factory.mktemp("real")
    (folder / "corpus").mkdir()
    shutil.copy(REAL_PDF, folder / "corpus")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(embedders, "load", lambda settings: FakeEmbedder())
        KnowledgeBase.build(folder / "corpus", folder / "store")
        yield KnowledgeBase.open(folder / "store")


def test_a_page_is_drawn_with_its_frame(real_base):
    from PIL import Image

    plain = Image.open(io.BytesIO(real_base.page_picture("浦民发〔2023〕8号", 2)))
    framed = Image.open(io.BytesIO(real_base.page_picture("浦民发〔2023〕8号", 2, [Box(2, 100, 200, 300, 220)])))
    assert plain.size == framed.size == (910, 1287)
    changed = [
        (x, y) for x in range(0, 910, 5) for y in range(0, 1287, 5) if plain.getpixel((x, y)) != framed.getpixel((x, y))
    ]
    scale = 110 / 72
    assert min(changed)[0] >= (100 - 4) * scale
    assert max(changed)[0] <= (300 + 4) * scale
    assert min(y for _, y in changed) >= (200 - 4) * scale
    assert max(y for _, y in changed) <= (220 + 4) * scale


@pytest.mark.parametrize("page", [0, 14, -1])
def test_no_such_page(real_base, page):
    with pytest.raises(Exception, match=f"没有第{page}页；共 13 页，请另选页码"):
        real_base.page_picture("浦民发〔2023〕8号", page)


def test_a_source_file_that_has_changed(real_base):
    path = real_base.corpus / REAL_PDF.name
    data = path.read_bytes()
    path.write_bytes(data + b"\n")
    with pytest.raises(Exception, match="已不是建库时的那一份；请换回原文件，或重建知识库"):
        real_base.page_picture("浦民发〔2023〕8号", 2)
    path.write_bytes(data)


def test_a_page_is_drawn_finer_and_a_huge_one_coarser(real_base, monkeypatch):
    from PIL import Image

    fine = Image.open(io.BytesIO(real_base.page_picture("浦民发〔2023〕8号", 2, resolution=220)))
    assert fine.size == (1819, 2573)
    monkeypatch.setattr("index.pictures._MOST_PIXELS", 250_000)
    coarse = Image.open(io.BytesIO(real_base.page_picture("浦民发〔2023〕8号", 2, resolution=220)))
    assert 240_000 < coarse.width * coarse.height < 260_000


def test_the_original_of_a_document_is_the_file_that_was_indexed(real_base):
    document = real_base.document("浦民发[2023]8号")
    assert real_base.document_of_file(document.source.sha256) is document
    assert real_base.document_of_file("0" * 64) is None
    assert real_base.original(document.key) == (REAL_PDF.name, REAL_PDF.read_bytes())
    with pytest.raises(Exception, match="知识库里没有文件“没有”"):
        real_base.original("没有")


def test_what_is_not_there_names_what_is_spelt_most_like_it(real_base):
    with pytest.raises(ClauseNotFound) as clause:
        real_base.show("浦民发〔2023〕8号/一/22")
    assert clause.value.near == "浦民发〔2023〕8号/一/2"
    with pytest.raises(QueryError) as document:
        real_base.document_key("浦民发〔2023〕9号")
    assert document.value.near == "浦民发〔2023〕8号"
    with pytest.raises(QueryError) as none:
        real_base.document_key("x")
    assert none.value.near == ""


def test_spans_lead_back_to_the_source(real_base):
    """What a store gives back is what was read: every clause and sentence is the slice that it says."""
    for document in real_base.documents():
        for clause in document.clauses:
            assert document.source_text[clause.span.start : clause.span.end] == clause.source_text
            assert all(clause.text[one.start : one.end] == one.text for one in clause.sentences)


def test_a_draft_is_checked(store, capsys, tmp_path):
    draft = tmp_path / "文稿.txt"
    draft.write_text(
        "甲民发〔2024〕5号第二部分第（一）项提出“新增养老床位300张”。\n该办法还要求“建立养老机构黑名单制度”。", "utf-8"
    )
    code, out, err = run(capsys, "check", draft, "--store", store)
    assert (code, out, err) == (0, "共 2 处引文和出处：一致 2。\n", "")
    draft.write_text("甲民发〔2024〕5号第二部分第（一）项提出“新增养老床位400张。建设助餐点10家”。", "utf-8")
    code, out, _ = run(capsys, "check", draft, "--store", store)
    assert code == 1
    assert out == (
        "共 1 处引文和出处：有出入 1。\n\n"
        "1. 【有出入】第1行：新增养老床位400张。建设助餐点10家\n"
        "   所引出处：甲民发〔2024〕5号第二部分第（一）项\n"
        "   原文是：“新增养老床位300张。建设助餐点10家”（《养老服务办法》（甲民发〔2024〕5号）第二部分第（一）项）\n"
        "   建议：“新增养老床位400张。建设助餐点10家”改为“新增养老床位300张。建设助餐点10家”\n"
    )
    code, out, _ = run(capsys, "check", draft, "--json", "--store", store)
    told = json.loads(out)
    assert (code, told["counts"], told["faults"]) == (1, {"differs": 1}, 1)
    [one] = told["findings"]
    assert told["text"][one["start"] : one["end"]] == one["quoted"]
    assert (one["clause_id"], one["differences"]) == (CLAUSE, [[[6, 7], [6, 7]]])


def test_a_draft_that_cannot_be_checked_is_named(store, capsys, tmp_path):
    assert run(capsys, "check", tmp_path / "无.docx", "--store", store) == (
        1,
        "",
        "错误：文稿 无.docx 读不了：文件打不开（No such file or directory）；请检查路径和读取权限\n",
    )
    (tmp_path / "文稿.txt").write_text("完毕。", "utf-8")
    code, _, err = run(capsys, "check", tmp_path / "文稿.txt", "--without", "丙发〔2024〕9号", "--store", store)
    assert code == 1 and err.startswith("错误：知识库里没有文件“丙发〔2024〕9号”；现有：")
