"""Stored events made by hand, and reading back what was written."""

from __future__ import annotations

import csv
import datetime as dt
import io
from collections.abc import Iterable
from typing import Any

from crisiswire.exporting.forms import export
from crisiswire.model import Actor, Attribution, Event, Evidence, Place, Quantity, Span, When
from crisiswire.storing import StoredEvent

DAY = dt.date(2019, 5, 20)
RUSSIA = Actor("Moscow", 0, 6, "Russia", "RUS", ("GOV",), "rus")
USA = Actor("Washington", 0, 10, "United States", "USA", ("GOV",), "usa")
IRAN = Actor("Iran", 20, 24, "Iran", "IRN", (), "irn")
UN = Actor("the UN", 30, 36, "United Nations", "UNO", (), "uno-united-nations")
MADURO = Actor(
    "President Nicolas Maduro", 40, 64, "Nicolas Maduro", "VEN", ("GOV",), "nicolas-maduro"
)
CLERICS = Actor("Shiite clerics", 70, 84, "Shiite clerics", "IRQ", ("REL", "CVL"), None)
GUNMEN = Actor("gunmen", 0, 6, "gunmen", None, ("UAF",), None)
CARACAS = Place(
    "Caracas", 10, 17, "Caracas", "VEN", "Distrito Capital", 10.48801, -66.87919, 3646738, "capital"
)
MIAMI = Place("Miami", 1, 6, "Miami", "USA", "Florida", 25.77427, -80.19366, 4164138, "city")
RAFAH = Place("Rafah", 1, 6, "Rafah", "PSE", "Gaza Strip", 31.28, 34.25, 281102, "city")
YEMEN = Place("Yemen", 1, 6, "Yemen", "YEM", None, 15.35452, 44.20646, 69543, "country")
ZULIA = Place("Zulia", 1, 6, "Zulia", "VEN", "Zulia", 10.0, -72.1, 3625035, "admin1")


def event(**fields: Any) -> Event:
    """Russia's aid to Maduro in Caracas, with the fields given."""
    words = "Moscow sent experts to Caracas to help President Nicolas Maduro."
    plain: dict[str, Any] = {
        "event_id": "3f2a9c0011223344",
        "document_id": "doc-1",
        "sentence": 0,
        "event_type": "AID",
        "mode": None,
        "contexts": ("military", "diplomatic"),
        "quad_class": "material cooperation",
        "intensity": 10.0,
        "cameo": "072",
        "actors": (RUSSIA,),
        "recipients": (MADURO,),
        "date": When(None, DAY, DAY, "day"),
        "place": CARACAS,
        "status": "actual",
        "attribution": Attribution("outlet"),
        "quantities": (),
        "evidence": Evidence(words, 0, len(words), Span("sent", 7, 11)),
        "confidence": 0.826,
        "coder": "crisiswire test",
    }
    return Event(**plain | fields)


def stored(
    made: Event | None = None,
    *,
    article_date: dt.date = DAY,
    outlet: str | None = "Example Wire",
    url: str | None = "https://example.org/a",
    **fields: Any,
) -> StoredEvent:
    """The event as the store gives it, told by Example Wire on the day."""
    return StoredEvent(made or event(**fields), article_date, outlet, "A title", url, "en")


TALKS = event(
    event_id="aa00bb11cc22dd33",
    document_id="doc-2",
    sentence=2,
    event_type="CONSULT",
    mode="visit",
    contexts=(),
    quad_class="verbal cooperation",
    intensity=4.0,
    cameo="046",
    actors=(USA, IRAN),
    recipients=(),
    place=None,
    status="future",
    attribution=Attribution("statement", UN, "says"),
    quantities=(
        Quantity("dead", 3.0, False, "three dead", 0, 5),
        Quantity("dead", 12.0, True, "some 12 dead", 6, 9),
        Quantity("personnel", 100.0, False, "100 men", 10, 12),
    ),
)


def written(events: Iterable[StoredEvent], form: str, **options: Any) -> bytes:
    """What an export of the events writes."""
    stream = io.BytesIO()
    export(events, form, stream, **options)
    return stream.getvalue()


def table(raw: bytes) -> list[dict[str, str]]:
    """The rows of a tab-separated table with a header, read without quoting."""
    lines = csv.reader(
        io.StringIO(raw.decode(), newline=""), delimiter="\t", quoting=csv.QUOTE_NONE
    )
    header, *rows = lines
    return [dict(zip(header, row, strict=True)) for row in rows]


def lines(raw: bytes) -> list[list[str]]:
    """The fields of tab-separated lines, split as R's read.delim splits with ``quote = ""``."""
    text = raw.decode()
    assert text == "" or text.endswith("\n")
    return [line.split("\t") for line in text.removesuffix("\n").split("\n")] if text else []
