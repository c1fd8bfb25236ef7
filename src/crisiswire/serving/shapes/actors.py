"""Actors and their pages."""

from __future__ import annotations

import datetime as dt

from pydantic import Field

from crisiswire.model import EventType
from crisiswire.serving.shapes.base import Shape
from crisiswire.serving.shapes.events import EventShape, StatementShape


class ActorHead(Shape):
    """An actor in few words. ``id`` is the key of its page."""

    id: str
    name: str
    country: str | None
    sectors: list[str]


class ActorItem(ActorHead):
    """An actor in a list, with the events it takes part in."""

    events: int
    as_actor: int
    as_recipient: int
    intensity: float = Field(description="Mean intensity of its events, -10 to 10.")
    first: dt.date
    last: dt.date


class ActorPage(Shape):
    """Actors, those of most events first."""

    items: list[ActorItem]
    next: str | None
    total: int | None


class NameUse(Shape):
    """A name or phrase that stands for the actor in articles."""

    text: str
    times: int


class Office(Shape):
    """A dated role that the actor tables know; an open end is null."""

    office: str
    country: str | None
    sectors: list[str]
    first: dt.date | None
    last: dt.date | None


class TypeCount(Shape):
    """Events of a type."""

    event_type: EventType
    events: int


class Side(Shape):
    """The actor in one role: how often, in events of which types, and the latest of them."""

    events: int
    intensity: float | None
    types: list[TypeCount]
    latest: list[EventShape]


class Counterpart(ActorHead):
    """Another actor and the events between the two: toward it and from it."""

    toward: int
    toward_intensity: float | None
    back: int
    back_intensity: float | None


class ActorDetail(ActorHead):
    """An actor's page. Older events: /api/events?party=ID."""

    kind: str | None = Field(description="Kind in the actor tables, null for one in no table.")
    names: list[NameUse]
    offices: list[Office]
    first: dt.date | None
    last: dt.date | None
    as_actor: Side
    as_recipient: Side
    counterparts: list[Counterpart]
    quotes: list[StatementShape]
