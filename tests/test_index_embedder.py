"""Every way of loading a model, and what its vectors are like."""

import os
import shutil

import numpy as np
import pytest

from index.errors import EmbedderError
from index.search import embedder
from index.search.embedder import EmbedderSettings, load, load_reranker
from index.search.quantised import LOWER, UPPER

TEXTS = ["低保怎么申请？", "困境儿童的生活补贴", "２０２５年，养老床位达到4.5万张", "ABC abc", ""]
SENTENCES = [
    "大力推进社区养老服务设施建设",
    "加强困境儿童保障",
    "推进节地生态安葬",
]


@pytest.fixture(scope="module")
def shipped():
    return load()


@pytest.fixture(scope="module")
def tiny_transformer(tmp_path_factory):
    """A BERT of two small layers over single characters, with random weights, as a sentence-transformers folder."""
    import torch
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.sentence_transformer.modules import Pooling, Transformer
    from transformers import BertConfig, BertModel, BertTokenizerFast

    folder = tmp_path_factory.mktemp("tiny")
    vocabulary = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", *"低保申请养老床位为这个句子生成表示", "：", "？"]
    (folder / "vocab.txt").write_text("\n".join(vocabulary), encoding="utf-8")
    torch.manual_seed(0)
    config = BertConfig(
        vocab_size=len(vocabulary),
        hidden_size=16,
        num_hidden_layers=2,
        num_attention_heads=2,
        intermediate_size=32,
        max_position_embeddings=64,
    )
    BertModel(config).save_pretrained(folder / "bert")
    BertTokenizerFast(str(folder / "vocab.txt")).save_pretrained(folder / "bert")
    body = Transformer(str(folder / "bert"))
    SentenceTransformer(modules=[body, Pooling(16, pooling_mode="mean")], device="cpu").save(str(folder / "model"))
    return folder / "model"


def lengths(vectors):
    return np.linalg.norm(vectors, axis=1)


QUESTIONS = ["怎么给爷爷找个养老院", "困境的孩子谁来管", "坟地怎么安葬"]


def test_shipped_model_gives_nearly_the_vectors_of_sentence_transformers(shipped):
    """It is served in 8 bits; the same weights load in single precision, and find the same first."""
    from sentence_transformers import SentenceTransformer

    whole = SentenceTransformer(str(embedder.SHIPPED), device="cpu", local_files_only=True)
    assert whole.prompts == {"query": "query: ", "document": "passage: "}
    assert whole.get_embedding_dimension() == shipped.dimension == 384
    passages, questions = (
        (whole.encode(texts, prompt_name=name), ours(texts))
        for texts, name, ours in (
            ([*SENTENCES, *TEXTS], "document", shipped.encode_passages),
            (QUESTIONS, "query", shipped.encode_queries),
        )
    )
    assert passages[1].dtype == np.float32
    for one, other in zip(questions, passages, strict=True):
        assert (one @ other[: len(SENTENCES)].T).argmax(axis=1).tolist() == [0, 1, 2]
    for one, other in (passages, questions):
        assert (one * other).sum(axis=1).min() >= 0.95


def test_shipped_model_is_at_most_110_mb():
    assert sum(path.stat().st_size for path in embedder.SHIPPED.rglob("*") if path.is_file()) <= 110_000_000


def test_shipped_model_needs_no_heavy_library():
    import subprocess
    import sys

    program = (
        "import sys; from index.search.embedder import load; load().encode_queries(['低保']); "
        "sys.exit(any(name in sys.modules for name in ('torch', 'sentence_transformers', 'transformers', 'onnx')))"
    )
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0


def test_vectors_have_length_1_and_the_stated_dimension(shipped):
    vectors = shipped.encode_queries(TEXTS[:4])
    assert vectors.shape == (4, shipped.dimension)
    np.testing.assert_allclose(lengths(vectors), 1, atol=1e-6)


@pytest.mark.parametrize("text", ["", "  \n", "，。！？", "☃☃", "\x00\x07", "\ud800"])
def test_text_without_a_word_has_a_vector_of_length_1(shipped, text):
    """The prompt before it has pieces of its own."""
    vectors = shipped.encode_queries([text])
    assert vectors.shape == (1, 384)
    np.testing.assert_allclose(lengths(vectors), 1, atol=1e-6)


