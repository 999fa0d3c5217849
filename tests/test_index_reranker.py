"""A cross-encoder upon the lower layers of a model of vectors: its groups, its training, its graph, and what is read by it."""

import json
import shutil
from dataclasses import replace

import bert_folders
import numpy as np
import pytest

from index.search.embedder import EmbedderSettings, load
from index.search.quantised import RERANKER, pair_ids
from index.search.reading import Reader, reader_of, with_reading
from index.search.seen import Ordered

onnx = pytest.importorskip("onnx", reason="pip install '.[train]'")
torch = pytest.importorskip("torch", reason="pip install '.[train]'")

from index.training.folders import save_reranker, tensors_of  # noqa: E402 - needs onnx
from index.training.graph import reranker_graph  # noqa: E402
from index.training.groups import Group, groups_of, written_in  # noqa: E402
from index.training.reranker_layers import RerankerSettings, scores_of, train_reranker  # noqa: E402
from index.training.transformer import Encoder  # noqa: E402

GROUPS = [
    Group("养老床位多少", ("养老床位。", "低保申请。", "困境儿童保障。"), True),
    Group("低保怎么申请", ("低保申请。", "养老床位。"), True),
    Group("低保多少", ("低保申请。", "养老床位。"), False),
]
PAIRS = [("养老床位多少", "养老床位。"), ("低保怎么申请", "困境儿童的保障，养老床位。")]
LONGEST = 20


@pytest.fixture(scope="module")
def trained(tmp_path_factory):
    folder = bert_folders.write(tmp_path_factory.mktemp("vectors"))
    encoder = Encoder.load(folder, LONGEST)
    settings = RerankerSettings(frozen=1, longest=LONGEST, batch=2, rate=1e-2, head_rate=1e-2)
    reranker = train_reranker(encoder, GROUPS * 20, settings)
    save_reranker(folder, reranker, lambda: scores_of(encoder, reranker, PAIRS, LONGEST))
    return folder, encoder, reranker


def test_a_pair_is_one_text():
    tokenizer = bert_folders.tokenizer()
    assert (
        tokenizer.decode(pair_ids(tokenizer, "低保", "养老床位"), skip_special_tokens=False)
        == "<s> ▁ 低 保 </s> ▁ 养老 床 位 </s>"
    )
    assert len(pair_ids(tokenizer, "低保" * 100, "养老床位" * 100, 70)) == 70
    assert pair_ids(tokenizer, "低保" * 100, "养老", 70)[63] == tokenizer.token_to_id("</s>")


def test_groups_have_near_passages_that_do_not_answer(trained, tmp_path):
    pairs, near = tmp_path / "pairs.jsonl", tmp_path / "near.jsonl"
    rows = [
        ("低保怎么申请", "低保办法 低保申请。"),
        ("低保多少", "低保办法 低保保障。"),
        ("养老床位", "养老办法 养老床位。"),
    ]
    pairs.write_text("\n".join(json.dumps({"query": q, "positive": p}) for q, p in rows), encoding="utf-8")
    near.write_text(json.dumps({"query": "儿童多少", "passage": "儿童办法 困境儿童。"}), encoding="utf-8")
    written = [*written_in(pairs, ()), *written_in(near, ())]
    found = groups_of(trained[0], written, 0)
    assert found == groups_of(trained[0], written, 0)
    assert [(one.passages[0], one.is_answered) for one in found] == [(p, True) for _, p in rows] + [
        ("儿童办法 困境儿童。", False)
    ]
    assert all(len(set(one.passages)) == len(one.passages) for one in found)
    assert "低保办法 低保保障。" in found[0].passages or "养老办法 养老床位。" in found[0].passages


def test_what_is_judged_is_not_trained_on(tmp_path):
    path = tmp_path / "pairs.jsonl"
    path.write_text(
        json.dumps({"query": "甲", "positive": "低保申请由街道办事处受理并在十日内办结。"}), encoding="utf-8"
    )
    assert len(written_in(path, ())) == 1
    assert written_in(path, {"低保申请由街道办事处受理并在十日内办结"}) == []


