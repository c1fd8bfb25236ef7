"""What several commands share: options, output, progress, messages."""

from __future__ import annotations

import datetime as dt
import io
import os
import sys
from collections.abc import Generator, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, BinaryIO, TypeVar

import typer

from crisiswire.errors import ConfigError
from crisiswire.exporting.writers import FORMATS

if TYPE_CHECKING:
    from rich.console import Console

    from crisiswire.config import Config
    from crisiswire.exporting.rows import RowWriter
    from crisiswire.exporting.writers import Writer
    from crisiswire.storing import Store

_Result = TypeVar("_Result")
_BAD_LINES_SHOWN = 10


FormatOption = Annotated[
    str | None,
    typer.Option(
        "--format",
        "-f",
        metavar="|".join(FORMATS),
        help="Output form; a table on a terminal, JSON lines when piped.",
    ),
]
OutputOption = Annotated[
    Path | None, typer.Option("--output", "-o", help="Write here, not to standard output.")
]
DateOption = Annotated[
    str | None, typer.Option("--date", metavar="YYYY-MM-DD", help="Date of what carries none.")
]
PathsArgument = Annotated[
    list[str],
    typer.Argument(
        metavar="PATH...",
        help="Articles: text, HTML, PDF, RTF, Word, JSON lines, CSV or Parquet files, web "
        "archives, mail, exports of newspaper databases; a folder; or - for standard input.",
    ),
]
OutletOption = Annotated[
    str | None, typer.Option("--outlet", help="Outlet of articles that name none.")
]
InputFormatOption = Annotated[
    str | None,
    typer.Option(
        "--input-format", help="What standard input or an unknown suffix is: txt, html, warc …"
    ),
]
JobsOption = Annotated[int, typer.Option("--jobs", "-j", min=1, help="Processes.")]
StoreOption = Annotated[
    str | None,
    typer.Option(
        "--store",
        metavar="URL|FILE",
        envvar="CRISISWIRE_STORE",
        help="Event store: a SQLite file or an SQLAlchemy URL.",
    ),
]
QuietOption = Annotated[bool, typer.Option("--quiet", "-q", help="No progress bar, no notes.")]
ConfigOption = Annotated[
    Path | None, typer.Option("--config", help="Settings file; overrides the defaults.")
]
ActorsOption = Annotated[
    list[Path] | None,
    typer.Option(
        "--actors",
        metavar="FILE",
        help="Actors of your own: a table or a TABARI or PETRARCH dictionary; may be repeated.",
    ),
]

ModelOption = Annotated[
    str | None,
    typer.Option("--model", help="Event model: a folder that train wrote, shipped, or none."),
]


def parse_date(value: str | None, option: str = "--date") -> dt.date | None:
    """A date given on the command line. Raises ConfigError."""
    if value is None:
        return None
    try:
        return dt.date.fromisoformat(value)
    except ValueError as error:
        raise ConfigError(
            f"{option}: {value!r} is not a date; write YYYY-MM-DD ({error})"
        ) from error


def console(*, error: bool = False) -> Console:
    """A console on standard output or standard error; wide when nobody watches."""
    from rich.console import Console

    class _Console(Console):
        def on_broken_pipe(self) -> None:
            """Leave a closed pipe to the application, which ends quietly."""
            raise BrokenPipeError

    stream = sys.stderr if error else sys.stdout
    width = None if stream.isatty() or os.environ.get("COLUMNS") else 160
    return _Console(stderr=error, width=width, highlight=False)


def note(message: str, *, quiet: bool = False) -> None:
    """One line on standard error."""
    if not quiet:
        sys.stderr.write(f"crisiswire: {message}\n")


def opened(url: str | None, *, create: bool = False) -> Store:
    """The store, with a line on standard error when its tables had to be brought up to date."""
    from crisiswire.storing import open_store

    store = open_store(url, create=create)
    if store.upgraded is not None:
        note(f"{store.place}: {store.upgraded}")
    return store


