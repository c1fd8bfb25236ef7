"""Sources: which files there are, how to open them, and how to read them in bounds."""

from __future__ import annotations

import gzip
import io
import os
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from crisiswire.errors import ReadError
from crisiswire.reading.options import ReadLimits

FORMATS = {
    ".txt": "txt",
    ".text": "txt",
    ".md": "md",
    ".html": "html",
    ".htm": "html",
    ".pdf": "pdf",
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".csv": "csv",
    ".parquet": "parquet",
    ".rtf": "rtf",
    ".docx": "docx",
    ".warc": "warc",
    ".arc": "warc",
    ".wet": "warc",
    ".eml": "eml",
    ".mbox": "mbox",
}
"""Format by file suffix; all but PDF, Parquet and Word may also end in .gz."""

_NO_ARTICLES = {"", "readme", "license", "changelog"}  # names up to their first dot
_NOT_PACKED = {"pdf", "parquet", "docx"}
_MAX_RATIO = 200  # text shrinks tenfold; gzip's own limit is about 1,030


@dataclass(frozen=True, slots=True)
class Source:
    """One input: ``path`` is None for standard input. ``name`` is fit for messages."""

    name: str
    path: Path | None
    format: str
    packed: bool = False


def printable(path: str | Path) -> str:
    """A path that can be printed, whatever bytes its name holds."""
    return os.fspath(path).encode("utf-8", "backslashreplace").decode("utf-8")


def find_sources(
    inputs: Iterable[str | Path], input_format: str | None
) -> Iterator[Source | ReadError]:
    """Each file behind ``inputs`` in order, or the error that names what is wrong."""
    for given in inputs:
        if str(given) == "-":
            yield Source("standard input", None, input_format or "txt")
            continue
        path = Path(given)
        if "\0" in str(path):
            yield ReadError(printable(path), "is no path (it holds a NUL); check its spelling")
        elif _is_folder(path):
            yield from _in_folder(path)
        else:
            yield _as_source(path, input_format)


def _is_folder(path: Path) -> bool:
    try:
        return path.is_dir()
    except OSError:  # whoever opens the path as a file tells why
        return False


def _exists(path: Path) -> bool:
    try:
        path.lstat()
    except OSError:
        return False
    return True


def _as_source(path: Path, input_format: str | None) -> Source | ReadError:
    known = format_of(path)
    if known is not None:
        return Source(printable(path), path, *known)
    if not _exists(path):
        return ReadError(printable(path), "does not exist or cannot be reached; check the path")
    if input_format is not None:
        return Source(printable(path), path, input_format)
    return ReadError(
        printable(path),
        f"has a suffix that names no known format; rename it to one of {' '.join(FORMATS)}, "
        "or name its format",
    )


def format_of(path: Path) -> tuple[str, bool] | None:
    """Format by suffix and whether it is gzipped; None when the suffix is unknown."""
    name = path.name.lower()
    packed = name.endswith(".gz")
    found = FORMATS.get(Path(name.removesuffix(".gz")).suffix)
    if found is None or (packed and found in _NOT_PACKED):
        return None
    return found, packed


def _in_folder(folder: Path) -> Iterator[Source | ReadError]:
    """Files of known suffix below ``folder``, sorted by path. Hidden ones are left out, and
    those that speak of the folder: README, LICENSE and CHANGELOG with any suffix."""
    found = False
    errors: list[OSError] = []
    for where, folders, files in os.walk(folder, onerror=errors.append):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(files):
            path = Path(where, name)
            known = None if name.lower().partition(".")[0] in _NO_ARTICLES else format_of(path)
            if known is not None:
                found = True
                yield Source(printable(path), path, *known)
    for error in errors:
        found = True
        yield ReadError(
            printable(error.filename), f"folder cannot be read ({error.strerror}); check its rights"
        )
    if not found:
        yield ReadError(printable(folder), f"holds no file of a known format ({' '.join(FORMATS)})")


@contextmanager
def opened(source: Source, stdin: BinaryIO | None, limits: ReadLimits) -> Iterator[BinaryIO]:
    """The source's bytes, unpacked. ``stdin`` stands in for the process's own; both stay open."""
    if source.path is None:
        yield sys.stdin.buffer if stdin is None else stdin
        return
    with source.path.open("rb") as raw:
        if not source.packed:
            yield raw
            return
        unpacked = _Unpacked(raw, source.name, limits.max_bytes)
        with io.BufferedReader(unpacked, 1 << 16) as stream:
            yield stream


class _Unpacked(io.RawIOBase):
    """Gunzipped bytes, refused once they outgrow the packed ones beyond reason."""

    def __init__(self, raw: BinaryIO, name: str, allowance: int) -> None:
        self._raw = raw
        self._gzip = gzip.GzipFile(fileobj=raw, mode="rb")
        self._name = name
        self._allowance = allowance
        self._produced = 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        chunk = self._gzip.read1(len(buffer))
        buffer[: len(chunk)] = chunk
        self._produced += len(chunk)
        ratio = self._produced / max(1, self._raw.tell())
        if self._produced > self._allowance and ratio > _MAX_RATIO:
            raise ReadError(
                self._name,
                f"unpacks to more than {self._allowance:,} bytes at a ratio of {ratio:,.0f}, like "
                "a decompression bomb; unpack it yourself if you trust it",
            )
        return len(chunk)


def read_whole(stream: BinaryIO, item: str, limits: ReadLimits) -> bytes:
    """All bytes of ``stream``. Raises ReadError when empty or beyond ``max_bytes``."""
    parts: list[bytes] = []
    room = limits.max_bytes + 1
    while room > 0 and (part := stream.read(min(room, 1 << 20))):
        parts.append(part)
        room -= len(part)
    if room <= 0:
        raise ReadError(
            item, f"is larger than {limits.max_bytes:,} bytes; split it into single articles"
        )
    if not parts:
        raise ReadError(item, "is empty; leave it out or fill it")
    return b"".join(parts)
