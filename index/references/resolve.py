"""References read exactly: "74号文第四部分第（二）项第2点" to clause ids, before any likeness of words is looked at.

A question is read from left to right. Documents are named by number or title (:mod:`index.references.document_names`); the ordinals
that follow belong to the document (:mod:`index.references.ordinals`). Their chain is matched against the clause ids of the document
(:mod:`index.references.clause_tree`); it counts only when it names one place and no other. A chain without a document is looked for in every document of the base.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from index.question.words import content_words
from index.records import Reference
from index.references.clause_tree import Places, sections_of
from index.references.document_names import DocumentNames, Mention
from index.references.ordinals import PART, TABLE, Chain, Grammar, single
from index.references.spelling import CHINESE, Plain, plain, plain_form
from ingest.records import Document

_TEXT_ITSELF = re.compile(r"的?(?:全文|原文|原话|正文|条文|那段话)")
_END_OF_NAME = re.compile(r"$|[、,。?!;:()《“”\"'的里中内讲说写规是和与及跟对关有什怎啥要提]")
_TO_SERIAL = re.compile(r"[^《]+号")
_ORDINAL = re.compile(rf"^(?:{CHINESE}[、是]|第{CHINESE}(?:部分|章|条)|\({CHINESE}\)|\d+[、.])")
_QUOTES = tuple("“”\"'")
_TIE = re.compile(r"[和与及跟以、,(]*")


@dataclass(frozen=True, slots=True)
class _Stretch:
    """A stretch of the question between documents; ``keys`` is None where none is named in the whole question.

    From ``named_from`` to ``named_to`` its documents are named; both 0 where that is behind it or nowhere.
    """

    keys: tuple[str, ...] | None
    start: int
    end: int
    named_from: int = 0
    named_to: int = 0


@dataclass(slots=True)
class _Reading:
    """What has been read so far: ``used`` are stretches that are no words to search for."""

    documents: list[str]
    clause_ids: list[str] = field(default_factory=list)
    used: list[tuple[int, int]] = field(default_factory=list)
    missing: dict[str, str] = field(default_factory=dict)


def reader_of(documents: Iterable[Document]) -> ReferenceReader:
    """Make the reader of a base.

    :param documents: its documents.
    :return: what reads references to them.
    """
    known = tuple(documents)
    clauses = [clause for document in known for clause in document.clauses]
    return ReferenceReader(
        {document.key: document.metadata.title for document in known},
        [clause.clause_id for clause in clauses],
        notices={document.key: document.metadata.notice_title or "" for document in known},
        sections={name: section for document in known for name, section in sections_of(document.clauses)},
        paragraphs={clause.clause_id: clause.text.count("\n") + 1 for clause in clauses},
        headings={clause.clause_id: clause.heading_path for clause in clauses},
    )


class ReferenceReader:
    """Knows the documents and clause ids of a base, and reads references to them.

    :param titles: title of each document by its key (its number, or its title where it has none).
    :param clause_ids: ids of all clauses; each begins with the key of its document and a slash.
    :param notices: title of the covering notice by key.
    :param sections: for the clause id of a table row, the id of the section that the table stands in.
    :param paragraphs: number of paragraphs of a clause by id; 1 where not given.
    :param headings: headings above a clause by id; one that follows its ordinal is part of the reference.
    """

    def __init__(
        self,
        titles: Mapping[str, str],
        clause_ids: Iterable[str],
        *,
        notices: Mapping[str, str] | None = None,
        sections: Mapping[str, str] | None = None,
        paragraphs: Mapping[str, int] | None = None,
        headings: Mapping[str, Sequence[str]] | None = None,
    ) -> None:
        self._names = DocumentNames(titles, notices or {})
        ids = tuple(clause_ids)
        self._places = Places(titles, ids, sections or {}, paragraphs or {})
        self._grammar = Grammar(self._places.boxes)
        self._keys = tuple(titles)
        self._headings = headings or {}
        self._ids = {plain_form(clause_id): clause_id for clause_id in ids}

    def clause(self, text: str) -> str | None:
        """Find a clause by its id, whatever widths, brackets and blanks it is typed with.

        :param text: what was typed.
        :return: the id as it stands in the base, or None.
        """
        return self._ids.get(plain_form(text))

    def document(self, text: str) -> str | None:
        """Find the one document that a text names.

        :param text: a document number in any spelling, or a title.
        :return: its key, or None where the base does not hold it or it is not clear which.
        """
        same = self._names.titled(text) if text.strip() else []
        named = {mention.key for mention in self._names.mentions(plain(text))}
        return same[0] if len(same) == 1 else named.pop() if len(named) == 1 else None

    def read(self, text: str) -> Reference:
        """Read the references out of a question.

        :param text: the question.
        :return: documents and clauses in the order named, and the rest of the question.
        """
        question = plain(text)
        if question.text in self._ids:
            clause_id = self._ids[question.text]
            return Reference((self._places.owner(clause_id),), (clause_id,), "")
        mentions = self._names.mentions(question)
        lost = [(mention.start, mention.end) for mention in mentions if not mention.key]
        reading = _Reading([mention.key for mention in mentions if mention.key])
        reading.used += [(mention.start, mention.end) for mention in mentions if mention.key]
        for start, end in lost:
            near = self._places.documents_like(question.text[start:end])
            reading.missing[question.verbatim(start, end)] = "、".join(near)
        for stretch in _stretches(question, mentions):
            self._read_stretch(question, stretch, reading)
        numbers = (_TO_SERIAL.match(question.text, start, end) for start, end in lost)
        return Reference(
            tuple(dict.fromkeys(reading.documents)),
            tuple(dict.fromkeys(reading.clause_ids)),
            _rest(question, reading.used, lost),
            tuple(match.group() for match in numbers if match),
            tuple(reading.missing),
            tuple(reading.missing.values()),
        )

    def _read_stretch(self, question: Plain, stretch: _Stretch, reading: _Reading) -> None:
        """Read the ordinals of a stretch that belongs to documents, or to none."""
        exact = self._written_out(question, stretch)
        if exact:
            reading.clause_ids.append(self._ids[exact])
            reading.used.append((stretch.named_from, stretch.named_from + len(exact)))
            return
        is_loose = stretch.keys is None
        is_beside = stretch.start == 0 or stretch.named_to == stretch.start
        for chain in self._grammar.chains(question, stretch.start, stretch.end, beside=is_beside):
            if is_loose and not _stands_alone(question, chain):
                continue
            is_joined = 0 <= chain[0].start - stretch.named_to <= 1 and stretch.named_to > 0
            name = question.verbatim(stretch.named_from if is_joined else chain[0].start, chain[-1].end)
            keys = self._keys if stretch.keys is None else stretch.keys
            known = len(reading.clause_ids)
            found = [self._read_chain(one, keys, name, reading, is_loose) for one in single(chain)]
            if any(found) or not keys:
                names = self._heading_names(reading.clause_ids[known:])
                reading.used += [(one.start, _behind_heading(question.text, one.end, names)) for one in chain]

    def _read_chain(self, chain: Chain, keys: Sequence[str], name: str, reading: _Reading, is_loose: bool) -> bool:
        """Take down where a chain leads, or that it leads nowhere; False when it says nothing."""
        by_document = [self._places.places(key, chain) for key in keys]
        clear = [place for places in by_document for place in places]
        if clear and all(len(places) <= 1 for places in by_document):
            reading.clause_ids += [clause_id for place in clear for clause_id in place.clause_ids]
            reading.documents += [clear[0].key] if is_loose and len(clear) == 1 else []
            return True
        is_meant = any(not ordinal.is_bare for ordinal in chain) or (len(chain) > 1 and not is_loose)
        if clear or not keys or not is_meant:
            return False
        reading.missing[name] = self._places.near(keys, chain)
        return True

    def _heading_names(self, clause_ids: Sequence[str]) -> set[str]:
        paths = (self._headings.get(clause_id, ()) for clause_id in clause_ids)
        return {_ORDINAL.sub("", plain_form(heading)) for path in paths for heading in path}

    def _written_out(self, question: Plain, stretch: _Stretch) -> str:
        """Find a clause id that is written out where the document of a stretch is named, in plain form."""
        if stretch.named_to != stretch.start or not question.text.startswith("/", stretch.named_to):
            return ""
        ends = range(stretch.end, stretch.named_to, -1)
        ids = (question.text[stretch.named_from : end] for end in ends if not question.text[end : end + 1].isdigit())
        return next((one for one in ids if one in self._ids), "")


def _behind_heading(text: str, end: int, names: Iterable[str]) -> int:
    """Find where the heading that follows an ordinal ends: 第三部分“发展目标”."""
    start = end + (text[end : end + 1] in _QUOTES)
    ends = [start + len(name) for name in names if name and text.startswith(name, start)]
    last = max(ends, default=0)
    return last + (text[last : last + 1] in _QUOTES) if last else end


def _stretches(question: Plain, mentions: Sequence[Mention]) -> list[_Stretch]:
    """Cut the question at its documents; what follows two that are tied together belongs to both.

    What stands before the first belongs to it where no other is named.
    """
    length = len(question.text)
    if not mentions:
        return [_Stretch(None, 0, length)]
    groups: list[list[Mention]] = []
    for mention in mentions:
        if groups and _TIE.fullmatch(question.text, groups[-1][-1].end, mention.start):
            groups[-1].append(mention)
        else:
            groups.append([mention])
    ends = [group[0].start for group in groups[1:]] + [length]
    after = [
        _Stretch(
            tuple(dict.fromkeys(one.key for one in group if one.key)), group[-1].end, end, group[0].start, group[-1].end
        )
        for group, end in zip(groups, ends, strict=True)
    ]
    return [_Stretch(after[0].keys if len(after) == 1 else (), 0, groups[0][0].start), *after]


def _stands_alone(question: Plain, chain: Chain) -> bool:
    """Tell whether a chain without a document is a reference at all, and not part of some name."""
    if not question.is_free(chain[0].start) or not _END_OF_NAME.match(question.text, chain[-1].end):
        return False
    first = chain[0]
    if not first.numbers or len(chain) > 1:
        return bool(first.numbers)
    return not first.is_bare and (first.form.startswith("item") or first.form in (PART, TABLE, "box"))


def _rest(question: Plain, used: Sequence[tuple[int, int]], lost: Sequence[tuple[int, int]]) -> str:
    """Take the references out of a question; function words alone are nothing.

    A lost document beside other words stays: a clause may cite it.
    """
    if not used and not lost:
        return question.source
    bare = _without(question, [*used, *lost])
    if not content_words(bare):
        return ""
    return _without(question, used) if lost else bare


def _without(question: Plain, spans: Iterable[tuple[int, int]]) -> str:
    kept = list(question.source)
    for start, end in spans:
        first, last = question.places[start], question.places[end - 1] + 1
        kept[first:last] = " " * (last - first)
    return " ".join(_TEXT_ITSELF.sub(" ", "".join(kept)).split())
