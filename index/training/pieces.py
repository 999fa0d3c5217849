"""The vocabulary of a multilingual model cut to the pieces that Chinese text uses, and the tokenizer made of it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Any

SPECIAL = ("<s>", "<pad>", "</s>", "<unk>")
"""The first pieces of the vocabulary, in this order (XLM-R)."""

_UNKNOWN = SPECIAL.index("<unk>")
_SPACE = "▁"
_HAN = re.compile(r"[〇㐀-䶿一-鿿豈-﫿]")
_WORD = re.compile(r"[一-鿿]+")
_AT_ONCE = 1000


def tokenizer_of(pieces: Sequence[str], scores: Sequence[float]) -> Any:
    """Make the tokenizer of a SentencePiece unigram vocabulary.

    :param pieces: in the order of their numbers, the special ones first.
    :param scores: logarithms of their probabilities.
    :return: a tokenizer of the library tokenizers, which puts a text between ``<s>`` and ``</s>``.
    """
    from tokenizers import Regex, Tokenizer, models, normalizers, pre_tokenizers, processors

    tokenizer = Tokenizer(models.Unigram(list(zip(pieces, scores, strict=True)), unk_id=_UNKNOWN, byte_fallback=False))
    # What SentencePiece's nmt_nfkc does beyond NFKC: control characters go, those without width part words.
    tokenizer.normalizer = normalizers.Sequence(
        [
            normalizers.Replace(Regex(r"[\x00-\x08\x0B\x0E-\x1F\x7F\x8F\x9F]"), ""),
            normalizers.Replace(Regex(r"[\u200B-\u200F\u2028\u2029\u2581\uFEFF\uFFFD]"), " "),
            normalizers.NFKC(),
        ]
    )
    tokenizer.pre_tokenizer = pre_tokenizers.Sequence(
        [pre_tokenizers.WhitespaceSplit(), pre_tokenizers.Metaspace(_SPACE, prepend_scheme="always")]
    )
    tokenizer.post_processor = processors.TemplateProcessing(
        single="<s> $A </s>", special_tokens=[("<s>", SPECIAL.index("<s>")), ("</s>", SPECIAL.index("</s>"))]
    )
    tokenizer.add_special_tokens(list(SPECIAL))
    return tokenizer


def seen_in(tokenizer: Any, texts: Iterable[str]) -> frozenset[int]:
    """Find the pieces that texts are cut into.

    :param tokenizer: of the whole vocabulary.
    :param texts: any number; few are held at a time.
    :return: the pieces' numbers.
    """
    return frozenset(
        number
        for batch in _batches(texts)
        for encoding in tokenizer.encode_batch_fast(batch, add_special_tokens=False)
        for number in encoding.ids
    )


def _batches(texts: Iterable[str]) -> Iterator[list[str]]:
    source = iter(texts)
    while batch := list(islice(source, _AT_ONCE)):
        yield batch


def kept_of(pieces: Sequence[str], seen: frozenset[int], needed: frozenset[int] = frozenset()) -> tuple[int, ...]:
    """Choose the pieces that are kept.

    All single Chinese characters and words in simplified ones (GB/T 2312-1980), since people ask in words that official texts never
    use (村里, 怎么办); of all else what was seen, and single signs that are no letters.

    >>> kept_of(["<s>", "▁", "民政", "鱻", "▁the", "▁app", "ты", "，", "2007-2013", "後來"], frozenset({5}), needed=frozenset({4}))
    (0, 1, 2, 3, 4, 5, 7)

    :param pieces: all.
    :param seen: numbers of those that texts are cut into.
    :param needed: numbers of those that are kept whatever they are, such as the pieces of prompts.
    :return: numbers of the kept ones, in order.
    """
    return tuple(number for number, piece in enumerate(pieces) if number in needed or _is_kept(piece, number in seen))


def _is_kept(piece: str, is_seen: bool) -> bool:
    bare = piece.lstrip(_SPACE)
    if is_seen or piece in SPECIAL or _HAN.fullmatch(bare):
        return True
    if len(bare) > 1:
        return bool(_WORD.fullmatch(bare)) and _is_simplified(bare)
    return bare.isascii() or unicodedata.category(bare)[0] not in "LM"


def _is_simplified(text: str) -> bool:
    try:
        text.encode("gb2312")
    except UnicodeEncodeError:
        return False
    return True
