"""The event record, why it was coded so, what was judged of it, and who says what."""

from __future__ import annotations

import datetime as dt
from typing import Any, Literal

from pydantic import Field

from crisiswire.model import (
    AttributionKind,
    EventType,
    PlacePrecision,
    Precision,
    QuadClass,
    Status,
)
from crisiswire.serving.shapes.base import Shape

Verdict = Literal["confirm", "reject", "change", "add", "complete", "undo"]


class SpanShape(Shape):
    """Words of the article's text."""

    text: str
    start: int = Field(ge=0)
    end: int = Field(ge=0)


class PartyShape(SpanShape):
    """A party as mentioned and as known."""

    name: str
    country: str | None
    sectors: list[str]
    entity_id: str | None
    actor: str = Field(description="Key of the actor's page: the entity, or ~ and the name.")


class WhenShape(Shape):
    """When an event happened: a closed interval of days."""

    text: str | None
    start: dt.date
    end: dt.date
    precision: Precision
    text_start: int | None = Field(default=None, description="Where the words stand.")
    text_end: int | None = None


class PlaceShape(SpanShape):
    """Where an event happened."""

    name: str
    country: str | None
    admin1: str | None
    latitude: float | None
    longitude: float | None
    geonames_id: int | None
    kind: str
    precision: PlacePrecision


class AttributionShape(Shape):
    """Who says so."""

    kind: AttributionKind
    speaker: PartyShape | None
    verb: str | None
    quoted: bool
    verb_start: int | None = None
    verb_end: int | None = None


class QuantityShape(SpanShape):
    """A number told with an event."""

    kind: str
    value: float
    approximate: bool
    unit: str | None
    minimum: float | None = None
    maximum: float | None = None
    designation: str | None = None


class EvidenceShape(SpanShape):
    """The sentence an event was read from and the word that triggered it."""

    trigger: SpanShape


class ArticleHead(Shape):
    """What is known of an article besides its text."""

    id: str
    date: dt.date
    outlet: str | None
    title: str | None
    url: str | None
    language: str | None


class EventShape(Shape):
    """An event record with its article; corrections are applied."""

    event_id: str
    document_id: str
    sentence: int
    event_type: EventType
    mode: str | None
    contexts: list[str]
    quad_class: QuadClass
    intensity: float
    cameo: str
    actors: list[PartyShape]
    recipients: list[PartyShape]
    date: WhenShape
    place: PlaceShape | None
    status: Status
    attribution: AttributionShape
    quantities: list[QuantityShape]
    evidence: EvidenceShape
    confidence: float
    coder: str
    article: ArticleHead
    copies: int = Field(default=0, description="Articles that copied this one's report.")
    outlets: list[str] = Field(
        default_factory=list, description="Outlets that the report ran in, its own first."
    )
    reviewed: Literal["confirmed", "corrected", "added"] | None = Field(
        default=None, description="What people's judgement came to; null where nobody judged."
    )
    story: str | None = Field(default=None, description="Id of the story it belongs to.")


class EventPage(Shape):
    """Events, earliest first unless asked otherwise."""

    items: list[EventShape]
    next: str | None
    total: int | None = Field(description="How many meet the filters; on the first page only.")


class Reason(Shape):
    """One field of an event, what it was coded as, and why."""

    field: str
    value: str
    because: list[str]


class JudgementShape(Shape):
    """What somebody judged of an event or an article; see docs/corrections.md."""

    id: str
    document_id: str
    verdict: Verdict
    by: str
    at: dt.datetime
    why: str | None
    event_id: str | None
    subject: str | None
    record: dict[str, Any] | None = Field(description="The coder's record as it was.")
    changes: dict[str, Any]
    blind: bool
    undoes: str | None


class JudgementPage(Shape):
    """Judgements, latest first."""

    items: list[JudgementShape]
    next: str | None


class EventDetail(EventShape):
    """An event, why it was coded so, and what reviewers said of it, oldest first."""

    reasons: list[Reason]
    explanation: dict[str, Any] = Field(description="What each stage knew, as it was stored.")
    judgements: list[JudgementShape]


class StatementShape(Shape):
    """A sentence of an article in which somebody says something."""

    speaker: PartyShape
    verb: str | None
    kind: AttributionKind
    quoted: bool
    evidence: SpanShape
    sentence: int
    events: list[str] = Field(description="Ids of the events that are told in it.")
    article: ArticleHead


class StatementPage(Shape):
    """Statements, earliest first unless asked otherwise."""

    items: list[StatementShape]
    next: str | None
