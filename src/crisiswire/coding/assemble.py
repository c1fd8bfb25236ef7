"""From candidates to finished events: date, place, speaker, quantities, identity."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, cast

from crisiswire.coding.attribution import Attributing, Deed, Told
from crisiswire.coding.parties import Parties
from crisiswire.coding.quantities import find_quantities
from crisiswire.coding.records import Candidate
from crisiswire.coding.speakers import Speakers
from crisiswire.coding.status import weigh
from crisiswire.coding.when import Times
from crisiswire.coding.where import Where
from crisiswire.knowledge.files import ontology
from crisiswire.model import (
    Actor,
    Article,
    Event,
    EventType,
    Evidence,
    Quantity,
    Quote,
    Span,
    Status,
)
from crisiswire.parsing.clauses import Clauses
from crisiswire.resolving.records import Resolved


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What the events of a sentence are completed from."""

    article: Article
    clauses: Clauses
    parties: Parties
    speakers: Speakers
    quotes: Sequence[Quote]
    where: Where
    times: Times
    coder: str


def assemble(candidates: list[Candidate], around: Surroundings) -> list[Event]:
    """Events of one sentence, in the order of their triggers."""
    if not candidates:
        return []
    sentence = around.clauses.sentence
    text = around.article.text[sentence.start : sentence.end]
    quantities = [
        Quantity(
            q.kind,
            q.value,
            q.approximate,
            q.text,
            sentence.start + q.start,
            sentence.start + q.end,
            q.unit,
        )
        for q in find_quantities(text)
    ]
    events = [_event(c, around, text, quantities, candidates) for c in candidates]
    return [around.where.placed(event, sentence) for event in events]


def _event(
    c: Candidate,
    around: Surroundings,
    text: str,
    quantities: list[Quantity],
    rivals: list[Candidate],
) -> Event:
    article, sentence = around.article, around.clauses.sentence
    token = sentence.tokens[c.trigger]
    dated = around.times.of(c, sentence)
    status, reason = weigh(c.status, c.why["status"], c.type, c.heard, dated.told)
    spec = ontology()
    kind = spec["types"][c.type]
    intensity = kind.get("modes", {}).get(c.mode, kind["intensity"])
    cameo = c.cameo or spec["cameo_of_mode"].get(c.type, {}).get(c.mode) or kind["cameo"] + "0"
    doers, others = _once(c.actors), _once(c.recipients)
    actors, recipients = _mentions(doers, article), _mentions(others, article)
    place, placed = around.where.stated(sentence, c.trigger, c.type) or (None, "not told")
    around.times.remember(c, dated, sentence)
    told = _told(c, status, around)
    evidence = Evidence(
        text,
        sentence.start,
        sentence.end,
        Span(article.text[token.start : token.end], token.start, token.end),
    )
    why: dict[str, Any] = {
        **c.why,
        "actors": [r.reason for r in doers],
        "recipients": [r.reason for r in others],
        "date": dated.reason,
        "place": placed,
        "status": reason,
        "attribution": told.reason,
        **({"sayings": list(told.chain)} if told.chain else {}),
        **({"hedges": list(told.hedges)} if told.hedges else {}),
    }
    return Event(
        event_id=_identity(article, c, token.start),
        document_id=article.id,
        sentence=sentence.index,
        event_type=cast(EventType, c.type),
        mode=c.mode,
        contexts=c.contexts,
        quad_class=kind["quad"],
        intensity=float(intensity),
        cameo=cameo,
        actors=actors,
        recipients=recipients,
        date=dated.when,
        place=place,
        status=status,
        attribution=told.attribution,
        quantities=_own(quantities, c, around.clauses, rivals),
        evidence=evidence,
        confidence=round(c.score, 3),
        coder=around.coder,
        explanation=why,
    )


def _once(resolved: list[Resolved]) -> list[Resolved]:
    """Each mention once a country."""
    out: dict[tuple[int, str | None], Resolved] = {}
    for r in resolved:
        out.setdefault((r.actor.start, r.actor.country), r)
    return list(out.values())


def _mentions(resolved: list[Resolved], article: Article) -> tuple[Actor, ...]:
    """Actors with the very words of the article."""
    found = (r.actor for r in resolved)
    return tuple(replace(a, text=article.text[a.start : a.end]) for a in found)


def _told(c: Candidate, status: Status, around: Surroundings) -> Told:
    deed = Deed(c.trigger, c.type, c.mode, status, c.actors)
    heard = None if c.heard is None else c.heard.attributions
    told = Attributing(around.speakers, around.parties, around.quotes).told(deed, heard)
    speaker = told.attribution.speaker
    if speaker is None:
        return told
    words = around.article.text[speaker.start : speaker.end]
    named = replace(told.attribution, speaker=replace(speaker, text=words))
    return replace(told, attribution=named)


def _own(
    quantities: list[Quantity], c: Candidate, clauses: Clauses, rivals: list[Candidate]
) -> tuple[Quantity, ...]:
    """Quantities nearer to this trigger than to any other of the sentence."""
    starts = {r.trigger: clauses.tokens[r.trigger].start for r in rivals}
    mine = starts[c.trigger]
    return tuple(
        q
        for q in quantities
        if all(abs(q.start - mine) <= abs(q.start - s) for s in starts.values())
    )


def _identity(article: Article, c: Candidate, start: int) -> str:
    """The same for the same article, trigger, type and parties."""
    sides = [sorted(r.actor.start for r in side) for side in (c.actors, c.recipients)]
    key = f"{article.id}|{start}|{c.type}|{sides}"
    return hashlib.blake2b(key.encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()
