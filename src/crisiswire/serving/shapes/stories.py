"""Stories and their reports."""

from __future__ import annotations

import datetime as dt

from pydantic import Field

from crisiswire.model import EventType, QuadClass
from crisiswire.serving.shapes.actors import ActorHead
from crisiswire.serving.shapes.base import Shape
from crisiswire.serving.shapes.events import EventShape, PlaceShape


class Toll(Shape):
    """A number as the reports of a story tell it."""

    kind: str
    low: float
    high: float
    reports: int


class StoryItem(Shape):
    """One happening as told by one or several reports."""

    id: str
    event_type: EventType
    quad_class: QuadClass
    first: dt.date
    last: dt.date
    actors: list[ActorHead]
    recipients: list[ActorHead]
    place: PlaceShape | None
    reports: int
    outlets: list[str]
    tolls: list[Toll]
    denials: int
    headline: str = Field(description="The sentence that tells it best.")


class StoryPage(Shape):
    """Stories, latest first unless asked otherwise."""

    items: list[StoryItem]
    next: str | None
    total: int | None


class Report(Shape):
    """One report of a story, and why it was joined to it."""

    event: EventShape
    denies: bool
    score: float | None
    reasons: list[str]


class StoryDetail(StoryItem):
    """A story with the words of every report side by side."""

    reports_told: list[Report]
