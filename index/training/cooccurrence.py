"""Word vectors from text alone: what words there are, which stand near which, and what that says of their meaning.

The first half of :mod:`index.training`. Vectors are positive pointwise mutual information (PPMI) brought down by a
truncated singular value decomposition, with the settings found best by Levy, Goldberg & Dagan, "Improving
Distributional Similarity with Lessons Learned from Word Embeddings", TACL 3 (2015): smoothed context distribution,
singular values to the power 1/2.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import scipy.sparse as sparse
from numpy.typing import NDArray

from index.question.words import segment

UNKNOWN = "<unk>"
_KEPT_APART = r"[^\p{L}\p{M}\p{N}]+"

Table = NDArray[np.float32]
Matrix = Any
"""A scipy CSR matrix of float32."""


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Words by id, the unknown one first, with how often each was seen; all characters that were seen are words."""

    words: tuple[str, ...]
    counts: NDArray[np.float64]

    @property
    def size(self) -> int:
        """Number of ids."""
        return len(self.words)


def vocabulary_of(texts: Iterable[str], least_count: int, longest: int = 8) -> Vocabulary:
    """Count the words of texts.

    :param texts: any texts.
    :param least_count: words seen less often are left to their characters.
    :param longest: words of more characters are left to their parts.
    :return: words by falling count, equal ones in order of their characters.
    """
    seen: Counter[str] = Counter()
    for text in texts:
        seen.update(segment(text))
    characters = {character for word in seen for character in word}
    # A character never seen as a word of its own still needs a probability: half of what one sighting would give.
    kept = {character: float(seen[character]) or 0.5 for character in characters if character.isalnum()}
    kept.update({word: float(n) for word, n in seen.items() if n >= least_count and 1 < len(word) <= longest})
    kept = {word: n for word, n in kept.items() if word.isalnum()}
    order = sorted(kept, key=lambda word: (-kept[word], word))
    return Vocabulary((UNKNOWN, *order), np.array([0.0, *(kept[word] for word in order)]))


def tokenizer_of(vocabulary: Vocabulary) -> Any:
    """Make a tokenizer that cuts raw text into the most probable words (Viterbi over word probabilities).

    :param vocabulary: words and counts.
    :return: a ``tokenizers.Tokenizer``, self-contained: it folds widths and case and drops punctuation itself.
    """
    from tokenizers import Regex, Tokenizer, models, normalizers, pre_tokenizers

    total = float(vocabulary.counts.sum())
    known = zip(vocabulary.words[1:], vocabulary.counts[1:], strict=True)
    pieces = [(UNKNOWN, -30.0), *((word, math.log(n / total)) for word, n in known)]
    tokenizer = Tokenizer(models.Unigram(pieces, unk_id=0))
    tokenizer.normalizer = normalizers.Sequence(
        [normalizers.NFKC(), normalizers.Lowercase(), normalizers.Replace(Regex(_KEPT_APART), " ")]
    )
    tokenizer.pre_tokenizer = pre_tokenizers.WhitespaceSplit()
    return tokenizer


def token_ids(tokenizer: Any, texts: Sequence[str]) -> list[NDArray[np.int32]]:
    """Cut texts into ids.

    :param tokenizer: what :func:`tokenizer_of` made.
    :param texts: raw texts.
    :return: ids of each text, in order.
    """
    encodings = (
        encoding
        for start in range(0, len(texts), 4096)
        for encoding in tokenizer.encode_batch(texts[start : start + 4096], add_special_tokens=False)
    )
    return [np.array(encoding.ids, dtype=np.int32) for encoding in encodings]


def cooccurrences(texts: Sequence[NDArray[np.int32]], size: int, window: int) -> Matrix:
    """Count how often two words stand within a window of each other, in the same text.

    :param texts: ids of each text.
    :param size: size of the vocabulary.
    :param window: largest distance in words.
    :return: symmetric counts, size × size; the unknown word counts with none.
    """
    ids = np.concatenate(texts)
    text = np.repeat(np.arange(len(texts)), [len(each) for each in texts])
    counts = sparse.csr_matrix((size, size), dtype=np.float32)
    for distance in range(1, min(window, len(ids) - 1) + 1):
        left, right = ids[:-distance], ids[distance:]
        near = (text[:-distance] == text[distance:]) & (left > 0) & (right > 0)
        ones = np.ones(int(near.sum()), dtype=np.float32)
        counts = counts + sparse.coo_matrix((ones, (left[near], right[near])), shape=(size, size)).tocsr()
    return (counts + counts.T).tocsr()


def parts_of(vocabulary: Vocabulary) -> Matrix:
    """Find the words inside each word: its characters and the shorter words it holds.

    :param vocabulary: words.
    :return: size × size, 1 where the column's word lies inside the row's.
    """
    ids = {word: place for place, word in enumerate(vocabulary.words)}
    rows: list[int] = []
    columns: list[int] = []
    for place, word in enumerate(vocabulary.words[1:], 1):
        cuts = ((a, b) for a in range(len(word)) for b in range(a + 1, len(word) + 1) if b - a < len(word))
        inside = sorted({ids[word[a:b]] for a, b in cuts if word[a:b] in ids})
        rows += [place] * len(inside)
        columns += inside
    ones = np.ones(len(rows), dtype=np.float32)
    return sparse.csr_matrix((ones, (rows, columns)), shape=(vocabulary.size, vocabulary.size))


