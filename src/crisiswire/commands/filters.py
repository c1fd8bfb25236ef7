"""Options that choose among stored events, and the question to the store that they make."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from crisiswire.commands.shared import parse_date
from crisiswire.errors import ConfigError, StoreError

if TYPE_CHECKING:
    from crisiswire.storing import EventQuery

DyadOption = Annotated[
    str | None, typer.Option(help="USA-VEN (who to whom) or USA~VEN (either way).")
]
TypeOption = Annotated[
    list[str] | None, typer.Option(help="Event type; may be given several times.")
]
SinceOption = Annotated[str | None, typer.Option(help="First day of the event.")]
UntilOption = Annotated[str | None, typer.Option(help="Last day of the event.")]
ActorOption = Annotated[str | None, typer.Option(help="Country code of the actor.")]
RecipientOption = Annotated[str | None, typer.Option(help="Country code of the recipient.")]
CountryOption = Annotated[str | None, typer.Option(help="Country where it happened.")]
OutletOption = Annotated[str | None, typer.Option(help="Outlet that told it.")]
TextOption = Annotated[str | None, typer.Option(help="Words of the sentence.")]
SearchOption = Annotated[
    str | None,
    typer.Option(help='Words of the article: oil gas, oil OR gas, "a phrase", sanct*, oil -gas.'),
]
ConfidenceOption = Annotated[float, typer.Option(min=0, max=1)]
ReviewedOption = Annotated[
    str | None,
    typer.Option(metavar="yes|no", help="Only what people have judged, or what nobody has."),
]
CopiesOption = Annotated[
    bool, typer.Option("--copies", help="With what copies of an article tell again.")
]
LimitOption = Annotated[int | None, typer.Option(min=1, help="At most so many.")]


def event_query(
    *,
    dyad: str | None,
    types: list[str] | None,
    since: str | None,
    until: str | None,
    actor: str | None,
    recipient: str | None,
    country: str | None,
    outlet: str | None,
    statuses: tuple[str, ...],
    text: str | None,
    search: str | None = None,
    min_confidence: float,
    reviewed: str | None,
    limit: int | None,
    copies: bool = False,
) -> EventQuery:
    """What the options ask of the store. Raises ConfigError for a value that can match nothing."""
    from crisiswire.knowledge.files import ontology
    from crisiswire.storing import EventQuery

    names = tuple(name.upper() for name in types or ())
    unknown = set(names) - set(ontology()["types"])
    if unknown:
        raise ConfigError(
            f"--type: {sorted(unknown)[0]!r} is no PLOVER type; "
            f"choose from {' '.join(ontology()['types'])}"
        )
    if reviewed not in (None, "yes", "no"):
        raise ConfigError(f"--reviewed: {reviewed!r} is neither yes nor no")
    try:
        return EventQuery(
            dyad=dyad,
            event_types=names,
            date_from=parse_date(since, "--since"),
            date_to=parse_date(until, "--until"),
            actor_country=actor,
            recipient_country=recipient,
            place_country=country,
            outlet=outlet,
            statuses=statuses,
            text=text,
            search=search,
            min_confidence=min_confidence,
            reviewed=None if reviewed is None else reviewed == "yes",
            limit=limit,
            copies=copies,
        )
    except StoreError as error:
        raise ConfigError(str(error)) from error
