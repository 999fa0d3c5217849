"""Evening out what goes into linear layers: the product stays, and 8 bits come nearer to single precision."""

import bert_folders
import numpy as np
import pytest

from index.search.quantised import quantised_model

pytest.importorskip("onnx", reason="pip install '.[train]'")
pytest.importorskip("torch", reason="pip install '.[train]'")

from index.training.folders import save_folder  # noqa: E402 - needs onnx
from index.training.smoothing import factors_of, linear_of  # noqa: E402
from index.training.transformer import Encoder  # noqa: E402

CONFIG = bert_folders.CONFIG | {"vocab_size": len(bert_folders.pieces())}
TEXTS = ["passage: 困境儿童保障，养老床位。", "query: 低保怎么申请", "passage: 安葬多少"]


def uneven():
    """Weights of which two columns are far larger than the others, as the trained model has them."""
    tensors = bert_folders.random_tensors()
    for name in bert_folders.norms():
        tensors[f"{name}.LayerNorm.weight"][[3, 20]] = 25
    return tensors


@pytest.fixture(scope="module")
def model(tmp_path_factory):
    folder = tmp_path_factory.mktemp("uneven")
    save_folder(folder, uneven(), CONFIG, bert_folders.tokenizer(), bert_folders.LONGEST)
    return folder


@pytest.fixture(scope="module")
def factors(model):
    encoder = Encoder.load(model, bert_folders.LONGEST)
    return factors_of(linear_of(encoder.model), lambda: encoder.vectors(TEXTS))


def normed(rows):
    return rows / np.linalg.norm(rows, axis=1, keepdims=True)


def test_each_linear_layer_has_a_factor_a_column_and_those_of_one_input_are_the_same(factors):
    assert sorted({name.split(".", 3)[3] for name in factors}) == [
        "attention.output.dense",
        "attention.self.key",
        "attention.self.query",
        "attention.self.value",
        "intermediate.dense",
        "output.dense",
    ]
    first = {
        name.rsplit(".", 1)[1]: one
        for name, one in factors.items()
        if name.startswith("encoder.layer.0.attention.self")
    }
    assert {name: len(one) for name, one in first.items()} == {"query": 32, "key": 32, "value": 32}
    np.testing.assert_array_equal(first["query"], first["value"])
    assert set(np.argsort(factors["encoder.layer.0.intermediate.dense"])[-2:]) == {3, 20}


def test_the_product_stays(factors, model, tmp_path):
    for name, given in (("plain", {}), ("evened", factors)):
        (tmp_path / name).mkdir()
        for file in ("tokenizer.json", "sentence_bert_config.json"):
            (tmp_path / name / file).write_bytes((model / file).read_bytes())
        bert_folders.write_whole(tmp_path / name, uneven(), given)
    plain, evened = (quantised_model(tmp_path / name).encode(TEXTS, "") for name in ("plain", "evened"))
    np.testing.assert_allclose(evened, plain, atol=1e-4)


def test_eight_bits_come_nearer(model, tmp_path):
    save_folder(tmp_path, uneven(), CONFIG, bert_folders.tokenizer(), bert_folders.LONGEST, TEXTS)
    whole = Encoder.load(model, bert_folders.LONGEST).vectors(TEXTS)
    plain, evened = (normed(quantised_model(folder).encode(TEXTS, "")) for folder in (model, tmp_path))
    assert 1 - (plain * whole).sum(axis=1).mean() > 4 * (1 - (evened * whole).sum(axis=1).mean())
