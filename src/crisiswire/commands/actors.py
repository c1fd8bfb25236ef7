"""``crisiswire actors``: names that nobody knows yet, and files of one's own."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from crisiswire.commands.shared import (
    ActorsOption,
    ConfigOption,
    FormatOption,
    OutputOption,
    StoreOption,
    config,
    note,
    opened,
    row_writer,
    tell_bad_lines,
)
from crisiswire.errors import ConfigError, DataError

group = typer.Typer(
    help="Find the actors that no table knows, and check actor files of your own.",
    no_args_is_help=True,
    rich_markup_mode="markdown",
)


@group.command("unknown")
def unknown(
    limit: Annotated[int, typer.Option(min=1, help="At most so many names.")] = 20,
    as_: Annotated[
        str | None,
        typer.Option("--as", metavar="csv", help="As lines of an actor table, to be completed."),
    ] = None,
    store: StoreOption = None,
    format: FormatOption = None,
    output: OutputOption = None,
    actors: ActorsOption = None,
    settings: ConfigOption = None,
) -> None:
    """List the stored events' most frequent actors without country or entity.

    With count, guessed kind, country and sectors, and an example sentence. Names that the files
    of `--actors` know are left out.

    Example: `crisiswire actors unknown --as csv > mine.csv`
    """
    from crisiswire.analysing.unknown_actors import unknown_actors
    from crisiswire.knowledge.gazetteer import gazetteer
    from crisiswire.knowledge.names import name_index
    from crisiswire.knowledge.user_actors import load_user_actors

    if as_ not in (None, "csv") or (as_ and format):
        raise ConfigError("--as: csv is the only form, and takes the place of --format")
    chosen = config(settings, actors=actors)
    tell_bad_lines(chosen)
    names = load_user_actors(chosen.actors.files).over(name_index())
    with opened(store) as keep:
        found = unknown_actors(
            keep.unresolved_parties(), names, lambda name: gazetteer().best(name) is not None
        )
    if not found:
        note("every named actor of the store is known")
    with row_writer(as_ or format, output) as out:
        for actor in found[:limit]:
            if as_:
                out.write(actor.table_row())
                continue
            out.write({name: getattr(actor, name) for name in actor.__dataclass_fields__})


@group.command("check")
def check(
    files: Annotated[list[Path], typer.Argument(metavar="FILE...", help="Actor files.")],
) -> None:
    """Read actor files and name every line that makes no sense; exit status 1 if there is any.

    Example: `crisiswire actors check mine.csv`
    """
    from crisiswire.knowledge.user_actors import load_user_actors

    bad = False
    for path in files:
        try:
            (file,) = load_user_actors([path]).files
        except DataError as error:
            note(str(error))
            bad = True
            continue
        for fault in file.faults:
            note(str(fault))
        bad |= bool(file.faults)
        people = len({id(known) for _, known in file.names})
        typer.echo(
            f"{file.name}: {len(file.names)} names of {people} actors, {len(file.roles)} role "
            f"terms, {len(file.not_names)} that name nobody, {len(file.faults)} bad lines"
        )
    if bad:
        raise typer.Exit(1)
