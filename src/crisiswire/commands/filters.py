"""Options that choose among stored events, and the question to the store that they make."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from crisiswire.errors import ConfigError

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
ActorOption = Annotated[
    list[str] | None, typer.Option(help="Country code of the actor; may be given several times.")
]
RecipientOption = Annotated[
    list[str] | None,
    typer.Option(help="Country code of the recipient; may be given several times."),
]
CountryOption = Annotated[
    list[str] | None, typer.Option(help="Country where it happened; may be given several times.")
]
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
    actor: list[str] | None,
    recipient: list[str] | None,
    country: list[str] | None,
    outlet: str | None,
    statuses: tuple[str, ...],
    text: str | None,
    search: str | None = None,
    min_confidence: float,
    limit: int | None,
    reviewed: str | None = None,
    copies: bool = False,
) -> EventQuery:
    """What the options ask of the store. Raises ConfigError for a value that can match nothing."""
    from pydantic import ValidationError

    from crisiswire.analysing.filters import Filters, fault_of

    if reviewed not in (None, "yes", "no"):
        raise ConfigError(f"--reviewed: {reviewed!r} is neither yes nor no")
    try:
        chosen = Filters.model_validate(
            {
                "dyad": dyad,
                "type": types or (),
                "since": since,
                "until": until,
                "actor": actor or (),
                "recipient": recipient or (),
                "country": country or (),
                "outlet": outlet,
                "status": statuses,
                "text": text,
                "search": search,
                "min_confidence": min_confidence or None,
                "reviewed": None if reviewed is None else reviewed == "yes",
                "copies": copies,
            }
        )
    except ValidationError as error:
        name, reason = fault_of(error)
        raise ConfigError(f"--{name.replace('_', '-')}: {reason}") from error
    return chosen.query(limit)
