"""Judged events handed on: sentences to train on, gold to measure by, the judgements themselves."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING, Any

from crisiswire.knowledge.files import cameo_codes
from crisiswire.model import Actor, Event
from crisiswire.storing import EventQuery
from crisiswire.storing.judgements import complete_documents
from crisiswire.storing.review_rows import Subject
from crisiswire.training.rows import check_row

if TYPE_CHECKING:
    from crisiswire.storing import Store

Row = dict[str, Any]
LeftOut = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class _Sentence:
    """A sentence in which somebody has judged an event: the real events, as they should be."""

    document_id: str
    start: int
    text: str
    events: tuple[Event, ...]


def training_rows(store: Store, left_out: LeftOut) -> Iterator[Row]:
    """Judged sentences in the form of the corpus, for ``crisiswire train --add``.

    A sentence is given when all its events were judged. One whose event names no party in its own
    words is left out, and ``left_out`` is told why. One whose events were all rejected is given
    without events: the model learns to refuse them.
    """
    for sentence in _sentences(store):
        where = f"{sentence.document_id}:{sentence.start}"
        open_events = EventQuery(document_id=sentence.document_id, reviewed=False)
        if any(s.event.evidence.start == sentence.start for s in store.events(open_events)):
            left_out(f"{where}: not all events of the sentence were judged")
            continue
        events = [_marked(event, sentence) for event in sentence.events]
        if any(not e["actors"] and not e["recipients"] for e in events):
            left_out(f"{where}: an event whose parties stand outside the sentence")
            continue
        row = {"id": where, "text": sentence.text, "events": events}
        check_row(json.dumps(row), where)
        yield row


def gold(store: Store) -> Iterator[Row]:
    """One row an article with judged events: those that are real, as they should be, those that
    the coder has and that are none, and whether somebody has read it to the end."""
    done = complete_documents(store.reviews.judgements())
    for document, group in groupby(store.reviews.subjects(), lambda s: s.document_id):
        subjects = list(group)
        yield {
            "document_id": document,
            "complete": document in done,
            "events": [s.shown.to_record() for s in subjects if s.shown is not None],
            "rejected": [
                s.coded.to_record() for s in subjects if s.shown is None and s.coded is not None
            ],
        }


def log(store: Store) -> Iterator[Row]:
    """All judgements, oldest first, as ``crisiswire review --apply`` takes them."""
    for judgement in store.reviews.judgements():
        yield judgement.to_record()


def _sentences(store: Store) -> Iterator[_Sentence]:
    def spot(subject: Subject) -> tuple[str, int]:
        event = subject.shown or subject.coded
        return subject.document_id, -1 if event is None else event.evidence.start

    judged = sorted(store.reviews.subjects(), key=spot)
    for (document, start), group in groupby(judged, spot):
        subjects = list(group)
        event = subjects[0].shown or subjects[0].coded
        if event is not None:
            real = tuple(s.shown for s in subjects if s.shown is not None)
            yield _Sentence(document, start, event.evidence.text, real)


def _marked(event: Event, sentence: _Sentence) -> Row:
    trigger, said = event.evidence.trigger, event.attribution
    trigger_span = [trigger.start - sentence.start, trigger.end - sentence.start]
    codes = cameo_codes().get(event.cameo, {}).get("types", ())
    return {
        "trigger": trigger_span,
        "type": event.event_type,
        "mode": event.mode,
        "actors": _spans(event.actors, sentence, trigger_span),
        "recipients": _spans(event.recipients, sentence, trigger_span),
        "status": event.status,
        "contexts": list(event.contexts),
        "attribution": said.kind,
        "speaker": next(iter(_spans((said.speaker,), sentence, trigger_span)), None)
        if said.speaker
        else None,
        "cameo": event.cameo if event.event_type in codes else None,
    }


def _spans(parties: tuple[Actor, ...], sentence: _Sentence, trigger: list[int]) -> list[list[int]]:
    """The parties' words in the sentence, each once. One that stands at the trigger has none."""
    spans = [[p.start - sentence.start, p.end - sentence.start] for p in parties]
    inside = [s for s in spans if s[0] >= 0 and s[1] <= len(sentence.text) and s != trigger]
    return [span for n, span in enumerate(inside) if span not in inside[:n]]