@pytest.mark.parametrize(("text", "same"), [("  \n", ""), ("\x00\x07", ""), ("\ud800", "?")])
def test_blanks_and_control_characters_are_nothing_and_a_lone_surrogate_is_a_question_mark(shipped, text, same):
    one, other = shipped.encode_queries([text, same])
    np.testing.assert_array_equal(one, other)


def test_no_texts_give_no_rows(shipped):
    assert shipped.encode_passages([]).shape == (0, shipped.dimension)


def test_widths_change_nothing(shipped):
    one, other = shipped.encode_queries(["养老床位　达到２０２５张！", "养老床位 达到2025张!"])
    np.testing.assert_array_equal(one, other)


def test_batches_change_nothing(shipped):
    small = load(EmbedderSettings(batch_size=2))
    np.testing.assert_array_equal(small.encode_passages(TEXTS), shipped.encode_passages(TEXTS))
    assert small.fingerprint == shipped.fingerprint


@pytest.mark.parametrize(
    ("question", "nearest"),
    [
        ("困境的孩子谁来管", 1),
        ("坟地怎么安葬", 2),
        ("怎么给爷爷找个养老院", 0),
    ],
)
def test_everyday_words_find_official_ones(shipped, question, nearest):
    cosines = shipped.encode_passages(SENTENCES) @ shipped.encode_queries([question])[0]
    assert int(cosines.argmax()) == nearest


def test_fingerprint_follows_model_and_prompts(shipped, tiny_transformer):
    settings = [
        EmbedderSettings(),
        EmbedderSettings(query_prompt="问："),
        EmbedderSettings(passage_prompt="问："),
        EmbedderSettings(str(tiny_transformer)),
    ]
    assert len({load(each).fingerprint for each in settings}) == 4
    assert load().fingerprint == shipped.fingerprint


def test_fingerprint_follows_every_byte_that_is_served_but_the_card(tmp_path):
    shutil.copytree(embedder.SHIPPED, tmp_path / "copy")
    copy = EmbedderSettings(str(tmp_path / "copy"))
    (tmp_path / "copy" / "README.md").write_text("another card", encoding="utf-8")
    (tmp_path / "copy" / "model.safetensors").write_bytes(b"weights that another library reads")
    assert load(copy).fingerprint == load().fingerprint
    with (tmp_path / "copy" / "tokenizer.json").open("a", encoding="utf-8") as file:
        file.write(" ")
    assert load(copy).fingerprint != load().fingerprint


def test_prompt_is_put_before_the_text(shipped):
    prompted = load(EmbedderSettings(query_prompt="养老："))
    bare = load(EmbedderSettings(query_prompt="", passage_prompt=""))
    np.testing.assert_array_equal(prompted.encode_queries(["床位"]), bare.encode_queries(["养老：床位"]))
    np.testing.assert_array_equal(prompted.encode_passages(["床位"]), shipped.encode_passages(["床位"]))


def test_shipped_model_has_prompts_of_its_own(shipped):
    bare = load(EmbedderSettings(query_prompt="", passage_prompt=""))
    np.testing.assert_array_equal(shipped.encode_queries(["床位"]), bare.encode_queries(["query: 床位"]))
    np.testing.assert_array_equal(shipped.encode_passages(["床位"]), bare.encode_passages(["passage: 床位"]))


def test_vectors_are_cut_and_brought_to_length_1_again(shipped):
    cut = load(EmbedderSettings(truncate=64))
    assert (cut.dimension, cut.encode_queries(["床位"]).shape) == (64, (1, 64))
    np.testing.assert_allclose(lengths(cut.encode_queries(["床位"])), 1, atol=1e-6)
    whole = shipped.encode_queries(["床位"])[:, :64]
    np.testing.assert_allclose(cut.encode_queries(["床位"]), whole / lengths(whole), atol=1e-6)
    assert cut.fingerprint != shipped.fingerprint


@pytest.mark.parametrize("kept", [0, 385])
def test_no_more_can_be_kept_than_there_is(kept):
    with pytest.raises(EmbedderError, match=f"不能截成 {kept} 维；请改为 1 到 384 之间的维数"):
        load(EmbedderSettings(truncate=kept))


