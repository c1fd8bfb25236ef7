"""PLOVER's exchange form: one JSON object a line."""

from __future__ import annotations

import json
from typing import Any, BinaryIO

from crisiswire.knowledge.actor_tables import country_names
from crisiswire.knowledge.export_tables import office, place_kinds
from crisiswire.model import Actor, Event, Place
from crisiswire.storing.records import StoredEvent

CODEBOOK, CODEBOOK_VERSION = "PLOVER", "0.8"
SIZES = ("dead", "injured", "arrested")


class PloverWriter:
    """One event a line, UTF-8."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream

    def write(self, stored: StoredEvent) -> None:
        """Write the event with all its parties."""
        line = json.dumps(plover_record(stored), ensure_ascii=False, separators=(",", ":"))
        self._stream.write(line.encode("utf-8", "replace") + b"\n")

    def close(self) -> None:
        """Finish the output."""
        self._stream.flush()


def plover_record(stored: StoredEvent) -> dict[str, Any]:
    """The event in PLOVER's fields; null where nothing is known."""
    event, evidence = stored.event, stored.event.evidence
    return {
        "id": event.event_id,
        "date": event.date.start.isoformat(),
        "enddate": event.date.end.isoformat(),
        "actor": [_entity(party, event) for party in event.actors],
        "recipient": [_entity(party, event) for party in event.recipients],
        "event": [event.event_type],
        "event_loc": None if event.place is None else _location(event.place),
        "event_text": [evidence.trigger.text],
        "quad_code": event.quad_class.upper(),
        "event_scale": event.intensity,
        "mode": [event.mode] if event.mode else [],
        "context": list(event.contexts),
        "link": stored.url,
        "text": evidence.text,
        "text_info": {
            "sequence": event.sentence + 1,
            "start": evidence.start,
            "end": evidence.end,
            "text_story": event.document_id,
        },
        "cite_info": {
            "citation": stored.outlet,
            "url": stored.url,
            "title": stored.title,
            "language": stored.language,
            "publication": stored.article_date.isoformat(),
            "coder": event.coder,
            "codebook": CODEBOOK,
            "version": CODEBOOK_VERSION,
        },
        "coder": event.coder,
        "coded_date": None,
        "coded_time": None,
        "size": {kind: _size(event, kind) for kind in SIZES},
        "comment": _comment(event),
    }


def _entity(party: Actor, event: Event) -> dict[str, Any]:
    return {
        "code": party.country,
        "sector": "; ".join(party.sectors) or None,
        "entity_text": party.text,
        "identifier_id": party.entity_id,
        "identifier_text": party.name,
        "religion": None,
        "ethnicity": None,
        "office": office(party.entity_id, event.date.start),
    }


def _location(place: Place) -> dict[str, Any]:
    kind = place_kinds().get(place.kind)
    return {
        "extracted_place": place.text,
        "resolved_place": place.name,
        "geonameid": place.geonames_id,
        "lat": place.latitude,
        "lon": place.longitude,
        "city": place.name if place.kind in ("city", "capital") else None,
        "district": None,
        "province": place.admin1 or (place.name if place.kind == "admin1" else None),
        "country": country_names().get(place.country or ""),
        "country_code": place.country,
        "feature_class": kind.feature_class if kind else None,
        "feature_code": (kind.feature_code or None) if kind else None,
        "resolution": kind.resolution if kind else None,
    }


def _size(event: Event, kind: str) -> int | None:
    """The number told with the event; the largest where there are several."""
    told = [quantity.value for quantity in event.quantities if quantity.kind == kind]
    return int(max(told)) if told else None


def _comment(event: Event) -> str | None:
    """What PLOVER has no field for: a status other than actual, and who says so."""
    said = event.attribution
    parts = [f"status: {event.status}"] if event.status != "actual" else []
    if said.speaker is not None:
        parts.append(f"{said.kind} by {said.speaker.name}")
    return "; ".join(parts) or None
