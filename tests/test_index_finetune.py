"""Making and training a transformer folder: reading packed weights, cutting the vocabulary, pairs, steps, checkpoints."""

import json
import struct

import numpy as np
import pytest

from index.training.finetune import examples_of, main
from index.training.negatives import hard_negatives
from index.training.offices import office_pairs
from index.training.packed import unpack
from index.training.pairs import Pairs, bare_sentences, pairs_of, without_sentences
from index.training.pieces import SPECIAL, kept_of, seen_in, tokenizer_of
from index.training.pretrained import bert_config, bert_tensors
from index.training.upper_layers import Example, FinetuneSettings, steps_of

CLAUSES = {
    "甲.txt": "甲市低保办法\n第一条 低保标准每人每月一千元。\n第二条 低保由街道办事处受理。\n",
    "乙.txt": "乙市养老办法\n第一条 养老床位每张补贴二万元。\n第二条 养老机构由民政局备案。\n",
}
QUESTIONS = [
    {"query": "低保多少钱", "answers": [{"file": "甲.txt", "quote": "低保标准每人 每月一千元", "grade": 3}]},
    {"query": "养老床位补多少", "answers": [{"file": "乙.txt", "quote": "每张补贴二万元", "grade": 3}]},
    {
        "query": "谁管低保和养老",
        "answers": [
            {"file": "甲.txt", "quote": "街道办事处受理", "grade": 3},
            {"file": "乙.txt", "quote": "民政局备案", "grade": 2},
        ],
    },
    {"query": "公积金怎么取", "answers": []},
]


@pytest.fixture
def offices(tmp_path):
    for name, text in CLAUSES.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    lines = "\n".join(json.dumps(row, ensure_ascii=False) for row in QUESTIONS)
    (tmp_path / "questions.jsonl").write_text(lines, encoding="utf-8")
    return tmp_path


def packed_bytes():
    """A file of two pieces, a vector of two whole numbers, and one block of 32 weights of 4 bits."""
    block = struct.pack("<e", 0.5) + bytes([0x80] * 15 + [0x9F])
    whole = struct.pack("<2f", 1.5, -2.0)
    pieces = "民政".encode()
    head = b"E5S1" + struct.pack("<I7ifi", 1, 32, 1, 2, 64, 2, 8, 2, 1e-12, 32) + struct.pack("<5i", 2, 0, 2, 1, 3)
    head += struct.pack("<Q3I2f", len(pieces), 0, 3, 6, -1.0, -2.5) + pieces + struct.pack("<iI", 1, 5) + bytes(5)
    entries = [("emb.ln.w", 0, 2, whole), ("l0.q.w", 1, 32, block)]
    size = len(head) + 4 + sum(2 + len(name) + 21 for name, *_ in entries)
    directory, place = struct.pack("<i", len(entries)), size
    for name, kind, count, data in entries:
        directory += struct.pack("<H", len(name)) + name.encode() + struct.pack("<BIQQ", kind, count, place, len(data))
        place += len(data)
    return head + directory + whole + block


def test_packed_weights_are_read():
    packed = unpack(packed_bytes())
    assert (packed.pieces, packed.scores) == (("民", "政"), (-1.0, -2.5))
    assert (packed.sizes.hidden, packed.sizes.layers, packed.sizes.inner, packed.sizes.positions) == (32, 1, 64, 8)
    assert packed.tensors["emb.ln.w"].tolist() == [1.5, -2.0]
    # The low halves of the bytes, then the high ones; 8 stands for nothing, and the scale is a half.
    assert packed.tensors["l0.q.w"].tolist() == [*[-4.0] * 15, 3.5, *[0.0] * 15, 0.5]


def test_another_file_is_no_packed_weights():
    with pytest.raises(ValueError, match="no E5S1 file"):
        unpack(b"GGUF" + bytes(100))


def test_tensors_get_the_names_and_shapes_of_bert():
    packed = unpack(packed_bytes())
    tensors = dict(packed.tensors) | {
        "emb.word": np.arange(64, dtype=np.float32),
        "l0.fo.w": np.zeros(32 * 64, np.float32),
        "l0.fi.b": np.zeros(64, np.float32),
    }
    found = bert_tensors(
        type(packed)(packed.sizes, packed.pieces, packed.scores, tensors | {"l0.q.w": np.zeros(1024)}), [1]
    )
    assert {name: tensor.shape for name, tensor in found.items()} == {
        "embeddings.LayerNorm.weight": (2,),
        "encoder.layer.0.attention.self.query.weight": (32, 32),
        "embeddings.word_embeddings.weight": (1, 32),
        "encoder.layer.0.output.dense.weight": (32, 64),
        "encoder.layer.0.intermediate.dense.bias": (64,),
    }
    assert found["embeddings.word_embeddings.weight"][0, 0] == 32
    assert bert_config(packed.sizes, 1)["layer_norm_eps"] == 1e-12


