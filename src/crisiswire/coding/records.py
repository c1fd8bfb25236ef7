"""A possible event on its way from a match to the record."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from crisiswire.coding.matching import Match
from crisiswire.model import Status
from crisiswire.resolving.records import Resolved


@dataclass(frozen=True, slots=True)
class Heard:
    """The event model's probability of each status and kind of attribution; ``composed`` where
    grammar made the type, whose facts the model does not doubt."""

    statuses: Mapping[str, float]
    attributions: Mapping[str, float]
    composed: bool = False


@dataclass(slots=True)
class Candidate:
    """One possible event. ``score`` is the product of what speaks for it, 0 to 1."""

    trigger: int
    type: str
    mode: str | None
    contexts: tuple[str, ...]
    cameo: str | None
    actors: list[Resolved]
    recipients: list[Resolved]
    status: Status
    score: float
    nominal: bool
    match: Match | None
    inner: Match | None = None
    why: dict[str, Any] = field(default_factory=dict)
    none: float = 0.0  # the model's probability that it is no event
    heard: Heard | None = None
