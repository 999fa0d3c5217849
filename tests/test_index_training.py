"""The whole training on a corpus of twenty lines, and its steps with numbers worked out by hand."""

import gzip
import json
from pathlib import Path

import numpy as np
import pytest
import scipy.sparse as sparse

from index.question import thesaurus
from index.search.embedder import EmbedderSettings, load
from index.training.__main__ import train
from index.training.contrastive import TrainingSettings
from index.training.cooccurrence import (
    Vocabulary,
    composition,
    cooccurrences,
    mutual_information,
    parts_of,
    right_singular,
    tokenizer_of,
    vocabulary_of,
)
from index.training.held_out import cloze_pairs, measure, read_pairs, without_held_out
from index.training.made_queries import made_pairs, word_pairs

TEXTS = [
    "民政部门负责最低生活保障工作。符合条件的家庭可以申请最低生活保障。",
    "最低生活保障标准由市人民政府确定。标准每年调整一次。",
    "养老机构应当为老年人提供照护服务。养老床位数量逐年增加。",
    "社区设立老年人日间照护场所。老年人可以就近享受养老服务。",
    "困境儿童由民政部门登记。儿童福利机构收养孤儿。",
    "收养人应当向民政部门登记。收养关系自登记之日起成立。",
    "公墓应当节约土地。鼓励海葬和节地生态安葬。",
    "殡葬服务单位应当公开收费标准。殡葬收费实行政府定价。",
    "社会组织应当依法登记。社会组织每年报送年度报告。",
    "志愿者参加社区服务。社区为志愿者提供培训和保险。",
]
PAIRS = [
    ("低保怎么申请", "符合条件的家庭可以申请最低生活保障。"),
    ("低保多少钱", "最低生活保障标准由市人民政府确定。"),
    ("老人谁来照顾", "养老机构应当为老年人提供照护服务。"),
    ("家门口有养老的地方吗", "老年人可以就近享受养老服务。"),
    ("孤儿怎么办", "儿童福利机构收养孤儿。"),
    ("收养孩子找谁", "收养人应当向民政部门登记。"),
    ("海葬", "鼓励海葬和节地生态安葬。"),
    ("火化要多少钱", "殡葬服务单位应当公开收费标准。"),
    ("怎么成立社团", "社会组织应当依法登记。"),
    ("当志愿者有保险吗", "社区为志愿者提供培训和保险。"),
]
SMALL = TrainingSettings(dimension=8, least_count=1, batch=4, rounds=2, word_times=0)


@pytest.fixture
def data(tmp_path: Path) -> Path:
    folder = tmp_path / "training"
    folder.mkdir()
    lines = [json.dumps({"query": query, "positive": positive}, ensure_ascii=False) for query, positive in PAIRS]
    (folder / "text_small.txt.gz").write_bytes(gzip.compress("\n".join(TEXTS).encode()))
    (folder / "pairs_small.jsonl.gz").write_bytes(gzip.compress("\n".join(lines).encode()))
    (folder / "pairs_rc_doubtful.jsonl.gz").write_bytes(gzip.compress(b'{"query": "a", "positive": "b"}'))
    return folder


def test_training_twice_gives_the_same_bytes_and_a_model_that_loads(data, tmp_path, capsys):
    for out in ("one", "two"):
        train(data, tmp_path / out, SMALL, own=None)
    names = sorted(path.relative_to(tmp_path / "one") for path in (tmp_path / "one").rglob("*") if path.is_file())
    assert [name.as_posix() for name in names] == [
        "1_Normalize/config.json",
        "config_sentence_transformers.json",
        "model.safetensors",
        "modules.json",
        "tokenizer.json",
    ]
    assert all((tmp_path / "one" / name).read_bytes() == (tmp_path / "two" / name).read_bytes() for name in names)
    model = load(EmbedderSettings(str(tmp_path / "one")))
    assert model.dimension == 8
    assert model.encode_queries(["养老"]).any()
    assert "+ contrastive, round 2" in capsys.readouterr().out


def test_a_trained_folder_is_the_same_model_to_sentence_transformers(data, tmp_path):
    from sentence_transformers import SentenceTransformer

    train(data, tmp_path / "model", SMALL, own=None)
    reference = SentenceTransformer(str(tmp_path / "model"), device="cpu").encode([*TEXTS, ""])
    ours = load(EmbedderSettings(str(tmp_path / "model"))).encode_passages([*TEXTS, ""])
    np.testing.assert_allclose(ours, reference, rtol=0, atol=1e-6)


def test_pairs_of_doubtful_licence_are_left_out_and_held_out_texts_are_not_trained_on(data):
    (pairs,) = read_pairs(data, one_in=3)
    assert pairs.name == "pairs_small"
    assert sorted((*pairs.train, *pairs.held)) == list(range(10))
    assert 0 < len(pairs.held) < 10
    held = [PAIRS[i][1] for i in pairs.held]
    kept = without_held_out(TEXTS, [pairs])
    assert kept == tuple(text for text in TEXTS if not any(passage in text for passage in held))


