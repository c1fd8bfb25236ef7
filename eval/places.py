"""Places in plain text and places of events, against plain matching: ``python eval/places.py``.

Passages of tests/resolving/places.csv (every place in them) and of tests/coding/where.csv (the
place of one event each). Plain matching takes every run of capitalised words that the gazetteer
knows, as the namesake with most inhabitants; the event's place is then the first of the text.
"""

from __future__ import annotations

import csv
import datetime as dt
import math
import re
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from crisiswire import Article, Coder, Place
from crisiswire.knowledge.gazetteer import Gazetteer, gazetteer
from crisiswire.knowledge.packed_places import WATERS
from crisiswire.reading.datelines import dateline
from crisiswire.resolving.places import find_places, to_place

ROOT = Path(__file__).resolve().parents[1]
PASSAGES = ROOT / "tests" / "resolving" / "places.csv"
EVENTS = ROOT / "tests" / "coding" / "where.csv"
NEAR = 50.0  # kilometres within which a point is right
AREAS = frozenset({"country", "admin1", "region", *WATERS})
_GOLD = re.compile(r"(?P<text>.+) (?P<country>[A-Z]{3}|-) (?:area|(?P<at>-?[\d.]+ -?[\d.]+))")


@dataclass(frozen=True, slots=True)
class Gold:
    """A place of a passage: its words, country (None where several or none) and, for a point,
    degrees; an area (country, province, region, water) has none."""

    text: str
    country: str | None
    at: tuple[float, float] | None

    def fits(self, place: Place) -> bool:
        """Whether the place found is this one: within 50 km, or an area of that country."""
        if place.text != self.text or place.country != self.country:
            return False
        if self.at is None:
            return place.kind in AREAS
        if place.latitude is None or place.longitude is None:
            return False
        return kilometres(*self.at, place.latitude, place.longitude) <= NEAR


Finder = Callable[[str], Sequence[Place]]


def kilometres(north: float, east: float, to_north: float, to_east: float) -> float:
    """Distance of two points given in degrees, along the great circle."""
    a, b = math.radians(north), math.radians(to_north)
    across = math.sin(math.radians(to_east - east) / 2) ** 2
    half = math.sin((b - a) / 2) ** 2 + math.cos(a) * math.cos(b) * across
    return 12_742 * math.asin(math.sqrt(half))


def passages() -> list[tuple[str, list[Gold]]]:
    """Texts with the places in them. Raises ValueError naming an expected place out of form."""
    out = []
    for row in _rows(PASSAGES):
        gold = []
        for item in filter(None, map(str.strip, row["expected"].split(";"))):
            match = _GOLD.fullmatch(item)
            if match is None:
                raise ValueError(f"{PASSAGES.name}: {item!r} is no 'words CODE north east|area'")
            north, _, east = (match["at"] or "").partition(" ")
            at = (float(north), float(east)) if match["at"] else None
            gold.append(Gold(match["text"], match["country"].strip("-") or None, at))
        out.append((row["text"], gold))
    return out


def right(found: Sequence[Place], gold: Sequence[Gold]) -> int:
    """How many of the places found are right."""
    return sum(any(g.fits(p) for g in gold) for p in found)


def most_populous(text: str, places: Gazetteer) -> list[Place]:
    """Plain matching: each run of capitalised words, the namesake with most inhabitants."""
    out = []
    for match in re.finditer(r"[A-Z][\w'-]*(?: [A-Z][\w'-]*)*", text):
        namesakes = places.lookup(match[0])
        if namesakes:
            largest = max(namesakes, key=lambda p: p.population)
            out.append(to_place(match[0], match.start(), match.end(), largest))
    return out


def compare(name: str, find: Finder, errors: bool) -> None:
    """Prints how the finder does on the passages; its misses too, if wanted."""
    cases = passages()
    whole = hits = found_all = 0
    for text, gold in cases:
        found = find(text)
        hit = right(found, gold)
        whole += hit == len(found) == len(gold)
        hits, found_all = hits + hit, found_all + len(found)
        if errors and not hit == len(found) == len(gold):
            print(f"  {text} {[(p.text, p.country, p.kind) for p in found]}")
    told = sum(len(gold) for _, gold in cases)
    print(
        f"{name:14} passages all right {whole / len(cases):.3f} of {len(cases)}, "
        f"places found {hits / told:.3f} of {told}, right {hits / found_all:.3f} of {found_all}"
    )


def event_places(coder: Coder, errors: bool) -> None:
    """Prints how often the event's place is right, beside the first place of the text."""
    rows = _rows(EVENTS)
    ours = first = 0
    for row in rows:
        head = dateline(row["text"])
        masked = ((head.start, head.end),) if head else ()
        article = Article(row["text"], dt.date.fromisoformat(row["date"]), masked=masked)
        events = [e for e in coder.code(article) if e.evidence.trigger.text == row["trigger"]]
        place = events[-1].place if events else None
        want = (row["place"], row["country"] or None)
        got = (place.text, place.country) if place else ("-", None)
        ours += bool(events) and got == want
        if errors and got != want:
            print(f"  {row['text']} [{row['trigger']}] {got}")
        named = most_populous(row["text"], coder.gazetteer)
        first += ((named[0].text, named[0].country) if named else ("-", None)) == want
    print(
        f"event's place  {ours / len(rows):.3f} of {len(rows)}, "
        f"first of the text {first / len(rows):.3f}"
    )


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def main() -> int:
    """Prints the figures; ``--errors`` also prints misses."""
    errors, places = "--errors" in sys.argv[1:], gazetteer()
    compare("crisiswire", lambda text: find_places(text, places), errors)
    compare("most populous", lambda text: most_populous(text, places), False)
    event_places(Coder(), errors)
    return 0


if __name__ == "__main__":
    sys.exit(main())
