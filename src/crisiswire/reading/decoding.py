"""Bytes to text: byte-order marks, UTF-8, and a stated guess for anything else."""

from __future__ import annotations

import codecs
from collections.abc import Callable

from crisiswire.errors import ReadError

Warn = Callable[[str], None]

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_MAGIC = (
    (b"%PDF-", "a PDF; name it .pdf"),
    (b"PK\x03\x04", "a ZIP or office document; save it as plain text"),
    (b"\x1f\x8b", "gzip data; add .gz to its name"),
    (b"PAR1", "Parquet; name it .parquet"),
)
_NO_DOCUMENTS = frozenset(
    "punycode idna unicode-escape unicode_escape raw-unicode-escape raw_unicode_escape undefined "
    "base64 bz2 hex quopri rot13 rot-13 uu zlib utf-7".split()
)
_SAMPLE = 65_536
_MAX_CONTROL_SHARE = 0.1
_CONTROL = bytes(b for b in range(32) if b not in b"\t\n\r\f\x1b\b") + b"\x7f"
_WESTERN = "cp1252"
_MAX_ACCENTED = 0.1
_PUNCTUATION = "“”‘’‚„«»‹›–—…•·€£§©®™°ºª¿¡\u00a0\u00ad½¼¾"


def byte_order_mark(data: bytes) -> tuple[int, str] | None:
    """Length of the byte-order mark that ``data`` begins with, and its encoding."""
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return len(mark), encoding
    return None


def refuse_binary(data: bytes, item: str) -> None:
    """Raise ReadError when ``data`` (without UTF-16 or UTF-32 mark) is no text."""
    for magic, what in _MAGIC:
        if data.startswith(magic):
            raise ReadError(item, f"is {what}")
    zero = data.find(b"\0")
    if zero >= 0:
        raise ReadError(item, f"is not text (NUL at byte {zero:,}); save it as plain text in UTF-8")
    head = data[:_SAMPLE]
    control = len(head) - len(head.translate(None, _CONTROL))
    if control > _MAX_CONTROL_SHARE * len(head):
        raise ReadError(
            item, "is not text (mostly control characters); save it as plain text in UTF-8"
        )


def decode(data: bytes, item: str, warn: Warn, declared: str | None = None) -> str:
    """The text of ``data``, without byte-order mark.

    ``declared`` is an encoding that the document itself names; it is tried after
    UTF-8. A guess or a damaged place is told to ``warn``.

    Raises ReadError when the content is binary or its encoding cannot be told.
    """
    mark = byte_order_mark(data)
    if mark is not None:
        length, encoding = mark
        if encoding == "utf-8":
            refuse_binary(data[length:], item)
        return _decode_as(data[length:], encoding, item, warn)
    refuse_binary(data, item)
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        encoding = known_encoding(declared) or guess_encoding(data, item)
    if encoding != "utf-8" and encoding != known_encoding(declared):
        warn(f"{item}: not UTF-8; read as {encoding}, a guess: check names with accents")
    return _decode_as(data, encoding, item, warn)


def guess_encoding(data: bytes, item: str) -> str:
    """The encoding that bytes which are not valid UTF-8 most likely have.

    Answers "utf-8" where all but a few places are UTF-8. Raises ReadError when
    nothing fits.
    """
    sample = _telling_part(data)
    readable = sample.decode("utf-8", "replace")
    bad = readable.count("�")
    good = sum(map(readable.count, {c for c in set(readable) if c > "\x7f" and c != "�"}))
    if good >= 10 * bad and good:
        return "utf-8"

    if _is_western(sample):
        return _WESTERN

    from charset_normalizer import from_bytes

    best = from_bytes(sample).best()
    if best is None:
        raise ReadError(item, "has an unknown encoding; save it as UTF-8")
    return str(best.encoding)


def _is_western(sample: bytes) -> bool:
    """Whether Windows-1252 makes mostly plain letters, some with accents, of the bytes.

    So few bytes outside ASCII tell a statistical guess nothing: the commonest
    encoding of English text is the better bet.
    """
    try:
        text = sample.decode(_WESTERN)
    except UnicodeDecodeError:
        return False
    odd = [c for c in text if not c.isascii()]
    accented = sum(map(str.isalpha, odd))
    few = accented <= _MAX_ACCENTED * sum(map(str.isalpha, text))
    return few and all(c.isalpha() or c in _PUNCTUATION for c in odd)


class LineDecoder:
    """Decodes the lines of one file; warns once when they are not UTF-8."""

    def __init__(self, item: str, warn: Warn) -> None:
        self._item = item
        self._warn = warn
        self._other: str | None = None

    def decode(self, line: bytes, item: str) -> str:
        """The text of ``line``, named ``item`` in errors. Raises ReadError as ``decode``."""
        if line.startswith(codecs.BOM_UTF8):
            line = line[len(codecs.BOM_UTF8) :]
        try:
            return line.decode("utf-8")
        except UnicodeDecodeError:
            if self._other is None:
                self._other = guess_encoding(line, item)
                self._warn(f"{item}: not UTF-8; such lines are read as {self._other}, a guess")
        return line.decode(self._other, "replace")


def _decode_as(data: bytes, encoding: str, item: str, warn: Warn) -> str:
    """Decode; bytes that do not fit become U+FFFD, with a warning."""
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        warn(f"{item}: damaged {encoding} at byte {error.start:,}; shown there as U+FFFD")
        return data.decode(encoding, "replace")


def _telling_part(data: bytes) -> bytes:
    """Up to 64 KiB that hold the first byte outside ASCII."""
    if len(data) <= _SAMPLE:
        return data
    ascii_length = len(data) - len(data.lstrip(bytes(range(128))))
    start = max(0, ascii_length - _SAMPLE // 4)
    return data[start : start + _SAMPLE]


def known_encoding(name: str | None) -> str | None:
    """The codec's own name of an encoding; the web reads Latin-1 as Windows-1252.

    None for names that are unknown or mean no encoding of documents, some of which take
    quadratic time.
    """
    if name is None:
        return None
    try:
        codec = codecs.lookup(name).name
    except (LookupError, ValueError):
        return None
    if codec in _NO_DOCUMENTS:
        return None
    return _WESTERN if codec in {"iso8859-1", "ascii"} else codec
