"""The values that the filters may take in a record, with how many events each gives."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from crisiswire.knowledge.actor_tables import country_names
from crisiswire.storing import EventQuery, Store
from crisiswire.storing.tallies import values

_MOST = 500  # values of a filter
# Each list's column, and the question without the list's own filter.
_OWN: Mapping[str, Mapping[str, Any]] = {
    "event_type": {"event_types": ()},
    "quad_class": {"quad_classes": ()},
    "status": {"statuses": ()},
    "party_country": {"actor_country": None, "recipient_country": None, "dyad": None},
    "place_country": {"place_country": None},
    "outlet": {"outlet": None},
}


@dataclass(frozen=True, slots=True)
class Choice:
    """A value of a filter, a name to show, and its events."""

    value: str
    name: str
    events: int


@dataclass(frozen=True, slots=True)
class Choices:
    """Each filter's values, those of most events first."""

    types: tuple[Choice, ...]
    quad_classes: tuple[Choice, ...]
    statuses: tuple[Choice, ...]
    countries: tuple[Choice, ...]
    place_countries: tuple[Choice, ...]
    outlets: tuple[Choice, ...]


def choices(store: Store, query: EventQuery) -> Choices:
    """The values among the events that meet ``query`` but for a list's own filter, so that more
    of its values can be chosen."""
    return Choices(*(_choices(store, replace(query, **own), of) for of, own in _OWN.items()))


def _choices(store: Store, query: EventQuery, column: str) -> tuple[Choice, ...]:
    shown = country_names() if column.endswith("country") else {}
    found = [
        Choice(value, shown.get(value, value), events)
        for value, events in store.tally(partial(values, query, name=column))
        if value is not None
    ]
    return tuple(sorted(found, key=lambda c: (-c.events, c.value))[:_MOST])
