"""``crisiswire doctor``: what is installed, what is missing and how to get it."""

from __future__ import annotations

import importlib.metadata
import importlib.util
import platform
from collections.abc import Callable
from pathlib import Path

import typer

from crisiswire.commands.shared import ConfigOption, StoreOption, config, console, opened
from crisiswire.errors import CrisiswireError, DataError

_EXTRAS = {"train": "torch", "postgres": "psycopg"}


def doctor(store: StoreOption = None, settings: ConfigOption = None) -> None:
    """Check versions, parser, knowledge files and store; say what is missing and how to get it.

    Example: `crisiswire doctor`
    """
    from rich.markup import escape
    from rich.table import Table

    table = Table(box=None, pad_edge=False)
    for name in ("part", "state", "detail"):
        table.add_column(name)
    healthy = True
    checks: list[tuple[str, Callable[[], str]]] = [
        ("crisiswire", _versions),
        ("settings", lambda: _settings(settings)),
        ("parser", lambda: _parser(settings)),
        ("model", lambda: _model(settings)),
        ("lexicon", _lexicon),
        ("names", lambda: _names(settings)),
        ("places", _places),
        ("store", lambda: _store(store)),
    ]
    for name, check in checks:
        try:
            table.add_row(name, "[green]ok[/]", escape(check()))
        except CrisiswireError as error:
            healthy = False
            table.add_row(name, "[red]broken[/]", escape(str(error)))
    for extra, package in _EXTRAS.items():
        found = importlib.util.find_spec(package) is not None
        detail = (
            importlib.metadata.version(package)
            if found
            else f"optional; get it with: pip install 'crisiswire[{extra}]'"
        )
        table.add_row(f"extra {extra}", "[green]ok[/]" if found else "absent", escape(detail))
    console().print(table)
    if not healthy:
        raise typer.Exit(1)


def _versions() -> str:
    from crisiswire import __version__

    return f"{__version__}, Python {platform.python_version()}, {platform.platform(terse=True)}"


def _settings(path: Path | None) -> str:
    chosen = config(path)
    return f"least confidence {chosen.coder.min_confidence}"


def _parser(path: Path | None) -> str:
    from crisiswire.parsing.parser import Parser

    return Parser(config(path).parser.model).version


def _model(path: Path | None) -> str:
    """The event model that the settings name."""
    from crisiswire.coding.encoder import named_model

    model = named_model(config(path).coder.model)
    return "none: the lexicon judges alone" if model is None else f"digest {model.digest}"


def _lexicon() -> str:
    from crisiswire.knowledge.files import data_digest
    from crisiswire.knowledge.lexicon import lexicon

    return f"{lexicon().size} event entries, digest {data_digest()}"


def _names(path: Path | None) -> str:
    from crisiswire.knowledge.names import name_index, packed_index
    from crisiswire.knowledge.user_actors import load_user_actors

    try:
        told = [f"{packed_index().size} names and role terms, baked"]
    except DataError as error:
        told = [f"{name_index().size} names and role terms, read from the tables ({error})"]
    for file in load_user_actors(config(path).actors.files).files:
        told.append(f"{file.name}: {file.usable}, {len(file.faults)} bad lines")
    return "; ".join(told)


def _places() -> str:
    from crisiswire.knowledge.gazetteer import gazetteer

    return f"{gazetteer().size} places"


def _store(url: str | None) -> str:
    from crisiswire.storing import default_url

    where = url or default_url()
    path = where.removeprefix("sqlite:///")
    if "://" not in path and not Path(path).expanduser().exists():
        return f"{path}: none yet; crisiswire code --save makes it"
    with opened(where) as keep:
        counts = keep.counts()
        return f"{keep.place}: {counts.articles} articles, {counts.events} events"
