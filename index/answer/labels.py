"""What the site that published a document says of its force (效力标注), beside what documents state of it.

A label is the site's word on the day that the page was saved, which the page does not tell, and mostly without a day of its
own: it says whose words these are, and never leaves a document out of a search.
"""

from __future__ import annotations

from collections.abc import Iterator

from index.records import Ground
from ingest.records import Document

SITE = "发布网站标注"
OVER, VALID, PARTLY_OVER, AMENDED = "标注失效", "标注有效", "标注部分失效", "标注已修改"
IN_DOUBT = (OVER, PARTLY_OVER, AMENDED)
_RUNS, _ENDED = ("现行", "规划期内"), ("已废止", "已被代替", "有效期已过")


def label_of(document: Document) -> Ground | None:
    """Give what the site that published a document says of its force.

    :param document: any.
    :return: the ground, of no clause; None where its page says nothing.
    """
    said = next((one for one in document.statements if one.kind == "标注"), None)
    return Ground(f"标注{said.value}", said.day, said.text, "", document.key, SITE) if said else None


def is_over(label: Ground, day: str) -> bool:
    """Tell whether a label says that a document is not in force on a day; one without a day may speak of any."""
    return label.kind == OVER and (label.day is None or label.day < day)


def label_doubts(label: Ground | None, status: str, day: str) -> Iterator[str]:
    """Say where a label does not go with what documents state, or leaves open what is in force.

    :param label: of :func:`label_of`.
    :param status: of the document on the day, by what documents state.
    :param day: ISO 8601.
    :return: sentences for the user.
    """
    if label is None:
        return
    said = f"{SITE}“{label.words}”"
    if status in _RUNS and is_over(label, day):
        yield f"{said}，{'' if label.day else '未写明自何日起，'}与“{status}”不一致，请核对"
    elif status in _ENDED and label.kind == VALID:
        yield f"{said}，与“{status}”不一致，请核对"
    elif label.kind == PARTLY_OVER and status not in _ENDED:
        yield f"{said}，未写明是哪些条款，请核对"
    elif label.kind == AMENDED and status not in _ENDED:
        yield f"{said}，所引是否为修改后的文字，请核对"
