"""``crisiswire relate``, ``resolve`` and ``locate``: one stage each, on JSON lines."""

from __future__ import annotations

import datetime as dt
import json
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Annotated, Any, BinaryIO

import typer

from crisiswire.commands.shared import (
    ConfigOption,
    OutputOption,
    QuietOption,
    config,
    note,
    output_stream,
)
from crisiswire.errors import ReadError

_Row = dict[str, Any]
_FileArgument = Annotated[
    str, typer.Argument(metavar="FILE", help="JSON lines; - for standard input.")
]


def relate(
    file: _FileArgument,
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
        found = relate_row(coder, row["text"], row["actor"], row["recipient"])
        return {
            "event_type": found.event_type,
            "confidence": found.confidence,
            "scores": found.scores,
        }

    _run(file, output, ("text", "actor", "recipient"), answer, quiet)


def resolve(
    file: _FileArgument,
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

    _run(file, output, ("phrase",), answer, quiet)


def locate(file: _FileArgument, output: OutputOption = None, quiet: QuietOption = False) -> None:
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

    _run(file, output, ("text",), answer, quiet)


def _date(row: _Row) -> dt.date:
    value = row.get("date")
    if not value:
        return dt.date.today()
    try:
        return dt.date.fromisoformat(str(value)[:10])
    except ValueError as error:
        raise ValueError(f"date {value!r} is not YYYY-MM-DD") from error


def _run(
    file: str,
    output: Path | None,
    needed: tuple[str, ...],
    answer: Callable[[_Row], _Row],
    quiet: bool,
) -> None:
    """Answer every row; a bad row is named on standard error and the rest answered."""
    failed = answered = 0
    with output_stream(output) as stream:
        for where, line in _lines(file):
            try:
                row = _row(line, needed)
                record = {"id": row.get("id"), **answer(row)}
            except (ValueError, ReadError) as error:
                failed += 1
                note(f"{where}: {error}")
                continue
            answered += 1
            stream.write(json.dumps(record, ensure_ascii=False).encode("utf-8", "replace") + b"\n")
    if failed:
        note(f"{failed} rows could not be read, {answered} were answered", quiet=quiet)
        raise typer.Exit(1)


def _row(line: str, needed: tuple[str, ...]) -> _Row:
    row = json.loads(line)
    if not isinstance(row, dict):
        raise ValueError("not a JSON object")
    for name in needed:
        if not isinstance(row.get(name), str) or not row[name].strip():
            raise ValueError(f"field {name!r} is missing or empty; it must be text")
    return row


def _lines(file: str) -> Iterator[tuple[str, str]]:
    """(file:line, text) of the lines that are not blank."""
    if file == "-":
        yield from _numbered(sys.stdin.buffer, file)
        return
    try:
        with Path(file).open("rb") as stream:
            yield from _numbered(stream, file)
    except OSError as error:
        raise ReadError(file, f"cannot be read ({error.strerror})") from error


def _numbered(stream: BinaryIO, name: str) -> Iterator[tuple[str, str]]:
    for number, line in enumerate(stream, 1):
        if line.strip():
            yield f"{name}:{number}", line.decode("utf-8", "replace")
