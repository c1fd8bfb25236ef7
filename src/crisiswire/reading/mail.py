"""Mail: a single message, or a mailbox of many. Newsletters and alerts come this way."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import replace
from email import message_from_bytes, policy
from email.message import EmailMessage, MIMEPart
from email.utils import parseaddr, parsedate_to_datetime
from typing import BinaryIO

from crisiswire.errors import ReadError
from crisiswire.reading.decoding import Warn
from crisiswire.reading.documents import read_html, read_text
from crisiswire.reading.lines import byte_lines
from crisiswire.reading.options import Draft, ReadLimits
from crisiswire.reading.streams import read_whole

_START = b"From "


def read_eml(
    stream: BinaryIO, item: str, limits: ReadLimits, warn: Warn
) -> Iterator[Draft | ReadError]:
    """One message: subject as title, sender as outlet, its text or else its HTML."""
    yield _message(read_whole(stream, item, limits), item, limits, warn)


def read_mbox(
    stream: BinaryIO, item: str, limits: ReadLimits, warn: Warn
) -> Iterator[Draft | ReadError]:
    """The messages of a mailbox, one after the other; they count from 1."""
    for number, data in enumerate(_messages(stream, item, limits), 1):
        name = f"{item}, message {number}"
        if data is None:
            yield ReadError(name, f"is larger than {limits.max_bytes:,} bytes; it is left out")
        else:
            yield _message(data, name, limits, warn)


def _messages(stream: BinaryIO, item: str, limits: ReadLimits) -> Iterator[bytes | None]:
    """The bytes of each message; None for one that is too large."""
    lines: list[bytes] = []
    size, begun, blank = 0, False, True
    for number, line in byte_lines(stream, limits.max_bytes):
        if line is not None and blank and line.startswith(_START):
            if begun:
                yield b"".join(lines) if size <= limits.max_bytes else None
            lines, size, begun = [], 0, True
            continue
        if not begun:
            raise ReadError(item, f"is no mailbox (line {number} does not begin with 'From ')")
        size += limits.max_bytes + 1 if line is None else len(line)
        if size <= limits.max_bytes and line is not None:
            lines.append(line.removeprefix(b">") if line.startswith(b">From ") else line)
        blank = line is not None and not line.strip()
    if begun:
        yield b"".join(lines) if size <= limits.max_bytes else None


def _message(data: bytes, name: str, limits: ReadLimits, warn: Warn) -> Draft | ReadError:
    try:
        message = message_from_bytes(data, policy=policy.default)
        assert isinstance(message, EmailMessage)
        part = message.get_body(("plain", "html"))
        draft = _text_of(part, name, limits, warn)
        sender, address = parseaddr(str(message["From"] or ""))
        return replace(
            draft,
            title=" ".join(str(message["Subject"] or "").split()) or draft.title,
            outlet=sender or address.rpartition("@")[2] or draft.outlet,
            date=parsedate_to_datetime(str(message["Date"])).date() if message["Date"] else None,
        )
    except ReadError as error:
        return error
    except (ValueError, LookupError, AttributeError, TypeError, RecursionError) as error:
        return ReadError(name, f"is a damaged message ({error}); it is left out")


def _text_of(part: MIMEPart | None, name: str, limits: ReadLimits, warn: Warn) -> Draft:
    if part is None:
        raise ReadError(name, "is a message without text")
    content = part.get_content()
    if not isinstance(content, str) or not content.strip():
        raise ReadError(name, "is a message without text")
    read = read_html if part.get_content_subtype() == "html" else read_text
    stream = io.BytesIO(content.encode("utf-8", "replace"))
    return next(read(stream, name, limits, warn))
