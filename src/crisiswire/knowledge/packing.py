"""Baked files: three lines (magic, digest of the rest, JSON header) and zlib-packed columns.

A column is an array of numbers, little-endian, or bytes. Reading one takes no parsing, so a
baked table is there in a fraction of the time that its source takes.
"""

from __future__ import annotations

import json
import sys
from array import array
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from crisiswire.errors import DataError


def pack(
    magic: bytes, header: Mapping[str, Any], codes: Mapping[str, str], columns: Mapping[str, Any]
) -> bytes:
    """The content of a baked file. ``codes`` gives each column's array type, "" for bytes."""
    import zlib

    payload, sections = bytearray(), {}
    for name, code in codes.items():
        chunk = _bytes(code, columns[name]) if code else columns[name]
        sections[name] = (len(payload), len(chunk))
        payload += chunk
    full = {**header, "sections": sections}
    rest = json.dumps(full, ensure_ascii=False).encode() + b"\n" + zlib.compress(payload, 9)
    return magic + _digest(rest) + b"\n" + rest


def offsets(lengths: Iterable[int]) -> list[int]:
    """Where each of the parts begins, and where the last one ends."""
    at = [0]
    for length in lengths:
        at.append(at[-1] + length)
    return at


def unpack(
    path: Path, magic: bytes, codes: Mapping[str, str], advice: str
) -> tuple[dict[str, Any], dict[str, Any]]:
    """(header, columns) of a baked file. Raises DataError, with ``advice`` on what to do, when
    it is missing, damaged or of another version."""
    import zlib

    try:
        content = path.read_bytes()
    except OSError as error:
        raise DataError(f"{path}: cannot be read ({error.strerror}); {advice}") from error
    digest, _, rest = content.removeprefix(magic).partition(b"\n")
    if not content.startswith(magic):
        raise DataError(f"{path.name}:1: not of this version; {advice}")
    if _digest(rest) != digest:
        raise DataError(f"{path.name}:2: damaged, its digest does not fit; {advice}")
    head, _, packed = rest.partition(b"\n")
    header, payload = json.loads(head), zlib.decompress(packed)
    columns: dict[str, Any] = {}
    for name, (start, length) in header["sections"].items():
        chunk = payload[start : start + length]
        columns[name] = _column(codes[name], chunk) if codes[name] else chunk
    return header, columns


def _digest(content: bytes) -> bytes:
    import hashlib

    return hashlib.blake2b(content, digest_size=16).hexdigest().encode()


def _bytes(code: str, values: list[int]) -> bytes:
    column = array(code, values)
    if sys.byteorder == "big":
        column.byteswap()
    return column.tobytes()


def _column(code: str, chunk: bytes) -> array[int]:
    column = array(code)
    column.frombytes(chunk)
    if sys.byteorder == "big":
        column.byteswap()
    return column
