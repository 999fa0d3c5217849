"""The folder beside the store that the page writes to: files not yet confirmed, files taken out, and the log of changes."""

from __future__ import annotations

import json
import shutil
import sys
from datetime import datetime
from pathlib import Path

_DOCUMENTS = "documents"
"""Folder of the corpus that new files go to, where there is one."""


class Folder:
    """Where the page keeps what is neither in the corpus nor in the store; hidden, so that no corpus takes it for its own.

    :param store: folder of the store.
    """

    def __init__(self, store: Path) -> None:
        whole = store.absolute()
        self.path = whole.parent / f".{whole.name.lstrip('.')}.keeping"
        self.uploads = self.path / "uploads"
        self.bin = self.path / "bin"
        self.log = self.path / "log.jsonl"

    def sweep(self) -> None:
        """Remove what was uploaded and never confirmed; for the start, when nothing of it is known any more."""
        shutil.rmtree(self.uploads, ignore_errors=True)

    def write_log(self, what: str, document: str, files: list[str], address: str) -> None:
        """Put down a change; that it cannot be put down is told, and undoes nothing.

        :param what: ``add``, ``replace``, ``beside``, ``remove`` or ``put back``.
        :param document: its number or title.
        :param files: their names in the corpus.
        :param address: where the request came from.
        """
        when = datetime.now().astimezone().isoformat(timespec="seconds")
        said = {"when": when, "what": what, "document": document, "files": files, "address": address}
        try:
            with self.log.open("a", encoding="utf-8") as log:
                log.write(json.dumps(said, ensure_ascii=False) + "\n")
        except OSError as error:
            sys.stderr.write(f"变动记录 {self.log} 写不进去（{error.strerror}）\n")


def home_of(corpus: Path) -> Path:
    """Give the folder of a corpus that new files go to."""
    return corpus / _DOCUMENTS if (corpus / _DOCUMENTS).is_dir() else corpus
