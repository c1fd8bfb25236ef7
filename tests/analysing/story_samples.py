"""Reports of invented happenings in few words, for the tests of stories."""

from __future__ import annotations

import datetime as dt
from typing import Any

from crisiswire.model import (
    Actor,
    Article,
    Attribution,
    Event,
    Evidence,
    Place,
    Quantity,
    Span,
    When,
)
from storing.samples import event

SPOTS = {
    "Torit": ("SSD", "Eastern Equatoria", 4.41, 32.57),
    "Kapoeta": ("SSD", "Eastern Equatoria", 4.77, 33.59),
    "Magwi": ("SSD", "Eastern Equatoria", 4.13, 32.30),
    "Hiyala": ("SSD", "Eastern Equatoria", 4.43, 32.69),
    "Wau": ("SSD", "Western Bahr el Ghazal", 7.70, 28.00),
    "Kitgum": ("UGA", "Kitgum", 3.28, 32.88),
    "Geneva": ("CHE", "Geneva", 46.20, 6.15),
    "Vienna": ("AUT", "Vienna", 48.21, 16.37),
}


def report(name: str = "r1", told: str = "2021-06-02", **said: Any) -> tuple[Article, Event]:
    """An article ``name`` of the day ``told`` with one event.

    ``said``: ``type``, ``day`` (or ``days`` [first, last]; "" for none), ``place`` (of ``SPOTS``,
    or a country's code), ``actors`` and ``recipients`` ("SSD MIL some-entity"), ``dead``,
    ``sentence``, ``more`` (text of the report after it), ``status``, ``denies``, ``speaker``,
    ``outlet``.
    """
    sentence = said.get("sentence", "Gunmen attacked the place.")
    text = f"{sentence} {said.get('more', '')}".strip()
    day = dt.date.fromisoformat(told)
    article = Article(text, day, name, outlet=said.get("outlet"))
    trigger = said.get("trigger", "attacked")
    at = max(0, sentence.find(trigger))
    dead = said.get("dead")
    speaker = said.get("speaker")
    told_by = Actor(speaker, 0, 3, speaker) if speaker else None
    kind = "denial" if said.get("denies") else "statement" if speaker else "outlet"
    return article, event(
        name,
        f"{name}-1",
        event_type=said.get("type", "ASSAULT"),
        status=said.get("status", "negated" if said.get("denies") else "actual"),
        actors=tuple(map(_party, said.get("actors", ()))),
        recipients=tuple(map(_party, said.get("recipients", ()))),
        date=_when(day, said),
        place=_place(said.get("place")),
        quantities=() if dead is None else (Quantity("dead", float(dead), False, "dead", 0, 4),),
        attribution=Attribution(kind, told_by),
        evidence=Evidence(sentence, 0, len(sentence), Span(trigger, at, at + len(trigger))),
    )


def _when(told: dt.date, said: dict[str, Any]) -> When:
    days = said.get("days") or [said.get("day", "2021-06-01")] * 2
    if not days[0]:
        return When(None, told, told, "article")
    first, last = (dt.date.fromisoformat(str(day)) for day in days)
    return When("then", first, last, "day" if first == last else "month")


def _place(name: str | None) -> Place | None:
    if name is None:
        return None
    if name not in SPOTS:
        return Place(name, 0, 3, name, name, None, None, None, None, "country")
    country, admin1, north, east = SPOTS[name]
    number = list(SPOTS).index(name)
    return Place(name, 0, 3, name, country, admin1, north, east, number, "city")


def _party(words: str) -> Actor:
    country, *rest = words.split()
    sectors = tuple(word for word in rest if word.isupper())
    entity = next((word for word in rest if word.islower()), None)
    return Actor(words, 0, 3, words, None if country == "-" else country, sectors, entity)
