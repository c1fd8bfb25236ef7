"""Options that choose among stored events, and the question to the store that they make.

A command that :func:`filtered` decorates takes them all as one argument, ``chosen``.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable
from dataclasses import asdict, dataclass, fields
from functools import wraps
from typing import TYPE_CHECKING, Annotated, Any, get_type_hints

import typer

from crisiswire.errors import ConfigError

if TYPE_CHECKING:
    from crisiswire.storing import EventQuery

ReviewedOption = Annotated[
    str | None,
    typer.Option(metavar="yes|no", help="Only what people have judged, or what nobody has."),
]
CopiesOption = Annotated[
    bool, typer.Option("--copies", help="With what copies of an article tell again.")
]
LimitOption = Annotated[int | None, typer.Option(min=1, help="At most so many.")]


@dataclass(frozen=True, slots=True)
class Chosen:
    """The values of the options."""

    dyad: Annotated[
        str | None, typer.Option(help="USA-VEN (who to whom) or USA~VEN (either way).")
    ] = None
    type: Annotated[
        list[str] | None, typer.Option(help="Event type; may be given several times.")
    ] = None
    since: Annotated[str | None, typer.Option(help="First day of the event.")] = None
    until: Annotated[str | None, typer.Option(help="Last day of the event.")] = None
    actor: Annotated[
        list[str] | None,
        typer.Option(help="Country code of the actor; may be given several times."),
    ] = None
    recipient: Annotated[
        list[str] | None,
        typer.Option(help="Country code of the recipient; may be given several times."),
    ] = None
    country: Annotated[
        list[str] | None,
        typer.Option(help="Country where it happened; may be given several times."),
    ] = None
    outlet: Annotated[str | None, typer.Option(help="Outlet that told it.")] = None
    status: Annotated[
        list[str] | None,
        typer.Option(help="actual, negated, future …; may be given several times."),
    ] = None
    text: Annotated[str | None, typer.Option(help="Words of the sentence.")] = None
    search: Annotated[
        str | None,
        typer.Option(
            help='Words of the article: oil gas, oil OR gas, "a phrase", sanct*, oil -gas.'
        ),
    ] = None
    min_confidence: Annotated[float, typer.Option(min=0, max=1)] = 0.0

    def query(
        self, *, reviewed: str | None = None, limit: int | None = None, copies: bool = False
    ) -> EventQuery:
        """What the options ask of the store. Raises ConfigError for a value that can match
        nothing."""
        from pydantic import ValidationError

        from crisiswire.analysing.filters import Filters, fault_of

        if reviewed not in (None, "yes", "no"):
            raise ConfigError(f"--reviewed: {reviewed!r} is neither yes nor no")
        given = {name: value for name, value in asdict(self).items() if value}
        judged = {} if reviewed is None else {"reviewed": reviewed == "yes"}
        try:
            filters = Filters.model_validate({**given, **judged, "copies": copies})
        except ValidationError as error:
            name, reason = fault_of(error)
            raise ConfigError(f"--{name.replace('_', '-')}: {reason}") from error
        return filters.query(limit)


def filtered(command: Callable[..., None]) -> Callable[..., None]:
    """The command with the options of :class:`Chosen` in place of its argument ``chosen``."""
    hints = get_type_hints(Chosen, include_extras=True)
    options = {
        field.name: inspect.Parameter(
            field.name,
            inspect.Parameter.KEYWORD_ONLY,
            default=field.default,
            annotation=hints[field.name],
        )
        for field in fields(Chosen)
    }
    own = get_type_hints(command, include_extras=True)
    parameters: list[inspect.Parameter] = []
    for name, parameter in inspect.signature(command).parameters.items():
        one = parameter.replace(kind=inspect.Parameter.KEYWORD_ONLY, annotation=own[name])
        parameters += options.values() if name == "chosen" else [one]

    @wraps(command)
    def run(**given: Any) -> None:
        values = {name: given.pop(name) for name in options}
        command(chosen=Chosen(**values), **given)

    run.__signature__ = inspect.Signature(parameters)  # type: ignore[attr-defined]
    run.__annotations__ = {parameter.name: parameter.annotation for parameter in parameters}
    return run
