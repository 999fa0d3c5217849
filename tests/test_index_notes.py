"""What a store notes to save time changes nothing: a base kept with notes is the base that is looked at anew each time."""

from __future__ import annotations

import random
import shutil
from dataclasses import replace

import pytest
from index_fakes import FakeEmbedder
from office_texts import notice, put

from index.__main__ import main
from index.errors import KnowledgeBaseError
from index.knowledge_base import KnowledgeBase
from index.store import held, notes
from index.store.likeness import Texts

CARE = "公布社区助餐点名单，每个点位每天供餐不少于两顿，价格由各区按成本核定并向老年人公开。"
BEDS = "核定养老机构床位补贴，按照实际入住人数逐月发放，市区两级财政各承担一半并接受审计。"
WHOLE = CARE + BEDS + "建设社区食堂，方便老年人就近用餐。"
NUMBER, TITLE = "青民发〔2024〕5号", "做好养老服务工作的通知"
KEY = f"青禾市民政局关于{TITLE}"
ONE_KEY = (
    notice(TITLE, NUMBER, first=WHOLE),
    notice(TITLE, NUMBER, first=WHOLE.replace("每天", "每日")),
    notice(TITLE, NUMBER, first=WHOLE.replace("核定", "审定")),
    notice(TITLE, NUMBER, first=WHOLE[:60]),
)
"""Texts that are one document, whatever the base held before."""
COLLIDING = (
    *ONE_KEY,
    notice(TITLE, NUMBER, first="骨灰堂不得超过批准的规模。" * 6, second="违者由区民政局责令改正。"),
    notice(TITLE, first=WHOLE),
    notice(TITLE, first=CARE, date="2023年5月6日"),
    notice(TITLE, first=BEDS, date="2022年5月6日"),
)
"""Texts of which it depends on the others, and on who came first, which are one document and what it is known by."""


@pytest.fixture(autouse=True)
def model(monkeypatch):
    monkeypatch.setattr("index.search.embedder.load", lambda settings: FakeEmbedder())


@pytest.fixture
def store(tmp_path):
    """Make a base of two renditions of one document, and of another."""
    for name, text in (("a", ONE_KEY[0]), ("b", ONE_KEY[1]), ("z", notice("收养登记的通知", "青民发〔2024〕9号"))):
        put(tmp_path / "corpus", f"{name}.txt", text)
    KnowledgeBase.build(tmp_path / "corpus", tmp_path / "store")
    return tmp_path / "store"


def bytes_of(store):
    return {
        path.relative_to(store).as_posix(): path.read_bytes()
        for part in ("generations", "segments")
        for path in (store / part).rglob("*")
        if path.is_file()
    }


def standings(store):
    found = held.Held(store, KnowledgeBase.corpus_of(store), verify=True, noted=False).entries
    return [(entry.name, entry.key, entry.standing) for entry in found if entry.standing != "earlier"]


def change(draw, store, texts, beside):
    """Do one thing to a base and its corpus; what is refused leaves both as they were."""
    corpus = KnowledgeBase.corpus_of(store)
    name, kind = draw.choice("abcdef"), draw.choice(("add", "put", "put", "unlink", "remove"))
    text = draw.choice(texts[name])
    try:
        if kind == "add" and not (corpus / f"{name}.txt").exists():
            KnowledgeBase.add([put(store.parent / "new", f"{name}.txt", text)], store, beside=beside)
        elif kind == "remove":
            KnowledgeBase.remove(draw.choice((NUMBER, KEY)), store)
        else:
            (corpus / f"{name}.txt").unlink(missing_ok=True)
            if kind == "put":
                put(corpus, f"{name}.txt", text)
            KnowledgeBase.update(store)
    except KnowledgeBaseError as error:
        return str(error).replace(str(store.parent), "")
    return kind


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_after_any_history_a_base_with_notes_has_the_bytes_of_one_that_is_placed_anew(store, tmp_path, seed):
    twin, done = tmp_path / "twin" / "store", []
    shutil.copytree(tmp_path / "corpus", tmp_path / "twin" / "corpus")
    shutil.copytree(store, twin)
    for step in range(8):
        (twin / "NOTES").unlink(missing_ok=True)
        did = [
            change(random.Random(f"{seed} {step}"), one, dict.fromkeys("abcdef", COLLIDING), step % 2 == 0)
            for one in (store, twin)
        ]
        assert did[0] == did[1]
        assert bytes_of(store) == bytes_of(twin)
        done.append(did[0])
    assert len(set(done)) > 2


