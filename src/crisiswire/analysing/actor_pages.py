"""Actors of the record: the list of them, and what is known of one."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from crisiswire.analysing.heads import Head, heads
from crisiswire.analysing.networks import around
from crisiswire.analysing.statements import Statement, statements
from crisiswire.knowledge.known import EARLIEST, LATEST, Known
from crisiswire.knowledge.names import NameIndex
from crisiswire.storing import EventQuery, Store, StoredEvent
from crisiswire.storing.records import key_name
from crisiswire.storing.tallies import actors as actor_rows
from crisiswire.storing.tallies import names as name_rows
from crisiswire.storing.tallies import roles

_LATEST = 10  # events and statements on a page
_NAMES = 30
_COUNTERPARTS = 30


@dataclass(frozen=True, slots=True)
class ActorEvents:
    """An actor with the events it takes part in; ``intensity`` is their mean."""

    id: str
    name: str
    country: str | None
    sectors: tuple[str, ...]
    events: int
    as_actor: int
    as_recipient: int
    intensity: float
    first: dt.date
    last: dt.date


@dataclass(frozen=True, slots=True)
class NameUse:
    """Words that stand for an actor, and how often."""

    text: str
    times: int


@dataclass(frozen=True, slots=True)
class Office:
    """A dated role of the actor tables; an open end is None."""

    office: str
    country: str | None
    sectors: tuple[str, ...]
    first: dt.date | None
    last: dt.date | None


@dataclass(frozen=True, slots=True)
class TypeCount:
    """Events of a type."""

    event_type: str
    events: int


@dataclass(frozen=True, slots=True)
class Side:
    """An actor in one role: its events, their mean intensity, their types, the latest."""

    events: int
    intensity: float | None
    types: tuple[TypeCount, ...]
    latest: tuple[StoredEvent, ...]


@dataclass(slots=True)
class Counterpart:
    """Another actor: events toward it and back, with their mean intensities."""

    id: str
    name: str
    country: str | None
    sectors: tuple[str, ...]
    toward: int = 0
    toward_intensity: float | None = None
    back: int = 0
    back_intensity: float | None = None


@dataclass(frozen=True, slots=True)
class ActorPage:
    """What the record tells of an actor, and the actor tables where they know it."""

    id: str
    name: str
    country: str | None
    sectors: tuple[str, ...]
    kind: str | None
    names: tuple[NameUse, ...]
    offices: tuple[Office, ...]
    first: dt.date
    last: dt.date
    as_actor: Side
    as_recipient: Side
    counterparts: tuple[Counterpart, ...]
    quotes: tuple[Statement, ...]


def actors(store: Store, query: EventQuery) -> list[ActorEvents]:
    """The actors and recipients of the events that meet ``query``, those of most events first."""
    return listed(store, ranked(store, query))


def ranked(store: Store, query: EventQuery) -> list[Any]:
    """As :func:`actors`, but only what is counted; ``key`` and ``events`` tell their order."""
    rows = store.tally(partial(actor_rows, query))
    return sorted(rows, key=lambda row: (-row.events, row.key))


def listed(store: Store, rows: Sequence[Any]) -> list[ActorEvents]:
    """The actors of some rows of :func:`ranked`, with how they are shown."""
    shown = heads(store, {row.key: row.sample for row in rows})
    return [_listed(shown[row.key], row) for row in rows]


def _listed(head: Head, row: Any) -> ActorEvents:
    return ActorEvents(
        head.id,
        head.name,
        head.country,
        head.sectors,
        row.events,
        row.as_actor,
        row.as_recipient,
        round(row.intensity, 2),
        row.first,
        row.last,
    )


def actor_page(store: Store, key: str, query: EventQuery, names: NameIndex) -> ActorPage | None:
    """The page of the actor of this key in the events that meet ``query``; None for an actor
    that is in none of them. ``names`` are the actor tables."""
    rows = store.tally(partial(roles, query, party=key))
    if not rows:
        return None
    head = heads(store, {key: max(row.sample for row in rows)})[key]
    known = _known(head, names)
    spoken = replace(query, party=key, party_role="speaker")
    return ActorPage(
        head.id,
        head.name,
        head.country,
        head.sectors,
        known.kind if known else None,
        _names(store, query, key),
        _offices(known),
        min(row.first for row in rows),
        max(row.last for row in rows),
        _side(store, query, key, "actor", rows),
        _side(store, query, key, "recipient", rows),
        _counterparts(store, query, key),
        tuple(statements(store, spoken, limit=_LATEST, newest_first=True)[0]),
    )


def _known(head: Head, names: NameIndex) -> Known | None:
    """The entry of the actor tables with the head's id."""
    if key_name(head.id) is not None:
        return None
    return next((k for hit in names.find(head.name) for k in hit.known if k.id == head.id), None)


def _offices(known: Known | None) -> tuple[Office, ...]:
    """The dated roles of an entry, earliest first."""
    if known is None:
        return ()
    dated = [t for t in known.terms if t.office or t.first > EARLIEST or t.last < LATEST]
    return tuple(
        Office(
            term.office,
            term.country,
            term.sectors,
            term.first if term.first > EARLIEST else None,
            term.last if term.last < LATEST else None,
        )
        for term in sorted(dated, key=lambda t: (t.first, t.last, t.office))
    )


def _names(store: Store, query: EventQuery, key: str) -> tuple[NameUse, ...]:
    rows = store.tally(partial(name_rows, query, party=key))
    ranked = sorted(
        (NameUse(row.text, row.times) for row in rows), key=lambda n: (-n.times, n.text)
    )
    return tuple(ranked[:_NAMES])


def _side(store: Store, query: EventQuery, key: str, role: str, rows: Iterable[Any]) -> Side:
    own = [row for row in rows if row.role == role]
    number = sum(row.events for row in own)
    if not number:
        return Side(0, None, (), ())
    types = sorted((TypeCount(r.event_type, r.events) for r in own), key=_most_first)
    asked = replace(query, party=key, party_role=role)
    latest = store.event_page(asked, limit=_LATEST, newest_first=True).items
    return Side(number, round(sum(r.intensity for r in own) / number, 2), tuple(types), latest)


def _most_first(count: TypeCount) -> tuple[int, str]:
    return -count.events, count.event_type


def _counterparts(store: Store, query: EventQuery, key: str) -> tuple[Counterpart, ...]:
    """The actors that it acts toward or that act toward it, those of most events first."""
    edges, heads_of = around(store, query, key)
    found: dict[str, Counterpart] = {}
    for edge in edges:
        head = heads_of[edge.target if edge.source == key else edge.source]
        entry = found.setdefault(
            head.id, Counterpart(head.id, head.name, head.country, head.sectors)
        )
        if edge.source == key:
            entry.toward, entry.toward_intensity = edge.events, edge.intensity
        if edge.target == key:
            entry.back, entry.back_intensity = edge.events, edge.intensity
    ranked = sorted(found.values(), key=lambda c: (-c.toward - c.back, c.id))
    return tuple(ranked[:_COUNTERPARTS])
