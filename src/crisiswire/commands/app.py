"""All commands in one application, and how errors, a closed pipe and Ctrl-C end it."""

from __future__ import annotations

import os
import sys
from typing import Annotated, Any, NoReturn

import typer
from typer.core import TyperGroup

from crisiswire.commands import (
    actors,
    code,
    completion,
    doctor,
    evaluate,
    export,
    ingest,
    phrases,
    quotes,
    record,
    review,
    serve,
    stories,
    train,
    watch,
)
from crisiswire.errors import ConfigError, CrisiswireError


class _Commands(TyperGroup):
    """Ends each command: 0 done, 1 something could not be read or kept, 2 wrong use, 130 Ctrl-C."""

    def invoke(self, ctx: Any) -> Any:
        try:
            try:
                return super().invoke(ctx)
            finally:
                sys.stdout.flush()
        except ConfigError as error:
            _fail(str(error), 2)
        except CrisiswireError as error:
            _fail(str(error), 1)
        except BrokenPipeError:
            # The reader has closed the pipe (head, less): stop quietly, as other tools do.
            _drop_output()
            sys.exit(0)
        except OSError as error:
            _check_output()
            name = error.filename or "the output"
            _fail(
                f"{name}: cannot be read or written ({error.strerror or error}); "
                "check space and rights",
                1,
            )
        except KeyboardInterrupt:
            _fail("stopped; what was coded and saved so far is kept", 130)


app = typer.Typer(
    name="crisiswire",
    cls=_Commands,
    help="Reads news reports about international crises and keeps the record: who did what to "
    "whom, when, where, according to whom, and whether it happened.",
    no_args_is_help=True,
    rich_markup_mode="markdown",
    pretty_exceptions_enable=False,
    add_completion=False,
)
app.command("code")(code.code)
app.command("ingest")(ingest.ingest)
app.command("watch")(watch.watch)
app.command("relate")(phrases.relate)
app.command("resolve")(phrases.resolve)
app.command("locate")(phrases.locate)
app.command("quotes")(quotes.quotes)
app.command("train")(train.train)
app.command("events")(record.events)
app.command("explain")(record.explain)
app.command("review")(review.review)
app.command("evaluate")(evaluate.evaluate)
app.command("stories")(stories.stories)
app.command("export")(export.export)
app.command("serve")(serve.serve)
app.add_typer(actors.group, name="actors")
app.command("doctor")(doctor.doctor)


def _version(value: bool) -> None:
    if value:
        from crisiswire import __version__

        typer.echo(f"crisiswire {__version__}")
        raise typer.Exit


@app.callback()
def _root(
    version: Annotated[
        bool, typer.Option("--version", help="Print the version.", callback=_version, is_eager=True)
    ] = False,
    show_completion: completion.ShowOption = None,
    install_completion: completion.InstallOption = None,
) -> None:
    """Options before the command."""


def run() -> None:
    """Run the application on the process's arguments, then exit."""
    completion.enable()
    app(prog_name=completion.PROGRAM)


def _check_output() -> None:
    """Drop standard output if it is what cannot be written."""
    try:
        sys.stdout.flush()
    except OSError:
        _drop_output()


def _drop_output() -> None:
    """Standard output goes nowhere from here on, so that closing it cannot fail again."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _fail(message: str, status: int) -> NoReturn:
    sys.stderr.write(f"crisiswire: {message}\n")
    sys.exit(status)
