"""Words in the form that names are compared in."""

from __future__ import annotations

import re
import unicodedata
from functools import cache


class _Folded(dict[int, str]):
    """Character → folded character, worked out when first met."""

    def __missing__(self, code: int) -> str:
        self[code] = folded = _fold_char(chr(code))
        return folded


_FOLDED = _Folded()
_JOINED = re.compile("(?<=\\w)[\u0300-\u036f\u00ad\u200c\u200d\u2060\ufeff]+")
_JOINERS = frozenset("_\u00ad\u200c\u200d\u2060\ufeff")


def fold(text: str) -> str:
    """Lower case without accents, one character for one: offsets stay true."""
    return text.lower() if text.isascii() else text.translate(_FOLDED)


def without_marks(text: str) -> tuple[str, list[int] | None]:
    """The text without the accents that stand as characters of their own, soft hyphens and
    joiners, and where each character of it and its end stood; None where nothing was left out."""
    if text.isascii() or not _JOINED.search(text):
        return text, None
    at = list(range(len(text) + 1))
    for match in reversed(list(_JOINED.finditer(text))):
        del at[match.start() : match.end()]
    return _JOINED.sub("", text), at


@cache
def inside_word(char: str) -> bool:
    """Whether a word goes on over the character: a letter, digit, mark or joiner."""
    return char.isalnum() or char in _JOINERS or unicodedata.category(char).startswith("M")


def _fold_char(char: str) -> str:
    if char in "’‘`´":
        return "'"
    if char in "‐‑–—":
        return "-"
    if char == "\u00a0":
        return " "
    special = {"ø": "o", "Ø": "o", "ł": "l", "Ł": "l", "đ": "d", "Đ": "d", "ı": "i", "ß": "s"}
    if char in special:
        return special[char]
    base = unicodedata.normalize("NFD", char)[0]
    low = base.lower()
    return low if len(low) == 1 else char
