"""Why an event was coded so, field by field, in words."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from crisiswire.model import Actor, Event
from crisiswire.storing.records import StoredEvent


@dataclass(frozen=True, slots=True)
class Reason:
    """A field of an event, what it was coded as, and why."""

    field: str
    value: str
    because: tuple[str, ...] = ()


def reasons(stored: StoredEvent, words: Sequence[tuple[str, float]] = ()) -> Iterator[Reason]:
    """The fields in the order of the record; ``words`` weighed most with the model."""
    event, why = stored.event, stored.event.explanation
    source = ", ".join(str(p) for p in (stored.outlet, stored.article_date, stored.title) if p)
    yield Reason("event", f"{event.event_id}  ({event.coder})")
    yield Reason("article", f"{event.document_id}  {source}".rstrip())
    if stored.copies:
        times = f"{stored.copies} {'copy' if stored.copies == 1 else 'copies'}"
        yield Reason("ran", f"in {times}: {', '.join(stored.outlets) or 'no outlet named'}")
    if stored.copy_of:
        yield Reason("copy of", stored.copy_of)
    yield Reason("sentence", f"{event.sentence}: {' '.join(event.evidence.text.split())}")
    yield from _type(event, words)
    yield from _side("actor", event.actors, why.get("actors", ()))
    yield from _side("recipient", event.recipients, why.get("recipients", ()))
    when = f"{event.date.start} to {event.date.end} ({event.date.precision})"
    yield Reason("date", when, (str(why.get("date", event.date.text or "no time expression")),))
    if event.place is not None:
        p = event.place
        where = (
            f"{p.name}, {p.country}: “{p.text}” at {p.start}, {p.kind}, {p.precision}, "
            f"GeoNames {p.geonames_id}"
        )
        yield Reason("place", where, (str(why.get("place", "named by the sentence")),))
    yield Reason("status", event.status, (str(why.get("status", "told as fact")),))
    yield _said(event)
    for q in event.quantities:
        about = " (approximate)" if q.approximate else ""
        yield Reason("quantity", f"{q.kind} {q.value:g}{about}: “{q.text}”")
    yield Reason("confidence", f"{event.confidence:.2f}")
    if "review" in why:
        yield from _review(event.reviewed, why["review"])


def _review(reviewed: str | None, told: Mapping[str, Any]) -> Iterator[Reason]:
    because = (str(told["why"]),) if told["why"] else ()
    yield Reason("reviewed", f"{reviewed} by {told['by']} at {told['at']}", because)
    for name, value in told["was"].items():
        yield Reason("  coded", f"{name} {json.dumps(value, ensure_ascii=False)}")


def _type(event: Event, words: Sequence[tuple[str, float]]) -> Iterator[Reason]:
    why, trigger = event.explanation, event.evidence.trigger
    kind = event.event_type + (f"/{event.mode}" if event.mode else "")
    because = [f"“{trigger.text}” at {trigger.start} matches {why.get('entry', 'no entry')}"]
    if "model" in why:
        best = ", ".join(f"{kind} {share:.2f}" for kind, share in why["model"].items())
        because.append(f"the event model gives {best}")
    operator = "operator" in why
    listed = ", ".join(f"“{word}” {loss:+.2f}" for word, loss in words)
    weighed = (f"words that weighed most: {listed}",) if words else ()
    yield Reason(
        "type",
        f"{kind}  CAMEO {event.cameo}, {event.quad_class}, {event.intensity:+g}",
        (*because, *(() if operator else weighed)),
    )
    if operator:
        yield Reason("  operator", f"{why['operator']}, governing {why['governs']}", weighed)


def _said(event: Event) -> Reason:
    said, why = event.attribution, event.explanation
    by = f" by “{said.speaker.text}” ({said.verb})" if said.speaker else ""
    lists = (f"{name}: {', '.join(why[name])}" for name in ("sayings", "hedges") if why.get(name))
    return Reason("said", said.kind + by, (str(why.get("attribution", "nobody is named")), *lists))


def _side(name: str, parties: tuple[Actor, ...], reasons: object) -> Iterator[Reason]:
    listed = list(reasons) if isinstance(reasons, (list, tuple)) else []
    for n, party in enumerate(parties):
        code = " ".join(c for c in (party.country or "?", "·".join(party.sectors)) if c)
        because = (str(listed[n]),) if n < len(listed) else ()
        yield Reason(name, f"“{party.text}” at {party.start}: {party.name} [{code}]", because)
