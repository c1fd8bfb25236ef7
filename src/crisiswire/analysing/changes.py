"""What has turned: how the parties of a record act toward each other now, against before.

The *tension* of a window is the sum of its events' intensities with the sign turned, so that
more is worse. What is expected is the mean of the windows before. The difference is measured in
its usual spread: events of typical intensity ``_TYPICAL`` that come independently spread the sum
over a window as the root of their number, and one more event is granted to each dyad, so that
a single event after silence does not top the list by itself.
"""

from __future__ import annotations

import datetime as dt
import math
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Literal

from crisiswire.analysing.heads import Head
from crisiswire.analysing.networks import named
from crisiswire.analysing.series import EXACT
from crisiswire.storing import EventQuery, Store, StoredEvent
from crisiswire.storing.records import actor_key
from crisiswire.storing.tallies import Level, dyads

Window = Literal["day", "week", "month"]
BEFORE = 4  # windows that tell what is usual
_TYPICAL = 5.0  # intensity
_READ = 200  # events of a dyad that are read for the sentences behind its turn
LENGTHS: dict[Window, int] = {"day": 1, "week": 7, "month": 30}  # days


@dataclass(frozen=True, slots=True)
class Days:
    """A closed interval of days."""

    start: dt.date
    end: dt.date


@dataclass(frozen=True, slots=True)
class Change:
    """How what one does toward another has turned; a positive score is worse."""

    actor: Head
    recipient: Head
    events: int
    events_before: float
    tension: float
    expected: float
    score: float
    direction: Literal["worse", "better"]
    behind: tuple[StoredEvent, ...]


@dataclass(frozen=True, slots=True)
class Changes:
    """The sharpest turns of the days ``now`` against those ``before``."""

    window: Window
    level: Level
    now: Days | None
    before: Days | None
    items: tuple[Change, ...]


@dataclass(slots=True)
class _Dyad:
    events: int = 0
    tension: float = 0.0
    events_before: int = 0
    tension_before: float = 0.0
    sample: int = 0

    @property
    def score(self) -> float:
        expected = self.tension_before / BEFORE
        number = self.events + self.events_before / BEFORE + 1
        return (self.tension - expected) / (_TYPICAL * math.sqrt(number))


def changes(
    store: Store,
    query: EventQuery,
    window: Window = "week",
    *,
    as_of: dt.date | None = None,
    level: Level = "country",
    limit: int = 10,
    sentences: int = 3,
) -> Changes:
    """The dyads whose last ``window`` up to ``as_of`` differs most from the four before.

    Without a day, the day of the record's latest article. Of each, the events that weigh most.
    """
    end = as_of or store.latest()
    if end is None:
        return Changes(window, level, None, None, ())
    now, before = windows(end, window)
    found: dict[tuple[str, str], _Dyad] = defaultdict(_Dyad)
    span = replace(query, begins_from=before.start, date_to=now.end, date_precisions=EXACT[window])
    for row in store.tally(partial(dyads, span, level=level, since=now.start)):
        dyad = found[row.source, row.target]
        dyad.sample = max(dyad.sample, row.sample)
        if row.lately:
            dyad.events += row.events
            dyad.tension -= row.intensity
        else:
            dyad.events_before += row.events
            dyad.tension_before -= row.intensity
    ranked = sorted(found, key=lambda pair: (-abs(found[pair].score), pair))
    top = [pair for pair in ranked if found[pair].score][:limit]
    samples = {key: found[pair].sample for pair in top for key in pair}
    shown = named(store, samples, level)
    items = []
    for pair in top:
        dyad = found[pair]
        told = replace(span, begins_from=now.start) if dyad.events else span
        behind = _behind(store, told, level, pair, worse=dyad.score > 0)
        items.append(_change(dyad, shown[pair[0]], shown[pair[1]], behind[:sentences]))
    return Changes(window, level, now, before, tuple(items))


def windows(end: dt.date, window: Window) -> tuple[Days, Days]:
    """The window that ends on ``end``, and the days of the windows before it."""
    length = LENGTHS[window]
    start = _earlier(end, length - 1)
    return Days(start, end), Days(_earlier(start, BEFORE * length), _earlier(start, 1))


def _earlier(day: dt.date, days: int) -> dt.date:
    return day - dt.timedelta(min(days, (day - dt.date.min).days))


def _change(dyad: _Dyad, actor: Head, recipient: Head, behind: Sequence[StoredEvent]) -> Change:
    return Change(
        actor,
        recipient,
        dyad.events,
        dyad.events_before / BEFORE,
        round(dyad.tension, 2),
        round(dyad.tension_before / BEFORE, 2),
        round(dyad.score, 2),
        "worse" if dyad.score > 0 else "better",
        tuple(behind),
    )


def _behind(
    store: Store, query: EventQuery, level: Level, pair: tuple[str, str], *, worse: bool
) -> list[StoredEvent]:
    """The events of the dyad, those first that weigh most in the turn."""
    if level == "country" and query.dyad is None:
        query = replace(query, dyad="-".join(pair))
    elif level == "actor" and query.party is None:
        query = replace(query, party=pair[0], party_role="actor", counterpart=pair[1])
    found = [s for s in store.events(replace(query, limit=_READ)) if _between(s, level, pair)]
    sign = 1 if worse else -1
    found.sort(key=lambda s: sign * s.event.intensity * s.event.confidence)
    return found


def _between(stored: StoredEvent, level: Level, pair: tuple[str, str]) -> bool:
    event = stored.event
    return all(
        any(key == (p.country if level == "country" else actor_key(p.entity_id, p.name))
            for p in parties)
        for key, parties in zip(pair, (event.actors, event.recipients), strict=True)
    )  # fmt: skip
