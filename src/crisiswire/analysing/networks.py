"""Who acts toward whom."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from crisiswire.analysing.heads import Head, country_head, heads
from crisiswire.storing import EventQuery, Store
from crisiswire.storing.tallies import Level, dyads

_NEAR = 50  # counterparts whose own edges are shown too


@dataclass(slots=True)
class Edge:
    """What one does toward another; ``intensity`` is the mean of its events."""

    source: str
    target: str
    events: int = 0
    classes: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    intensity: float = 0.0
    first: dt.date = dt.date.max
    last: dt.date = dt.date.min


@dataclass(frozen=True, slots=True)
class Node:
    """An actor or country, with its events in the network."""

    id: str
    name: str
    country: str | None
    sectors: tuple[str, ...]
    acts: int
    receives: int


@dataclass(frozen=True, slots=True)
class Network:
    """The edges of most events and their nodes; ``left_out`` edges are beyond the limit."""

    level: Level
    nodes: list[Node]
    edges: list[Edge]
    left_out: int


def network(
    store: Store,
    query: EventQuery,
    level: Level = "country",
    *,
    ego: str | None = None,
    limit: int = 200,
) -> Network:
    """Who acts toward whom in the events that meet ``query``, at most ``limit`` edges.

    With ``ego``, a node's key: its own edges first, then those among its counterparts.
    """
    edges, samples = _edges(store.tally(partial(dyads, query, level=level, around=ego)))
    if ego is not None and edges:
        near = _nearest(edges, ego)
        inner = store.tally(partial(dyads, query, level=level, among=near))
        between, others = _edges(inner)
        edges += [e for e in between if ego not in (e.source, e.target)]
        samples = others | samples
    edges.sort(key=lambda e: (ego not in (e.source, e.target), -e.events, e.source, e.target))
    kept = edges[:limit]
    return Network(level, _nodes(store, kept, samples, level), kept, len(edges) - len(kept))


def around(store: Store, query: EventQuery, ego: str) -> tuple[list[Edge], dict[str, Head]]:
    """The edges of an actor, those of most events first, and how their ends are shown."""
    edges, samples = _edges(store.tally(partial(dyads, query, level="actor", around=ego)))
    return sorted(edges, key=lambda e: (-e.events, e.source, e.target)), heads(store, samples)


def _nearest(edges: Iterable[Edge], ego: str) -> list[str]:
    """The counterparts of most events."""
    events: dict[str, int] = defaultdict(int)
    for edge in edges:
        events[edge.target if edge.source == ego else edge.source] += edge.events
    return sorted(events, key=lambda key: (-events[key], key))[:_NEAR]


def _edges(rows: Iterable[Any]) -> tuple[list[Edge], dict[str, int]]:
    """Edges, and for each node the pk of an event that it takes part in."""
    edges: dict[tuple[str, str], Edge] = {}
    samples: dict[str, int] = {}
    for row in rows:
        edge = edges.setdefault((row.source, row.target), Edge(row.source, row.target))
        edge.events += row.events
        edge.classes[row.quad_class] += row.events
        edge.intensity += row.intensity
        edge.first = min(edge.first, row.first)
        edge.last = max(edge.last, row.last)
        for node in (row.source, row.target):
            samples[node] = max(samples.get(node, 0), row.sample)
    for edge in edges.values():
        edge.intensity = round(edge.intensity / edge.events, 2)
    return list(edges.values()), samples


def _nodes(
    store: Store, edges: Iterable[Edge], samples: dict[str, int], level: Level
) -> list[Node]:
    acts: dict[str, int] = defaultdict(int)
    receives: dict[str, int] = defaultdict(int)
    for edge in edges:
        acts[edge.source] += edge.events
        receives[edge.target] += edge.events
    keys = sorted({*acts, *receives}, key=lambda key: (-acts[key] - receives[key], key))
    shown = named(store, {key: samples[key] for key in keys}, level)
    return [Node(*_fields(shown[key]), acts[key], receives[key]) for key in keys]


def named(store: Store, samples: dict[str, int], level: Level) -> dict[str, Head]:
    """How the nodes of a level are shown."""
    return {k: country_head(k) for k in samples} if level == "country" else heads(store, samples)


def _fields(head: Head) -> tuple[str, str, str | None, tuple[str, ...]]:
    return head.id, head.name, head.country, head.sectors
