"""The lines that ``crisiswire explain`` prints."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from crisiswire.model import Actor, Event

if TYPE_CHECKING:
    from crisiswire.storing import StoredEvent


def explanation(stored: StoredEvent, words: Sequence[tuple[str, float]] = ()) -> Iterator[str]:
    """Why the event was coded so, one line a reason; ``words`` weighed most with the model."""
    event, why = stored.event, stored.event.explanation
    source = ", ".join(str(p) for p in (stored.outlet, stored.article_date, stored.title) if p)
    yield _line("event", f"{event.event_id}  ({event.coder})")
    yield _line("article", f"{event.document_id}  {source}".rstrip())
    if stored.copies:
        times = f"{stored.copies} {'copy' if stored.copies == 1 else 'copies'}"
        yield _line("ran", f"in {times}: {', '.join(stored.outlets) or 'no outlet named'}")
    if stored.copy_of:
        yield _line("copy of", stored.copy_of)
    yield _line("sentence", f"{event.sentence}: {' '.join(event.evidence.text.split())}")
    yield from _type(event)
    if words:
        listed = ", ".join(f"“{word}” {loss:+.2f}" for word, loss in words)
        yield _because(f"words that weighed most: {listed}")
    yield from _side("actor", event.actors, why.get("actors", ()))
    yield from _side("recipient", event.recipients, why.get("recipients", ()))
    yield _line("date", f"{event.date.start} to {event.date.end} ({event.date.precision})")
    yield _because(why.get("date", event.date.text or "no time expression"))
    if event.place is not None:
        p = event.place
        yield _line(
            "place",
            f"{p.name}, {p.country}: “{p.text}” at {p.start}, {p.kind}, {p.precision}, "
            f"GeoNames {p.geonames_id}",
        )
        yield _because(why.get("place", "named by the sentence"))
    yield _line("status", event.status)
    yield _because(why.get("status", "told as fact"))
    said = event.attribution
    by = f" by “{said.speaker.text}” ({said.verb})" if said.speaker else ""
    yield _line("said", said.kind + by)
    yield _because(why.get("attribution", "nobody is named"))
    for name in ("sayings", "hedges"):
        if why.get(name):
            yield _because(f"{name}: {', '.join(why[name])}")
    for q in event.quantities:
        about = " (approximate)" if q.approximate else ""
        yield _line("quantity", f"{q.kind} {q.value:g}{about}: “{q.text}”")
    yield _line("confidence", f"{event.confidence:.2f}")
    if "review" in why:
        yield from _review(event.reviewed, why["review"])


def _review(reviewed: str | None, told: Mapping[str, Any]) -> Iterator[str]:
    yield _line("reviewed", f"{reviewed} by {told['by']} at {told['at']}")
    if told["why"]:
        yield _because(told["why"])
    for name, value in told["was"].items():
        yield _line("  coded", f"{name} {json.dumps(value, ensure_ascii=False)}")


def _line(name: str, text: str) -> str:
    return f"{name:<11} {text}"


def _because(reason: object) -> str:
    return f"  because   {reason}"


def _type(event: Event) -> Iterator[str]:
    why, trigger = event.explanation, event.evidence.trigger
    kind = event.event_type + (f"/{event.mode}" if event.mode else "")
    yield _line("type", f"{kind}  CAMEO {event.cameo}, {event.quad_class}, {event.intensity:+g}")
    entry = why.get("entry", "no entry")
    yield _because(f"“{trigger.text}” at {trigger.start} matches {entry}")
    if "model" in why:
        best = ", ".join(f"{kind} {share:.2f}" for kind, share in why["model"].items())
        yield _because(f"the event model gives {best}")
    if "operator" in why:
        yield _line("  operator", f"{why['operator']}, governing {why['governs']}")


def _side(name: str, parties: tuple[Actor, ...], reasons: object) -> Iterator[str]:
    listed = list(reasons) if isinstance(reasons, (list, tuple)) else []
    for n, party in enumerate(parties):
        code = " ".join(c for c in (party.country or "?", "·".join(party.sectors)) if c)
        yield _line(name, f"“{party.text}” at {party.start}: {party.name} [{code}]")
        if n < len(listed):
            yield _because(listed[n])
