"""Web archives (WARC, ARC): each page that was answered well is an article."""

from __future__ import annotations

import io
import zlib
from collections.abc import Iterator
from dataclasses import replace
from typing import Any, BinaryIO

from crisiswire.errors import ReadError
from crisiswire.reading.dates import parse_date
from crisiswire.reading.decoding import Warn
from crisiswire.reading.documents import read_html, read_text
from crisiswire.reading.options import Draft, ReadLimits
from crisiswire.reading.pdf import read_pdf
from crisiswire.reading.streams import read_whole

_READERS = {
    "text/html": read_html,
    "application/xhtml+xml": read_html,
    "text/plain": read_text,
    "application/pdf": read_pdf,
}
_KINDS = frozenset({"response", "resource", "conversion"})


def read_warc(
    stream: BinaryIO, item: str, limits: ReadLimits, warn: Warn
) -> Iterator[Draft | ReadError]:
    """Articles of a web archive, one record at a time; records count from 1.

    Pictures, scripts, redirects and errors are passed over. A page that tells no day of
    publication has the day on which it was archived.
    """
    from warcio.archiveiterator import ArchiveIterator
    from warcio.exceptions import ArchiveLoadFailed

    number = 0
    try:
        for record in ArchiveIterator(_Unbroken(stream, item)):
            number += 1
            read = _reader_of(record)
            if read is not None:
                yield _article(record, f"{item}, record {number}", read, limits, warn)
    except (ArchiveLoadFailed, ValueError) as error:
        reason = " ".join(str(error).split())[:200]
        raise ReadError(
            item, f"is a damaged web archive after record {number} ({reason})"
        ) from error


class _Unbroken:
    """A stream whose early end is an error, which warcio would take for the end."""

    def __init__(self, stream: BinaryIO, item: str) -> None:
        self._stream = stream
        self._item = item

    def read(self, size: int = -1) -> bytes:
        """At most ``size`` bytes, as many as one look gives. Raises ReadError when cut off."""
        one_look: Any = getattr(self._stream, "read1", self._stream.read)
        try:
            return bytes(one_look(size))
        except EOFError as error:
            raise ReadError(
                self._item, "breaks off; what stands before that is read, fetch the file anew"
            ) from error


def _reader_of(record: Any) -> Any:
    """The reader for a record that may hold an article, else None."""
    if record.rec_type not in _KINDS:
        return None
    headers = record.http_headers or record.rec_headers
    if record.rec_type == "response" and (
        record.http_headers is None or record.http_headers.get_statuscode() != "200"
    ):
        return None
    kind = (headers.get_header("Content-Type") or "").partition(";")[0].strip().lower()
    return _READERS.get(kind)


def _article(
    record: Any, name: str, read: Any, limits: ReadLimits, warn: Warn
) -> Draft | ReadError:
    address = record.rec_headers.get_header("WARC-Target-URI") or None
    try:
        body = read_whole(record.content_stream(), name, limits)
        draft: Draft = next(iter(read(io.BytesIO(body), name, limits, warn)))
        archived = record.rec_headers.get_header("WARC-Date") or ""
        date = draft.date or (parse_date(archived) if archived else None)
    except ReadError as error:
        if error.item != name:  # not this record is at fault but the archive
            raise
        return error
    except StopIteration:
        return ReadError(name, "holds no article")
    except (OSError, EOFError, ValueError, zlib.error) as error:
        return ReadError(name, f"is damaged ({error}); it is left out")
    return replace(draft, url=address or draft.url, date=date)
