"""Inline marks of Markdown (CommonMark 0.31) to the text that a reader sees."""

from __future__ import annotations

import html
import re

_ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")
_CODE = re.compile(r"(?<!`)(`+)(?!`)(.+?)(?<!`)\1(?!`)")
_IMAGE = re.compile(r"!\[([^\]]*)\](?:\([^()]*(?:\([^()]*\)[^()]*)*\)|\[[^\]]*\])")
_LINK = re.compile(
    r"\[([^\[\]]+)\](?:\(\s*(?:<[^>]*>|[^()\s]*(?:\([^()]*\)[^()\s]*)*)(?:\s+[\"'(][^)]*)?\)|\[[^\]]*\])"
)
_ADDRESS = re.compile(r"<((?:https?|mailto|ftp):[^>\s]+)>")
_TAG = re.compile(r"</?[A-Za-z][A-Za-z0-9-]*(?:\s[^<>]*)?/?>")
_EMPHASIS = (
    re.compile(r"(\*{1,3})(?=\S)(.+?)(?<=\S)\1"),
    re.compile(r"(?<![^\W_])(_{1,3})(?=\S)(.+?)(?<=\S)\1(?![^\W_])"),
    re.compile(r"(~~)(?=\S)(.+?)(?<=\S)\1"),
)
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
    for pattern in _EMPHASIS:
        before = ""
        while before != text:
            before, text = text, pattern.sub(_unless_product, text)
    return _release(html.unescape(text))


def _unless_product(found: re.Match[str]) -> str:
    """The text inside marks, but a single asterisk between digits is a sign of multiplication."""
    around = found.string[max(found.start() - 1, 0) : found.start()] + found.string[found.end() : found.end() + 1]
    is_product = found[1] == "*" and any(char.isascii() and char.isalnum() for char in around)
    return _hold(found[0][0]) + found[2] + _hold(found[0][-1]) if is_product else found[2]


def _hold(text: str) -> str:
    return "".join(chr(_HELD + ord(char)) if ord(char) < 0x80 else char for char in text)


def _release(text: str) -> str:
    return "".join(chr(ord(char) - _HELD) if _HELD <= ord(char) < _HELD + 0x80 else char for char in text)
