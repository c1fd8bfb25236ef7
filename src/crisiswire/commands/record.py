"""``crisiswire events`` and ``crisiswire explain``: asking the store."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from crisiswire.commands.filters import Chosen, CopiesOption, LimitOption, ReviewedOption, filtered
from crisiswire.commands.shared import (
    ConfigOption,
    FormatOption,
    OutputOption,
    StoreOption,
    config,
    opened,
    row_writer,
    writer,
)
from crisiswire.errors import ConfigError

if TYPE_CHECKING:
    from crisiswire.exporting.rows import Row
    from crisiswire.model import Event
    from crisiswire.storing import StoredEvent, UncodedArticle


@filtered
def events(
    *,
    chosen: Chosen,
    reviewed: ReviewedOption = None,
    limit: LimitOption = None,
    copies: CopiesOption = False,
    ran: Annotated[
        bool,
        typer.Option("--ran", help="Only events that ran in copies too: how many, which outlets."),
    ] = False,
    not_coded: Annotated[
        bool, typer.Option("--not-coded", help="The articles kept but not coded, not events.")
    ] = False,
    store: StoreOption = None,
    format: FormatOption = None,
    output: OutputOption = None,
) -> None:
    """List stored events, filtered; what copies of an article tell again is left out.

    Examples:

    - `crisiswire events --dyad USA-VEN --type SANCTION --since 2019-01-01`
    - `crisiswire events --country SDN --format csv -o sudan.csv`
    """
    query = chosen.query(reviewed=reviewed, limit=limit, copies=copies)
    with opened(store) as keep:
        if not_coded:
            _write_rows((_uncoded(article) for article in keep.not_coded()), format, output)
        elif ran:
            found = (_ran(stored) for stored in keep.events(query) if stored.copies)
            _write_rows(found, format, output)
        else:
            with writer(format, output) as out:
                for stored in keep.events(query):
                    out.write(stored.event)


def _write_rows(rows: Iterator[Row], format: str | None, output: Path | None) -> None:
    with row_writer(format, output) as out:
        for row in rows:
            out.write(row)


def _uncoded(article: UncodedArticle) -> Row:
    """The row of an article that was kept but not coded."""
    return {**asdict(article), "date": article.date.isoformat()}


def _ran(stored: StoredEvent) -> Row:
    """The row of an event with the copies and outlets that its article ran in."""
    event = stored.event
    return {
        "event_id": event.event_id,
        "document_id": event.document_id,
        "event_type": event.event_type,
        "date": event.date.start.isoformat(),
        "copies": stored.copies,
        "outlets": list(stored.outlets),
    }


def explain(
    event_id: Annotated[str, typer.Argument(help="The event's id, or its first six characters.")],
    store: StoreOption = None,
    as_json: Annotated[bool, typer.Option("--json", help="As JSON.")] = False,
    settings: ConfigOption = None,
) -> None:
    """Say why an event was coded so: trigger, lexicon entry, parties' table rows, status, date.

    Example: `crisiswire explain 3f2a9c`
    """
    from crisiswire.commands.explaining import explanation

    with opened(store) as keep:
        stored = keep.event(event_id)
    if stored is None:
        raise ConfigError(f"no event {event_id!r} in the store; list them with: crisiswire events")
    if as_json:
        record = {**stored.event.to_record(), "explanation": dict(stored.event.explanation)}
        sys.stdout.write(json.dumps(record, ensure_ascii=False, indent=1) + "\n")
        return
    for line in explanation(stored, _weighty(stored.event, settings)):
        typer.echo(line)


def _weighty(event: Event, settings: Path | None) -> list[tuple[str, float]]:
    """The words that weighed most with the model, when it is the one that coded the event."""
    from crisiswire.coding.encoder import named_model
    from crisiswire.coding.occlusion import weighty_words

    model = named_model(config(settings).coder.model)
    if model is None or model.digest not in event.coder:
        return []
    return weighty_words(model, event)
