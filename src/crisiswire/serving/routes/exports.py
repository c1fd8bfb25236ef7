"""Events as a file in the forms that the field exchanges."""

from __future__ import annotations

import io
import queue
import threading
from collections.abc import Iterator
from functools import lru_cache
from typing import Annotated, BinaryIO, cast

from fastapi import APIRouter, Query, Request
from fastapi.responses import StreamingResponse

from crisiswire.exporting.forms import export, form_named
from crisiswire.serving.documented import file_answers
from crisiswire.serving.gate import Refusal
from crisiswire.serving.params import ExportParams
from crisiswire.serving.service import Service, service_of

router = APIRouter(tags=["export"])
_AT_ONCE = 4  # exports under way
_WAIT = 10  # seconds
_CHUNK = 64 * 1024  # bytes
_AHEAD = 8  # chunks that wait for the reader
_LENGTHS = 4096  # documents whose length is remembered
_KINDS = {
    "csv": ("text/csv; charset=utf-8", "csv"),
    "jsonl": ("application/x-ndjson", "jsonl"),
    "plover": ("application/x-ndjson", "jsonl"),
    "parquet": ("application/vnd.apache.parquet", "parquet"),
}
_TABS = ("text/tab-separated-values; charset=utf-8", "tsv")
_slots = threading.BoundedSemaphore(_AT_ONCE)


@router.get(
    "/export",
    responses=file_answers(),
    response_class=StreamingResponse,
)
def export_events(request: Request, asked: Annotated[ExportParams, Query()]) -> StreamingResponse:
    """Events that meet the filters, written as they are read."""
    form, _ = form_named(asked.form, asked.actors)
    if not asked.status and not form.says_status:
        asked = asked.model_copy(update={"status": ("actual",)})
    if not _slots.acquire(blocking=False):
        raise Refusal(503, "busy", f"too many exports at once; ask again in {_WAIT} s", _WAIT)
    kind, suffix = _KINDS.get(asked.form, _TABS)
    headers = {
        "content-disposition": f'attachment; filename="crisiswire-{asked.form}.{suffix}"',
        "cache-control": "no-store",
    }
    pieces = _pieces(service_of(request), asked)
    return StreamingResponse(pieces, headers=headers, media_type=kind)


def _pieces(service: Service, asked: ExportParams) -> Iterator[bytes]:
    """The file piece by piece, written by a thread of its own."""
    pipe = Pipe()
    writer = threading.Thread(target=_write, args=(service, asked, pipe), daemon=True)
    writer.start()
    try:
        yield from pipe.pieces()
    finally:
        pipe.abandon()
        writer.join()
        _slots.release()


def _write(service: Service, asked: ExportParams, pipe: Pipe) -> None:
    @lru_cache(_LENGTHS)
    def length(document_id: str) -> int | None:
        article = service.store.article(document_id)
        return None if article is None else len(article.text)

    try:
        with io.BufferedWriter(pipe, _CHUNK) as stream:
            events = service.store.events(asked.query())
            export(
                events, asked.form, cast(BinaryIO, stream),
                actors=asked.actors, document_length=length,
            )  # fmt: skip
        pipe.finish(None)
    except Exception as error:  # noqa: BLE001  told to the reader, who raises it
        pipe.finish(error)


class Pipe(io.RawIOBase):
    """A file whose writer waits when its reader is slow, and stops when the reader is gone."""

    def __init__(self) -> None:
        super().__init__()
        self._queue: queue.Queue[bytes | Exception | None] = queue.Queue(_AHEAD)
        self._gone = threading.Event()

    def writable(self) -> bool:
        return True

    def write(self, data: object) -> int:
        """Hand on the bytes. Raises BrokenPipeError when nobody reads."""
        piece = bytes(data)  # type: ignore[call-overload]
        self._put(piece)
        return len(piece)

    def finish(self, error: Exception | None) -> None:
        """Say that all is written, or why not."""
        try:
            self._put(error)
        except BrokenPipeError:
            return

    def _put(self, item: bytes | Exception | None) -> None:
        while not self._gone.is_set():
            try:
                self._queue.put(item, timeout=0.2)
                return
            except queue.Full:
                continue
        raise BrokenPipeError("the reader is gone")

    def pieces(self) -> Iterator[bytes]:
        """What is written, until all is. Raises what ended the writer."""
        while True:
            piece = self._queue.get()
            if piece is None:
                return
            if isinstance(piece, Exception):
                raise piece
            yield piece

    def abandon(self) -> None:
        """Nobody reads any more."""
        self._gone.set()