def test_it_learns_to_tell_answers_from_the_rest(trained):
    _, encoder, reranker = trained
    answer, other = scores_of(
        encoder, reranker, [("养老床位多少", "养老床位。"), ("养老床位多少", "低保申请。")], LONGEST
    )
    assert answer > 0 > other


def test_the_model_of_vectors_stays_as_it_is(trained):
    _, encoder, reranker = trained
    own, new = encoder.model.encoder.layer[1].state_dict(), reranker.layers[0].state_dict()
    fresh = Encoder.load(trained[0], LONGEST).model.encoder.layer[1].state_dict()
    assert all(torch.equal(own[name], fresh[name]) for name in own)
    assert not all(torch.equal(own[name], new[name]) for name in own)


def test_both_ways_of_reading_are_equal(trained, tmp_path):
    """In single precision, so that nothing but the way differs; the prompts of the folder stand before question and passage."""
    folder, encoder, reranker = trained
    shutil.copytree(folder, tmp_path / "whole")
    bert_folders.write_whole(tmp_path / "whole", bert_folders.random_tensors())
    onnx.save(reranker_graph(tensors_of(reranker), bert_folders.CONFIG, range(1, 2)), tmp_path / "whole" / RERANKER)
    with torch.inference_mode():
        by_torch = scores_of(encoder, reranker, PAIRS, LONGEST).numpy()
    served = load(EmbedderSettings(str(tmp_path / "whole"))).reranker
    by_onnx = np.concatenate([served(question, [passage]) for question, passage in PAIRS])
    np.testing.assert_allclose(by_onnx, by_torch, atol=2e-5)


def test_in_8_bits_it_tells_answers_from_the_rest(trained):
    served = load(EmbedderSettings(str(trained[0]))).reranker
    together = served("养老床位多少", ["养老床位。", "低保申请。"])
    assert together[0] > 0 > together[1]
    assert together.tolist() == [served("养老床位多少", [one]).item() for one in ("养老床位。", "低保申请。")]


def test_a_folder_without_one_has_none(tmp_path):
    folder = bert_folders.write(tmp_path)
    assert not (folder / RERANKER).exists()
    assert load(EmbedderSettings(str(folder))).reranker is None


def test_layers_that_begin_elsewhere_are_refused(trained, tmp_path):
    folder = bert_folders.write(tmp_path)
    with pytest.raises(ValueError, match="begins at layer 2, not where the lower ones end"):
        save_reranker(folder, replace(trained[2], frozen=2), lambda: None)


class _Passage:
    def __init__(self, context):
        self.context = context


def test_what_was_read_is_not_read_again():
    read = []

    def scores(question, passages):
        read.extend(passages)
        return [4.0 if "养老" in one else -40.0 for one in passages]

    reader = Reader(scores)
    assert reader.shares("养老", [_Passage("养老床位"), _Passage("低保"), _Passage("养老床位")]) == [0.7, 0.0, 0.7]
    assert reader.shares("养老", [_Passage("低保"), _Passage("养老机构")]) == [0.0, 0.7]
    assert read == ["养老床位", "低保", "养老机构"]


def test_what_was_read_is_known_to_the_next_base_of_the_same_model():
    """It was forgotten with every generation, and reading is most of what a question costs."""

    def scores(question, passages):
        return [0.0 for _ in passages]

    assert reader_of(scores) is reader_of(scores)
    served = load(EmbedderSettings()).reranker
    assert served is load(EmbedderSettings()).reranker is not None


def test_reading_orders_those_that_were_read_and_no_other_passes_them():
    order = Ordered({"甲": (0.5, 0.4), "乙": (0.48,), "丙": (0.47,)}, (("甲", 0.5), ("乙", 0.48), ("丙", 0.47)))
    found = with_reading(order, {"甲": 0.0, "乙": 0.5}, whole=3.0, weight=1.0)
    assert found.clauses == (("乙", 0.485), ("甲", 0.375), ("丙", 0.3525))
    assert found.scores == order.scores
    assert found.read == {"甲": 0.0, "乙": 0.5}
