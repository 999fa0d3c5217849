"""Files on their way into the base: received, read, shown, and then added or forgotten."""

from __future__ import annotations

import secrets
import shutil
import time
from collections.abc import AsyncIterator
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from threading import BoundedSemaphore, Lock, Thread, Timer
from typing import Any

from app.desk import Desk
from app.keeping.errors import Refused, unwritable
from app.keeping.folder import Folder, home_of
from app.keeping.names import corpus_name, free_name, shown_name
from app.keeping.receiving import receive
from app.keeping.upload import ADDED, ADDING, BESIDE, FAULT, READ, READING, REPLACE, WAITING, Upload
from app.keeping.writer import Writer
from index.errors import KnowledgeBaseError
from index.knowledge_base import KnowledgeBase
from index.store.previews import ANOTHER, HELD, Preview

AT_ONCE = 20
"""Files that may be on their way at a time."""
_KEPT = 3600.0
"""Seconds after which a file that nobody has confirmed is forgotten."""
_READERS = 2
"""Files that are read at a time."""


class Uploads:
    """All files on their way; one is known by an id that nobody can guess.

    :param desk: what answers.
    :param folder: where they lie.
    :param writer: gives the turn to change the base.
    """

    def __init__(self, desk: Desk, folder: Folder, writer: Writer) -> None:
        self._desk, self._folder, self._writer = desk, folder, writer
        self._all: dict[str, Upload] = {}
        self._lock, self._readers = Lock(), BoundedSemaphore(_READERS)
        self._timer: Timer | None = None

    async def receive(self, name: str, length: int | None, chunks: AsyncIterator[bytes]) -> Upload:
        """Take a file in and begin to read it; where it does not come whole, nothing of it is left.

        :param name: as the client calls it.
        :param length: how many bytes it says will come.
        :param chunks: the bytes.
        :return: the upload, being read.
        :raises Refused: when it cannot be taken.
        """
        upload = self._opened(shown_name(name))
        done = False
        try:
            part = upload.folder / "part"
            digest = await receive(chunks, length, part)
            upload = self._named(upload, part, digest)
            done = True
        finally:
            if not done:  # refused, or the connection was lost, whatever that raises
                self._forget(upload.upload_id)
        self._start(self._read, upload.upload_id)
        return upload

    def get(self, upload_id: str) -> Upload:
        """Give an upload as it stands.

        :raises Refused: when there is none of that id.
        """
        found = self._all.get(upload_id)
        if found is None:
            raise Refused("没有这份待确认的文件", "它可能已取消，或超过一小时没有确认；请重新上传", 404)
        return found

    def waiting(self) -> list[Upload]:
        """Give the uploads that have come whole and are not added yet, in the order in which they began."""
        with self._lock:
            return sorted((one for one in self._all.values() if one.state in WAITING), key=lambda one: one.began)

    def cancel(self, upload_id: str) -> None:
        """Forget a file, and remove it.

        :raises Refused: when there is none of that id, or it is being added.
        """
        with self._lock:
            if self.get(upload_id).state == ADDING:
                raise Refused("正在加入知识库，不能取消", "加入后可以再移出", 409)
        self._forget(upload_id)

    def confirm(self, upload_id: str, differs: str, address: str) -> Upload:
        """Begin to add a file.

        :param differs: where the base has another text of its document, :data:`REPLACE` or :data:`BESIDE`.
        :param address: where the request came from.
        :return: the upload, being added.
        :raises Refused: when it cannot be added, or it was not said what is to become of the other text.
        """
        with self._lock:
            upload = self.get(upload_id)
            if upload.state != READ or upload.preview is None:
                raise Refused(f"“{upload.name}”现在不能确认", "请等它读完；读不了的请换一份文件", 409)
            if upload.preview.standing == HELD:
                raise Refused(f"“{upload.name}”已在知识库里", "不必再加，请取消", 409)
            if upload.preview.standing == ANOTHER and differs not in (REPLACE, BESIDE):
                raise Refused(
                    f"知识库里已有“{upload.preview.key}”，正文不同", "请选择换下原文本，还是作为另一版式", 409
                )
            self._all[upload_id] = replace(upload, state=ADDING, step="等待写入", share=None, problem="", remedy="")
        self._start(self._add, upload_id, differs, address)
        return self.get(upload_id)

    def _opened(self, name: str) -> Upload:
        self._writer.corpus()
        with self._lock:
            if sum(one.has_file for one in self._all.values()) >= AT_ONCE:
                raise Refused(f"已有 {AT_ONCE} 份文件等待确认", "请先确认或取消其中一些", 429)
            upload_id = secrets.token_urlsafe(16)
            folder = self._folder.uploads / upload_id
            self._all[upload_id] = upload = Upload(upload_id, name, folder, folder / "part", time.monotonic())
        try:
            folder.mkdir(parents=True, mode=0o700)
        except OSError as error:
            self._forget(upload_id)
            raise unwritable(self._folder.path, error) from error
        self._look_again()
        return upload

    def _named(self, upload: Upload, part: Path, digest: str) -> Upload:
        """Lay a file that has come whole under its digest, with the name that it would have in the corpus."""
        name = free_name(corpus_name(upload.name), home_of(self._writer.corpus()))
        path = upload.folder / digest / name
        try:
            path.parent.mkdir()
            part.rename(path)
        except OSError as error:
            raise unwritable(self._folder.path, error) from error
        return self._put(upload.upload_id, path=path, size=path.stat().st_size, state=READING, step="等待读取")

    def _read(self, upload_id: str) -> None:
        with self._readers:
            upload = self._put(upload_id, step="正在读取")
            try:
                (preview,) = KnowledgeBase.preview([upload.path], self._desk.store)
            except KnowledgeBaseError as error:
                preview = Preview(upload.path.name, "", fault=str(error))
        if preview.fault:
            shutil.rmtree(upload.folder, ignore_errors=True)
            self._put(upload_id, state=FAULT, preview=preview)
        else:
            self._put(upload_id, state=READ, preview=preview)

    def _add(self, upload_id: str, differs: str, address: str) -> None:
        upload = self.get(upload_id)
        try:
            with self._writer.turn(waiting=True) as corpus:
                path = upload.path.with_name(free_name(upload.path.name, home_of(corpus)))
                upload = self._put(upload_id, path=upload.path.rename(path))
                report = KnowledgeBase.add(
                    [path], self._desk.store, lambda share, step: self._say(upload_id, share, step),
                    replacing=differs == REPLACE, beside=differs == BESIDE,
                )  # fmt: skip
        except (KnowledgeBaseError, OSError) as error:
            fault = error if isinstance(error, KnowledgeBaseError) else unwritable(self._folder.path, error)
            self._failed(upload, fault)
            return
        told = upload.preview.metadata if upload.preview else None
        document = (told.number or told.title) if told else path.name
        self._folder.write_log(differs or "add", document, [path.name], address)
        shutil.rmtree(upload.folder, ignore_errors=True)
        self._put(upload_id, state=ADDED, result=f"知识库现有 {len(report.documents)} 份文件")

    def _failed(self, upload: Upload, error: KnowledgeBaseError) -> None:
        """Show the file again, as it stands to the base now, with what went wrong."""
        problem, remedy, preview = error.problem, error.remedy, upload.preview
        with suppress(KnowledgeBaseError):
            (now,) = KnowledgeBase.preview([upload.path], self._desk.store)
            if preview and not now.fault and now.standing not in (preview.standing, HELD):
                problem, remedy = "知识库在这期间有了变动，这份文件还没有加入", "请看清后重新确认"
            preview = preview if now.fault else now
        self._put(upload.upload_id, state=READ, preview=preview, problem=problem, remedy=remedy)

    def _say(self, upload_id: str, share: float, step: str) -> None:
        self._put(upload_id, share=share, step=step)

    def _put(self, upload_id: str, **changes: Any) -> Upload:
        """Put down what has become of an upload; one that was cancelled meanwhile is gone, and its file too."""
        with self._lock:
            upload = replace(self.get(upload_id), **changes)
            self._all[upload_id] = upload
        return upload

    def _start(self, work: Any, upload_id: str, *more: str) -> None:
        def run() -> None:
            try:
                work(upload_id, *more)
            except Refused:  # it was cancelled meanwhile
                self._forget(upload_id)
            except Exception:  # nobody foresaw it; the page must not wait for ever, and the log has where it was
                shutil.rmtree(self._folder.uploads / upload_id, ignore_errors=True)
                with suppress(Refused):
                    self._put(
                        upload_id, state=FAULT, problem="处理时程序出错", remedy="请联系管理员查看服务器上的出错信息"
                    )
                raise

        Thread(target=run, daemon=True).start()

    def _look_again(self) -> None:
        """See to it that what nobody confirms is forgotten; one timer does for all, while there is something."""
        with self._lock:
            if self._timer is None and self._all:
                self._timer = Timer(_KEPT / 60, self._expire)
                self._timer.daemon = True
                self._timer.start()

    def _expire(self) -> None:
        since = time.monotonic() - _KEPT
        for one in list(self._all.values()):
            if one.began < since and one.state != ADDING:
                self._forget(one.upload_id)
        self._timer = None
        self._look_again()

    def _forget(self, upload_id: str) -> None:
        with self._lock:
            self._all.pop(upload_id, None)
        shutil.rmtree(self._folder.uploads / upload_id, ignore_errors=True)
