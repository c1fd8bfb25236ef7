"""Which words weighed most in the event model's choice: each is hidden in turn."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from crisiswire.coding.framing import Frame, SpanRange

if TYPE_CHECKING:
    from crisiswire.coding.encoder import EventModel
    from crisiswire.model import Event

_WORD = re.compile(r"\w[\w’'-]*")
_HIDDEN = "[MASK]"


def weighty_words(model: EventModel, event: Event, most: int = 3) -> list[tuple[str, float]]:
    """The words without which the event's type loses most, with the loss of probability; those
    that lose less than 0.01 are left out."""
    frame = event_frame(event)
    words = list(_WORD.finditer(frame.text))
    frames = [frame, *(_hide(frame, m.span()) for m in words)]
    scores = [p.scores[event.event_type] for p in model.predict(frames, [None] * len(frames))]
    losses = [(m.group(), scores[0] - s) for m, s in zip(words, scores[1:], strict=True)]
    ranked = sorted(losses, key=lambda pair: -pair[1])[:most]
    return [(word, round(loss, 3)) for word, loss in ranked if loss >= 0.01]


def event_frame(event: Event) -> Frame:
    """The event as the model reads it, from its record."""
    first, text = event.evidence.start, event.evidence.text

    def inside(spans: list[SpanRange]) -> tuple[SpanRange, ...]:
        moved = [(a - first, b - first) for a, b in spans]
        return tuple(sorted({(a, b) for a, b in moved if a >= 0 and b <= len(text)}))

    trigger = event.evidence.trigger
    return Frame(
        text,
        inside([(a.start, a.end) for a in event.actors]),
        inside([(r.start, r.end) for r in event.recipients]),
        (trigger.start - first, trigger.end - first),
    )


def _hide(frame: Frame, word: SpanRange) -> Frame:
    """The frame with a mask in place of the word."""
    start, end = word
    shift = len(_HIDDEN) - (end - start)

    def moved(span: SpanRange) -> SpanRange:
        a, b = span
        return (a + shift if a >= end else a), (b + shift if b >= end else b)

    text = frame.text[:start] + _HIDDEN + frame.text[end:]
    trigger = moved(frame.trigger) if frame.trigger is not None else None
    sides = (tuple(moved(s) for s in side) for side in (frame.actors, frame.recipients))
    actors, recipients = sides
    return Frame(text, actors, recipients, trigger)