@pytest.mark.parametrize("seed", [1, 2, 3])
@pytest.mark.parametrize("are_changed", [False, True])
def test_after_any_history_files_stand_as_one_build_at_once_would_have_them(store, tmp_path, seed, are_changed):
    texts = {name: ONE_KEY if are_changed else (ONE_KEY[at % 4],) for at, name in enumerate("abcdef")}
    for step in range(8):
        change(random.Random(f"{seed} {step}"), store, texts, beside=True)
    left = {name for name, _, _ in standings(store)}
    for path in (tmp_path / "corpus").glob("*.txt"):
        if path.name not in left:
            path.unlink()
    KnowledgeBase.build(tmp_path / "corpus", tmp_path / "fresh")
    assert standings(store) == standings(tmp_path / "fresh")
    KnowledgeBase.build(tmp_path / "corpus", store)
    assert are_changed or bytes_of(store) == bytes_of(tmp_path / "fresh")


def test_an_update_without_a_change_reads_no_more_of_a_segment_than_its_manifest(store, monkeypatch):
    """It took the digest of all bytes of the store, and compared all that collides once more."""
    asked = []
    read = held.read_segment
    monkeypatch.setattr(
        held, "read_segment", lambda store, digest, names: asked.append(names) or read(store, digest, names)
    )
    KnowledgeBase.update(store)
    assert asked == [()]


def test_a_document_more_compares_what_it_collides_with_alone(store, tmp_path, monkeypatch):
    read, of = [], held.Held.document
    monkeypatch.setattr(held.Held, "document", lambda self, entry: read.append(entry.name) or of(self, entry))
    KnowledgeBase.add([put(tmp_path / "new", "c.txt", ONE_KEY[0] + "\n")], store, beside=True)
    assert set(read) == {"a.txt", "c.txt"}


def test_what_was_counted_of_a_text_is_known_until_its_bytes_or_its_reader_are_others(store):
    entry = held.Held(store, KnowledgeBase.corpus_of(store), verify=False, noted=True).current["a.txt"]
    counts = notes.read_notes(store).counts

    def unread(entry):
        raise LookupError(entry.name)

    assert Texts(unread, counts).size(entry) == 100
    for other in (replace(entry, sha256="0" * 64), replace(entry, reader="another")):
        with pytest.raises(LookupError):
            Texts(unread, counts).size(other)


@pytest.mark.parametrize("damage", [b"", b"{", b"\xff\n{}", b"0\n" + b"0" * 9])
def test_notes_that_are_damaged_are_none(store, damage):
    whole = (store / "NOTES").read_bytes()
    (store / "NOTES").write_bytes(damage)
    assert notes.read_notes(store) == notes.Notes()
    KnowledgeBase.update(store)
    assert (store / "NOTES").read_bytes() == whole


def flip(store, name="vectors.npy"):
    (path,) = store.glob(f"segments/*/{name}")
    data = path.read_bytes()
    path.write_bytes(data[:-9] + bytes([data[-9] ^ 1]) + data[-8:])


def test_a_segment_that_was_written_to_is_looked_at_and_mended_by_an_update(store):
    before = bytes_of(store)
    flip(store)
    KnowledgeBase.update(store)
    assert bytes_of(store) == before


def test_damage_that_leaves_no_trace_outside_is_found_by_verify_and_mended(store, tmp_path, capsys):
    before, noted = bytes_of(store), notes.read_notes(store)
    flip(store)
    (digest,) = noted.whole
    notes.write_notes(store, notes.Notes(noted.counts, {digest: notes.looks(store, digest)}))
    KnowledgeBase.update(store)
    assert bytes_of(store) != before
    assert main(["verify", "--store", str(store)]) == 1
    assert main(["verify", "--repair", "--store", str(store)]) == 0
    assert bytes_of(store) == before


def test_a_build_relies_on_no_notes(store, tmp_path):
    noted, before = notes.read_notes(store), bytes_of(store)
    notes.write_notes(store, notes.Notes({**dict.fromkeys(noted.counts, 1000)}, noted.whole))
    KnowledgeBase.build(tmp_path / "corpus", store)
    assert (bytes_of(store), notes.read_notes(store).counts) == (before, noted.counts)
