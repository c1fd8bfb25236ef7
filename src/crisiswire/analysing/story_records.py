"""Stories and their reports as JSON-ready records."""

from __future__ import annotations

from typing import Any

from crisiswire.analysing.stories import TOLLS, Story, Version, denies, teller
from crisiswire.storing.stories import StoredReport

VERSIONED = ("date", "place", "actors", "recipients", "status")


def story_record(story: Story) -> dict[str, Any]:
    """A story in short: what most reports tell, who tells it, and the span of its tolls.

    ``date`` has the days ``start`` and ``end``; ``tolls`` maps a kind (dead, injured …) to the
    lowest and the highest number told.
    """
    place, when = story.place, story.when
    return {
        "id": story.id,
        "event_type": story.event_type,
        "mode": story.mode,
        "actors": [party.name for party in story.actors],
        "recipients": [party.name for party in story.recipients],
        "date": {
            "start": when.start.isoformat(),
            "end": when.end.isoformat(),
            "precision": when.precision,
        },
        "place": place.name if place else None,
        "country": place.country if place else None,
        "reports": len(story.documents),
        "outlets": list(story.outlets),
        "denials": len({stored.event.document_id for stored in story.denials}),
        "tolls": {kind: span for kind in TOLLS if (span := story.span(kind)) is not None},
        "first_told": min(r.stored.article_date for r in story.reports).isoformat(),
        "last_told": max(r.stored.article_date for r in story.reports).isoformat(),
    }


def versions_record(story: Story) -> dict[str, Any]:
    """What reports tell differently or alike: for each field and kind of quantity its versions,
    each with its tellers and the ids of the events that tell it."""
    kinds = {q.kind for r in story.reports for q in r.stored.event.quantities}
    told = {what: story.versions(what) for what in (*VERSIONED, *sorted(kinds))}
    return {what: [_version(one) for one in found] for what, found in told.items() if found}


def report_record(report: StoredReport) -> dict[str, Any]:
    """A report of a story: its words, what they tell, and why it was put there.

    ``score`` (log-odds) and ``reasons`` compare it with event ``like``; null and empty where it
    opened the story.
    """
    stored, place = report.stored, report.place
    event = stored.event
    return {
        "story": place.story_id,
        "event_id": event.event_id,
        "document_id": event.document_id,
        "told": stored.article_date.isoformat(),
        "outlet": stored.outlet,
        "teller": teller(stored),
        "denies": denies(event),
        "status": event.status,
        "text": event.evidence.text,
        "trigger": event.evidence.trigger.text,
        "event_type": event.event_type,
        "actors": [party.text for party in event.actors],
        "recipients": [party.text for party in event.recipients],
        "date": {"start": event.date.start.isoformat(), "end": event.date.end.isoformat()},
        "place": event.place.name if event.place else None,
        "quantities": [
            {"kind": q.kind, "value": q.value, "approximate": q.approximate, "text": q.text}
            for q in event.quantities
        ],
        "score": None if place.score is None else round(place.score, 2),
        "like": place.like_event,
        "reasons": [
            {"name": reason.name, "points": reason.points, "facts": reason.words}
            for reason in place.reasons
        ],
    }


def _version(version: Version) -> dict[str, Any]:
    events = [event.event_id for event in version.events]
    return {"value": version.value, "tellers": list(version.tellers), "events": events}
