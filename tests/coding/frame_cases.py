"""The cases of frames.jsonl and how an expected event is written in them.

``TYPE/mode ACTORS > RECIPIENTS status``: mode and status may be left out (any mode; actual).
Parties are separated by commas, each ``COUNTRY`` or ``COUNTRY:SECTOR`` (the sector must be among
the party's); ``?`` is any country, none included, and ``-`` means that nobody stands there.
``A|B`` allows either where the codebook does. A case without ``more`` allows no further event.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import permutations
from pathlib import Path

from crisiswire import Event
from crisiswire.model import Actor

CASES = Path(__file__).with_name("frames.jsonl")
STATUSES = ("actual", "negated", "future", "hypothetical", "historical")


@dataclass(frozen=True)
class Expected:
    """One event as a case writes it."""

    types: tuple[str, ...]
    mode: str | None
    actors: tuple[str, ...]
    recipients: tuple[str, ...]
    statuses: tuple[str, ...]

    @classmethod
    def read(cls, text: str) -> Expected:
        left, _, right = text.partition(" > ")
        label, _, actors = left.partition(" ")
        recipients, _, status = right.partition(" ")
        kinds, _, mode = label.partition("/")
        return cls(
            tuple(kinds.split("|")),
            mode or None,
            tuple(actors.split(",")),
            tuple(recipients.split(",")),
            tuple((status or "actual").split("|")),
        )

    def fits(self, event: Event) -> bool:
        return (
            event.event_type in self.types
            and self.mode in (None, event.mode)
            and event.status in self.statuses
            and _side(self.actors, event.actors)
            and _side(self.recipients, event.recipients)
        )


@dataclass(frozen=True)
class Case:
    """A sentence with what must be coded from it."""

    block: str
    text: str
    date: str
    events: tuple[Expected, ...]
    more: bool
    known_failure: str | None

    def fault(self, events: Sequence[Event]) -> str | None:
        """What is wrong with the events coded, or None."""
        left = list(events)
        for expected in self.events:
            found = next((e for e in left if expected.fits(e)), None)
            if found is None:
                return f"no {expected} in {[brief(e) for e in events]}"
            left.remove(found)
        if left and not self.more:
            return f"not expected: {[brief(e) for e in left]}"
        return None


def load() -> list[Case]:
    """All cases, in the order of the file."""
    rows = [json.loads(line) for line in CASES.read_text("utf-8").splitlines()]
    return [
        Case(
            r["block"],
            r["text"],
            r.get("date", "2019-06-03"),
            tuple(Expected.read(e) for e in r["events"]),
            r.get("more", False),
            r.get("known_failure"),
        )
        for r in rows
    ]


def brief(event: Event) -> str:
    """An event in the notation of the cases."""

    def side(parties: Sequence[Actor]) -> str:
        names = (f"{p.country or '?'}:{'+'.join(p.sectors)}".rstrip(":") for p in parties)
        return ",".join(names) or "-"

    kind = event.event_type + (f"/{event.mode}" if event.mode else "")
    return f"{kind} {side(event.actors)} > {side(event.recipients)} {event.status}"


def _side(expected: tuple[str, ...], parties: Sequence[Actor]) -> bool:
    if not parties:
        return len(expected) == 1 and "-" in expected[0].split("|")
    if len(expected) != len(parties):
        return False
    orders = permutations(parties)
    return any(all(map(_is, expected, order)) for order in orders)


def _is(expected: str, party: Actor) -> bool:
    for choice in expected.split("|"):
        country, _, sector = choice.partition(":")
        fits = choice != "-" and country in ("?", party.country or "?")
        if fits and (not sector or sector in party.sectors):
            return True
    return False
