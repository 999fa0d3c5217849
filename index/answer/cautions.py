"""What documents state of their term and their end, in their own words, where no day is known to judge it by."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from index.answer.labels import IN_DOUBT, SITE, label_of
from index.answer.repeals import Repeal
from ingest.records import Document


def force_cautions(
    keys: Iterable[str], documents: Mapping[str, Document], repeals: Mapping[str, Sequence[Repeal]]
) -> Iterator[str]:
    """Say of each document until when it is valid, who repeals or prolongs it, and what its site says of its end.

    :param keys: keys of documents.
    :param documents: documents by key.
    :param repeals: what :func:`index.answer.repeals.repeals_of` found in them.
    :return: sentences for the user.
    """
    for key in keys:
        name = f"《{documents[key].metadata.title}》"
        terms = dict.fromkeys(one.text for one in documents[key].statements if one.kind == "有效期")
        yield from (f"{name}写明期限：“{text}”" for text in terms)
        label = label_of(documents[key])
        yield from [f"{name}{SITE}：“{label.words}”"] if label and label.kind in IN_DOUBT else []
        for one in dict.fromkeys(
            (one.key, one.stated.text, one.stated.kind, one.doubt) for one in repeals.get(key, ())
        ):
            other, text, kind, doubt = one
            said = "另有延长期限的文件" if kind == "延长" else "可能已不再有效"
            settled = f"，但{doubt}" if doubt else ""
            yield f"{name}{said}，《{documents[other].metadata.title}》（{other}）写明：“{text}”{settled}"