def test_cloze_pairs_put_a_paragraph_back_together():
    texts = ["第一句话有八个字。第二句话也有八个字。", "只有一句话，没有别的。"]
    pairs = cloze_pairs(texts, np.random.default_rng(0))
    ((query, rest),) = pairs.rows
    assert sorted((query, rest)) == ["第一句话有八个字。", "第二句话也有八个字。"]


def test_vocabulary_holds_frequent_words_and_every_character():
    vocabulary = vocabulary_of(["养老，养老。", "床位"], least_count=2)
    assert vocabulary.words == ("<unk>", "养老", "位", "养", "床", "老")
    assert vocabulary.counts.tolist() == [0.0, 2.0, 0.5, 0.5, 0.5, 0.5]


def test_tokenizer_cuts_the_most_probable_words_and_drops_marks():
    vocabulary = Vocabulary(("<unk>", "养老", "床位", "床", "位", "2"), np.array([0.0, 9.0, 4.0, 1.0, 1.0, 1.0]))
    tokens = tokenizer_of(vocabulary).encode("“养老床位”，２床！", add_special_tokens=False).tokens
    assert tokens == ["养老", "床位", "2", "床"]


def test_cooccurrences_stay_within_window_and_text():
    counts = cooccurrences([np.array([1, 2, 3]), np.array([1, 0, 1])], size=4, window=1).toarray()
    assert counts.tolist() == [[0, 0, 0, 0], [0, 0, 1, 0], [0, 1, 0, 1], [0, 0, 1, 0]]


def test_mutual_information_of_two_words_that_keep_to_themselves():
    counts = sparse.csr_matrix(np.array([[3.0, 1.0], [1.0, 3.0]], dtype=np.float32))
    information = mutual_information(counts, np.array([4.0, 4.0]), smoothing=1.0).toarray()
    np.testing.assert_allclose(information, [[np.log(1.5), 0], [0, np.log(1.5)]], atol=1e-6)


def test_right_singular_vectors_of_a_diagonal():
    values, vectors = right_singular(sparse.diags([1.0, 3.0, 2.0]).tocsr(), rank=2, seed=0)
    np.testing.assert_allclose(values, [3, 2], atol=1e-5)
    np.testing.assert_allclose(vectors, [[0, 0], [1, 0], [0, 1]], atol=1e-5)


def test_a_word_is_made_of_itself_and_its_parts():
    vocabulary = Vocabulary(("<unk>", "儿童", "儿", "童"), np.array([0.0, 2.0, 4.0, 4.0]))
    assert parts_of(vocabulary).toarray().tolist() == [[0, 0, 0, 0], [0, 0, 1, 1], [0, 0, 0, 0], [0, 0, 0, 0]]
    table = composition(vocabulary, own_count=2.0, rarity=0.2).toarray()
    # 儿童 counts 2 / (2 + 2) for itself and weighs 0.2 / (0.2 + 0.2); the characters weigh 0.2 / (0.2 + 0.4).
    np.testing.assert_allclose(
        table, [[0, 0, 0, 0], [0, 0.25, 0.125, 0.125], [0, 0, 1 / 3, 0], [0, 0, 0, 1 / 3]], atol=1e-6
    )


def test_measures_worked_out_by_hand():
    candidates = np.eye(3, dtype=np.float32)
    queries = np.array([[0.9, 0.4, 0.1], [0.1, 0.4, 0.9]], dtype=np.float32)
    measures = measure(queries, candidates, [frozenset({1}), frozenset({2, 0})])
    second = (1 + 1 / np.log2(4)) / (1 + 1 / np.log2(3))
    assert measures.ndcg10 == pytest.approx((1 / np.log2(3) + second) / 2)
    assert measures.mrr10 == pytest.approx((1 / 2 + 1) / 2)
    assert (measures.recall10, measures.recall100) == (1.0, 1.0)


def test_made_questions_put_everyday_words_in_the_place_of_official_ones(monkeypatch):
    words = {"没爹没妈": ("孤儿",), "抱养": ("收养",), "坟地": ("公墓",)}
    monkeypatch.setattr(thesaurus, "meanings", lambda with_domain=False: words)
    texts = ["儿童福利机构收养孤儿，鼓励家庭收养。公墓应当节约土地。", "公墓。"]
    made = made_pairs(texts, 10, 0)
    assert [positive for _, positive in made.rows] == ["儿童福利机构收养孤儿，鼓励家庭收养。"]
    assert made == made_pairs(texts, 10, 0)
    said = {query for seed in range(20) for query, _ in made_pairs(texts, 10, seed).rows}
    assert any("没爹没妈" in query for query in said)
    assert any("抱养" in query for query in said)
    assert not any("坟地" in query for query in said)
    assert word_pairs(2).rows == (("坟地", "公墓"), ("抱养", "收养"), ("没爹没妈", "孤儿"))
    assert word_pairs(2).times == 2
