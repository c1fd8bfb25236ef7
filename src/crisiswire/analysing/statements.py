"""Who says what: the sentences of the record that are attributed to somebody."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from crisiswire.model import Actor, Span
from crisiswire.storing import EventQuery, Store
from crisiswire.storing.mapping import actor_of
from crisiswire.storing.records import actor_key
from crisiswire.storing.tallies import attributions
from crisiswire.storing.tallies import statements as statement_rows

_EACH = 4  # events that are read for each statement sought at first

# Date and id of the article, start and end of the sentence, key of the speaker.
Place = tuple[dt.date, str, int, int, str]


@dataclass(frozen=True, slots=True)
class Source:
    """What is known of an article besides its text."""

    id: str
    date: dt.date
    outlet: str | None
    title: str | None
    url: str | None
    language: str | None


@dataclass(frozen=True, slots=True)
class Statement:
    """A sentence of an article, who says it, and the ids of the events told in it."""

    speaker: Actor
    verb: str | None
    kind: str
    quoted: bool
    evidence: Span
    sentence: int
    events: tuple[str, ...]
    article: Source


def statements(
    store: Store,
    query: EventQuery,
    *,
    after: Place | None = None,
    limit: int = 50,
    newest_first: bool = False,
) -> tuple[list[Statement], Place | None]:
    """Statements that tell events which meet ``query``, by the article's date, article, place in
    it; and the place after which the next page begins, None on the last."""
    places = _places(store, query, after, limit + 1, newest_first)
    documents = {place[1] for place in places[:limit]}
    found: dict[Place, Statement] = {}
    for row in store.tally(partial(attributions, query, documents=documents)):
        speaker = row.PartyRow
        place = (
            row.date,
            row.document,
            row.evidence_start,
            row.evidence_end,
            actor_key(speaker.entity_id, speaker.name),
        )
        told = found.get(place) or _statement(row)
        found[place] = replace(told, events=(*told.events, row.event_id))
    return [found[p] for p in places[:limit]], places[limit - 1] if len(places) > limit else None


def _places(
    store: Store, query: EventQuery, after: Place | None, number: int, newest_first: bool
) -> list[Place]:
    """The places of the first ``number`` statements. A sentence may tell many events, so rows
    are read until that many different ones are found."""
    found: dict[Place, None] = {}
    while True:
        last = next(reversed(found), after) or ()
        rows = store.tally(
            partial(statement_rows, query, after=last, newest=newest_first, limit=_EACH * number)
        )
        found |= dict.fromkeys((r.date, r.document, r.start, r.end, r.key) for r in rows)
        if len(found) >= number or len(rows) < _EACH * number:
            return list(found)[:number]


def _statement(row: Any) -> Statement:
    return Statement(
        actor_of(row.PartyRow),
        row.attribution_verb,
        row.attribution_kind,
        row.attribution_quoted,
        Span(row.evidence_text, row.evidence_start, row.evidence_end),
        row.sentence,
        (),
        Source(row.document, row.date, row.outlet, row.title, row.url, row.language),
    )
