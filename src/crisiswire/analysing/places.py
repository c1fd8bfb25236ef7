"""Where things happen: each place with its events."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from crisiswire.storing import EventQuery, Store
from crisiswire.storing.tallies import places as place_rows


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
    found: dict[tuple[Any, ...], PlaceEvents] = {}
    placeless = 0
    for row in store.tally(partial(place_rows, query)):
        if row.name is None:
            placeless += row.events
            continue
        columns = tuple(row[:7])
        key = columns[:1] if row.geonames_id is not None else columns
        place = found.setdefault(key, PlaceEvents(*columns))
        place.events += row.events
        place.classes[row.quad_class] += row.events
        place.precisions[row.precision] += row.events
        place.intensity += row.intensity
        place.first = min(place.first, row.first)
        place.last = max(place.last, row.last)
    for place in found.values():
        place.intensity = round(place.intensity / place.events, 2)
    return sorted(found.values(), key=lambda place: (-place.events, place_key(place))), placeless


def place_key(place: PlaceEvents) -> str:
    """What tells places apart: the gazetteer's id, else all that is known."""
    if place.geonames_id is not None:
        return str(place.geonames_id)
    known = (place.name, place.country, place.admin1, place.latitude, place.longitude, place.kind)
    return "\0".join("" if part is None else str(part) for part in known)
