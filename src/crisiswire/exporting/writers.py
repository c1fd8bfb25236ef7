"""Writers of events: JSON lines, CSV, Parquet and a table for the terminal.

Each writer is opened on a binary stream or a console, takes events one at a time and is
closed; nothing is held back but what the format needs (a Parquet row group).
"""

from __future__ import annotations

import csv
import io
import json
from types import TracebackType
from typing import TYPE_CHECKING, Any, BinaryIO, Protocol, Self

from crisiswire.exporting.flat import CSV_COLUMNS, flatten
from crisiswire.model import Actor, Event

if TYPE_CHECKING:
    from rich.console import Console

FORMATS = ("table", "jsonl", "csv", "parquet")
_ROW_GROUP = 2000


class Writer(Protocol):
    """Takes events one by one; a context manager that finishes the output when left."""

    def write(self, event: Event) -> None: ...

    def __enter__(self) -> Self: ...

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None: ...


class _Base:
    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Finish the output."""


class JsonlWriter(_Base):
    """One event record a line, UTF-8."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream

    def write(self, event: Event) -> None:
        line = json.dumps(event.to_record(), ensure_ascii=False, separators=(",", ":"))
        self._stream.write(line.encode("utf-8", "replace") + b"\n")

    def close(self) -> None:
        self._stream.flush()


