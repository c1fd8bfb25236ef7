"""Where things happen: each place with its events."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from crisiswire.storing import EventQuery, Store
from crisiswire.storing.place_tallies import other_places, place_columns
from crisiswire.storing.place_tallies import places as place_rows

_AT_ONCE = 500  # places of one statement


@dataclass(slots=True)
class PlaceEvents:
    """A place of the gazetteer with its events, by quad class and by how sure the place is.
    ``intensity`` is their mean."""

    geonames_id: int | None
    name: str
    country: str | None
    admin1: str | None
    latitude: float | None
    longitude: float | None
    kind: str
    events: int = 0
    classes: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    precisions: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    intensity: float = 0.0
    first: dt.date = dt.date.max
    last: dt.date = dt.date.min


def places(store: Store, query: EventQuery) -> tuple[list[PlaceEvents], int]:
    """The places of the events that meet ``query``, those of most events first, and the number
    of events without a place."""
    known = store.tally(partial(place_rows, query))
    columns = _columns(store, {row.geonames_id: row.sample for row in known})
    found: dict[tuple[Any, ...], PlaceEvents] = {}
    for row in known:
        _count(found, columns[row.geonames_id], row)
    for row in store.tally(partial(other_places, query)):
        _count(found, tuple(row[:7]), row)
    for place in found.values():
        place.intensity = round(place.intensity / place.events, 2)
    ranked = sorted(found.values(), key=lambda place: (-place.events, place_key(place)))
    return ranked, store.number(query) - sum(place.events for place in ranked)


def _columns(store: Store, samples: dict[int, int]) -> dict[int, tuple[Any, ...]]:
    """What is told of each place of the gazetteer, by its id; ``samples``: an event of each."""
    events = list(samples.values())
    found: dict[int, tuple[Any, ...]] = {}
    for start in range(0, len(events), _AT_ONCE):
        rows = store.tally(partial(place_columns, events=events[start : start + _AT_ONCE]))
        found |= {row.geonames_id: tuple(row) for row in rows}
    return found


def _count(found: dict[tuple[Any, ...], PlaceEvents], columns: tuple[Any, ...], row: Any) -> None:
    place = found.setdefault(columns, PlaceEvents(*columns))
    place.events += row.events
    place.classes[row.quad_class] += row.events
    place.precisions[row.precision] += row.events
    place.intensity += row.intensity
    place.first = min(place.first, row.first)
    place.last = max(place.last, row.last)


def place_key(place: PlaceEvents) -> str:
    """What tells places apart: the gazetteer's id, else all that is known."""
    if place.geonames_id is not None:
        return str(place.geonames_id)
    known = (place.name, place.country, place.admin1, place.latitude, place.longitude, place.kind)
    return "\0".join("" if part is None else str(part) for part in known)
