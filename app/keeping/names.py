"""What an uploaded file is called: as it is shown, and as it will lie in the corpus. A name is text of a stranger."""

from __future__ import annotations

import re
import unicodedata
from pathlib import Path, PurePosixPath

_SHOWN, _BYTES = 120, 180
"""Characters of a name that is shown; bytes of one on disk, of which systems allow 255."""
_UNFIT = re.compile(r'[<>:"/\\|?*]')
_DEVICES = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)", re.IGNORECASE)
"""Names that Windows keeps for itself."""
_OTHERS = ("readme", "manifest")
"""Names of files that a corpus holds beside its documents."""


def shown_name(sent: str) -> str:
    r"""Give the last part of a name, without what no reader sees.

    >>> shown_name("C:\\文件\\甲\u202e.pdf"), shown_name("../../etc/passwd"), shown_name("\x00")
    ('甲.pdf', 'passwd', '未命名')

    :param sent: as the client calls the file.
    :return: at most 120 characters.
    """
    plain = "".join(one for one in unicodedata.normalize("NFC", sent) if unicodedata.category(one)[0] != "C")
    last = re.split(r"[/\\]", plain)[-1].strip()
    suffix = PurePosixPath(last).suffix[:10]
    return last if 0 < len(last) <= _SHOWN else f"{last[: _SHOWN - len(suffix)]}{suffix}" or "未命名"


def corpus_name(shown: str) -> str:
    """Give the name under which a file may lie in a corpus on any system: neither hidden nor passed over.

    >>> corpus_name("甲：乙?.pdf"), corpus_name(".htaccess"), corpus_name("README.md"), corpus_name("con.txt")
    ('甲：乙_.pdf', '文件_htaccess', '文件_README.md', '文件_con.txt')

    :param shown: what :func:`shown_name` gave.
    :return: the name.
    """
    name = _UNFIT.sub("_", shown)
    bare = name.lstrip(".~$").rstrip(". ") or "文件"
    path = PurePosixPath(bare)
    is_taken = path.stem.lower() in _OTHERS or _DEVICES.fullmatch(path.stem.split(".")[0])
    stem = f"文件_{path.stem}" if bare != name.rstrip(". ") or is_taken else path.stem
    room = _BYTES - len(path.suffix.encode())
    return stem.encode()[:room].decode("utf-8", "ignore").rstrip(". ") + path.suffix


def free_name(name: str, folder: Path) -> str:
    """Give a name that no file of a folder has: that one, or with a number.

    :param name: what :func:`corpus_name` gave.
    :param folder: the folder.
    :return: a name that is free now.
    """
    path, count, free = PurePosixPath(name), 1, name
    while (folder / free).exists():
        count += 1
        free = f"{path.stem}（{count}）{path.suffix}"
    return free
