"""POLECAT's 40 columns, tab-separated, "None" where nothing is known."""

from __future__ import annotations

from collections.abc import Sequence
from typing import BinaryIO

from crisiswire.exporting.separated import joined, tab_line
from crisiswire.knowledge.export_tables import cow_code, office, place_kinds
from crisiswire.model import Actor, Event, Place
from crisiswire.storing.records import StoredEvent

COLUMNS = (
    "Event ID",
    "Event Date",
    "Event Type",
    "Event Mode",
    "Intensity",
    "Quad Code",
    "Contexts",
    "Actor Name",
    "Actor Country",
    "Actor COW",
    "Primary Actor Sector",
    "Actor Sectors",
    "Actor Title",
    "Actor Name Raw",
    "Wikipedia Actor ID",
    "Recipient Name",
    "Recipient Country",
    "Recipient COW",
    "Primary Recipient Sector",
    "Recipient Sectors",
    "Recipient Title",
    "Recipient Name Raw",
    "Wikipedia Recipient ID",
    "Placename",
    "City",
    "District",
    "Province",
    "Country",
    "Latitude",
    "Longitude",
    "GeoNames ID",
    "Raw Placename",
    "Feature Type",
    "Source",
    "Publication Date",
    "Story People",
    "Story Organizations",
    "Story Locations",
    "Language",
    "Version",
)
MISSING = "None"


class PolecatWriter:
    """One event a line, the columns' names first."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self._stream.write(tab_line(COLUMNS))

    def write(self, stored: StoredEvent) -> None:
        """Write the event with all its parties."""
        self._stream.write(tab_line(polecat_row(stored), MISSING))

    def close(self) -> None:
        """Finish the output."""
        self._stream.flush()


def polecat_row(stored: StoredEvent) -> list[object]:
    """The fields of ``COLUMNS``; None where nothing is known."""
    event = stored.event
    return [
        event.event_id,
        event.date.start.isoformat(),
        event.event_type,
        event.mode,
        event.intensity,
        event.quad_class.upper(),
        joined(event.contexts),
        *_side(event.actors, event),
        *_side(event.recipients, event),
        *_place(event.place),
        stored.outlet,
        stored.article_date.isoformat(),
        None,
        None,
        None,
        stored.language,
        event.coder,
    ]


def _side(parties: Sequence[Actor], event: Event) -> list[object]:
    day = event.date.start
    return [
        joined(p.name for p in parties),
        joined(p.country for p in parties),
        joined(cow_code(p.country, day) for p in parties),
        joined(p.sectors[0] if p.sectors else None for p in parties),
        joined(dict.fromkeys(sector for p in parties for sector in p.sectors)),
        joined(office(p.entity_id, day) for p in parties),
        joined(p.text for p in parties),
        None,
    ]


def _place(place: Place | None) -> list[object]:
    if place is None:
        return [None] * 10
    codes = place_kinds().get(place.kind)
    return [
        place.name,
        place.name if place.kind in ("city", "capital") else None,
        None,
        place.admin1 or (place.name if place.kind == "admin1" else None),
        place.country,
        place.latitude,
        place.longitude,
        place.geonames_id,
        place.text,
        codes.feature_code if codes else None,
    ]
