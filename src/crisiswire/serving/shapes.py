"""The shapes of the API's answers: the event record and what is told of its article.

Fields that stand in the public event record have its names and meaning (docs/codebook.md).
Offsets count Unicode characters (code points, not UTF-16 units) of the article's text, end
exclusive. Lists of things come in pages: ``items`` and ``next``, the cursor of the page after,
null on the last.
"""

from __future__ import annotations

import datetime as dt
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from crisiswire.model import (
    AttributionKind,
    EventType,
    PlacePrecision,
    Precision,
    QuadClass,
    QuoteKind,
    Status,
)

Verdict = Literal["confirm", "reject", "change", "add", "complete", "undo"]


class Shape(BaseModel):
    """Base of every answer; the field descriptions make the OpenAPI document."""

    model_config = ConfigDict(extra="forbid", frozen=True)


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


class ArticleItem(ArticleHead):
    """An article in a list."""

    events: int


class ArticlePage(Shape):
    """Articles, earliest first unless asked otherwise."""

    items: list[ArticleItem]
    next: str | None
    total: int | None


class QuoteShape(SpanShape):
    """Words between quotation marks, without the marks, and whose they are."""

    sentence: int
    kind: QuoteKind
    speaker: PartyShape | None
    verb: str | None
    unnamed: bool
    continues: bool
    verb_start: int | None = None
    verb_end: int | None = None


class ArticleDetail(ArticleHead):
    """An article with its text and its events in the order of the text."""

    date_known: bool
    text: str
    masked: list[tuple[int, int]] = Field(description="Ranges that are kept but not coded.")
    events: list[EventShape]


class CodedShape(Shape):
    """A text as it was coded; nothing is stored."""

    article: ArticleHead
    text: str
    masked: list[tuple[int, int]]
    refusal: str | None = Field(description="Why it was not coded (its language), or null.")
    events: list[EventDetail]
    quotes: list[QuoteShape]


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


class Found(ArticleHead):
    """An article that holds the words sought."""

    snippet: str
    start: int = Field(description="Where the snippet begins in the text.")
    marks: list[tuple[int, int]] = Field(description="Ranges of the text that match.")


class SearchAnswer(Shape):
    """What meets a search: articles in pages; actors, places and events the first few."""

    articles: list[Found]
    next: str | None
    actors: list[ActorItem]
    places: list[PlaceItem]
    events: list[EventShape]


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


class About(Shape):
    """What is served. Codes of the ontology stand here once, with their names."""

    version: str
    store: str = Field(description="The store in words.")
    demo: bool
    articles: int
    events: int
    first: dt.date | None
    last: dt.date | None
    record_end: dt.date | None = Field(description="Day of the latest article.")
    can_code: bool
    can_review: bool
    has_stories: bool
    max_code_chars: int
    countries: dict[str, str] = Field(description="Code to English name.")
    types: dict[EventType, QuadClass]
    modes: dict[EventType, list[str]]
    sectors: list[str]
    contexts: list[str]
    export_forms: list[str]


class Health(Shape):
    """That the service answers and its store can be read."""

    status: Literal["ok"]


class Fault(Shape):
    """Why a request was refused and what to do."""

    code: str
    message: str
    parameter: str | None
    request_id: str


class ErrorAnswer(Shape):
    """Every answer with a status of 400 or more."""

    error: Fault


class CodeRequest(BaseModel):
    """A text to code."""

    model_config = ConfigDict(extra="forbid")

    text: str = Field(min_length=1)
    date: dt.date | None = Field(default=None, description="Without it today's is taken.")
    title: str | None = Field(default=None, max_length=1000)
    outlet: str | None = Field(default=None, max_length=200)
    url: str | None = Field(default=None, max_length=2000)


class ReviewRequest(BaseModel):
    """A judgement, as docs/corrections.md tells its fields."""

    model_config = ConfigDict(extra="forbid")

    verdict: Verdict
    by: str = Field(min_length=1, max_length=200, description="Who judges.")
    why: str | None = Field(default=None, max_length=2000)
    event_id: str | None = Field(
        default=None, max_length=200, description="The event to confirm, reject or change."
    )
    changes: dict[str, Any] | None = Field(
        default=None, description="For change and add: fields with their right values."
    )
    document_id: str | None = Field(
        default=None, max_length=1000, description="The article, for add and complete."
    )
    trigger: str | None = Field(
        default=None, max_length=1000, description="For add: the word that tells the event."
    )
    judgement_id: str | None = Field(
        default=None, max_length=200, description="For undo: the judgement to take back."
    )
    seen: str | None = Field(
        default=None,
        max_length=200,
        description="Id of the judgement that held when the person looked, '' for none: 409 where "
        "another holds by now.",
    )
    blind: bool | None = None
