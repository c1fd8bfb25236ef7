"""``crisiswire relate``, ``resolve`` and ``locate``: one stage each, on JSON lines."""

from __future__ import annotations

import datetime as dt
import json
import sys
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, closing, nullcontext
from pathlib import Path
from typing import Annotated, Any, BinaryIO

import typer

from crisiswire.commands.shared import (
    ConfigOption,
    FormatOption,
    OutputOption,
    QuietOption,
    config,
    note,
    row_writer,
    watched,
)
from crisiswire.errors import ReadError

_Row = dict[str, Any]
_OPTIONAL = ("context", "known_country", "date")
_FileArgument = Annotated[
    str, typer.Argument(metavar="FILE", help="JSON lines; - for standard input.")
]


def relate(
    file: _FileArgument,
    format: FormatOption = None,
    output: OutputOption = None,
    settings: ConfigOption = None,
    quiet: QuietOption = False,
) -> None:
    """Say which of the 16 event types holds between a given actor and recipient.

    Rows: `{"id", "text", "actor", "recipient"}`; a forced choice, never "none".

    Example: `crisiswire relate pairs.jsonl > types.jsonl`
    """
    from crisiswire.coding.relating import relate as relate_row
    from crisiswire.pipeline import Coder

    coder = Coder(config(settings))

    def answer(row: _Row) -> _Row:
        for side in ("actor", "recipient"):
            if row[side] not in row["text"]:
                note(
                    f"row {row.get('id')}: {side} {row[side]!r} does not stand in the text; "
                    "the answer rests on the rest of it",
                    quiet=quiet,
                )
        found = relate_row(coder, row["text"], row["actor"], row["recipient"])
        return {
            "event_type": found.event_type,
            "confidence": found.confidence,
            "scores": found.scores,
        }

    _run(file, format, output, ("text", "actor", "recipient"), answer, quiet)


def resolve(
    file: _FileArgument,
    format: FormatOption = None,
    output: OutputOption = None,
    settings: ConfigOption = None,
    quiet: QuietOption = False,
) -> None:
    """Say whom a phrase names on a date: country, sectors, entity.

    Rows: `{"id", "phrase", "date", "context", "known_country"}`, the last two optional.

    Example: `crisiswire resolve phrases.jsonl > actors.jsonl`
    """
    from crisiswire.pipeline import Coder
    from crisiswire.resolving.phrases import resolve_phrase

    coder = Coder(config(settings))

    def answer(row: _Row) -> _Row:
        found = resolve_phrase(
            coder,
            row["phrase"],
            _date(row),
            row.get("context") or "",
            row.get("known_country") or None,
        )
        if found is None:
            return {
                "name": row["phrase"],
                "country": None,
                "sectors": [],
                "entity_id": None,
                "confidence": 0.0,
            }
        a = found.actor
        return {
            "name": a.name,
            "country": a.country,
            "sectors": list(a.sectors),
            "entity_id": a.entity_id,
            "confidence": round(found.strength, 3),
        }

    _run(file, format, output, ("phrase",), answer, quiet)


def locate(
    file: _FileArgument,
    format: FormatOption = None,
    output: OutputOption = None,
    quiet: QuietOption = False,
) -> None:
    """Find the places that a text names, with coordinates.

    Rows: `{"id", "text", "date"}`.

    Example: `crisiswire locate texts.jsonl > places.jsonl`
    """
    from crisiswire.knowledge.gazetteer import gazetteer
    from crisiswire.resolving.places import find_places

    table = gazetteer()

    def answer(row: _Row) -> _Row:
        found = find_places(row["text"], table)
        return {"places": [{f: getattr(p, f) for f in p.__dataclass_fields__} for p in found]}

    _run(file, format, output, ("text",), answer, quiet)


def _date(row: _Row) -> dt.date:
    value = row.get("date")
    if not value:
        return dt.date.today()
    try:
        return dt.date.fromisoformat(value[:10])
    except ValueError as error:
        raise ValueError(f"date {value!r} is not YYYY-MM-DD") from error


def _run(
    file: str,
    format: str | None,
    output: Path | None,
    needed: tuple[str, ...],
    answer: Callable[[_Row], _Row],
    quiet: bool,
) -> None:
    """Answer every row; a bad row is named on standard error and the rest answered."""
    failed = answered = 0
    with (
        row_writer(format, output) as out,
        closing(watched(_rows(file, needed), "rows read", quiet)) as rows,
    ):
        for where, row in rows:
            try:
                if isinstance(row, ReadError):
                    raise row
                record = {"id": row.get("id"), **answer(row)}
            except ReadError as error:
                failed += 1
                note(str(error))
            except ValueError as error:
                failed += 1
                note(f"{where}: {error}; correct the row or leave it out")
            else:
                answered += 1
                out.write(record)
    if failed:
        note(f"{failed} could not be read, {answered} rows were answered", quiet=quiet)
        raise typer.Exit(1)


def _rows(file: str, needed: tuple[str, ...]) -> Iterator[tuple[str, _Row | ReadError]]:
    """(file and line, row) of the lines that are not blank; an error in place of a bad one."""
    from crisiswire.reading.lines import text_lines
    from crisiswire.reading.options import ReadLimits

    name = "standard input" if file == "-" else file
    try:
        with _opened(file) as stream:
            for number, line in text_lines(stream, name, ReadLimits(), note):
                where = f"{name}, line {number}"
                if isinstance(line, ReadError):
                    yield where, line
                elif line.strip():
                    yield where, _row(where, line, needed)
    except ReadError as error:
        yield name, error
    except OSError as error:
        reason = f"cannot be read ({error.strerror}); check the path and its rights"
        yield name, ReadError(name, reason)


def _opened(file: str) -> AbstractContextManager[BinaryIO]:
    return nullcontext(sys.stdin.buffer) if file == "-" else Path(file).open("rb")


def _row(where: str, line: str, needed: tuple[str, ...]) -> _Row | ReadError:
    try:
        row = json.loads(line)
    except (ValueError, RecursionError) as error:
        return ReadError(where, f"is not JSON ({error}); write one JSON object a line")
    if not isinstance(row, dict):
        return ReadError(where, "is not a JSON object; write one JSON object a line")
    for name in needed:
        if not isinstance(row.get(name), str) or not row[name].strip():
            return ReadError(where, f"field {name!r} is missing or empty; it must be text")
    for name in _OPTIONAL:
        if not isinstance(row.get(name), str | None):
            return ReadError(where, f"field {name!r} must be text; correct it or leave it out")
    return row
