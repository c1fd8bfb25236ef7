"""GDELT 2.0's event table (61 columns) and mentions table (16), tab-separated without header.

As in GDELT, what several reports tell of the same pair, the same act, on the same day and at the
same place is one event with several mentions. Events must come by the day they begin, as the
store gives them: one day is held at a time.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import BinaryIO

from crisiswire.exporting.gdelt_parties import (
    GEO_COLUMNS,
    NO_GEO,
    PARTY_COLUMNS,
    geo_fields,
    party_fields,
)
from crisiswire.exporting.separated import tab_line
from crisiswire.exporting.sides import Pair, pairs
from crisiswire.knowledge.export_tables import cameo_of
from crisiswire.model import QuadClass
from crisiswire.storing.records import StoredEvent

EVENT_COLUMNS = (
    *("GLOBALEVENTID", "SQLDATE", "MonthYear", "Year", "FractionDate"),
    *(f"Actor1{name}" for name in PARTY_COLUMNS),
    *(f"Actor2{name}" for name in PARTY_COLUMNS),
    *("IsRootEvent", "EventCode", "EventBaseCode", "EventRootCode", "QuadClass"),
    *("GoldsteinScale", "NumMentions", "NumSources", "NumArticles", "AvgTone"),
    *(f"Actor1Geo_{name}" for name in GEO_COLUMNS),
    *(f"Actor2Geo_{name}" for name in GEO_COLUMNS),
    *(f"ActionGeo_{name}" for name in GEO_COLUMNS),
    *("DATEADDED", "SOURCEURL"),
)
MENTION_COLUMNS = (
    "GLOBALEVENTID",
    "EventTimeDate",
    "MentionTimeDate",
    "MentionType",
    "MentionSourceName",
    "MentionIdentifier",
    "SentenceID",
    "Actor1CharOffset",
    "Actor2CharOffset",
    "ActionCharOffset",
    "InRawText",
    "Confidence",
    "MentionDocLen",
    "MentionDocTone",
    "MentionDocTranslationInfo",
    "Extras",
)
QUAD_CLASSES: dict[QuadClass, int] = {
    "verbal cooperation": 1,
    "material cooperation": 2,
    "verbal conflict": 3,
    "material conflict": 4,
}
_IDS = 10**15  # exact as a double, which R and spreadsheets read numbers into
_WEB, _CITATION = 1, 2
_NOT_TOLD = -1  # GDELT's offset of an actor that the text does not name

DocumentLength = Callable[[str], int | None]


@dataclass(slots=True)
class Group:
    """One event of GDELT: what all its mentions share, and the mentions."""

    day: dt.date
    sides: tuple[str, ...]
    geo: tuple[str, ...]
    cameo: str
    mentions: list[tuple[StoredEvent, Pair]] = field(default_factory=list)

    @property
    def id(self) -> int:
        """The same in every export: a number made from what the mentions share."""
        parts = (self.day.isoformat(), self.cameo, *self.sides, *self.geo)
        shared = "\t".join(parts).encode("utf-8", "surrogatepass")
        digest = hashlib.blake2b(shared, digest_size=8)
        return int.from_bytes(digest.digest(), "big") % _IDS

    @property
    def added(self) -> dt.date:
        """The date of the first report."""
        return min(stored.article_date for stored, _ in self.mentions)


RowsOf = Callable[[Group], Iterable[list[object]]]


class DayWriter:
    """Gathers the mentions of a day's events; when the next day begins, writes the rows that
    ``rows_of`` makes of each event."""

    def __init__(self, stream: BinaryIO, rows_of: RowsOf) -> None:
        self._stream = stream
        self._rows_of = rows_of
        self._day: dt.date | None = None
        self._groups: dict[tuple[object, ...], Group] = {}

    def write(self, stored: StoredEvent) -> None:
        """Add each pair of the event to the day's events."""
        event = stored.event
        if event.date.start != self._day:
            self._flush()
            self._day = event.date.start
        geo = geo_fields(event.place)
        for pair in pairs(event):
            sides = (*party_fields(pair[0]), *party_fields(pair[1]))
            group = self._groups.setdefault(
                (sides, geo, event.cameo), Group(event.date.start, sides, geo, event.cameo)
            )
            group.mentions.append((stored, pair))

    def close(self) -> None:
        """Write the last day and finish the output."""
        self._flush()
        self._stream.flush()

    def _flush(self) -> None:
        for group in self._groups.values():
            for row in self._rows_of(group):
                self._stream.write(tab_line(row))
        self._groups = {}


def event_rows(group: Group) -> Iterator[list[object]]:
    """One row of ``EVENT_COLUMNS``. What is not measured (tone, places of the actors) is empty."""
    stored = [told for told, _ in group.mentions]
    first = stored[0].event
    facts = cameo_of(group.cameo)
    day = compact(group.day)
    yield [
        group.id,
        day,
        day[:6],
        day[:4],
        fraction_date(group.day),
        *group.sides,
        int(any(told.event.sentence == 0 for told in stored)),
        group.cameo,
        group.cameo[:3],
        group.cameo[:2],
        QUAD_CLASSES[first.quad_class],
        None if facts is None else facts.goldstein,
        *_times(stored),
        None,
        *NO_GEO,
        *NO_GEO,
        *group.geo,
        stamp(group.added),
        next((told.url for told in stored if told.url), None),
    ]


def _times(told: list[StoredEvent]) -> tuple[int, int, int]:
    """NumMentions, NumSources, NumArticles, with the copies that are not in the export."""
    copies = {one.event.document_id: one.copies for one in told}
    inside = {one.event.document_id for one in told if one.copy_of in copies}
    mentions = sum(1 + one.copies for one in told if one.event.document_id not in inside)
    outlets = {one.outlet for one in told}.union(*(one.outlets for one in told))
    return mentions, len(outlets), len(copies) + sum(copies.values()) - len(inside)


def mention_rows(group: Group, document_length: DocumentLength) -> Iterator[list[object]]:
    """One row of ``MENTION_COLUMNS`` for each time that a report tells the event.

    ``document_length`` gives the characters of a document by its id.
    """
    number, added = group.id, stamp(group.added)
    for stored, pair in group.mentions:
        length = document_length(stored.event.document_id)
        yield [number, added, *_mention(stored, pair, length)]


def _mention(stored: StoredEvent, pair: Pair, length: int | None) -> list[object]:
    event = stored.event
    return [
        stamp(stored.article_date),
        _WEB if stored.url else _CITATION,
        stored.outlet,
        stored.url or event.document_id,
        event.sentence + 1,
        *(_NOT_TOLD if party is None else party.start for party in pair),
        event.evidence.trigger.start,
        1,
        round(event.confidence * 100),
        length,
        None,
        None,
        event.event_id,
    ]


def stamp(day: dt.date) -> str:
    """A day as GDELT's YYYYMMDDHHMMSS; the hour is not known."""
    return compact(day) + "000000"


def compact(day: dt.date) -> str:
    """A day as YYYYMMDD."""
    return day.isoformat().replace("-", "")


def fraction_date(day: dt.date) -> str:
    """The year with the part of it that has passed, as GDELT reckons it: months of 30 days."""
    passed = ((day.month - 1) * 30 + day.day) / 365
    return f"{day.year + passed:.4f}"
