"""Actors in few words: how a key is shown."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from itertools import groupby
from typing import Any

from crisiswire.knowledge.actor_tables import country_names
from crisiswire.storing import Store
from crisiswire.storing.records import key_name
from crisiswire.storing.tallies import parties_of

_COUNTRY = re.compile(r"([a-z]{3})(?:-([a-z]{3}))?")
_AT_ONCE = 500  # keys of one statement


@dataclass(frozen=True, slots=True)
class Head:
    """An actor: its key, a name to show, its country and PLOVER sectors."""

    id: str
    name: str
    country: str | None
    sectors: tuple[str, ...]


def country_head(code: str) -> Head:
    """A country, or a code above states, as an actor."""
    return Head(code, country_names().get(code, code), code, ())


def heads(store: Store, samples: Mapping[str, int]) -> dict[str, Head]:
    """The actors of keys; ``samples`` names an event of each by its pk.

    Name, country and sectors are as in that event. An entity that is only a country's sector
    (``sdn-mil``) is shown as such, for its words differ from event to event.
    """
    found: dict[str, Head] = {}
    events = sorted({pk for key, pk in samples.items() if not _composed(key, found)})
    for start in range(0, len(events), _AT_ONCE):
        chunk = events[start : start + _AT_ONCE]
        rows = store.tally(partial(parties_of, events=chunk))
        for (pk, key, _, _), same in groupby(rows, key=_party):
            party, *more = same
            if samples.get(key) == pk and key not in found:
                sectors = tuple(row.sector for row in (party, *more) if row.sector is not None)
                found[key] = Head(key, key_name(key) or party.name, party.country, sectors)
    return found


def _composed(key: str, found: dict[str, Head]) -> bool:
    """Put in ``found`` what the key itself tells."""
    parts = _COUNTRY.fullmatch(key)
    country, sector = (parts[1].upper(), parts[2]) if parts else ("", None)
    name = country_names().get(country)
    if name is None:
        return False
    sectors = (sector.upper(),) if sector else ()
    found[key] = Head(key, " ".join((name, *sectors)), country, sectors)
    return True


def _party(row: Any) -> tuple[int, str, str, int]:
    return row.event_pk, row.key, row.role, row.position
