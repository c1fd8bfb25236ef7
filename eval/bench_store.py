"""How fast a big store answers: ``python eval/bench_store.py [--events 1000000]``.

Made articles and events (seeded: ten years, 190 countries and 200 outlets of very unequal
frequency) are written straight into a store, and each question of the pages is asked several
times. Figures are medians in milliseconds, over the first page of 50 where there are pages.
"""

from __future__ import annotations

import argparse
import datetime as dt
import itertools
import os
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import Any, get_args

from sqlalchemy import insert

from crisiswire.model import EventType
from crisiswire.storing import EventQuery, Store, open_store
from crisiswire.storing.tables import (
    ArticleRow,
    Base,
    ContextRow,
    EventRow,
    PartyRow,
    QuantityRow,
    SectorRow,
)

FIRST = dt.date(2012, 1, 1)
DAYS = 3653
EVENTS_OF_ARTICLE = 5
COUNTRIES = ["USA", "RUS", "CHN", "ISR", "IRN", "SYR", "UKR", "VEN", "FRA", "DEU"]
COUNTRIES += [f"X{a}{b}" for a, b in itertools.product("ABCDEFGHIJKLMN", "ABCDEFGHIJKLM")][:180]
SECTORS = ["GOV", "MIL", "COP", "OPP", "REB", "CVL", "MED", "NGO", "BUS", "JUD"]
QUADS = ["verbal cooperation", "material cooperation", "verbal conflict", "material conflict"]
STATUSES = ["actual"] * 7 + ["future", "negated", "hypothetical"]
TYPES = get_args(EventType)
OUTLETS = [f"Outlet {number}" for number in range(200)]
BATCH = 1000  # articles
LIMIT = 200.0  # milliseconds


def unequal(names: Sequence[str]) -> tuple[Sequence[str], list[float]]:
    """Names with the weights of Zipf's law, summed."""
    return names, list(itertools.accumulate(1 / rank for rank in range(1, len(names) + 1)))


