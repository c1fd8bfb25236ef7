"""The event as one flat row: the columns of the CSV output."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from crisiswire.model import Actor, Event, Quantity

CSV_COLUMNS = (
    "event_id",
    "document_id",
    "sentence",
    "event_type",
    "mode",
    "contexts",
    "quad_class",
    "intensity",
    "cameo",
    "actor_texts",
    "actor_names",
    "actor_countries",
    "actor_sectors",
    "recipient_texts",
    "recipient_names",
    "recipient_countries",
    "recipient_sectors",
    "date_text",
    "date_start",
    "date_end",
    "date_precision",
    "place_text",
    "place_name",
    "place_country",
    "place_admin1",
    "latitude",
    "longitude",
    "geonames_id",
    "place_kind",
    "place_precision",
    "status",
    "attribution_kind",
    "speaker_text",
    "speaker_name",
    "speaker_country",
    "attribution_verb",
    "quoted",
    "quantities",
    "evidence",
    "evidence_start",
    "evidence_end",
    "trigger",
    "trigger_start",
    "trigger_end",
    "confidence",
    "coder",
    "actor_starts",
    "actor_ends",
    "recipient_starts",
    "recipient_ends",
    "date_text_start",
    "date_text_end",
    "place_start",
    "place_end",
    "speaker_start",
    "speaker_end",
    "attribution_verb_start",
    "attribution_verb_end",
    "quantity_texts",
    "quantity_starts",
    "quantity_ends",
    "reviewed",
)


def flatten(event: Event) -> dict[str, Any]:
    """The event as one flat row of ``CSV_COLUMNS``."""
    place, said, evidence = event.place, event.attribution, event.evidence
    row: dict[str, Any] = {
        "event_id": event.event_id,
        "document_id": event.document_id,
        "sentence": event.sentence,
        "event_type": event.event_type,
        "mode": event.mode,
        "contexts": "; ".join(event.contexts),
        "quad_class": event.quad_class,
        "intensity": event.intensity,
        "cameo": event.cameo,
        **_party_columns("actor", event.actors),
        **_party_columns("recipient", event.recipients),
        "date_text": event.date.text,
        "date_start": event.date.start.isoformat(),
        "date_end": event.date.end.isoformat(),
        "date_precision": event.date.precision,
        "status": event.status,
        "attribution_kind": said.kind,
        "speaker_text": said.speaker.text if said.speaker else None,
        "speaker_name": said.speaker.name if said.speaker else None,
        "speaker_country": said.speaker.country if said.speaker else None,
        "attribution_verb": said.verb,
        "quoted": said.quoted,
        "quantities": "; ".join(f"{q.kind}={q.value:g}" for q in event.quantities),
        "evidence": evidence.text,
        "evidence_start": evidence.start,
        "evidence_end": evidence.end,
        "trigger": evidence.trigger.text,
        "trigger_start": evidence.trigger.start,
        "trigger_end": evidence.trigger.end,
        "confidence": event.confidence,
        "coder": event.coder,
        "reviewed": event.reviewed,
    }
    if place is not None:
        row |= {
            "place_text": place.text,
            "place_name": place.name,
            "place_country": place.country,
            "place_admin1": place.admin1,
            "latitude": place.latitude,
            "longitude": place.longitude,
            "geonames_id": place.geonames_id,
            "place_kind": place.kind,
            "place_precision": place.precision,
        }
    return row | _offsets(event)


def _offsets(event: Event) -> dict[str, Any]:
    """Where the words of the event stand in the article."""
    place, said = event.place, event.attribution
    lists: dict[str, Sequence[Actor | Quantity]] = {
        "actor": event.actors,
        "recipient": event.recipients,
        "quantity": event.quantities,
    }
    row: dict[str, Any] = {"quantity_texts": "; ".join(q.text for q in event.quantities)}
    for name, items in lists.items():
        row[f"{name}_starts"] = "; ".join(str(item.start) for item in items)
        row[f"{name}_ends"] = "; ".join(str(item.end) for item in items)
    row |= {"date_text_start": event.date.text_start, "date_text_end": event.date.text_end}
    row |= {"attribution_verb_start": said.verb_start, "attribution_verb_end": said.verb_end}
    if place is not None:
        row |= {"place_start": place.start, "place_end": place.end}
    if said.speaker is not None:
        row |= {"speaker_start": said.speaker.start, "speaker_end": said.speaker.end}
    return row


def _party_columns(side: str, parties: tuple[Actor, ...]) -> Mapping[str, str]:
    return {
        f"{side}_texts": "; ".join(a.text for a in parties),
        f"{side}_names": "; ".join(a.name for a in parties),
        f"{side}_countries": "; ".join(a.country or "" for a in parties),
        f"{side}_sectors": "; ".join("|".join(a.sectors) for a in parties),
    }
