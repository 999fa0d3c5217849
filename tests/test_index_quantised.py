"""Serving a transformer folder with onnxruntime: the same vectors as sentence_transformers, without torch."""

import os
import shutil
import subprocess
import sys

import bert_folders
import numpy as np
import pytest

from index.errors import EmbedderError
from index.search.embedder import SHIPPED, EmbedderSettings, load
from index.search.quantised import LOWER, UPPER, quantised_model

pytest.importorskip("onnxruntime", reason="pip install '.[train]'")
pytest.importorskip("onnx", reason="pip install '.[train]'")

TEXTS = ["低保怎么申请", "困境儿童的保障，养老床位。", "养老", "ABC", "", "养老床位" * 10, "低保\u200b\x07申请\ud800"]


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return bert_folders.write(tmp_path_factory.mktemp("bert"))


@pytest.fixture(scope="module")
def served(folder):
    return load(EmbedderSettings(str(folder)))


def copied(folder, to):
    shutil.copytree(folder, to)
    for part in to.glob("*.onnx"):
        part.unlink()
    return to


def test_both_ways_of_serving_are_equal(folder, tmp_path):
    """In single precision, so that nothing but the way differs; both read the prompts and the most pieces in the folder."""
    pytest.importorskip("torch", reason="the other way of serving needs torch")
    by_torch = load(EmbedderSettings(str(copied(folder, tmp_path / "torch")), device="cpu"))
    shutil.copytree(folder, tmp_path / "onnx")
    bert_folders.write_whole(tmp_path / "onnx", bert_folders.random_tensors())
    by_onnx = load(EmbedderSettings(str(tmp_path / "onnx")))
    for kind in ("encode_queries", "encode_passages"):
        np.testing.assert_allclose(getattr(by_onnx, kind)(TEXTS), getattr(by_torch, kind)(TEXTS), atol=2e-6)


def test_vectors_in_8_bits_are_near_those_in_single_precision(folder, served, tmp_path):
    pytest.importorskip("torch", reason="the other way of serving needs torch")
    whole = load(EmbedderSettings(str(copied(folder, tmp_path / "torch")), device="cpu"))
    cosines = (served.encode_passages(TEXTS) * whole.encode_passages(TEXTS)).sum(axis=1)
    assert cosines.min() > 0.99


def test_a_text_has_the_same_vector_alone_and_among_others(served):
    together = served.encode_passages(TEXTS)
    alone = np.concatenate([served.encode_passages([text]) for text in TEXTS])
    np.testing.assert_array_equal(together, alone)


def test_vectors_have_length_1(served):
    assert served.dimension == 32
    np.testing.assert_allclose(np.linalg.norm(served.encode_queries(TEXTS), axis=1), 1, atol=1e-6)


def test_prompts_stand_in_the_folder(folder, served):
    stated = EmbedderSettings(str(folder), query_prompt="query: ", passage_prompt="passage: ")
    none = load(EmbedderSettings(str(folder), query_prompt="", passage_prompt=""))
    assert load(stated).fingerprint == served.fingerprint != none.fingerprint
    np.testing.assert_array_equal(served.encode_queries(["低保"]), none.encode_queries(["query: 低保"]))
    np.testing.assert_array_equal(served.encode_passages(["低保"]), none.encode_passages(["passage: 低保"]))


def test_threads_change_nothing(folder):
    one, three = (quantised_model(folder, threads).encode(TEXTS[:5], "") for threads in (1, 3))
    np.testing.assert_array_equal(one, three)


def test_no_heavy_library_is_loaded(folder):
    program = (
        "import sys; from index.search.embedder import EmbedderSettings, load; "
        f"load(EmbedderSettings({str(folder)!r})).encode_queries(['低保']); "
        "sys.exit(any(name in sys.modules for name in ('torch', 'sentence_transformers', 'transformers', 'onnx')))"
    )
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0


def test_without_onnxruntime_the_remedy_is_told(folder, monkeypatch):
    monkeypatch.setitem(sys.modules, "onnxruntime", None)
    with pytest.raises(EmbedderError, match=r"要用 onnxruntime，本机没有安装；请运行 pip install onnxruntime"):
        load(EmbedderSettings(str(folder)))


@pytest.mark.parametrize("name", [LOWER, UPPER, "tokenizer.json", "sentence_bert_config.json"])
def test_damaged_folder_is_named(folder, tmp_path, name):
    shutil.copytree(folder, tmp_path / "copy")
    (tmp_path / "copy" / name).write_bytes(b"{")
    with pytest.raises(EmbedderError, match="copy 读不出来.*请重新复制"):
        load(EmbedderSettings(str(tmp_path / "copy")))


REAL = os.environ.get("TRANSFORMER_FOLDER") or str(SHIPPED)
"""The folder that comes with the project, or another to try."""
PASSAGES = [
    "符合条件的家庭可以向户籍所在地的镇人民政府、街道办事处申请最低生活保障。",
    "对新购买首套住房的家庭，按缴纳契税的一定比例给予补贴。",
    "推进节地生态安葬，鼓励海葬、树葬。",
    "义务教育阶段学校招收新生，实行免试就近入学。",
    "用人单位应当依法为职工缴纳工伤保险费。",
]
QUESTIONS = {"家里穷能领低保吗": 0, "买房子政府有没有补贴": 1, "骨灰撒海里有什么说法": 2, "小孩上学怎么分学校": 3}


def test_real_folder_ranks_alike_either_way(tmp_path):
    pytest.importorskip("torch", reason="the other way of serving needs torch")
    ways = [EmbedderSettings(REAL), EmbedderSettings(str(copied(REAL, tmp_path / "torch")), device="cpu")]
    for model in map(load, ways):
        cosines = model.encode_queries(list(QUESTIONS)) @ model.encode_passages(PASSAGES).T
        assert cosines.argmax(axis=1).tolist() == list(QUESTIONS.values())


def test_a_store_is_opened_with_the_prompts_of_its_model(folder):
    from index.search.embedder import settings_of
    from index.store.facts import ReadBy, facts_of

    settings = EmbedderSettings(str(folder))
    state = {"sources": {}, "removed": {}, "faults": {}}
    facts = facts_of([], ReadBy("1", None), settings, load(settings), state)["embedder"]
    assert load(settings_of(facts)).fingerprint == facts["fingerprint"]
    shipped = facts_of([], ReadBy("1", None), EmbedderSettings(), load(), state)["embedder"]
    assert (shipped["query_prompt"], shipped["passage_prompt"]) == (None, None)
    assert load(settings_of(shipped)) is load()