class Maker:
    """Rows of made articles and events, the same for the same seed."""

    def __init__(self, seed: int) -> None:
        self._chance = random.Random(seed)
        letters = "abcdefghijklmnoprstuvyz"
        words = {"".join(self._chance.choices(letters, k=self._chance.randint(2, 9)))
                 for _ in range(30_000)}  # fmt: skip
        self._words = unequal(sorted(words))
        self._countries = unequal(COUNTRIES)
        self._outlets = unequal(OUTLETS)
        self._event = 0

    def _pick(self, named: tuple[Sequence[str], list[float]]) -> str:
        return self._chance.choices(named[0], cum_weights=named[1])[0]

    def batches(self, events: int) -> Iterator[dict[type[Base], list[dict[str, Any]]]]:
        """The rows of each table, so many articles at a time."""
        articles = events // EVENTS_OF_ARTICLE
        for start in range(0, articles, BATCH):
            rows: dict[type[Base], list[dict[str, Any]]] = {}
            for pk in range(start + 1, min(start + BATCH, articles) + 1):
                self._article(pk, rows)
            yield rows

    def _article(self, pk: int, rows: dict[type[Base], list[dict[str, Any]]]) -> None:
        date = FIRST + dt.timedelta(self._chance.randrange(DAYS))
        words = self._chance.choices(self._words[0], cum_weights=self._words[1], k=250)
        row = {
            "pk": pk, "id": f"{self._chance.getrandbits(64):016x}", "date": date,
            "date_known": True, "title": " ".join(words[:8]), "outlet": self._pick(self._outlets),
            "url": f"https://news.example/{pk}", "language": "en", "text": " ".join(words),
        }  # fmt: skip
        rows.setdefault(ArticleRow, []).append(row)
        for sentence in range(EVENTS_OF_ARTICLE):
            place = sentence * 50
            self._one_event(pk, date, sentence, " ".join(words[place : place + 25]), rows)

    def _one_event(
        self,
        article_pk: int,
        date: dt.date,
        sentence: int,
        words: str,
        rows: dict[type[Base], list[dict[str, Any]]],
    ) -> None:
        self._event += 1
        chance, pk = self._chance, self._event
        start = date - dt.timedelta(chance.choice([0, 0, 0, 1, 1, 2, 7, 400]))
        kind = chance.randrange(16)
        place = self._pick(self._countries) if chance.random() < 0.7 else None
        rows.setdefault(EventRow, []).append({
            "pk": pk, "article_pk": article_pk, "event_id": f"{chance.getrandbits(64):016x}",
            "sentence": sentence, "event_type": TYPES[kind], "mode": None,
            "quad_class": QUADS[kind // 4], "intensity": float(kind - 8), "cameo": "010",
            "status": chance.choice(STATUSES), "confidence": chance.random(), "coder": "made",
            "date_text": None, "date_start": start, "date_end": start, "date_precision": "day",
            "place_text": place, "place_start": place and 0, "place_end": place and 9,
            "place_name": place, "place_country": place, "place_admin1": None,
            "place_latitude": None, "place_longitude": None, "place_geonames_id": None,
            "place_kind": place and "city", "place_precision": place and "at",
            "attribution_kind": "outlet", "attribution_verb": None, "attribution_quoted": False,
            "evidence_text": words, "evidence_start": 0, "evidence_end": len(words),
            "trigger_text": words[:4], "trigger_start": 0, "trigger_end": 4, "explanation": "{}",
        })  # fmt: skip
        for role in ("actor", "recipient"):
            country = self._pick(self._countries)
            sector = chance.choice(SECTORS)
            rows.setdefault(PartyRow, []).append({
                "event_pk": pk, "role": role, "position": 0, "text": country, "start": 0, "end": 3,
                "name": country, "country": country, "entity_id": f"{country}-{sector}".lower(),
            })  # fmt: skip
            rows.setdefault(SectorRow, []).append(
                {"event_pk": pk, "role": role, "party": 0, "position": 0, "sector": sector}
            )
        rows.setdefault(ContextRow, []).append(
            {"event_pk": pk, "position": 0, "context": chance.choice(["military", "economic"])}
        )
        if sentence == 0:
            rows.setdefault(QuantityRow, []).append({
                "event_pk": pk, "position": 0, "kind": "dead", "value": 3.0, "approximate": False,
                "text": "three", "start": 0, "end": 5, "unit": None,
            })  # fmt: skip


def fill(store: Store, events: int, seed: int) -> None:
    """Write made articles and events into an empty store."""
    for rows in Maker(seed).batches(events):
        with store.engine.begin() as connection:
            for kind, values in rows.items():
                connection.execute(insert(kind), values)


def questions(store: Store) -> dict[str, Callable[[], object]]:
    """What the pages ask, by name."""

    def page(**filters: Any) -> Callable[[], object]:
        return lambda: store.event_page(EventQuery(**filters), limit=50, newest_first=True)

    def deep() -> object:
        middle = FIRST + dt.timedelta(DAYS // 2)
        first = store.event_page(EventQuery(date_to=middle), limit=50, newest_first=True)
        return store.event_page(after=first.next, limit=50, newest_first=True)

    day = FIRST + dt.timedelta(DAYS // 2)
    month = day + dt.timedelta(30)
    common, rare = _words(store)
    return {
        "latest events": page(),
        "events a page in the middle": deep,
        "latest articles": lambda: store.article_page(limit=50, newest_first=True),
        "dyad, frequent": page(dyad="USA-RUS"),
        "dyad, either way": page(dyad="USA~RUS"),
        "dyad, rare": page(dyad="XAA-XAB"),
        "day": page(date_from=day, date_to=day),
        "month": page(date_from=day, date_to=month),
        "type": page(event_types=("ASSAULT",)),
        "type and status": page(event_types=("ASSAULT",), statuses=("negated",)),
        "place, frequent": page(place_country="USA"),
        "place, rare": page(place_country="XNA"),
        "actor, frequent": page(actor_country="USA"),
        "actor, rare": page(actor_country="XNA"),
        "actor and sector": page(actor_country="RUS", actor_sector="MIL"),
        "outlet": page(outlet="Outlet 100"),
        "dyad in a month": page(dyad="USA~RUS", date_from=day, date_to=month),
        "sentences with a frequent word": page(text=common),
        "sentences with a rare word": page(text=rare),
        "articles with a frequent word": lambda: store.search(common),
        "articles with a rare word": lambda: store.search(rare),
        "articles with a phrase": lambda: store.search(f'"{common} {rare}" OR "{rare} {common}"'),
        "events of articles with a rare word": page(search=rare),
        "first 50 in the record's order": lambda: list(store.events(EventQuery(limit=50))),
        "counts": store.counts,
    }


def _words(store: Store) -> tuple[str, str]:
    """A word of many articles and one of few."""
    texts = [one.text.split() for one in store.article_page(limit=200).items]
    number: dict[str, int] = {}
    for words in texts:
        for word in set(words):
            number[word] = number.get(word, 0) + 1
    ranked = sorted(number, key=lambda word: (-number[word], word))
    return ranked[0], ranked[-1]


def timed(ask: Callable[[], object], times: int) -> tuple[float, float, float]:
    """Median and slowest of so many answers and the median of processor time, in milliseconds."""
    took, used = [], []
    for _ in range(times):
        begin, busy = time.perf_counter(), time.process_time()
        ask()
        took.append(1000 * (time.perf_counter() - begin))
        used.append(1000 * (time.process_time() - busy))
    return statistics.median(took), max(took), statistics.median(used)


def main() -> None:
    """Fill a store where none is given, ask, and print a table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--events", type=int, default=1_000_000)
    parser.add_argument("--store", help="kept here and filled only when empty; else thrown away")
    parser.add_argument("--times", type=int, default=7)
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    with ExitStack() as stack:
        folder = stack.enter_context(tempfile.TemporaryDirectory())
        store = stack.enter_context(open_store(arguments.store or Path(folder, "events.db")))
        if not store.counts().events:
            begin = time.perf_counter()
            fill(store, arguments.events, arguments.seed)
            print(f"filled in {time.perf_counter() - begin:.0f} s")
        slow = tell(store, arguments.times)
    sys.exit(slow > 0)


def tell(store: Store, times: int) -> int:
    """Print a line a question; how many take longer than :data:`LIMIT`."""
    counts = store.counts()
    print(f"{counts.articles} articles, {counts.events} events, {os.cpu_count()} cores")
    slow = 0
    for name, ask in questions(store).items():
        median, slowest, used = timed(ask, times)
        slow += median > LIMIT
        print(f"{median:8.1f} median {slowest:8.1f} slowest {used:8.1f} processor  {name}")
    return slow


if __name__ == "__main__":
    main()