def test_vocabulary_keeps_what_chinese_text_uses():
    """And everyday words that official texts never use."""
    pieces = (
        *(
            *SPECIAL,
            "▁",
            "民政",
            "民",
            "政",
            "鱻",
            "村里",
            "後來",
            "▁that",
            "▁the",
            "：",
            "ты",
            "μ",
            "α",
            "query",
            "2025",
        ),
        *("2007-2013", "K"),
    )
    tokenizer = tokenizer_of(pieces, [0.0] * 4 + [-float(n) for n in range(1, len(pieces) - 3)])
    seen = seen_in(tokenizer, ["民政 μ 2025"])
    kept = kept_of(pieces, seen, seen_in(tokenizer, ["query"]))
    assert [pieces[i] for i in kept][4:] == ["▁", "民政", "民", "政", "鱻", "村里", "：", "μ", "query", "2025", "K"]


@pytest.mark.parametrize("text", ["民政局", "民\u200b政局", "民\x07政局", "  民政局\n", "民政局"])
def test_tokenizer_folds_widths_and_leaves_what_is_not_seen(text):
    pieces = (*SPECIAL, "▁", "民政", "民", "政", "局")
    tokenizer = tokenizer_of(pieces, [0.0] * 4 + [-1.0, -2.0, -3.0, -3.0, -3.0])
    expected = ["▁", "民", "▁", "政", "局"] if "\u200b" in text else ["▁", "民政", "局"]
    assert tokenizer.encode(text).tokens == ["<s>", *expected, "</s>"]


def test_questions_are_paired_with_the_clauses_that_answer_fully(offices):
    pairs, clauses = office_pairs(offices / "questions.jsonl", offices)
    assert [(query, passage.split(" ")[-1]) for query, passage in pairs.rows] == [
        ("低保多少钱", "第一条低保标准每人每月一千元。"),
        ("养老床位补多少", "第一条养老床位每张补贴二万元。"),
        ("谁管低保和养老", "第二条低保由街道办事处受理。"),
    ]
    assert [clause.split(" ")[-1] for clause in clauses if "乙" in clause] == ["第一条养老床位每张补贴二万元。"]
    assert all(passage.startswith("甲市低保办法") or passage.startswith("乙市养老办法") for _, passage in pairs.rows)


def test_nothing_of_a_document_that_is_left_out_is_seen(offices):
    pairs, clauses = office_pairs(offices / "questions.jsonl", offices, ["乙.txt"])
    assert [query for query, _ in pairs.rows] == ["低保多少钱"]
    assert not any("养老" in clause for clause in clauses)


def test_a_hard_negative_shares_words_and_answers_nothing():
    rows = (("低保多少钱", "低保标准每月一千元。"), ("低保多少钱", "低保每人一千元。"), ("养老", "养老床位"))
    passages = ["低保标准每月一千元。", "低保每人一千元。", "低保由街道受理。", "养老床位", "海葬"]
    pairs = Pairs("few", rows, (0, 1, 2))
    assert hard_negatives(pairs, passages, 0) == ("低保由街道受理。", "低保由街道受理。", "")
    assert examples_of(pairs, passages, 1, 0) == examples_of(pairs, passages, 1, 0)
    assert len(examples_of(pairs, passages, 1, 0)) == 1


def test_pairs_of_a_file_stand_once(tmp_path):
    line = json.dumps({"query": "低保", "positive": "最低生活保障"})
    (tmp_path / "pairs_few.jsonl").write_text(f"{line}\n{line}\n", encoding="utf-8")
    assert pairs_of(tmp_path / "pairs_few.jsonl") == Pairs("pairs_few", (("低保", "最低生活保障"),), (0,))


def test_a_passage_that_answers_as_well_is_no_negative():
    examples = [Example("低保", "甲"), Example("低保", "乙乙", "丙"), Example("养老", "丁丁丁", "甲")]
    texts = {}
    (step,) = steps_of([examples], texts, FinetuneSettings(rounds=1))
    assert sorted(texts) == [
        "passage: 丁丁丁",
        "passage: 丙",
        "passage: 乙乙",
        "passage: 甲",
        "query: 低保",
        "query: 养老",
    ]
    assert step.also == ((0, 1), (0, 4), (1, 0), (1, 4))
    assert steps_of([examples], {}, FinetuneSettings(rounds=1)) == [step]


@pytest.fixture
def model(tmp_path):
    pytest.importorskip("onnxruntime", reason="pip install '.[train]'")
    pytest.importorskip("onnx", reason="pip install '.[train]'")
    import bert_folders

    return bert_folders.write(tmp_path / "model")


