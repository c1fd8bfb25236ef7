"""Writers of plain rows (the answers of relate, resolve and locate) in the four forms."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, BinaryIO, Protocol

if TYPE_CHECKING:
    from rich.console import Console

Row = dict[str, Any]


class RowWriter(Protocol):
    """Takes rows one by one; ``close`` finishes the output."""

    def write(self, row: Row) -> None: ...

    def close(self) -> None: ...


class _Jsonl:
    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream

    def write(self, row: Row) -> None:
        self._stream.write(_json(row).encode("utf-8", "replace") + b"\n")

    def close(self) -> None:
        self._stream.flush()


class _Csv:
    """Nested values are JSON in their field. The first row names the columns."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self._named = False

    def write(self, row: Row) -> None:
        text = io.StringIO(newline="")
        table = csv.writer(text, lineterminator="\n")
        if not self._named:
            table.writerow(row)
            self._named = True
        table.writerow(_cell(value) for value in row.values())
        self._stream.write(text.getvalue().encode("utf-8", "replace"))

    def close(self) -> None:
        self._stream.flush()


class _Parquet:
    """Holds all rows back, since their types are known only at the end. Ids become text."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self._rows: list[Row] = []

    def write(self, row: Row) -> None:
        given = row.get("id", "")
        told = {} if isinstance(given, str | None) else {"id": _json(given)}
        self._rows.append({**row, **told})

    def close(self) -> None:
        import pyarrow as pa
        import pyarrow.parquet as pq

        pq.write_table(pa.Table.from_pylist(self._rows), self._stream, compression="zstd")


class _Table:
    """A table that a person can read, printed when closed."""

    def __init__(self, console: Console) -> None:
        self._console = console
        self._rows: list[Row] = []

    def write(self, row: Row) -> None:
        self._rows.append(row)

    def close(self) -> None:
        from rich import box
        from rich.markup import escape
        from rich.table import Table

        table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
        for name in self._rows[0] if self._rows else ():
            table.add_column(name, overflow="fold")
        for row in self._rows:
            cells = (_cell(value) for value in row.values())
            table.add_row(
                *(escape("".join(c if c.isprintable() else " " for c in x)) for x in cells)
            )
        self._console.print(table)


@contextmanager
def open_row_writer(name: str, stream: BinaryIO, console: Console) -> Iterator[RowWriter]:
    """The writer of ``table``, ``jsonl``, ``csv`` or ``parquet``; "table" prints on ``console``.

    All rows have the same fields.
    """
    writer: RowWriter
    match name:
        case "jsonl":
            writer = _Jsonl(stream)
        case "csv":
            writer = _Csv(stream)
        case "parquet":
            writer = _Parquet(stream)
        case _:
            writer = _Table(console)
    try:
        yield writer
    finally:
        writer.close()


def _printable(text: str) -> str:
    return "".join(c if c.isprintable() else " " for c in text)


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


def _cell(value: object) -> str:
    """A field as text: nothing for null, JSON for what is nested."""
    if value is None:
        return ""
    return value if isinstance(value, str) else _json(value)
