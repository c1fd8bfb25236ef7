"""Places, series, networks, changes, and the values of filters."""

from __future__ import annotations

import datetime as dt
from typing import Literal

from pydantic import Field

from crisiswire.model import PlacePrecision, QuadClass
from crisiswire.serving.shapes.actors import ActorHead
from crisiswire.serving.shapes.base import Shape
from crisiswire.serving.shapes.events import EventShape


class PlaceItem(Shape):
    """A place with the events there."""

    geonames_id: int | None
    name: str
    country: str | None
    admin1: str | None
    latitude: float | None
    longitude: float | None
    kind: str
    events: int
    classes: dict[QuadClass, int] = Field(description="Events by quad class.")
    precisions: dict[PlacePrecision, int] = Field(description="Events by how sure the place is.")
    intensity: float
    first: dt.date
    last: dt.date


class PlacePage(Shape):
    """Places, those of most events first."""

    items: list[PlaceItem]
    next: str | None
    total: int | None
    placeless: int = Field(description="Events that meet the filters and have no place.")


class Line(Shape):
    """One line of a series: a value for each bucket."""

    key: str = Field(description="Quad class or event type; 'all' without a split.")
    counts: list[int]
    intensity: list[float | None] = Field(description="Mean intensity; null where none.")


class Series(Shape):
    """Events over time. Buckets without events are left out."""

    by: Literal["day", "week", "month"]
    split: Literal["quad_class", "type", "none"]
    buckets: list[dt.date] = Field(description="First day of each; weeks begin on Monday.")
    lines: list[Line]
    left_out: int = Field(description="Events whose date is less exact than a bucket.")


class Node(ActorHead):
    """An actor or country of a network."""

    acts: int
    receives: int


class Edge(Shape):
    """What one does toward another."""

    source: str
    target: str
    events: int
    classes: dict[QuadClass, int]
    intensity: float = Field(description="Mean, -10 to 10.")
    first: dt.date
    last: dt.date


class Network(Shape):
    """Who acts toward whom; the edges of most events first."""

    level: Literal["country", "actor"]
    nodes: list[Node]
    edges: list[Edge]
    left_out: int = Field(description="Edges beyond the limit.")


class Days(Shape):
    """A closed interval of days."""

    start: dt.date
    end: dt.date


class Change(Shape):
    """How what one does toward another has turned.

    ``tension`` is the sum of the events' intensities with its sign turned: more is worse.
    ``expected`` is the mean tension of the windows before. ``score`` is their difference in
    units of its usual spread; positive is worse.
    """

    actor: ActorHead
    recipient: ActorHead
    events: int
    events_before: float = Field(description="Mean number of events of the windows before.")
    tension: float
    expected: float
    score: float
    direction: Literal["worse", "better"]
    behind: list[EventShape] = Field(description="The events that weigh most in it.")


class Changes(Shape):
    """The sharpest turns in the last window of the record."""

    window: Literal["day", "week", "month"]
    level: Literal["country", "actor"]
    now: Days | None = Field(description="Null in an empty store.")
    before: Days | None
    items: list[Change]


class Choice(Shape):
    """A value that a filter may take, and how many events it gives."""

    value: str
    name: str
    events: int


class Choices(Shape):
    """The values of the filters that the store holds, most events first."""

    types: list[Choice]
    quad_classes: list[Choice]
    statuses: list[Choice]
    countries: list[Choice] = Field(description="Countries of actors and recipients.")
    place_countries: list[Choice]
    outlets: list[Choice]