def mutual_information(counts: Matrix, contexts: NDArray[np.float64], smoothing: float = 0.75) -> Matrix:
    """Weigh counts by PPMI, max(0, log P(w, c) / (P(w) P(c)^smoothing)) (Levy et al. 2015, §2.1 and §3.2).

    :param counts: how often a row's word was seen with a column's.
    :param contexts: how often each column's word was seen at all.
    :param smoothing: power on the context's probability.
    :return: PPMI, of the same shape, the zeros left out.
    """
    cells = counts.tocoo()
    seen = np.bincount(cells.row, cells.data, counts.shape[0])
    chance = contexts**smoothing / (contexts**smoothing).sum()
    values = np.log(cells.data / (seen[cells.row] * chance[cells.col]))
    above = values > 0
    kept = (values[above].astype(np.float32), (cells.row[above], cells.col[above]))
    return sparse.csr_matrix(kept, shape=counts.shape)


def right_singular(matrix: Matrix, rank: int, seed: int, rounds: int = 4) -> tuple[Table, Table]:
    """Find the largest singular values and their right vectors by random projection.

    Halko, Martinsson & Tropp, "Finding Structure with Randomness", SIAM Review 53 (2011), algorithms 4.4 and 5.1.

    :param matrix: any sparse matrix.
    :param rank: how many are wanted.
    :param seed: of the random projection.
    :param rounds: power iterations; more are more exact.
    :return: singular values, falling; right vectors, one a column, the sign of each fixed.
    """
    rank = min(rank, min(matrix.shape))
    width = min(rank + 16, min(matrix.shape))
    basis = np.random.default_rng(seed).standard_normal((matrix.shape[1], width)).astype(np.float32)
    for _ in range(rounds):
        basis = np.linalg.qr(matrix.T @ np.linalg.qr(matrix @ basis)[0])[0]
    _, values, turned = np.linalg.svd(matrix @ basis, full_matrices=False)
    vectors = basis @ turned.T
    signs = np.sign(vectors[np.abs(vectors).argmax(axis=0), np.arange(width)])
    return values[:rank], (vectors * signs)[:, :rank]


def word_vectors(
    texts: Sequence[NDArray[np.int32]], vocabulary: Vocabulary, size: int, window: int, seed: int
) -> Table:
    """Give every word a vector of length 1 from the company it keeps.

    A word also keeps the company of the longer words that it is a part of, so that 儿童 knows what 困境儿童 stands
    next to, and a character that is never a word of its own has a vector as well.

    :param texts: ids of each text.
    :param vocabulary: words.
    :param size: length of a vector; shorter when there are fewer words.
    :param window: largest distance in words that counts as company.
    :param seed: of the decomposition.
    :return: one row a word; zeros for the unknown word.
    """
    counts = cooccurrences(texts, vocabulary.size, window)
    contexts = np.asarray(counts.sum(axis=0), dtype=np.float64).ravel()
    values, axes = right_singular(mutual_information(counts, contexts), size, seed)
    shared = (counts + parts_of(vocabulary).T @ counts).tocsr()
    # U S^(1/2) is M V S^(-1/2), which also places rows that were no part of the decomposition.
    vectors = mutual_information(shared, contexts) @ (axes / np.sqrt(np.maximum(values, 1e-6)))
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    return np.asarray(vectors / np.maximum(lengths, 1e-12), dtype=np.float32)


def composition(vocabulary: Vocabulary, own_count: float, rarity: float) -> Matrix:
    """Say how the final vectors are made of the trained ones: of a word's own and its parts', weighted by rarity.

    A word seen n times counts n / (n + own_count) for itself, the rest is the mean of its parts. The whole is
    multiplied by a / (a + p(word)), the SIF weight of Arora, Liang & Ma, "A Simple but Tough-to-Beat Baseline for
    Sentence Embeddings", ICLR 2017.

    :param vocabulary: words and counts.
    :param own_count: how many sightings weigh as much as all parts.
    :param rarity: a, the probability at which a word counts half.
    :return: size × size; its product with trained vectors is the final table. The unknown word's row is empty.
    """
    parts = parts_of(vocabulary)
    many = np.asarray(parts.sum(axis=1)).ravel()
    own = np.where(many > 0, vocabulary.counts / (vocabulary.counts + own_count), 1.0)
    mixed = sparse.diags(own) + sparse.diags((1 - own) / np.maximum(many, 1)) @ parts
    weights = rarity / (rarity + vocabulary.counts / vocabulary.counts.sum())
    weights[0] = 0.0
    return (sparse.diags(weights) @ mixed).tocsr().astype(np.float32)
