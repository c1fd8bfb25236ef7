"""Tables of articles: JSON lines, CSV, Parquet. Each reader yields drafts and row errors."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator, Mapping
from typing import Any, BinaryIO

from crisiswire.errors import ReadError
from crisiswire.reading.csv_records import CsvRecords
from crisiswire.reading.decoding import Warn
from crisiswire.reading.lines import text_lines
from crisiswire.reading.options import Draft, ReadLimits
from crisiswire.reading.rows import FIELDS, draft_of_row
from crisiswire.reading.streams import read_whole

_DELIMITERS = ",;\t|"
_BATCH_ROWS = 16


def read_jsonl(
    stream: BinaryIO, item: str, limits: ReadLimits, warn: Warn
) -> Iterator[Draft | ReadError]:
    """Articles of a file with one JSON object a line; blank lines are skipped."""
    for number, line in text_lines(stream, item, limits, warn):
        name = f"{item}, line {number}"
        if isinstance(line, ReadError):
            yield line
            continue
        if not line.strip():
            continue
        if number == 1 and line.strip() == "[":
            raise ReadError(item, "is a JSON array; write one JSON object a line")
        try:
            row = json.loads(line)
        except (ValueError, RecursionError) as error:
            yield ReadError(name, f"is not JSON ({error}); write one JSON object a line")
            continue
        if not isinstance(row, dict):
            yield ReadError(name, 'is not a JSON object; write {"id": …, "date": …, "text": …}')
            continue
        yield _draft_or_error(name, row, warn)


def read_csv(
    stream: BinaryIO, item: str, limits: ReadLimits, warn: Warn
) -> Iterator[Draft | ReadError]:
    """Articles of a CSV file whose first line names the columns.

    Comma, semicolon, tab and bar are told apart by the header.
    """
    table = CsvRecords(text_lines(stream, item, limits, warn), item, limits.max_line)
    delimiter, columns = table.header(_DELIMITERS, required="text")
    for number, fields in table.records(delimiter):
        name = f"{item}, line {number}"
        if isinstance(fields, ReadError):
            yield fields
        elif len(fields) != len(columns):
            yield ReadError(
                name,
                f"has {len(fields)} fields where the header has {len(columns)}; "
                "quote fields that hold the separator",
            )
        else:
            yield _draft_or_error(name, dict(zip(columns, fields, strict=True)), warn)


def read_parquet(
    stream: BinaryIO, item: str, limits: ReadLimits, warn: Warn
) -> Iterator[Draft | ReadError]:
    """Articles of a Parquet file, a few rows at a time. Rows count from 1."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    if not stream.seekable():
        stream = io.BytesIO(read_whole(stream, item, limits))
    if not stream.read(1):
        raise ReadError(item, "is empty; leave it out or fill it")
    stream.seek(0)
    number = 0
    try:
        table = pq.ParquetFile(stream)
        columns = {name: name.strip().lower() for name in table.schema_arrow.names}
        wanted = [name for name, field in columns.items() if field in FIELDS]
        if "text" not in columns.values():
            raise ReadError(item, "has no column 'text'; name the columns id, date, text")
        for batch in table.iter_batches(_BATCH_ROWS, columns=wanted, use_threads=False):
            fields = [columns[name] for name in batch.schema.names]
            for index in range(batch.num_rows):
                number += 1
                cells = [column[index] for column in batch.columns]
                yield _parquet_row(f"{item}, row {number}", fields, cells, warn)
    except (pa.ArrowException, ValueError) as error:
        reason = str(error).partition("\n")[0][:200]
        raise ReadError(item, f"is damaged after row {number} ({reason}); write it anew") from error


def _parquet_row(name: str, fields: list[str], cells: list[Any], warn: Warn) -> Draft | ReadError:
    try:
        row = {field: cell.as_py() for field, cell in zip(fields, cells, strict=True)}
    except ValueError as error:
        return ReadError(name, f"has a value that cannot be read ({error}); write it as text")
    return _draft_or_error(name, row, warn)


def _draft_or_error(name: str, row: Mapping[str, Any], warn: Warn) -> Draft | ReadError:
    try:
        return draft_of_row(name, row, warn)
    except ReadError as error:
        return error
