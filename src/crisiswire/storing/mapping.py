"""Records to rows and back, without loss."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from crisiswire.errors import StoreError
from crisiswire.model import (
    Actor,
    Article,
    Attribution,
    Event,
    Evidence,
    Place,
    Quantity,
    Span,
    When,
)
from crisiswire.storing.records import StoredEvent
from crisiswire.storing.tables import (
    ArticleRow,
    Base,
    ContextRow,
    EventRow,
    MaskedRow,
    PartyRow,
    QuantityRow,
    SectorRow,
)


def article_row(
    article: Article, pk: int | None = None, not_coded: str | None = None
) -> ArticleRow:
    """The row of an article with its masked ranges; ``pk`` is that of a row it takes the place of,
    ``not_coded`` says why it has no events."""
    return ArticleRow(
        pk=pk,
        not_coded=not_coded,
        id=article.id,
        date=article.date,
        date_known=article.date_known,
        title=article.title,
        outlet=article.outlet,
        url=article.url,
        language=article.language,
        text=article.text,
        masked=[
            MaskedRow(position=position, start=start, end=end)
            for position, (start, end) in enumerate(article.masked)
        ],
    )


def article_of(row: ArticleRow) -> Article:
    """The article that a row holds."""
    return Article(
        text=row.text,
        date=row.date,
        id=row.id,
        title=row.title,
        outlet=row.outlet,
        url=row.url,
        language=row.language,
        masked=tuple((masked.start, masked.end) for masked in row.masked),
        date_known=row.date_known,
    )


def event_values(event: Event, article_pk: int) -> dict[str, Any]:
    """The columns of an event of the article with key ``article_pk``; its parts stand in rows of
    their own.

    Raises StoreError when the explanation is not JSON.
    """
    evidence, attribution = event.evidence, event.attribution
    return {
        "article_pk": article_pk,
        "event_id": event.event_id,
        "sentence": event.sentence,
        "event_type": event.event_type,
        "mode": event.mode,
        "quad_class": event.quad_class,
        "intensity": event.intensity,
        "cameo": event.cameo,
        "status": event.status,
        "confidence": event.confidence,
        "coder": event.coder,
        "reviewed": event.reviewed,
        "date_text": event.date.text,
        "date_start": event.date.start,
        "date_end": event.date.end,
        "date_precision": event.date.precision,
        "date_text_start": event.date.text_start,
        "date_text_end": event.date.text_end,
        **_place_columns(event.place),
        "attribution_kind": attribution.kind,
        "attribution_verb": attribution.verb,
        "attribution_quoted": attribution.quoted,
        "attribution_verb_start": attribution.verb_start,
        "attribution_verb_end": attribution.verb_end,
        "evidence_text": evidence.text,
        "evidence_start": evidence.start,
        "evidence_end": evidence.end,
        "trigger_text": evidence.trigger.text,
        "trigger_start": evidence.trigger.start,
        "trigger_end": evidence.trigger.end,
        "explanation": _json(event),
    }


def part_values(event: Event, event_pk: int) -> dict[type[Base], list[dict[str, Any]]]:
    """Table → rows of the parts of the event with key ``event_pk``, in the order of writing."""
    speaker = event.attribution.speaker
    parties = [
        (role, position, party)
        for role, side in (
            ("actor", event.actors),
            ("recipient", event.recipients),
            ("speaker", () if speaker is None else (speaker,)),
        )
        for position, party in enumerate(side)
    ]
    of_event = {"event_pk": event_pk}
    return {
        ContextRow: [
            {**of_event, "position": position, "context": context}
            for position, context in enumerate(event.contexts)
        ],
        PartyRow: [
            {**of_event, "role": role, "position": position, **_party_columns(party)}
            for role, position, party in parties
        ],
        SectorRow: [
            {**of_event, "role": role, "party": position, "position": rank, "sector": sector}
            for role, position, party in parties
            for rank, sector in enumerate(party.sectors)
        ],
        QuantityRow: [
            {**of_event, "position": position, **_quantity_columns(quantity)}
            for position, quantity in enumerate(event.quantities)
        ],
    }


def stored_event(row: EventRow, article: ArticleRow, ran: Sequence[str | None] = ()) -> StoredEvent:
    """An event of ``article`` as it was saved. ``article`` needs only its short columns; ``ran``
    are the outlets of its copies."""
    speaker = _parties(row, "speaker")
    event = Event(
        event_id=row.event_id,
        document_id=article.id,
        sentence=row.sentence,
        event_type=row.event_type,
        mode=row.mode,
        contexts=tuple(item.context for item in row.contexts),
        quad_class=row.quad_class,
        intensity=row.intensity,
        cameo=row.cameo,
        actors=_parties(row, "actor"),
        recipients=_parties(row, "recipient"),
        date=When(
            row.date_text,
            row.date_start,
            row.date_end,
            row.date_precision,
            row.date_text_start,
            row.date_text_end,
        ),
        place=_place(row),
        status=row.status,
        attribution=Attribution(
            row.attribution_kind,
            speaker[0] if speaker else None,
            row.attribution_verb,
            row.attribution_quoted,
            row.attribution_verb_start,
            row.attribution_verb_end,
        ),
        quantities=tuple(_quantity(item) for item in row.quantities),
        evidence=Evidence(
            row.evidence_text,
            row.evidence_start,
            row.evidence_end,
            Span(row.trigger_text, row.trigger_start, row.trigger_end),
        ),
        confidence=row.confidence,
        coder=row.coder,
        reviewed=row.reviewed,
        explanation=json.loads(row.explanation),
    )
    outlets = (outlet for outlet in (article.outlet, *ran) if outlet)
    return StoredEvent(
        event,
        article.date,
        article.outlet,
        article.title,
        article.url,
        article.language,
        copy_of=article.copy_of,
        copies=len(ran),
        outlets=tuple(dict.fromkeys(outlets)),
    )


def _json(event: Event) -> str:
    """The explanation as ASCII JSON; its tuples come back as lists."""
    try:
        return json.dumps(event.explanation, default=_plain)
    except (TypeError, ValueError) as error:
        raise StoreError(
            f"event {event.event_id}: its explanation is not JSON ({error}); "
            "give only text, numbers, booleans, None, lists and mappings"
        ) from error


def _plain(value: object) -> dict[Any, Any]:
    if isinstance(value, Mapping):
        return dict(value)
    raise TypeError(f"a value of type {type(value).__name__}")


def _place_columns(place: Place | None) -> dict[str, Any]:
    return {f"place_{name}": getattr(place, name, None) for name in Place.__dataclass_fields__}


def _place(row: EventRow) -> Place | None:
    if row.place_text is None:
        return None
    return Place(**{name: getattr(row, f"place_{name}") for name in Place.__dataclass_fields__})


def _party_columns(party: Actor) -> dict[str, Any]:
    names = ("text", "start", "end", "name", "country", "entity_id")
    return {name: getattr(party, name) for name in names}


def _parties(row: EventRow, role: str) -> tuple[Actor, ...]:
    return tuple(actor_of(party) for party in row.parties if party.role == role)


def actor_of(party: PartyRow) -> Actor:
    """The party of a row."""
    return Actor(
        text=party.text,
        start=party.start,
        end=party.end,
        name=party.name,
        country=party.country,
        sectors=tuple(item.sector for item in party.sectors),
        entity_id=party.entity_id,
    )


def _quantity_columns(quantity: Quantity) -> dict[str, Any]:
    return {name: getattr(quantity, name) for name in Quantity.__dataclass_fields__}


def _quantity(row: QuantityRow) -> Quantity:
    return Quantity(**{name: getattr(row, name) for name in Quantity.__dataclass_fields__})
