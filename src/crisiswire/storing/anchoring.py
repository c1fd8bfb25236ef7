"""Where a judged event stands in an article that was coded again.

An id holds while the coder finds the same trigger, type and parties at the same spot. After that
the words decide: the trigger's, at the same place or at the same place of the same sentence; else
an event of the same type and parties in the same sentence. Each event answers to one subject.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from crisiswire.model import Event
from crisiswire.storing.judgements import Judgement

Record = Mapping[str, Any]
Score = tuple[int, ...]
_SIDES = ("actors", "recipients")
_SAME_ID, _SAME_TRIGGER, _OVERLAPPING, _SAME_SENTENCE = 4, 3, 2, 1


@dataclass(frozen=True, slots=True)
class Anchored:
    """The coder's event that a subject is now, or None where the coder has none but the words
    are there; ``shift``: how many characters farther on the sentence stands."""

    event: Event | None
    shift: int


def anchored(
    text: str, events: Sequence[Event], judgements: Mapping[str, Judgement]
) -> dict[str, Anchored]:
    """Subject → where it stands in ``text`` with these events of the coder; subjects whose
    sentence is gone are left out."""
    shifts = {s: _shift(text, _record(j)["evidence"]) for s, j in judgements.items()}
    ranked = sorted(
        (
            (score, number, subject, event)
            for number, (subject, judgement) in enumerate(judgements.items())
            for event in events
            if (score := _score(judgement, event, shifts[subject])) is not None
        ),
        key=lambda pair: (tuple(-part for part in pair[0]), pair[1], pair[3].event_id),
    )
    out: dict[str, Anchored] = {}
    taken: set[str] = set()
    for _, _, subject, event in ranked:
        if subject not in out and event.event_id not in taken:
            taken.add(event.event_id)
            out[subject] = Anchored(event, shifts[subject] or 0)
    for subject, shift in shifts.items():
        if subject not in out and shift is not None:
            out[subject] = Anchored(None, shift)
    return out


def _record(judgement: Judgement) -> Record:
    assert judgement.record is not None, "a judgement about an event has its record"
    return judgement.record


def _shift(text: str, evidence: Record) -> int | None:
    """How far the sentence has moved; None where its words are in the text no more."""
    start: int = evidence["start"]
    found = nearest(text, evidence["text"], start)
    return None if found is None else found - start


def nearest(text: str, words: str, start: int) -> int | None:
    """Where ``words`` stand in ``text``, as near to ``start`` as they do; None for nowhere."""
    if not words or text[start : start + len(words)] == words:
        return start if words else None
    before, after = text.rfind(words, 0, start + len(words) - 1), text.find(words, start)
    found = [at for at in (before, after) if at >= 0]
    return min(found, key=lambda at: abs(at - start)) if found else None


def _score(judgement: Judgement, event: Event, shift: int | None) -> Score | None:
    """How well an event answers to a judgement, best first; None where it does not.

    A rejection says that one record is wrong, so it fits only an event that says the same. What
    was added was none of the coder's events, so it too is only one of the same type and parties.
    """
    record = _record(judgement)
    versions = [record, judgement.wanted] if judgement.wanted else [record]
    same = int(any(event.event_type == r["event_type"] for r in versions))
    sides = sum(any(_shared(event, r, side) for r in versions) for side in _SIDES)
    strict = judgement.verdict == "reject" or record["reviewed"] == "added"
    if strict and (same, sides) != (1, 2):
        return None
    nearness = _nearness(record, event, shift)
    if nearness == 0 or sides == 0 or (nearness == _SAME_SENTENCE and (same, sides) != (1, 2)):
        return None
    return nearness, same, sides


def _nearness(record: Record, event: Event, shift: int | None) -> int:
    trigger, sentence = record["evidence"]["trigger"], record["evidence"]
    found, evidence = event.evidence.trigger, event.evidence
    start = trigger["start"] + (shift or 0)
    if shift is None and (found.start, found.text) != (start, trigger["text"]):
        return 0  # the sentence is not as it was, nor does its trigger stand where it did
    if (found.start, found.text) == (start, trigger["text"]):
        return _SAME_ID if event.event_id == record["event_id"] else _SAME_TRIGGER
    if found.start < start + len(trigger["text"]) and start < found.end:
        return _OVERLAPPING
    inside = sentence["start"] + (shift or 0) <= found.start < sentence["end"] + (shift or 0)
    return _SAME_SENTENCE if inside and evidence.start < evidence.end else 0


def _shared(event: Event, record: Record, side: str) -> bool:
    """Whether the sides name somebody in common, or both name nobody."""
    ours = {key for a in getattr(event, side) for key in (a.text, (a.country, a.sectors))}
    theirs = {key for a in record[side] for key in (a["text"], (a["country"], tuple(a["sectors"])))}
    unknown = {(None, ())}
    return bool((ours & theirs) - unknown) or not (ours or theirs)
