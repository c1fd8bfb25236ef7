"""RTF to plain text: the words and paragraphs, without styles, fonts, fields and pictures."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass, replace

_TOKEN = re.compile(
    rb"\\(?:([a-zA-Z]{1,32})(-?\d{1,10})? ?|'([0-9a-fA-F]{2})|([^a-zA-Z]))"
    rb"|([{}])|([^\\{}\r\n]+)|[\r\n]+"
)
_SKIPPED = frozenset(
    b"author buptim category colortbl comment company creatim datafield datastore docvar fldinst "
    b"filetbl fontemb fonttbl footer footerf footerl footerr footnote generator header headerf "
    b"headerl headerr info keywords latentstyles listoverridetable listtable manager nonshppict "
    b"object operator panose pict printim private revtbl rsidtbl stylesheet subject themedata "
    b"title xmlnstbl".split()
)
_SIGNS = {
    b"par": "\n", b"sect": "\n", b"page": "\n", b"line": "\n", b"row": "\n", b"cell": "\t",
    b"tab": "\t", b"emdash": "—", b"endash": "–", b"lquote": "‘", b"rquote": "’",
    b"ldblquote": "“", b"rdblquote": "”", b"bullet": "•", b"emspace": " ", b"enspace": " ",
}  # fmt: skip
_SYMBOLS = {b"~": "\u00a0", b"_": "-", b"\\": "\\", b"{": "{", b"}": "}", b"\n": "\n", b"\r": "\n"}
_WESTERN = "cp1252"


@dataclass(frozen=True, slots=True)
class _Group:
    """What holds within one pair of braces: whether it is shown, bytes that follow a \\u."""

    hidden: bool = False
    fallback: int = 1


def is_rtf(data: bytes) -> bool:
    """Whether the bytes begin as RTF does."""
    return data.lstrip()[:5] == b"{\\rtf"


def rtf_text(data: bytes) -> str:
    """The text of an RTF document, one line a paragraph; what is damaged is passed over."""
    return _Reader(data).text()


class _Reader:
    """Goes once through the document's tokens."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._parts: list[str] = []
        self._bytes = bytearray()  # of the code page, not yet decoded
        self._encoding = _WESTERN
        self._outer: list[_Group] = []
        self._group = _Group()
        self._skip = 0

    def text(self) -> str:
        for found in _TOKEN.finditer(self._data):
            word, number, code, symbol, brace, plain = found.groups()
            if word:
                self._control(word, int(number) if number else None)
            elif code or plain:
                self._characters(bytes([int(code, 16)]) if code else plain)
            elif symbol:
                self._symbol(symbol)
            elif brace:
                self._brace(brace)
        self._flush()
        joined = "".join(self._parts)
        # Characters beyond the first plane come as two halves.
        return joined.encode("utf-16", "surrogatepass").decode("utf-16", "replace")

    def _control(self, word: bytes, number: int | None) -> None:
        if word in _SKIPPED:
            self._group = replace(self._group, hidden=True)
        elif word == b"ansicpg" and number is not None:
            self._encoding = _codec(f"cp{number}")
        elif word == b"uc" and number is not None:
            self._group = replace(self._group, fallback=max(0, min(number, 8)))
        elif word == b"bin" and number is not None:
            self._skip = max(0, number)
        elif word == b"u" and number is not None:
            self._show(chr(number % 0x10000))
            self._skip = self._group.fallback
        elif word in _SIGNS:
            self._show(_SIGNS[word])

    def _symbol(self, symbol: bytes) -> None:
        if symbol == b"*":
            self._group = replace(self._group, hidden=True)
        elif symbol in _SYMBOLS:
            self._show(_SYMBOLS[symbol])

    def _brace(self, brace: bytes) -> None:
        self._skip = 0
        if brace == b"{":
            self._outer.append(self._group)
        elif self._outer:
            self._group = self._outer.pop()

    def _characters(self, found: bytes) -> None:
        passed = min(self._skip, len(found))
        self._skip -= passed
        if not self._group.hidden:
            self._bytes += found[passed:]

    def _show(self, text: str) -> None:
        if not self._group.hidden:
            self._flush()
            self._parts.append(text)

    def _flush(self) -> None:
        self._parts.append(self._bytes.decode(self._encoding, "replace"))
        self._bytes.clear()


def _codec(name: str) -> str:
    try:
        return codecs.lookup(name).name
    except LookupError:
        return _WESTERN
