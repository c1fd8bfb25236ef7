"""``crisiswire export``: stored events in the forms that the field exchanges."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, BinaryIO

import typer

from crisiswire.commands.filters import Chosen, CopiesOption, LimitOption, ReviewedOption, filtered
from crisiswire.commands.shared import OutputOption, QuietOption, StoreOption, note, opened, watched
from crisiswire.errors import ConfigError

if TYPE_CHECKING:
    from crisiswire.exporting.gdelt import DocumentLength
    from crisiswire.storing import Store

_LENGTHS = 4096  # documents whose length is remembered


@filtered
def export(
    form: Annotated[
        str,
        typer.Option(
            "--as",
            metavar="polecat|icews|gdelt|gdelt-mentions|plover|csv|parquet|jsonl",
            help="The form to write.",
        ),
    ],
    actors: Annotated[
        str | None,
        typer.Option(
            metavar="list|dyads",
            help="All parties of an event in one row, or a row for each actor and recipient.",
        ),
    ] = None,
    *,
    chosen: Chosen,
    reviewed: ReviewedOption = None,
    limit: LimitOption = None,
    copies: CopiesOption = False,
    store: StoreOption = None,
    output: OutputOption = None,
    quiet: QuietOption = False,
) -> None:
    """Write stored events in the form of another data set, filtered.

    Forms that cannot say a status (all but csv, parquet, jsonl) hold what happened, unless
    --status says otherwise.

    Examples:

    - `crisiswire export --as polecat -o events.tsv`
    - `crisiswire export --as icews --dyad RUS~UKR --since 2014-01-01 -o dyad.tsv`
    """
    from crisiswire.exporting.forms import export as write
    from crisiswire.exporting.forms import form_named

    wanted, _ = form_named(form, actors)
    if form == "parquet" and output is None and sys.stdout.isatty():
        raise ConfigError("--as parquet is binary: name a file with --output")
    if not chosen.status and not wanted.says_status:
        chosen = replace(chosen, status=["actual"])
        note(
            f"{form} cannot say a status: only actual events; --status asks for others", quiet=quiet
        )
    query = chosen.query(reviewed=reviewed, limit=limit, copies=copies)
    with opened(store) as keep, _whole_file(output) as stream:
        found = watched(keep.events(query), "events", quiet)
        write(found, form, stream, actors=actors, document_length=_lengths(keep))


def _lengths(store: Store) -> DocumentLength:
    """Document id → characters of its text."""

    @lru_cache(_LENGTHS)
    def length(document_id: str) -> int | None:
        article = store.article(document_id)
        return None if article is None else len(article.text)

    return length


@contextmanager
def _whole_file(output: Path | None) -> Iterator[BinaryIO]:
    """Standard output, or a file that takes the place of ``output`` only when all is written.

    A pipe or device is written to directly. Raises ConfigError when it cannot be opened.
    """
    if output is None:
        yield sys.stdout.buffer
        return
    target = output.resolve()
    whole = target.is_file() or not target.exists()
    part = target.with_name(f".{target.name}.{os.getpid()}.part") if whole else target
    try:
        stream = part.open("wb")
    except OSError as error:
        raise ConfigError(f"--output {output}: cannot be written ({error.strerror})") from error
    try:
        with stream:
            yield stream
        if whole:
            part.replace(target)
    except BaseException:
        if whole:
            part.unlink(missing_ok=True)
        raise
