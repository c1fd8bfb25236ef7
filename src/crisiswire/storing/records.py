"""What one asks of the store and what it gives back."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, get_args

from crisiswire.errors import StoreError
from crisiswire.model import Actor, Article, Event, EventType, Precision, QuadClass, Status
from crisiswire.storing.searching import parse_search

Role = Literal["actor", "recipient", "speaker"]
Countries = str | tuple[str, ...] | None

_DYAD = re.compile(r"([A-Z]{3})([-~])([A-Z]{3})", re.IGNORECASE)


_UNKNOWN = "~"  # begins the key of an actor without an entity


def actor_key(entity_id: str | None, name: str) -> str:
    """What tells actors apart: the entity, or ``~`` and the name of one that has none."""
    return _UNKNOWN + name if entity_id is None else entity_id


def key_name(key: str) -> str | None:
    """The name in the key of an actor without an entity, None for another key."""
    return key[1:] if key.startswith(_UNKNOWN) else None


@dataclass(frozen=True, slots=True)
class StoredEvent:
    """An event and what is known of the article that tells it.

    ``copy_of`` is the id of the first article that told the report, None when this one did;
    ``copies`` are the articles that copied this one, ``outlets`` those that it ran in, its own
    first.
    """

    event: Event
    article_date: dt.date
    outlet: str | None
    title: str | None
    url: str | None
    language: str | None = None
    copy_of: str | None = None
    copies: int = 0
    outlets: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class UncodedArticle:
    """An article that was kept but not coded, and why."""

    id: str
    date: dt.date
    language: str | None
    outlet: str | None
    title: str | None
    reason: str


@dataclass(frozen=True, slots=True)
class PartyMention:
    """An actor or recipient of an event with the event's sentence, which begins at
    ``sentence_start`` of the article, and the country where it happened."""

    party: Actor
    document_id: str
    sentence: str
    sentence_start: int
    place_country: str | None


@dataclass(frozen=True, slots=True)
class StoreCounts:
    """How much a store holds. ``first`` and ``last`` are the earliest and the latest
    day on which an event begins, None in an empty store. ``copies`` of the articles tell again
    what others told, and ``events`` counts theirs once; ``not_coded`` are kept without events."""

    articles: int
    events: int
    first: dt.date | None
    last: dt.date | None
    schema_version: str
    copies: int = 0
    not_coded: int = 0


@dataclass(frozen=True, slots=True)
class Upgrade:
    """A store's tables were brought from revision ``before`` to ``after``. ``copy`` is the
    store as it was, None where the database is for its own keeper to copy."""

    before: str
    after: str
    copy: Path | None

    def __str__(self) -> str:
        kept = f"; as it was it is kept in {self.copy}" if self.copy else ""
        return f"the store was brought from tables {self.before} to {self.after}{kept}"


@dataclass(frozen=True, slots=True)
class Dyad:
    """Two countries; ``directed`` when the first acts upon the second."""

    first: str
    second: str
    directed: bool


@dataclass(frozen=True, slots=True)
class FoundArticle:
    """An article that a search found.

    ``matches`` and ``title_matches`` are the ranges of characters of its text and title that
    hold the words searched for; ``snippet`` is the part of the text that shows most of them,
    from the character ``snippet_start`` on.
    """

    article: Article
    matches: tuple[tuple[int, int], ...]
    title_matches: tuple[tuple[int, int], ...]
    snippet: str
    snippet_start: int


@dataclass(frozen=True, slots=True)
class EventQuery:
    """Which events to give; every filter that is set must hold.

    Each country may be one code or several, of which one must hold.
    A country and a sector of the same role must belong to one and the same party.
    ``dyad`` is ``"USA-VEN"`` (an actor of the first, a recipient of the second) or
    ``"USA~VEN"`` (either way round, or both as actors of one event). ``date_from``
    and ``date_to`` give the events whose time overlaps that range of days, both
    included; ``published_from`` and ``published_to`` do it for the article's date.
    ``begins_from`` leaves out what began before that day.
    ``party`` is an actor's key (:func:`actor_key`) and ``party_role`` actor, recipient or
    speaker; without a role, actor or recipient. ``counterpart`` is the key of another on the
    other side: a recipient where ``party`` is an actor, an actor where it is a recipient.
    ``reviewed``: only what people have judged, or only what nobody has.
    ``text`` searches the events' sentences, ``search`` the texts and titles of their
    articles: all words, ``"a phrase"``, ``sanction*``, ``oil OR gas``, ``oil -gas``, in any
    letter case; see :mod:`crisiswire.storing.searching`.
    What a copy tells again is left out unless ``copies`` is True or ``document_id``
    names the copy; with ``outlet`` it is given where the first article was another
    outlet's.

    Raises StoreError for a value that can match nothing: an unknown event type,
    quad class or status, a dyad of another form, a counterpart of nobody or of a speaker, a
    negative limit, no word to search for.
    """

    actor_country: Countries = None
    actor_sector: str | None = None
    recipient_country: Countries = None
    recipient_sector: str | None = None
    dyad: str | None = None
    event_types: tuple[str, ...] = ()
    quad_classes: tuple[str, ...] = ()
    statuses: tuple[str, ...] = ()
    date_from: dt.date | None = None
    date_to: dt.date | None = None
    date_precisions: tuple[str, ...] = ()
    begins_from: dt.date | None = None
    published_from: dt.date | None = None
    published_to: dt.date | None = None
    outlet: str | None = None
    party: str | None = None
    party_role: str | None = None
    counterpart: str | None = None
    place_country: Countries = None
    geonames_id: int | None = None
    min_confidence: float | None = None
    document_id: str | None = None
    text: str | None = None
    search: str | None = None
    reviewed: bool | None = None
    copies: bool = False
    limit: int | None = None
    offset: int = 0

    def __post_init__(self) -> None:
        _check("event type", self.event_types, EventType)
        _check("quad class", self.quad_classes, QuadClass)
        _check("status", self.statuses, Status)
        _check("precision", self.date_precisions, Precision)
        _check("role", () if self.party_role is None else (self.party_role,), Role)
        if self.counterpart is not None and (self.party is None or self.party_role == "speaker"):
            raise StoreError("counterpart: give the party that it faces, as actor or recipient")
        check_window(self.limit, self.offset)
        parse_dyad(self.dyad)
        for words in (self.text, self.search):
            if words is not None:
                parse_search(words)


def country_codes(asked: Countries) -> tuple[str, ...]:
    """The codes that are asked for, in capitals; none where any country will do."""
    if asked is None:
        return ()
    return tuple(code.upper() for code in ((asked,) if isinstance(asked, str) else asked))


def parse_dyad(text: str | None) -> Dyad | None:
    """``"USA-VEN"`` or ``"USA~VEN"`` in its parts. Raises StoreError for another form."""
    if text is None:
        return None
    found = _DYAD.fullmatch(text.strip())
    if found is None:
        raise StoreError(
            f"dyad {text!r}: write two three-letter countries, "
            "USA-VEN for one direction or USA~VEN for both"
        )
    return Dyad(found[1].upper(), found[3].upper(), found[2] == "-")


def check_window(limit: int | None, offset: int) -> None:
    """Raises StoreError unless ``limit`` and ``offset`` are 0 or more."""
    if (limit is not None and limit < 0) or offset < 0:
        raise StoreError(f"limit {limit}, offset {offset}: give 0 or more")


def _check(name: str, values: tuple[str, ...], literal: object) -> None:
    known = get_args(literal)
    for value in values:
        if value not in known:
            raise StoreError(f"{name} {value!r}: not known; one of {', '.join(known)}")
