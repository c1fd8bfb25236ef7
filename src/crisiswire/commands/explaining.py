"""The lines that ``crisiswire explain`` prints."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from crisiswire.model import Actor

if TYPE_CHECKING:
    from crisiswire.storing import StoredEvent


def explanation(stored: StoredEvent) -> Iterator[str]:
    """Why the event was coded so, one line a reason."""
    event, why = stored.event, stored.event.explanation
    evidence = event.evidence
    yield f"event       {event.event_id}  ({event.coder})"
    source = ", ".join(str(p) for p in (stored.outlet, stored.article_date, stored.title) if p)
    yield f"article     {event.document_id}  {source}".rstrip()
    yield f"sentence    {event.sentence}: {' '.join(evidence.text.split())}"
    mode = f"/{event.mode}" if event.mode else ""
    yield f"type        {event.event_type}{mode}  CAMEO {event.cameo}, {event.quad_class}, {event.intensity:+g}"
    yield f"  because   “{evidence.trigger.text}” at {evidence.trigger.start} matches {why.get('entry', 'no entry')}"
    if "operator" in why:
        yield f"  operator  {why['operator']}, governing {why['governs']}"
    yield from _side("actor", event.actors, why.get("actors", ()))
    yield from _side("recipient", event.recipients, why.get("recipients", ()))
    yield f"date        {event.date.start} to {event.date.end} ({event.date.precision})"
    yield f"  because   {why.get('date', event.date.text or 'no time expression')}"
    if event.place is not None:
        p = event.place
        yield f"place       {p.name}, {p.country}: “{p.text}” at {p.start}, {p.kind}, GeoNames {p.geonames_id}"
    yield f"status      {event.status}"
    yield f"  because   {why.get('status', 'told as fact')}"
    said = event.attribution
    by = f" by “{said.speaker.text}” ({said.verb})" if said.speaker else ""
    yield f"said        {said.kind}{by}"
    for q in event.quantities:
        yield f"quantity    {q.kind} {q.value:g}{' (approximate)' if q.approximate else ''}: “{q.text}”"
    yield f"confidence  {event.confidence:.2f}"


def _side(name: str, parties: tuple[Actor, ...], reasons: object) -> Iterator[str]:
    listed = list(reasons) if isinstance(reasons, (list, tuple)) else []
    for n, party in enumerate(parties):
        sectors = "·".join(party.sectors)
        yield f"{name:<11} “{party.text}” at {party.start}: {party.name} [{party.country or '?'} {sectors}]".replace(" ]", "]")
        if n < len(listed):
            yield f"  because   {listed[n]}"
