"""Event records in their JSON form back to typed ones."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping
from typing import Any

from crisiswire.model import (
    Actor,
    Attribution,
    Event,
    Evidence,
    Place,
    Quantity,
    Span,
    When,
)

Record = Mapping[str, Any]


def actor_of_record(record: Record) -> Actor:
    """A party."""
    return Actor(**{**record, "sectors": tuple(record["sectors"])})


def when_of_record(record: Record) -> When:
    """A date."""
    days = {name: dt.date.fromisoformat(record[name]) for name in ("start", "end")}
    return When(**{**record, **days})


def place_of_record(record: Record) -> Place:
    """A place."""
    return Place(**record)


def event_of_record(record: Record) -> Event:
    """The event that ``Event.to_record`` has given, or that with an ``explanation`` beside."""
    said, evidence, place = record["attribution"], record["evidence"], record["place"]
    speaker = said["speaker"]
    return Event(
        **{
            **record,
            "contexts": tuple(record["contexts"]),
            "actors": tuple(map(actor_of_record, record["actors"])),
            "recipients": tuple(map(actor_of_record, record["recipients"])),
            "date": when_of_record(record["date"]),
            "place": None if place is None else place_of_record(place),
            "attribution": Attribution(
                **{**said, "speaker": None if speaker is None else actor_of_record(speaker)}
            ),
            "quantities": tuple(Quantity(**q) for q in record["quantities"]),
            "evidence": Evidence(**{**evidence, "trigger": Span(**evidence["trigger"])}),
        }
    )


def packed(event: Event) -> str:
    """The whole event with its explanation as ASCII JSON."""
    return json.dumps({**event.to_record(), "explanation": event.explanation}, default=dict)


def unpacked(text: str) -> Event:
    """The event that :func:`packed` has written."""
    return event_of_record(json.loads(text))
