"""ICEWS's 20 columns, tab-separated: one source and one target a line."""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO

from crisiswire.exporting.separated import tab_line
from crisiswire.exporting.sides import pairs
from crisiswire.knowledge.export_tables import cameo_of, country_codes, sector_codes
from crisiswire.knowledge.files import cameo_codes
from crisiswire.model import Actor, Place
from crisiswire.storing.records import StoredEvent

COLUMNS = (
    "Event ID",
    "Event Date",
    "Source Name",
    "Source Sectors",
    "Source Country",
    "Event Text",
    "CAMEO Code",
    "Intensity",
    "Target Name",
    "Target Sectors",
    "Target Country",
    "Story ID",
    "Sentence Number",
    "Publisher",
    "City",
    "District",
    "Province",
    "Country",
    "Latitude",
    "Longitude",
)


class IcewsWriter:
    """One pair of an event a line, the columns' names first."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self._stream.write(tab_line(COLUMNS))

    def write(self, stored: StoredEvent) -> None:
        """Write each pair of the event."""
        for row in icews_rows(stored):
            self._stream.write(tab_line(row))

    def close(self) -> None:
        """Finish the output."""
        self._stream.flush()


def icews_rows(stored: StoredEvent) -> Iterator[list[object]]:
    """The fields of ``COLUMNS`` for each pair. The first pair has the event's own id, the
    further ones the id with -2, -3 …"""
    event = stored.event
    facts, described = cameo_of(event.cameo), cameo_codes().get(event.cameo, {})
    for number, (actor, recipient) in enumerate(pairs(event), start=1):
        yield [
            event.event_id if number == 1 else f"{event.event_id}-{number}",
            event.date.start.isoformat(),
            *_party(actor),
            described.get("name"),
            event.cameo,
            None if facts is None else facts.goldstein,
            *_party(recipient),
            event.document_id,
            event.sentence + 1,
            stored.outlet,
            *_place(event.place),
        ]


def _party(party: Actor | None) -> list[object]:
    if party is None:
        return [None, None, None]
    codes = (*party.sectors, party.country or "")
    words = [sector_codes()[code].icews for code in codes if code in sector_codes()]
    return [party.name, ",".join(dict.fromkeys(words)), _country(party.country)]


def _place(place: Place | None) -> list[object]:
    if place is None:
        return [None] * 6
    return [
        place.name if place.kind in ("city", "capital") else None,
        None,
        place.admin1 or (place.name if place.kind == "admin1" else None),
        _country(place.country),
        place.latitude,
        place.longitude,
    ]


def _country(code: str | None) -> str | None:
    found = country_codes().get(code or "")
    return found.icews if found else None