def test_transformer_folder_with_a_query_prompt(tiny_transformer):
    prompt = "为这个句子生成表示："
    prompted = load(EmbedderSettings(str(tiny_transformer), query_prompt=prompt, device="cpu"))
    plain = load(EmbedderSettings(str(tiny_transformer), device="cpu"))
    assert prompted.dimension == 16
    query = prompted.encode_queries(["低保怎么申请？", ""])
    np.testing.assert_allclose(lengths(query), 1, atol=1e-6)
    np.testing.assert_allclose(query, plain.encode_queries([prompt + "低保怎么申请？", prompt]), atol=1e-6)
    assert not np.allclose(query, plain.encode_queries(["低保怎么申请？", ""]), atol=1e-3)
    np.testing.assert_allclose(prompted.encode_passages(["床位"]), plain.encode_passages(["床位"]), atol=1e-6)


def test_missing_folder_is_named(tmp_path):
    with pytest.raises(EmbedderError, match="没有向量模型文件夹 .*nowhere；请检查路径"):
        load(EmbedderSettings(str(tmp_path / "nowhere")))


def test_folder_that_is_no_model_is_named(tmp_path):
    with pytest.raises(EmbedderError, match=f"{tmp_path.name} 不是 sentence-transformers 格式"):
        load(EmbedderSettings(str(tmp_path)))


def damaged(folder, name, to):
    shutil.copytree(folder, to)
    (to / name).write_bytes(b"{")
    return EmbedderSettings(str(to), device="cpu")


@pytest.mark.parametrize(
    "name", [LOWER, UPPER, "tokenizer.json", "sentence_bert_config.json", "config_sentence_transformers.json"]
)
def test_damaged_copy_of_the_shipped_model_is_named(tmp_path, name):
    with pytest.raises(EmbedderError, match="copy 读不出来.*请重新复制"):
        load(damaged(embedder.SHIPPED, name, tmp_path / "copy"))


@pytest.mark.parametrize("name", ["model.safetensors", "tokenizer.json", "modules.json"])
def test_damaged_folder_is_named(tiny_transformer, tmp_path, name):
    with pytest.raises(EmbedderError, match="copy 读不出来.*请重新复制"):
        load(damaged(tiny_transformer, name, tmp_path / "copy"))


def test_hub_model_that_is_neither_cached_nor_to_be_had(monkeypatch):
    def refuse(model, settings, local=True):
        raise OSError("offline")

    monkeypatch.setattr(embedder, "_open", refuse)
    with pytest.raises(EmbedderError, match="本机没有缓存名为 owner/name 的向量模型.*指定它的文件夹"):
        load(EmbedderSettings("owner/name"))


def test_hub_model_is_asked_of_the_cache_first(monkeypatch, tiny_transformer):
    from sentence_transformers import SentenceTransformer

    asked = []

    def answer(model, settings, local=True):
        asked.append((model, local))
        return SentenceTransformer(str(tiny_transformer), device="cpu")

    monkeypatch.setattr(embedder, "_open", answer)
    model = load(EmbedderSettings("owner/name"))
    assert asked == [("owner/name", True)]
    assert model.fingerprint.startswith("owner/name@")


def test_loading_a_folder_with_sentence_transformers_goes_offline(monkeypatch, tiny_transformer):
    monkeypatch.delenv("HF_HUB_OFFLINE", raising=False)
    load(EmbedderSettings(str(tiny_transformer)))
    assert os.environ["HF_HUB_OFFLINE"] == "1"


def test_cross_encoder_folder_scores_pairs(tiny_transformer, tmp_path):
    """The tiny BERT with a random head: one score a passage, the same each time, and of both texts."""
    import torch
    from sentence_transformers import CrossEncoder

    torch.manual_seed(0)
    CrossEncoder(str(tiny_transformer), num_labels=1, device="cpu").save_pretrained(str(tmp_path / "cross"))
    scores = load_reranker(str(tmp_path / "cross"), device="cpu")
    found = scores("低保怎么申请", ["养老床位", "低保申请", "养老床位"])
    assert (found.shape, found.dtype) == ((3,), np.float32)
    assert found[0] == pytest.approx(found[2], abs=1e-6)
    assert found[0] != pytest.approx(found[1], abs=1e-6)
    assert scores("养老", ["养老床位"])[0] != pytest.approx(found[0], abs=1e-6)


def test_no_cross_encoder_there(tmp_path):
    with pytest.raises(EmbedderError, match="没有重排模型文件夹 .*nowhere"):
        load_reranker(str(tmp_path / "nowhere"))