SMALL = FinetuneSettings(frozen=1, longest=20, batch=2, rounds=3, rate=1e-2, checkpoint=1)
SOURCES = [
    [Example("低保怎么申请", "困境低保", "养老"), Example("养老床位", "床位：多少", "低保")],
    [Example("安葬", "怎么安葬"), Example("儿童", "困境儿童", "安葬"), Example("保障", "困境保障")],
]


def weights_after(folder, saved, stop=None, monkeypatch=None):
    from index.training import upper_layers
    from index.training.transformer import Encoder

    if stop:
        step, count = upper_layers._train, iter(range(100))

        def some(*arguments):
            if next(count) == stop:
                raise KeyboardInterrupt
            return step(*arguments)

        monkeypatch.setattr(upper_layers, "_train", some)
    encoder = upper_layers.finetune(Encoder.load(folder, SMALL.longest), SOURCES, SMALL, saved)
    return {name: tensor.numpy().copy() for name, tensor in encoder.model.state_dict().items()}


def test_a_run_that_is_cut_off_goes_on_as_if_it_had_not_been(model, tmp_path, monkeypatch):
    before = weights_after(model, tmp_path / "a.checkpoint")
    with monkeypatch.context() as patch, pytest.raises(KeyboardInterrupt):
        weights_after(model, tmp_path / "b.checkpoint", 2, patch)
    after = weights_after(model, tmp_path / "b.checkpoint")
    assert before.keys() == after.keys()
    assert all(np.array_equal(before[name], after[name]) for name in before)


def test_lower_layers_stay_and_upper_ones_learn(model, tmp_path):
    from index.training.transformer import Encoder

    start = {name: tensor.numpy().copy() for name, tensor in Encoder.load(model).model.state_dict().items()}
    trained = weights_after(model, tmp_path / "checkpoint")
    changed = {name for name in start if not np.array_equal(start[name], trained[name])}
    assert changed
    assert all(name.startswith("encoder.layer.1.") for name in changed)


def test_a_checkpoint_of_other_settings_is_refused(model, tmp_path):
    from index.training import upper_layers
    from index.training.transformer import Encoder

    weights_after(model, tmp_path / "checkpoint")
    other = FinetuneSettings(frozen=1, longest=20, batch=2, rounds=2)
    with pytest.raises(ValueError, match="made with other data or settings"):
        upper_layers.finetune(Encoder.load(model, 20), SOURCES, other, tmp_path / "checkpoint")


def test_the_command_writes_a_folder_that_is_served(model, offices):
    from index.search.embedder import EmbedderSettings, load
    from index.training.__main__ import main

    main([
        "finetune", "--model", str(model), "--out", str(offices / "out"), "--longest", "20", "--batch", "2", "--frozen", "1",
        "--threads", "1",
        "--questions", str(offices / "questions.jsonl"), "--documents", str(offices),
    ])  # fmt: skip
    tuned, start = (load(EmbedderSettings(str(folder))).encode_queries(["养老"]) for folder in (offices / "out", model))
    assert tuned.shape == start.shape
    assert not np.array_equal(tuned, start)


def test_a_pair_may_come_with_its_negative(tmp_path):
    (tmp_path / "few.jsonl").write_text(
        '{"query": "低保", "positive": "最低生活保障", "negative": "临时救助"}\n{"query": "住院", "positive": "医疗费"}\n',
        encoding="utf-8",
    )
    pairs = pairs_of(tmp_path / "few.jsonl")
    assert pairs.negatives == {0: "临时救助"}
    assert examples_of(pairs, ["最低生活保障", "低保标准"], 9, 0)[0].negative == "临时救助"


def test_a_passage_that_shares_a_sentence_with_a_judged_document_is_not_trained_on():
    judged = bare_sentences("第三条本条例所称居民家庭人均收入低于当地最低生活保障标准的，可以申请最低生活保障。")
    passage = "甲市办法 所称居民家庭人均收入低于当地最低生活保障标准的，可以申请最低生活保障。"
    assert without_sentences(Pairs("few", (("低保", passage),), (0,)), judged).train == ()


@pytest.mark.parametrize("given", [[], ["static"], ["distil"]])
def test_there_are_three_steps_and_no_other(capsys, given):
    from index.training.__main__ import main

    assert main(given) == 2
    assert capsys.readouterr().err == "usage: python -m index.training {pretrained | finetune | reranker} --help\n"


def test_a_number_of_pairs_that_is_none_is_told(tmp_path):
    with pytest.raises(
        SystemExit, match=r"few\.jsonl=all: what stands behind = is no number of pairs; write FILE or FILE=N"
    ):
        main(["--model", str(tmp_path), "--out", str(tmp_path / "out"), "--pairs", "few.jsonl=all"])
