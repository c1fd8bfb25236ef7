"""One event as pairs of an actor and a recipient, for forms that hold one of each in a row."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import permutations, product

from crisiswire.knowledge.export_tables import cameo_of
from crisiswire.model import Actor, Event

Pair = tuple[Actor | None, Actor | None]


def pairs(event: Event) -> Iterator[Pair]:
    """Each actor with each recipient; None stands for a side that is not told.

    Where a mutual event (talks, an agreement, a clash) has several actors and no recipients,
    each acts upon each, in both directions.
    """
    facts = cameo_of(event.cameo)
    if not event.recipients and len(event.actors) > 1 and facts is not None and facts.mutual:
        yield from permutations(event.actors, 2)
    else:
        yield from product(event.actors or (None,), event.recipients or (None,))


def split(event: Event) -> Iterator[Event]:
    """The event once for each of its pairs; all keep its id."""
    for actor, recipient in pairs(event):
        yield replace(event, actors=_side(actor), recipients=_side(recipient))


def _side(party: Actor | None) -> tuple[Actor, ...]:
    return () if party is None else (party,)