class CsvWriter(_Base):
    """One event a row; several values in a field are joined by "; "."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self._text = io.StringIO(newline="")
        self._csv = csv.DictWriter(self._text, CSV_COLUMNS, lineterminator="\n")
        self._csv.writeheader()

    def write(self, event: Event) -> None:
        self._csv.writerow(flatten(event))
        self._pass_on()

    def _pass_on(self) -> None:
        self._stream.write(self._text.getvalue().encode("utf-8", "replace"))
        self._text.seek(0)
        self._text.truncate()

    def close(self) -> None:
        self._pass_on()
        self._stream.flush()


class ParquetWriter(_Base):
    """The nested event record as Parquet, row groups of 2,000 events."""

    def __init__(self, stream: BinaryIO) -> None:
        import pyarrow.parquet as pq

        self._schema = parquet_schema()
        self._writer = pq.ParquetWriter(stream, self._schema, compression="zstd")
        self._rows: list[dict[str, Any]] = []

    def write(self, event: Event) -> None:
        self._rows.append(_encodable(event.to_record()))
        if len(self._rows) >= _ROW_GROUP:
            self._flush()

    def _flush(self) -> None:
        import pyarrow as pa

        if self._rows:
            self._writer.write_table(pa.Table.from_pylist(self._rows, schema=self._schema))
            self._rows = []

    def close(self) -> None:
        self._flush()
        self._writer.close()


class TableWriter(_Base):
    """A table that a person can read, printed when closed."""

    def __init__(self, console: Console) -> None:
        from rich import box
        from rich.table import Table

        self._console = console
        self._table = Table(box=box.SIMPLE_HEAD, pad_edge=False, expand=False)
        for name, style, ratio in (
            ("date", "dim", 3),
            ("type", "bold", 3),
            ("actor", "cyan", 6),
            ("recipient", "magenta", 6),
            ("where", "", 3),
            ("said by", "", 4),
            ("evidence", "dim", 10),
            ("conf.", "", 2),
            ("event", "dim", 2),
        ):
            self._table.add_column(name, style=style, ratio=ratio, overflow="fold")
        self._count = 0

    def write(self, event: Event) -> None:
        self._count += 1
        kind = event.event_type + (f"/{event.mode}" if event.mode else "")
        if event.status != "actual":
            kind += f" ({event.status})"
        speaker = event.attribution.speaker
        row = (
            _day(event),
            kind,
            _side(event.actors),
            _side(event.recipients),
            event.place.name if event.place else "",
            speaker.text if speaker else "",
            _around(event),
            f"{event.confidence:.2f}",
            event.event_id[:6],
        )
        self._table.add_row(*(_plain(cell) for cell in row))

    def close(self) -> None:
        if self._count:
            self._console.print(self._table)
        self._console.print(f"{self._count} event{'' if self._count == 1 else 's'}", style="bold")


def open_writer(name: str, stream: BinaryIO, console: Console) -> Writer:
    """The writer of a format of ``FORMATS``; "table" prints on ``console``."""
    match name:
        case "jsonl":
            return JsonlWriter(stream)
        case "csv":
            return CsvWriter(stream)
        case "parquet":
            return ParquetWriter(stream)
    return TableWriter(console)


def parquet_schema() -> Any:
    """The Arrow schema of the event record."""
    import pyarrow as pa

    s, i, f, b = pa.string(), pa.int64(), pa.float64(), pa.bool_()
    actor = pa.struct(
        {
            "text": s,
            "start": i,
            "end": i,
            "name": s,
            "country": s,
            "sectors": pa.list_(s),
            "entity_id": s,
        }
    )
    place = pa.struct(
        {
            "text": s,
            "start": i,
            "end": i,
            "name": s,
            "country": s,
            "admin1": s,
            "latitude": f,
            "longitude": f,
            "geonames_id": i,
            "kind": s,
            "precision": s,
        }
    )
    quantity = pa.struct(
        {
            "kind": s,
            "value": f,
            "approximate": b,
            "text": s,
            "start": i,
            "end": i,
            "unit": s,
            "minimum": f,
            "maximum": f,
            "designation": s,
        }
    )
    span = pa.struct({"text": s, "start": i, "end": i})
    return pa.schema(
        {
            "event_id": s,
            "document_id": s,
            "sentence": i,
            "event_type": s,
            "mode": s,
            "contexts": pa.list_(s),
            "quad_class": s,
            "intensity": f,
            "cameo": s,
            "actors": pa.list_(actor),
            "recipients": pa.list_(actor),
            "date": pa.struct(
                {
                    "text": s,
                    "start": s,
                    "end": s,
                    "precision": s,
                    "text_start": i,
                    "text_end": i,
                }
            ),
            "place": place,
            "status": s,
            "attribution": pa.struct(
                {
                    "kind": s,
                    "speaker": actor,
                    "verb": s,
                    "quoted": b,
                    "verb_start": i,
                    "verb_end": i,
                }
            ),
            "quantities": pa.list_(quantity),
            "evidence": pa.struct({"text": s, "start": i, "end": i, "trigger": span}),
            "confidence": f,
            "coder": s,
            "reviewed": s,
        }
    )


def _encodable(value: Any) -> Any:
    """The record with lone surrogates, which Parquet cannot hold, replaced by "?"."""
    if isinstance(value, str):
        return value.encode("utf-8", "replace").decode()
    if isinstance(value, list):
        return [_encodable(v) for v in value]
    if isinstance(value, dict):
        return {k: _encodable(v) for k, v in value.items()}
    return value


def _day(event: Event) -> str:
    start, end = event.date.start.isoformat(), event.date.end.isoformat()
    match event.date.precision:
        case "day" | "article":
            return start
        case "month":
            return start[:7]
        case "year":
            return start[:4]
    return start if start == end else f"{start} – {end}"


def _side(parties: tuple[Actor, ...]) -> str:
    out = []
    for a in parties:
        code = " ".join(c for c in (a.country or "", "·".join(a.sectors)) if c)
        out.append(f"{a.text} [{code}]" if code else a.text)
    return ", ".join(out)


def _around(event: Event, width: int = 70) -> str:
    """The words around the trigger."""
    text, trigger = event.evidence.text, event.evidence.trigger
    middle = trigger.start - event.evidence.start
    first, last = max(0, middle - width // 2), min(len(text), middle + width // 2)
    cut = " ".join(text[first:last].split())
    return ("…" if first else "") + cut + ("…" if last < len(text) else "")


def _plain(cell: str) -> str:
    """Square brackets are markup to the console; control characters are not for terminals."""
    clean = "".join(c if c.isprintable() else " " for c in cell)
    from rich.markup import escape

    return escape(clean)