def watched(results: Iterator[_Result], what: str, quiet: bool) -> Generator[_Result, None, None]:
    """The results, with a counter on standard error where somebody watches."""
    if quiet or not sys.stderr.isatty():
        yield from results
        return
    from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    columns = (
        SpinnerColumn(),
        TextColumn(f"{{task.completed:.0f}} {what}"),
        TimeElapsedColumn(),
    )
    with Progress(*columns, console=console(error=True), transient=True) as bar:
        task = bar.add_task(what, total=None)
        for result in results:
            yield result
            bar.advance(task)


def config(
    path: Path | None,
    *,
    model: str | None = None,
    min_confidence: float | None = None,
    actors: Sequence[Path] | None = None,
) -> Config:
    """The settings, with the file of ``--config`` and the options that override it, if given.

    Files of ``--actors`` are added to those that the settings name, and rank above them.
    """
    from crisiswire.config import load_config

    chosen = load_config(path)
    given = {"model": model, "min_confidence": min_confidence}
    update = {name: value for name, value in given.items() if value is not None}
    files = {"files": (*chosen.actors.files, *(actors or ()))}
    return chosen.model_copy(
        update={
            "coder": chosen.coder.model_copy(update=update),
            "actors": chosen.actors.model_copy(update=files),
        }
    )


def tell_bad_lines(chosen: Config) -> None:
    """Name the lines of the user's actor files that are left out, each file's first ones.

    Raises DataError for a file that cannot be read or has nothing usable.
    """
    from crisiswire.knowledge.user_actors import load_user_actors

    for file in load_user_actors(chosen.actors.files).files:
        for fault in file.faults[:_BAD_LINES_SHOWN]:
            note(f"{fault}; left out")
        more = len(file.faults) - _BAD_LINES_SHOWN
        if more > 0:
            note(f"{file.name}: {more} more bad lines; see: crisiswire actors check {file.name}")


@contextmanager
def writer(name: str | None, output: Path | None) -> Iterator[Writer]:
    """The event writer for ``--format`` and ``--output``. Raises ConfigError on an unknown form
    and when the output cannot be written."""
    from crisiswire.exporting.writers import open_writer

    with (
        _destination(name, output) as (form, stream, screen),
        open_writer(form, stream, screen) as out,
    ):
        yield out


@contextmanager
def row_writer(name: str | None, output: Path | None) -> Iterator[RowWriter]:
    """The same for rows that are no events."""
    from crisiswire.exporting.rows import open_row_writer

    with (
        _destination(name, output) as (form, stream, screen),
        open_row_writer(form, stream, screen) as out,
    ):
        yield out


@contextmanager
def _destination(name: str | None, output: Path | None) -> Iterator[tuple[str, BinaryIO, Console]]:
    """The form, the bytes' way out, and the console that a table is printed on."""
    form = form_of(name, output)
    if form not in FORMATS:
        raise ConfigError(f"--format: {form!r} is unknown; choose one of {', '.join(FORMATS)}")
    if output is None and form == "parquet" and sys.stdout.isatty():
        raise ConfigError("--format parquet is binary: name a file with --output")
    with _output_stream(output) as stream:
        if output is None or form != "table":
            yield form, stream, console()
            return
        from rich.console import Console

        text = io.TextIOWrapper(stream, "utf-8", errors="replace", write_through=True)
        yield form, stream, Console(file=text, width=160, highlight=False)


def form_of(name: str | None, output: Path | None) -> str:
    """The output form that ``--format`` names, else the one natural for the output."""
    if name is not None:
        return name
    suffix = output.suffix.lstrip(".").lower() if output else ""
    if suffix in FORMATS:
        return suffix
    return "table" if output is None and sys.stdout.isatty() else "jsonl"


@contextmanager
def _output_stream(output: Path | None) -> Iterator[BinaryIO]:
    """Standard output, or the file of ``--output``, as bytes. Raises ConfigError."""
    if output is None:
        yield sys.stdout.buffer
        return
    try:
        stream = output.open("wb")
    except OSError as error:
        raise ConfigError(f"--output {output}: cannot be written ({error.strerror})") from error
    with stream:
        yield stream
