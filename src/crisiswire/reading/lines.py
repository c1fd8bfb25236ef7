"""Lines of a byte stream, decoded and bounded: the ground of JSONL and CSV reading."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import BinaryIO

from crisiswire.errors import ReadError
from crisiswire.reading.decoding import LineDecoder, Warn, byte_order_mark, refuse_binary
from crisiswire.reading.options import ReadLimits
from crisiswire.reading.streams import read_whole

Line = tuple[int, "str | ReadError"]
"""A line's number from 1 and its text, line end kept, or the error that stands for it."""

_HEAD = 4_096


def text_lines(stream: BinaryIO, item: str, limits: ReadLimits, warn: Warn) -> Iterator[Line]:
    """Decoded lines of ``stream``; a line that is too long becomes an error.

    Raises ReadError when the stream is empty or binary.
    """
    head = stream.read(_HEAD)
    if not head:
        raise ReadError(item, "is empty; leave it out or fill it")
    joined: BinaryIO = io.BufferedReader(_Rejoined(head, stream))
    mark = byte_order_mark(head)
    if mark is not None and mark[1] != "utf-8":
        text = read_whole(joined, item, limits)[mark[0] :].decode(mark[1], "replace")
        joined = io.BytesIO(text.encode("utf-8", "replace"))
    else:
        refuse_binary(head, item)
    decoder = LineDecoder(item, warn)
    for number, line in byte_lines(joined, limits.max_line):
        name = f"{item}, line {number}"
        if line is None:
            yield number, ReadError(name, f"is longer than {limits.max_line:,} bytes; split it")
            continue
        try:
            yield number, decoder.decode(line, name)
        except ReadError as error:
            yield number, error


def byte_lines(stream: BinaryIO, max_line: int) -> Iterator[tuple[int, bytes | None]]:
    """Lines with their numbers from 1, line ends kept; None stands for one that is too long."""
    number = 0
    while line := stream.readline(max_line + 1):
        number += 1
        if len(line) <= max_line or line.endswith(b"\n"):
            yield number, line
            continue
        del line
        while (rest := stream.readline(1 << 20)) and not rest.endswith(b"\n"):
            pass
        yield number, None


class _Rejoined(io.RawIOBase):
    """A stream with the bytes already taken from it put back in front."""

    def __init__(self, head: bytes, rest: BinaryIO) -> None:
        self._head = head
        self._rest = rest

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        if self._head:
            chunk, self._head = self._head[: len(buffer)], self._head[len(buffer) :]
        else:
            chunk = self._rest.read(len(buffer))
        buffer[: len(chunk)] = chunk
        return len(chunk)
