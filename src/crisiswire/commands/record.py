"""``crisiswire events`` and ``crisiswire explain``: asking the store."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from crisiswire.commands.shared import (
    ConfigOption,
    FormatOption,
    OutputOption,
    StoreOption,
    config,
    parse_date,
    writer,
)
from crisiswire.errors import ConfigError, StoreError

if TYPE_CHECKING:
    from crisiswire.model import Event


def events(
    dyad: Annotated[
        str | None, typer.Option(help="USA-VEN (who to whom) or USA~VEN (either way).")
    ] = None,
    type: Annotated[
        list[str] | None, typer.Option(help="Event type; may be given several times.")
    ] = None,
    since: Annotated[str | None, typer.Option(help="First day of the event.")] = None,
    until: Annotated[str | None, typer.Option(help="Last day of the event.")] = None,
    actor: Annotated[str | None, typer.Option(help="Country code of the actor.")] = None,
    recipient: Annotated[str | None, typer.Option(help="Country code of the recipient.")] = None,
    country: Annotated[str | None, typer.Option(help="Country where it happened.")] = None,
    outlet: Annotated[str | None, typer.Option(help="Outlet that told it.")] = None,
    status: Annotated[str | None, typer.Option(help="actual, negated, future …")] = None,
    text: Annotated[str | None, typer.Option(help="Words of the sentence.")] = None,
    min_confidence: Annotated[float, typer.Option(min=0, max=1)] = 0.0,
    limit: Annotated[int | None, typer.Option(min=1, help="At most so many.")] = None,
    store: StoreOption = None,
    format: FormatOption = None,
    output: OutputOption = None,
) -> None:
    """List stored events, filtered.

    Examples:

    - `crisiswire events --dyad USA-VEN --type SANCTION --since 2019-01-01`
    - `crisiswire events --country SDN --format csv -o sudan.csv`
    """
    from crisiswire.knowledge.files import ontology
    from crisiswire.storing import EventQuery, open_store

    types = tuple(t.upper() for t in type or ())
    unknown = set(types) - set(ontology()["types"])
    if unknown:
        raise ConfigError(
            f"--type: {sorted(unknown)[0]!r} is no PLOVER type; "
            f"choose from {' '.join(ontology()['types'])}"
        )
    try:
        query = EventQuery(
            dyad=dyad,
            event_types=types,
            date_from=parse_date(since, "--since"),
            date_to=parse_date(until, "--until"),
            actor_country=actor,
            recipient_country=recipient,
            place_country=country,
            outlet=outlet,
            statuses=(status,) if status else (),
            text=text,
            min_confidence=min_confidence,
            limit=limit,
        )
    except StoreError as error:  # a value that can match nothing
        raise ConfigError(str(error)) from error
    with open_store(store, create=False) as keep, writer(format, output) as out:
        for stored in keep.events(query):
            out.write(stored.event)


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
    from crisiswire.storing import open_store

    with open_store(store, create=False) as keep:
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
