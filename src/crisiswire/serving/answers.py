"""Values of the library as the JSON of :mod:`crisiswire.serving.shapes`."""

from __future__ import annotations

import dataclasses
import datetime as dt
import json
from collections.abc import Iterable, Sequence
from typing import Any

from crisiswire.analysing.statements import Statement
from crisiswire.model import Actor, Article, Event, Quote, Span
from crisiswire.storing import Store, StoredEvent
from crisiswire.storing.records import actor_key

Answer = dict[str, Any]


def json_bytes(value: Any) -> bytes:
    """The value as JSON in ASCII, for lone surrogates of hostile texts have no UTF-8."""
    return json.dumps(value, default=_plain, separators=(",", ":"), allow_nan=False).encode()


def _plain(value: Any) -> Any:
    match value:
        case dt.date():
            return value.isoformat()
        case StoredEvent():
            return event_answer(value)
        case Actor():
            return _party(value)
        case Statement():
            return _fields(value)
    if dataclasses.is_dataclass(value):
        return _fields(value)
    raise TypeError(f"{type(value).__name__} has no JSON form")


def _fields(value: Any) -> Answer:
    return {field.name: getattr(value, field.name) for field in dataclasses.fields(value)}


def event_answer(stored: StoredEvent) -> Answer:
    """An event with its article."""
    event, attribution, evidence = stored.event, stored.event.attribution, stored.event.evidence
    return {
        "event_id": event.event_id,
        "document_id": event.document_id,
        "sentence": event.sentence,
        "event_type": event.event_type,
        "mode": event.mode,
        "contexts": event.contexts,
        "quad_class": event.quad_class,
        "intensity": event.intensity,
        "cameo": event.cameo,
        "actors": _parties(event.actors),
        "recipients": _parties(event.recipients),
        "date": _fields(event.date),
        "place": None if event.place is None else _fields(event.place),
        "status": event.status,
        "attribution": {
            "kind": attribution.kind,
            "speaker": None if attribution.speaker is None else _party(attribution.speaker),
            "verb": attribution.verb,
            "quoted": attribution.quoted,
            "verb_start": attribution.verb_start,
            "verb_end": attribution.verb_end,
        },
        "quantities": [_fields(quantity) for quantity in event.quantities],
        "evidence": span(evidence) | {"trigger": span(evidence.trigger)},
        "confidence": event.confidence,
        "coder": event.coder,
        "article": {
            "id": event.document_id,
            "date": stored.article_date,
            "outlet": stored.outlet,
            "title": stored.title,
            "url": stored.url,
            "language": stored.language,
        },
        "copies": stored.copies,
        "outlets": stored.outlets,
        "reviewed": event.reviewed,
        "story": None,
    }


def event_answers(store: Store, events: Sequence[StoredEvent]) -> list[Answer]:
    """Events with the ids of their stories."""
    stories = store.story_ids(events)
    pairs = zip(events, stories, strict=True)
    return [event_answer(stored) | {"story": story} for stored, story in pairs]


def stored_event(event: Event, article: Article) -> StoredEvent:
    """An event just coded, as if it came from a store."""
    return StoredEvent(
        event, article.date, article.outlet, article.title, article.url, article.language
    )


def article_head(article: Article) -> Answer:
    """What is known of an article besides its text."""
    names = ("id", "date", "outlet", "title", "url", "language")
    return {name: getattr(article, name) for name in names}


def quote_answers(quotes: Iterable[Quote]) -> list[Answer]:
    """Quotes of a text."""
    return [_fields(quote) for quote in quotes]


def span(value: Span | Any) -> Answer:
    """Words of a text."""
    return {"text": value.text, "start": value.start, "end": value.end}


def _parties(parties: Sequence[Actor]) -> list[Answer]:
    return [_party(party) for party in parties]


def _party(party: Actor) -> Answer:
    return {
        "text": party.text,
        "start": party.start,
        "end": party.end,
        "name": party.name,
        "country": party.country,
        "sectors": party.sectors,
        "entity_id": party.entity_id,
        "actor": actor_key(party.entity_id, party.name),
    }
