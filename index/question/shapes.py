"""Which characters are made alike, by their Wubi codes: 估 and 佑 differ in one key; pywubi is imported here only, at first use."""

from __future__ import annotations

from functools import cache

_SHORTEST = 3


@cache
def shape_keys(character: str) -> frozenset[str]:
    """Give keys of which characters made alike, or a key apart for who types by Wubi, share one.

    >>> sorted(shape_keys("估") & shape_keys("佑")), shape_keys("估") & shape_keys("贴")
    (['wdg'], frozenset())

    :param character: a Chinese character.
    :return: its code, and its code without each one of its keys; none for a code of one or two keys.
    """
    from pywubi import lookup

    codes = [code for code in lookup(character)[:1] if len(code) >= _SHORTEST]
    return frozenset(key for code in codes for key in (code, *(code[:at] + code[at + 1 :] for at in range(len(code)))))
