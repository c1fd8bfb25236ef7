"""Judgements laid over what the coder found: which events a reader sees.

Everything here is a function of an article's text, the coder's own events and the judgements, so
that laying them over again changes nothing.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from crisiswire.knowledge import scales
from crisiswire.model import Article, Event, text_id
from crisiswire.storing.anchoring import Anchored, anchored, nearest
from crisiswire.storing.judgements import FIELDS, Judgement, standing
from crisiswire.storing.plain import (
    actor_of_record,
    event_of_record,
    place_of_record,
    when_of_record,
)

Record = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Kept:
    """A judged subject in the article as coded now: the event that readers see (None where it
    was rejected) and the coder's own (None where only people have found it)."""

    judgement: Judgement
    event_id: str
    shown: Event | None
    coded: Event | None


@dataclass(frozen=True, slots=True)
class Overlaid:
    """The events that readers see, the judged subjects among them, and the judgements that fit
    nothing of the article any more."""

    events: tuple[Event, ...]
    kept: tuple[Kept, ...]
    adrift: tuple[Judgement, ...]


def overlay(article: Article, coded: Sequence[Event], judgements: Sequence[Judgement]) -> Overlaid:
    """What holds of the article after all judgements about it."""
    holding = standing(judgements)
    added = {j.subject for j in judgements if j.verdict == "add"}
    found = anchored(article.text, coded, holding)
    taken = {event.event_id for event in coded}
    kept: list[Kept] = []
    adrift: list[Judgement] = []
    for subject, judgement in holding.items():
        place = found.get(subject)
        if place is None or (place.event is None and subject not in added):
            adrift.append(judgement)
        else:
            kept.append(_kept(article, judgement, place, taken))
    judged = {k.coded.event_id for k in kept if k.coded is not None}
    shown = [k.shown for k in kept if k.shown is not None]
    return Overlaid(
        tuple([e for e in coded if e.event_id not in judged] + shown), tuple(kept), tuple(adrift)
    )


def _kept(article: Article, judgement: Judgement, place: Anchored, taken: set[str]) -> Kept:
    coded = place.event
    event_id = _id_of(judgement, taken) if coded is None else coded.event_id
    if judgement.verdict == "reject":
        return Kept(judgement, event_id, None, coded)
    wanted = _moved(judgement.wanted, article, place.shift)
    if coded is not None:
        return Kept(judgement, event_id, corrected(coded, wanted, judgement), coded)
    base = _placed(event_of_record(judgement.wanted), article, place.shift)
    event = replace(corrected(base, wanted, judgement), event_id=event_id, reviewed="added")
    return Kept(judgement, event_id, event, None)


def _id_of(judgement: Judgement, taken: set[str]) -> str:
    """The id of an event that only people have found: its own, where no event of the coder's has
    come to have the same."""
    assert judgement.subject is not None, "a judgement about an event has a subject"
    own = judgement.event_id
    return text_id(judgement.subject) if own is None or own in taken else own


def corrected(coded: Event, wanted: Record, judgement: Judgement) -> Event:
    """The coder's event with the fields as the judgement wants them."""
    kind, mode = wanted["event_type"], wanted["mode"]
    same = (kind, mode) == (coded.event_type, coded.mode)
    place = wanted["place"]
    event = replace(
        coded,
        event_type=kind,
        mode=mode,
        quad_class=scales.quad_class(kind),
        intensity=scales.intensity(kind, mode),
        cameo=coded.cameo if same else scales.cameo(kind, mode),
        actors=tuple(map(actor_of_record, wanted["actors"])),
        recipients=tuple(map(actor_of_record, wanted["recipients"])),
        date=when_of_record(wanted["date"]),
        place=None if place is None else place_of_record(place),
        status=wanted["status"],
    )
    was = differences(coded, event)
    return replace(
        event,
        confidence=1.0,
        reviewed="corrected" if was else "confirmed",
        explanation={**coded.explanation, "review": _told(judgement, was)},
    )


def differences(coded: Event, wanted: Event) -> dict[str, Any]:
    """The judged fields in which two records differ, as the first has them."""
    one, other = coded.to_record(), wanted.to_record()
    return {name: one[name] for name in FIELDS if one[name] != other[name]}


def _told(judgement: Judgement, was: Record) -> dict[str, Any]:
    return {
        "judgement": judgement.id,
        "verdict": judgement.verdict,
        "by": judgement.by,
        "at": judgement.at.isoformat(),
        "why": judgement.why,
        "was": dict(was),
    }


def _moved(wanted: Record, article: Article, shift: int) -> dict[str, Any]:
    """The record with its spans moved to where their words stand now."""
    out = dict(wanted)
    for side in ("actors", "recipients"):
        out[side] = [_span(party, article, shift) for party in wanted[side]]
    if wanted["place"] is not None:
        out["place"] = _span(wanted["place"], article, shift)
    date = wanted["date"]
    if date.get("text_start") is not None:
        moved = _span({"text": date["text"], "start": date["text_start"]}, article, shift)
        out["date"] = {**date, "text_start": moved["start"], "text_end": moved["end"]}
    return out


def _span(record: Record, article: Article, shift: int) -> dict[str, Any]:
    """A party or place at the same words: as far on as its sentence, else the nearest such."""
    words, near = record["text"], record["start"] + shift
    start = nearest(article.text, words, near)
    near = near if start is None else start
    return {**record, "start": near, "end": near + len(words)}


def _placed(event: Event, article: Article, shift: int) -> Event:
    """An event that only people found, with its evidence moved by ``shift``."""
    evidence = event.evidence
    trigger = replace(
        evidence.trigger,
        start=evidence.trigger.start + shift,
        end=evidence.trigger.end + shift,
    )
    return replace(
        event,
        document_id=article.id,
        evidence=replace(
            evidence, start=evidence.start + shift, end=evidence.end + shift, trigger=trigger
        ),
    )
