"""What becomes of an uploaded file, step by step."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from index.store.previews import Preview

RECEIVING, READING, READ, FAULT, ADDING, ADDED = "receiving", "reading", "read", "fault", "adding", "added"
"""It comes in, is read, waits to be confirmed, cannot be read, is added, has been added."""
WAITING = (READING, READ, ADDING)
"""It lies here whole, and nobody has added it or sent it away."""
REPLACE, BESIDE = "replace", "beside"
"""What is to become of a text that differs from the one that the base has: 换下原文本, or 另一版式."""


@dataclass(frozen=True, slots=True)
class Upload:
    """One uploaded file: ``name`` as it is shown, ``path`` where it lies once it has come whole, in ``folder``, which is its own.

    ``began`` is when, by the machine's clock of seconds.

    ``share`` is what is done of the present step, None where nobody can tell, ``step`` says what it is. ``problem`` and ``remedy`` tell of what went
    wrong, ``result`` what was added.
    """

    upload_id: str
    name: str
    folder: Path
    path: Path
    began: float
    size: int = 0
    state: str = RECEIVING
    share: float | None = None
    step: str = ""
    preview: Preview | None = None
    problem: str = ""
    remedy: str = ""
    result: str = ""

    @property
    def is_moving(self) -> bool:
        """Whether it will soon be something else."""
        return self.state in (RECEIVING, READING, ADDING)

    @property
    def has_file(self) -> bool:
        """Whether its file lies on the disk."""
        return self.state not in (FAULT, ADDED)
