"""How fast events are put into stories: ``python eval/bench_stories.py --events 100000``.

Makes a store of invented events in a temporary folder (happenings of thirty countries over a
year, each told by one to eight reports, from a seed), puts them into stories, then those of one
day more. Prints seconds by the clock and of a core, stories and the peak of memory.
"""

from __future__ import annotations

import argparse
import datetime as dt
import random
import resource
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, get_args

from crisiswire import Actor, Article, Event, Place, Quantity, Span, When
from crisiswire.analysing.stories import update_stories
from crisiswire.model import Attribution, EventType, Evidence
from crisiswire.storing import Store, open_store

FIRST = dt.date(2023, 1, 1)
DAYS = 365
COUNTRIES = (
    "AFG ARM AZE BDI CAF CHN COD COL ETH GEO HTI IND IRN IRQ ISR LBN LBY MEX MLI MMR NER NGA PAK "
    "PHL RUS SDN SOM SYR UKR YEM"
).split()
TYPES: tuple[EventType, ...] = get_args(EventType)
_SYLLABLES = "ba da fe go ka la mi no pa ra sha ta u ve wa zi".split()
_WORDS = (
    "attack border bridge camp convoy district fighters governor hospital market officials "
    "prison protest rebels river road school shelling soldiers talks village witnesses"
).split()


@dataclass(frozen=True, slots=True)
class Happening:
    """What is told in several reports."""

    kind: EventType
    day: dt.date
    country: str
    place: Place
    actor: Actor
    recipient: Actor
    dead: int
    names: tuple[str, ...]


def name(random_: random.Random) -> str:
    """An invented name."""
    return "".join(random_.choices(_SYLLABLES, k=3)).title()


def happening(random_: random.Random, day: dt.date) -> Happening:
    """One that happens on ``day``."""
    country, other = random_.sample(COUNTRIES, 2)
    town = name(random_)
    place = Place(
        town, 9, 9 + len(town), town, country, f"{country}-{random_.randrange(12)}",
        random_.uniform(-40, 60), random_.uniform(-120, 140), random_.randrange(10**6), "city",
    )  # fmt: skip
    return Happening(
        random_.choice(TYPES),
        day,
        country,
        place,
        _party(country, "MIL"),
        _party(random_.choice((country, other)), "CVL"),
        random_.randrange(1, 60),
        tuple(name(random_) for _ in range(6)),
    )


def _party(country: str, sector: str) -> Actor:
    words = f"{country} {sector}"
    return Actor(words, 0, 7, words, country, (sector,), f"{country}-{sector}".lower())


def report(
    random_: random.Random, number: int, told: list[Happening]
) -> tuple[Article, list[Event]]:
    """An article that tells these happenings, a sentence each."""
    document, sentences, events, size = f"r{number}", [], [], 0
    day = max(one.day for one in told) + dt.timedelta(days=random_.choice((0, 0, 1, 2)))
    for position, one in enumerate(told):
        words = random_.sample(_WORDS, 8)
        names = random_.sample(one.names, 4)
        sentence = f"Units in {one.place.name} {' '.join(words)} near {' and '.join(names)}."
        sentences.append(sentence)
        events.append(_event(random_, document, position, one, sentence, size))
        size += len(sentence) + 1
    text = " ".join(sentences)
    return Article(text, day, document, outlet=f"Outlet {random_.randrange(40)}"), events


def _event(
    random_: random.Random, document: str, position: int, one: Happening, text: str, start: int
) -> Event:
    exact = random_.random() < 0.7
    plain: dict[str, Any] = {
        "event_id": f"{document}-{position}",
        "document_id": document,
        "sentence": position,
        "event_type": one.kind,
        "mode": None,
        "contexts": ("military",),
        "quad_class": "material conflict",
        "intensity": -5.0,
        "cameo": "190",
        "actors": (one.actor,) if random_.random() < 0.7 else (),
        "recipients": (one.recipient,),
        "date": When(
            "that day" if exact else None, one.day, one.day, "day" if exact else "article"
        ),
        "place": one.place if random_.random() < 0.6 else None,
        "status": "actual",
        "attribution": Attribution("outlet"),
        "quantities": (Quantity("dead", one.dead + random_.randrange(3), False, "dead", 0, 4),),
        "evidence": Evidence(text, start, start + len(text), Span(text[:5], start, start + 5)),
        "confidence": 0.8,
        "coder": "bench",
    }
    return Event(**plain)


def reports(seed: int, number: int) -> Iterator[tuple[Article, list[Event]]]:
    """Reports with ``number`` events in all, in the order of their days."""
    random_ = random.Random(seed)
    made = articles = 0
    while made < number:
        day = FIRST + dt.timedelta(days=DAYS * made // number)
        fresh = [happening(random_, day) for _ in range(40)]
        queue = [one for one in fresh for _ in range(random_.choice((1, 1, 1, 2, 3, 5, 8)))]
        random_.shuffle(queue)
        while queue and made < number:
            told = [queue.pop() for _ in range(min(len(queue), random_.choice((1, 2, 3, 4))))]
            articles += 1
            made += len(told)
            yield report(random_, articles, told)


def place_all(store: Store, what: str) -> None:
    """Puts what waits into stories and prints how long it took."""
    start, used = time.perf_counter(), time.process_time()
    placed = update_stories(store)
    seconds, used = time.perf_counter() - start, time.process_time() - used
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(
        f"{what}: {placed.events} events in {seconds:.1f} s ({used:.1f} s of a core), "
        f"{placed.opened} stories opened, peak {peak:.0f} MiB"
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--events", type=int, default=20_000)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder, open_store(Path(folder) / "bench.db") as store:
        made = reports(options.seed, options.events + options.events // DAYS)
        events = 0
        for article, found in made:
            store.save(article, found)
            events += len(found)
            if events >= options.events:
                break
        place_all(store, "all")
        for article, found in made:
            store.save(article, found)
        place_all(store, "a day more")


if __name__ == "__main__":
    main()
