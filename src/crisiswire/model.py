"""The records that flow through crisiswire: immutable, typed, offsets in characters.

Every offset counts Unicode characters of ``Article.text`` as stored, end
exclusive, and ``Article.text[start:end] == text`` holds for every span. The
JSON form of an :class:`Event` (``Event.to_record``) is the public event record.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

EventType = Literal[
    "AGREE",
    "CONSULT",
    "SUPPORT",
    "CONCEDE",
    "COOPERATE",
    "AID",
    "RETREAT",
    "REQUEST",
    "ACCUSE",
    "REJECT",
    "THREATEN",
    "PROTEST",
    "SANCTION",
    "MOBILIZE",
    "COERCE",
    "ASSAULT",
]
QuadClass = Literal[
    "verbal cooperation", "material cooperation", "verbal conflict", "material conflict"
]
Status = Literal["actual", "negated", "future", "hypothetical", "historical"]
AttributionKind = Literal["outlet", "statement", "quote", "denial", "claim"]
QuoteKind = Literal["direct", "partial", "scare"]
Precision = Literal["day", "week", "month", "quarter", "year", "decade", "article"]
PlacePrecision = Literal["at", "near", "context", "dateline"]
Reviewed = Literal["confirmed", "corrected", "added"]


@dataclass(frozen=True, slots=True)
class Span:
    """Words of an article: ``article.text[start:end] == text``."""

    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Article:
    """One report. ``masked`` lists character ranges that are kept but not coded
    (datelines, credit lines, page furniture). ``date_known`` is False when the
    date is a guess (today's) because the input carried none."""

    text: str
    date: dt.date
    id: str = ""
    title: str | None = None
    outlet: str | None = None
    url: str | None = None
    language: str | None = None
    masked: tuple[tuple[int, int], ...] = ()
    date_known: bool = True

    def __post_init__(self) -> None:
        if not self.id:
            object.__setattr__(self, "id", text_id(self.text))


@dataclass(frozen=True, slots=True)
class Actor:
    """A party as mentioned (``text`` at ``start:end``) and as known.

    ``country`` is ISO 3166 alpha-3, or UNO EUR IGO NGO IMG ISM MNC, or None;
    ``sectors`` are PLOVER sector codes, best first; ``entity_id`` is a stable
    slug of the known entity, or None for an unknown one.
    """

    text: str
    start: int
    end: int
    name: str
    country: str | None = None
    sectors: tuple[str, ...] = ()
    entity_id: str | None = None


@dataclass(frozen=True, slots=True)
class When:
    """When an event happened: a closed interval of days and how exact it is. ``text``, at
    ``text_start:text_end`` of the article, are the words that tell it; None where none do."""

    text: str | None
    start: dt.date
    end: dt.date
    precision: Precision
    text_start: int | None = None
    text_end: int | None = None


@dataclass(frozen=True, slots=True)
class Place:
    """Where: the mention, its span, and the gazetteer's entry (degrees, WGS 84).

    ``precision``, from the surest: "at" the place itself, "near" it (outside, off, at the border
    with it), "context" the place of the sentence before, "dateline" where the report was filed.
    """

    text: str
    start: int
    end: int
    name: str
    country: str | None
    admin1: str | None
    latitude: float | None
    longitude: float | None
    geonames_id: int | None
    kind: str
    precision: PlacePrecision = "at"


@dataclass(frozen=True, slots=True)
class Attribution:
    """Who says so. ``kind`` "outlet" is the article's own voice (no speaker). ``verb`` are the
    words of saying, at ``verb_start:verb_end`` of the article."""

    kind: AttributionKind
    speaker: Actor | None = None
    verb: str | None = None
    quoted: bool = False
    verb_start: int | None = None
    verb_end: int | None = None


@dataclass(frozen=True, slots=True)
class Quote:
    """Words between quotation marks (``text`` at ``start:end``, without the marks) and whose they
    are; ``sentence`` is the one they begin in. ``direct``: a clause or more; ``partial``: words
    of a sentence that is not quoted as a whole; ``scare``: words that nobody in particular is
    quoted with. ``verb`` are the words of saying, at ``verb_start:verb_end``. ``unnamed``: the
    speaker is known by role only. ``continues``: goes on from the quote before."""

    text: str
    start: int
    end: int
    sentence: int
    kind: QuoteKind
    speaker: Actor | None = None
    verb: str | None = None
    unnamed: bool = False
    continues: bool = False
    verb_start: int | None = None
    verb_end: int | None = None


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number told with the event (dead, injured, personnel, money …).

    ``unit`` is an ISO 4217 code for money, days, months or years for a duration. ``minimum`` and
    ``maximum`` are what the words allow at least and at most ("20 to 30"), None where they do not
    say; ``designation`` is the named type of weapons or vehicles ("Il-62").
    """

    kind: str
    value: float
    approximate: bool
    text: str
    start: int
    end: int
    unit: str | None = None
    minimum: float | None = None
    maximum: float | None = None
    designation: str | None = None


@dataclass(frozen=True, slots=True)
class Evidence:
    """The sentence an event was read from and the word that triggered it."""

    text: str
    start: int
    end: int
    trigger: Span


@dataclass(frozen=True, slots=True)
class Event:
    """Who did what to whom, when, where, according to whom, and whether.

    ``reviewed`` is what a person's judgement has made of the coder's record, None where nobody
    has judged it.
    """

    event_id: str
    document_id: str
    sentence: int
    event_type: EventType
    mode: str | None
    contexts: tuple[str, ...]
    quad_class: QuadClass
    intensity: float
    cameo: str
    actors: tuple[Actor, ...]
    recipients: tuple[Actor, ...]
    date: When
    place: Place | None
    status: Status
    attribution: Attribution
    quantities: tuple[Quantity, ...]
    evidence: Evidence
    confidence: float
    coder: str
    reviewed: Reviewed | None = None
    explanation: Mapping[str, Any] = field(default_factory=dict, compare=False, hash=False)

    def to_record(self) -> dict[str, Any]:
        """The public JSON form, without ``explanation``."""
        record = plain(self)
        del record["explanation"]
        return record  # type: ignore[no-any-return]


def text_id(text: str) -> str:
    """Stable identifier of a text: the first 16 hex digits of its BLAKE2b digest."""
    import hashlib

    return hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()


def plain(value: Any) -> Any:
    """Records, dates and tuples as JSON-ready values."""
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, tuple):
        return [plain(item) for item in value]
    slots = getattr(type(value), "__dataclass_fields__", None)
    if slots is not None:
        return {name: plain(getattr(value, name)) for name in slots}
    return dict(value) if isinstance(value, Mapping) else value
