"""An event on the terminal: the article's words with trigger and parties marked, and its fields."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from itertools import pairwise
from typing import Any

from rich.text import Text

from crisiswire.model import Article, Event
from crisiswire.storing import Judgement

_AROUND = 240  # characters shown before and after the sentence
_MARKS = {
    "trigger": ("{", "}", "bold yellow"),
    "actor": ("[", "]a", "bold green"),
    "recipient": ("[", "]r", "bold cyan"),
}
_Mark = tuple[int, int, str]


def marked_words(article: Article, event: Event) -> Text:
    """The event's sentence with some words around it; ``{trigger}``, ``[actor]a`` and
    ``[recipient]r`` marked in it by signs and colours."""
    evidence = event.evidence
    first, last = _around(article.text, evidence.start, evidence.end)
    marks = [m for m in _marks(event) if first <= m[0] < m[1] <= last]
    out = Text("… " if first else "")
    for start, end, opened, closed in _pieces(first, last, marks):
        inside = [m for m in marks if m[0] <= start and end <= m[1]]
        innermost = min(inside, key=lambda m: m[1] - m[0], default=None)
        near = evidence.start <= start and end <= evidence.end
        style = _MARKS[innermost[2]][2] if innermost else "" if near else "dim"
        out.append(opened + plain(article.text[start:end]) + closed, style)
    return out.append(" …" if last < len(article.text) else "")


def plain(words: str) -> str:
    """Words of an article as one line, without what would steer a terminal."""
    return re.sub(r"\s+", " ", "".join(c if c.isprintable() else " " for c in words))


def fields(record: Mapping[str, Any], changed: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """(name, value) of what can be judged, a star before the name of what was changed."""
    record = {**record, **changed}
    kind = record["event_type"] + (f"/{record['mode']}" if record["mode"] else "")
    star = {name: "*" if name in changed else " " for name in record}
    place, date = record["place"], record["date"]
    yield star["event_type"] + "type", kind
    yield star["actors"] + "actors", "; ".join(map(_party, record["actors"])) or "nobody"
    yield star["recipients"] + "to", "; ".join(map(_party, record["recipients"])) or "nobody"
    days = date["start"] if date["start"] == date["end"] else f"{date['start']}..{date['end']}"
    yield star["date"] + "date", f"{days} ({date['precision']})"
    yield star["place"] + "place", _place(place)
    yield star["status"] + "status", record["status"]


def said(event: Event) -> str:
    """According to whom."""
    speaker = event.attribution.speaker
    return event.attribution.kind + (f" by {plain(speaker.text)}" if speaker else "")


def told(judgement: Judgement) -> str:
    """A judgement in one line."""
    day = judgement.at.date().isoformat()
    why = f": {plain(judgement.why)}" if judgement.why else ""
    return f"{judgement.verdict} by {plain(judgement.by)} on {day}{why}"


def _around(text: str, start: int, end: int) -> tuple[int, int]:
    """The shown range, begun and ended at a word."""
    first, last = max(0, start - _AROUND), min(len(text), end + _AROUND)
    while 0 < first < start and not text[first - 1].isspace():
        first += 1
    while end < last < len(text) and not text[last].isspace():
        last -= 1
    return first, last


def _marks(event: Event) -> list[_Mark]:
    trigger = event.evidence.trigger
    marks = [(trigger.start, trigger.end, "trigger")]
    for kind, side in (("actor", event.actors), ("recipient", event.recipients)):
        marks += [(party.start, party.end, kind) for party in side]
    return sorted(set(marks), key=lambda m: (m[0], -m[1], m[2]))


def _pieces(first: int, last: int, marks: list[_Mark]) -> Iterator[tuple[int, int, str, str]]:
    """The range cut where marks begin and end, with the signs before and after each piece."""
    cuts = sorted({first, last, *(m[0] for m in marks), *(m[1] for m in marks)})
    for start, end in pairwise(cuts):
        opened = "".join(_MARKS[m[2]][0] for m in marks if m[0] == start)
        closed = "".join(_MARKS[m[2]][1] for m in reversed(marks) if m[1] == end)
        yield start, end, opened, closed


def _party(party: Mapping[str, Any]) -> str:
    codes = " ".join((party["country"] or "?", *party["sectors"]))
    name = plain(party["name"])
    words = plain(party["text"])
    return f"{words} [{codes}]" + (f" = {name}" if name != words else "")


def _place(place: Mapping[str, Any] | None) -> str:
    if place is None:
        return "none"
    parts = [plain(place["name"]), place["admin1"], place["country"]]
    return ", ".join(part for part in parts if part) + f" ({place['precision']})"
