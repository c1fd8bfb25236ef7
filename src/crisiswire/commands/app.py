"""All commands in one application, and how errors, a closed pipe and Ctrl-C end it."""

from __future__ import annotations

import os
import sys
from typing import Annotated

import typer

from crisiswire.commands import code, doctor, phrases, record
from crisiswire.errors import ConfigError, CrisiswireError

app = typer.Typer(
    name="crisiswire",
    help="Reads news reports about international crises and keeps the record: who did what to "
    "whom, when, where, according to whom, and whether it happened.",
    no_args_is_help=True,
    rich_markup_mode="markdown",
    pretty_exceptions_enable=False,
)
app.command("code")(code.code)
app.command("relate")(phrases.relate)
app.command("resolve")(phrases.resolve)
app.command("locate")(phrases.locate)
app.command("events")(record.events)
app.command("explain")(record.explain)
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
) -> None:
    """Options before the command."""


def run() -> None:
    """Run the application; exit status 0 all read, 1 something could not be, 2 wrong use."""
    try:
        app()
    except ConfigError as error:
        _fail(str(error), 2)
    except CrisiswireError as error:
        _fail(str(error), 1)
    except BrokenPipeError:
        # The reader has closed the pipe (head, less): stop quietly, as other tools do.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(0)
    except KeyboardInterrupt:
        _fail("stopped; what was coded and saved so far is kept", 130)


def _fail(message: str, status: int) -> None:
    sys.stderr.write(f"crisiswire: {message}\n")
    sys.exit(status)
