"""Inline marks of Markdown (CommonMark 0.31) to the text that a reader sees."""

from __future__ import annotations

import re
from html import unescape

_ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")
_CODE = re.compile(r"(?<!`)(`+)(?!`)(.{1,2000}?)(?<!`)\1(?!`)")
_IMAGE = re.compile(r"!\[([^\]]{0,300})\](?:\([^()]{0,2000}(?:\([^()]{0,300}\)[^()]{0,300})?\)|\[[^\]]{0,300}\])")
_TARGET = r"\(\s*(?:<[^<>]{0,2000}>|[^()\s]{0,2000}(?:\([^()]{0,300}\)[^()\s]{0,300})?)(?:\s+[\"'(][^)]{0,300})?\)"
_LINK = re.compile(rf"\[([^\[\]]{{1,1000}})\](?:{_TARGET}|\[[^\[\]]{{0,300}}\])")
_ADDRESS = re.compile(r"<((?:https?|mailto|ftp):[^<>\s]{1,2000})>")
_TAG = re.compile(r"</?[A-Za-z][A-Za-z0-9-]{0,20}(?:\s[^<>]{0,2000})?/?>")
_MARKS = re.compile(r"\*+|_+|~~")
_HELD = 0xF0000
"""Where characters that are no marks are held, in a private plane, until all marks are gone."""


def plain(text: str) -> str:
    r"""Takes the marks of emphasis, links, code, escapes and HTML off a line.

    >>> plain(r"**一、总体要求** 见[通知](https://a.cn/b)，\*不是强调\*，2*3*4")
    '一、总体要求 见通知，*不是强调*，2*3*4'
    """
    text = _ESCAPED.sub(lambda found: _hold(found[1]), text)
    text = _CODE.sub(lambda found: _hold(found[2].strip()), text)
    text = _IMAGE.sub("", text)
    text = _LINK.sub(r"\1", text)
    text = _ADDRESS.sub(lambda found: _hold(found[1]), text)
    text = _TAG.sub("", text)
    return _release(unescape(_unstressed(text)))


def _unstressed(text: str) -> str:
    """Takes off marks of emphasis that pair: each one that can close goes with the nearest of its kind that can open.

    Unlike CommonMark, Chinese punctuation inside the marks does not keep them from pairing (**“强调”**的).
    """
    runs = list(_MARKS.finditer(text))
    left = [len(run[0]) for run in runs]
    waiting: dict[str, list[int]] = {}
    for place, run in enumerate(runs):
        sign, before, after = run[0][0], text[max(run.start() - 1, 0) : run.start()], text[run.end() : run.end() + 1]
        opens, closes = bool(after.strip()), bool(before.strip())
        if sign == "_" or (sign == "*" and len(run[0]) == 1 and before.isascii() and after.isascii()):
            opens, closes = opens and not before.isalnum(), closes and not after.isalnum()
        openers = waiting.setdefault(sign, [])
        while closes and openers and left[place]:
            taken = min(left[place], left[openers[-1]])
            left[place] -= taken
            left[openers[-1]] -= taken
            if not left[openers[-1]]:
                openers.pop()
        if opens and left[place]:
            openers.append(place)
    parts, end = [], 0
    for run, kept in zip(runs, left, strict=True):
        parts += [text[end : run.start()], run[0][:kept]]
        end = run.end()
    return "".join([*parts, text[end:]])


def _hold(text: str) -> str:
    return "".join(chr(_HELD + ord(char)) if ord(char) < 0x80 else char for char in text)


def _release(text: str) -> str:
    return "".join(chr(ord(char) - _HELD) if _HELD <= ord(char) < _HELD + 0x80 else char for char in text)
