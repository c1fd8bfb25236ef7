"""``crisiswire relate``, ``resolve`` and ``locate``: one stage each, on JSON lines."""

from __future__ import annotations

import datetime as dt
import json
import sys
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, closing, nullcontext
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, BinaryIO

import typer

from crisiswire.commands.shared import (
    ActorsOption,
    ConfigOption,
    DateOption,
    FormatOption,
    JobsOption,
    ModelOption,
    OutputOption,
    QuietOption,
    config,
    note,
    parse_date,
    row_writer,
    tell_bad_lines,
    watched,
)
from crisiswire.errors import ReadError
from crisiswire.workers import answered_rows

if TYPE_CHECKING:
    from crisiswire.pipeline import Coder

_Row = dict[str, Any]
_OPTIONAL = ("context", "known_country", "date")
_FileArgument = Annotated[
    str, typer.Argument(metavar="FILE", help="JSON lines; - for standard input.")
]


def relate(
    file: _FileArgument,
    format: FormatOption = None,
    output: OutputOption = None,
    date: DateOption = None,
    jobs: JobsOption = 1,
    model: ModelOption = None,
    actors: ActorsOption = None,
    settings: ConfigOption = None,
    quiet: QuietOption = False,
) -> None:
    """Say which of the 16 event types holds between a given actor and recipient.

    Rows: `{"id", "text", "actor", "recipient"}`; a forced choice, never "none".

    Example: `crisiswire relate pairs.jsonl > types.jsonl`
    """
    needed = ("text", "actor", "recipient")
    _Run(file, format, output, needed, date, jobs, settings, quiet, model, actors).answer(_relate)


def resolve(
    file: _FileArgument,
    format: FormatOption = None,
    output: OutputOption = None,
    date: DateOption = None,
    jobs: JobsOption = 1,
    actors: ActorsOption = None,
    settings: ConfigOption = None,
    quiet: QuietOption = False,
) -> None:
    """Say whom a phrase names on a date: country, sectors, entity.

    Rows: `{"id", "phrase", "date", "context", "known_country"}`, the last two optional.

    Example: `crisiswire resolve phrases.jsonl > actors.jsonl`
    """
    needed = ("phrase",)
    _Run(file, format, output, needed, date, jobs, settings, quiet, None, actors).answer(_resolve)


def locate(
    file: _FileArgument,
    format: FormatOption = None,
    output: OutputOption = None,
    date: DateOption = None,
    jobs: JobsOption = 1,
    settings: ConfigOption = None,
    quiet: QuietOption = False,
) -> None:
    """Find the places that a text names, with coordinates.

    Rows: `{"id", "text", "date"}`.

    Example: `crisiswire locate texts.jsonl > places.jsonl`
    """
    _Run(file, format, output, ("text",), date, jobs, settings, quiet).answer(_locate)


def _relate(coder: Coder, row: _Row) -> _Row:
    from crisiswire.coding.relating import relate as relate_row

    found = relate_row(coder, row["text"], row["actor"], row["recipient"])
    return {
        "event_type": found.event_type,
        "confidence": found.confidence,
        "scores": found.scores,
    }


def _resolve(coder: Coder, row: _Row) -> _Row:
    from crisiswire.resolving.phrases import resolve_phrase

    context, country = row.get("context") or "", row.get("known_country") or None
    found = resolve_phrase(coder, row["phrase"], _date(row), context, country)
    a = found.actor if found is not None else None
    return {
        "name": a.name if a else row["phrase"],
        "country": a.country if a else None,
        "sectors": list(a.sectors) if a else [],
        "entity_id": a.entity_id if a else None,
        "confidence": round(found.strength, 3) if found else 0.0,
    }


def _locate(coder: Coder, row: _Row) -> _Row:
    from crisiswire.resolving.places import find_places

    found = find_places(row["text"], coder.gazetteer)
    return {"places": [{f: getattr(p, f) for f in p.__dataclass_fields__} for p in found]}


def _date(row: _Row) -> dt.date:
    value = row.get("date")
    if not value:
        return dt.date.today()
    try:
        return dt.date.fromisoformat(value[:10])
    except ValueError as error:
        raise ValueError(f"date {value!r} is not YYYY-MM-DD") from error


@dataclass(frozen=True, slots=True)
class _Run:
    """One run of a command over the rows of a file."""

    file: str
    format: str | None
    output: Path | None
    needed: tuple[str, ...]
    date: str | None
    jobs: int
    settings: Path | None
    quiet: bool
    model: str | None = None
    actors: list[Path] | None = None

    def answer(self, answer: Callable[[Coder, _Row], _Row]) -> None:
        """Answer every row; a bad row is named on standard error and the rest answered."""
        default = parse_date(self.date)
        chosen = config(self.settings, model=self.model, actors=self.actors)
        tell_bad_lines(chosen)
        failed = answered = 0
        with (
            row_writer(self.format, self.output) as out,
            closing(watched(self._asked(default), "rows read", self.quiet)) as rows,
            closing(answered_rows(answer, rows, chosen, self.jobs)) as answers,
        ):
            for where, row, reply in answers:
                if isinstance(reply, ReadError):
                    failed += 1
                    note(str(reply))
                elif isinstance(reply, ValueError):
                    failed += 1
                    note(f"{where}: {reply}; correct the row or leave it out")
                else:
                    answered += 1
                    out.write({"id": row.get("id"), **reply})
        if failed:
            note(f"{failed} could not be read, {answered} rows were answered", quiet=self.quiet)
            raise typer.Exit(1)

    def _asked(self, default: dt.date | None) -> Iterator[tuple[str, _Row | ReadError]]:
        """The rows with the default date filled in; a party that is not in its text is noted."""
        for where, row in _rows(self.file, self.needed):
            if not isinstance(row, ReadError):
                if default is not None and not row.get("date"):
                    row["date"] = default.isoformat()
                for side in {"actor", "recipient"} & set(self.needed):
                    if row[side] not in row["text"]:
                        note(
                            f"row {row.get('id')}: {side} {row[side]!r} does not stand in the "
                            "text; the answer rests on the rest of it",
                            quiet=self.quiet,
                        )
            yield where, row


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
