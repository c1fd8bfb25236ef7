"""Latency of the API over a store of made-up events, with many readers at once.

python eval/bench_serve.py [--events 100000] [--readers 50] [--seconds 20] [--pause 1]
                            [--stories]

Each reader walks through the page's views as a person would: what has turned, the timeline with
some filter, the map, the network, an actor's page, a list of events and its next page, an event,
an article; between two requests it pauses ``--pause`` seconds on average. Prints the first view's
time on a cold server, then p50, p95 and the worst for each kind of question. With ``--stories``
all events are put into stories before, which takes minutes; else the server does that meanwhile,
and each step of it makes the answers that it keeps void.
"""

from __future__ import annotations

import argparse
import asyncio
import datetime as dt
import os
import random
import re
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any, get_args

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / "src")]

COUNTRIES = (
    "USA RUS CHN VEN UKR IRN SYR TUR ISR SAU SDN LBY YEM IRQ FRA DEU GBR COL BRA MEX EGY QAT"
).split()
SECTORS = ("", "GOV", "MIL", "OPP", "CVL", "REB")
PLACES = 300
PER_ARTICLE = 10
FIRST = dt.date(2015, 1, 1)
DAYS = 5 * 365
OUTLETS = [f"Outlet {n}" for n in range(30)]
VIEW = ("/api/about", "/api/changes", "/api/series?by=week", "/api/events?order=desc&limit=20")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--events", type=int, default=100_000)
    parser.add_argument("--readers", type=int, default=50)
    parser.add_argument("--seconds", type=float, default=20)
    parser.add_argument("--pause", type=float, default=1.0)
    parser.add_argument("--store", type=Path, help="keep the store here for the next time")
    parser.add_argument("--stories", action="store_true", help="put events into stories before")
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        store = chosen.store or Path(folder) / "bench.db"
        if not store.exists():
            fill(store, chosen.events)
        if chosen.stories:
            place(store)
        with_server(store, Path(folder), chosen)


def fill(path: Path, number: int) -> None:
    """Write ``number`` events into a new store, the same for the same number."""
    from sqlalchemy.orm import Session

    from crisiswire.storing import open_store
    from crisiswire.storing.mapping import article_row
    from crisiswire.storing.writing import write_events

    begun, dice = time.perf_counter(), random.Random(19)
    with open_store(path) as store, Session(store.engine) as session:
        for start in range(0, number // PER_ARTICLE, 500):
            for n in range(start, min(start + 500, number // PER_ARTICLE)):
                article, events = made(n, dice)
                row = article_row(article)
                session.add(row)
                session.flush()
                write_events(session, row.pk, events)
            session.commit()
            session.expunge_all()
    print(f"store of {number} events made in {time.perf_counter() - begun:.0f} s")


def place(path: Path) -> None:
    """Put the store's events into stories."""
    from crisiswire.analysing.stories import update_stories
    from crisiswire.storing import open_store

    begun = time.perf_counter()
    with open_store(path) as store:
        placed = update_stories(store)
    print(f"{placed.events} events put into stories in {time.perf_counter() - begun:.0f} s")


def made(n: int, dice: random.Random) -> tuple[Any, list[Any]]:
    """An article and its events."""
    from crisiswire.model import Article

    day = FIRST + dt.timedelta(int(DAYS * (n * PER_ARTICLE % 99_991) / 99_991))
    text = "\n".join(f"Sentence {i} of report {n} tells that one acted." for i in range(30))
    article = Article(text, day, f"report-{n}", f"Report {n}", dice.choice(OUTLETS), None, "en")
    return article, [event(n, i, day, text, dice) for i in range(PER_ARTICLE)]


def event(n: int, i: int, day: dt.date, text: str, dice: random.Random) -> Any:
    """One event of the article."""
    from crisiswire.knowledge.files import ontology
    from crisiswire.model import (
        Attribution,
        Event,
        EventType,
        Evidence,
        Place,
        Span,
        When,
    )

    kind = dice.choice(get_args(EventType))
    spec = ontology()["types"][kind]
    start = text.index(f"Sentence {i} ")
    end = text.index(".", start) + 1
    trigger = text.index("acted", start)
    happened = day - dt.timedelta(dice.choice((0, 0, 1, 2)))
    where = dice.randrange(PLACES)
    place = Place(
        "there", start, start + 5, f"Town {where}", COUNTRIES[where % 22], "Province",
        where % 60 - 20.0, where % 150 - 30.0, where + 1000, "city", "at",
    )  # fmt: skip
    said = dice.random() < 0.5
    return Event(
        f"{n:08x}{i:08x}", f"report-{n}", i, kind, None, ("military",), spec["quad"],
        spec["intensity"], spec["cameo"] + "0", (party(start, dice),), (party(start, dice),),
        When(None, happened, happened, "day"), place if dice.random() < 0.6 else None,
        "actual" if dice.random() < 0.9 else "future",
        Attribution("statement", party(start, dice), "said") if said else Attribution("outlet"),
        (), Evidence(text[start:end], start, end, Span("acted", trigger, trigger + 5)),
        round(dice.uniform(0.3, 1), 3), "bench", None, {"entry": "bench", "status": "told as fact"},
    )  # fmt: skip


def party(start: int, dice: random.Random) -> Any:
    """A party: a country, one of its sectors, or one of many persons."""
    from crisiswire.model import Actor

    country = COUNTRIES[min(int(dice.expovariate(0.2)), 21)]
    sector = dice.choice(SECTORS)
    name, entity = f"{country} {sector}".strip(), "-".join(filter(None, (country, sector))).lower()
    if dice.random() < 0.3:
        number = int(dice.expovariate(0.005))
        name, entity = f"Person {number}", f"person-{number}"
    sectors = (sector,) if sector else ()
    return Actor("Sentence", start, start + 8, name, country, sectors, entity)


def with_server(store: Path, folder: Path, chosen: argparse.Namespace) -> None:
    """Start the server, measure, stop it."""
    settings = folder / "settings.toml"
    settings.write_text("[serve]\nreads_per_second = 1000000\n")
    command = [
        sys.executable, "-m", "crisiswire", "serve", "--store", str(store), "--port", "0",
        "--config", str(settings),
    ]  # fmt: skip
    environment = os.environ | {"PYTHONPATH": str(ROOT / "src"), "OMP_NUM_THREADS": "1"}
    log = (folder / "log").open("wb")
    begun = time.perf_counter()
    process = subprocess.Popen(command, stderr=log, env=environment)
    try:
        address = wait_for(folder / "log")
        print(f"the server listens after {time.perf_counter() - begun:.1f} s")
        asyncio.run(measure(address, chosen))
    finally:
        process.terminate()
        process.wait()
        log.close()


def wait_for(log: Path) -> str:
    """The address that the server says it serves at."""
    for _ in range(600):
        found = re.search(r"serving at (http://\S+);", log.read_text("utf-8", "replace"))
        if found:
            return found[1]
        time.sleep(0.1)
    raise SystemExit(f"the server does not start:\n{log.read_text()}")


async def measure(address: str, chosen: argparse.Namespace) -> None:
    """The first view, then all readers."""
    import httpx

    limits = httpx.Limits(max_connections=chosen.readers)
    async with httpx.AsyncClient(base_url=address, limits=limits, timeout=60) as client:
        await until_up(client)
        begun = time.perf_counter()
        for answer in await asyncio.gather(*(client.get(path) for path in VIEW)):
            answer.raise_for_status()
        print(f"first view (of {len(VIEW)} questions, cold): {time.perf_counter() - begun:.2f} s")
        times: dict[str, list[float]] = defaultdict(list)
        end = time.perf_counter() + chosen.seconds
        readers = (read(client, n, end, chosen.pause, times) for n in range(chosen.readers))
        await asyncio.gather(*readers)
    tell(times, chosen)


async def until_up(client: Any) -> None:
    import httpx

    for _ in range(300):
        try:
            if (await client.get("/api/health")).status_code == 200:
                return
        except httpx.TransportError:
            await asyncio.sleep(0.1)
    raise SystemExit("the server does not answer")


async def read(
    client: Any, n: int, end: float, pause: float, times: dict[str, list[float]]
) -> None:
    """One reader."""
    dice = random.Random(n)
    await asyncio.sleep(dice.uniform(0, pause))
    following: str | None = None
    walk = walks(dice)
    while time.perf_counter() < end:
        kind, path = next(walk)
        if kind == "next page" and following is None:
            continue
        path = f"{path}&after={following}" if kind == "next page" else path
        begun = time.perf_counter()
        answer = await client.get(path)
        times[kind].append(time.perf_counter() - begun)
        answer.raise_for_status()
        if kind in ("events", "next page"):
            following = answer.json()["next"]
        if pause:
            await asyncio.sleep(dice.expovariate(1 / pause))


def walks(dice: random.Random) -> Iterator[tuple[str, str]]:
    """Kinds of questions and their paths, for ever."""
    while True:
        country = COUNTRIES[min(int(dice.expovariate(0.2)), 21)]
        year = dice.randint(2015, 2019)
        filters = dice.choice(
            ("", f"&country={country}", f"&since={year}-01-01&until={year}-12-31",
             f"&actor={country}", f"&quad_class=material+conflict&country={country}")
        )  # fmt: skip
        yield "changes", f"/api/changes?window={dice.choice(('day', 'week', 'month'))}"
        yield "series", f"/api/series?by={dice.choice(('week', 'month'))}{filters}"
        yield "events", f"/api/events?limit=50{filters}"
        yield "next page", f"/api/events?limit=50{filters}"
        yield "event", f"/api/events/{dice.randrange(9000):08x}{dice.randrange(10):08x}"
        yield "places", f"/api/places?limit=300{filters}"
        yield "network", f"/api/networks?level=country{filters}"
        yield "actors", f"/api/actors?limit=50{filters}"
        yield "actor", f"/api/actors/person-{int(dice.expovariate(0.02))}"
        yield "quotes", f"/api/quotes?limit=20{filters}"
        yield "article", f"/api/articles/report-{dice.randrange(9000)}"


def tell(times: dict[str, list[float]], chosen: argparse.Namespace) -> None:
    """Print the table."""
    every = [t for found in times.values() for t in found]
    print(f"{len(every) / chosen.seconds:.0f} answers a second, {chosen.readers} readers")
    print(f"{'':12} {'n':>6} {'p50':>8} {'p95':>8} {'worst':>8}  ms")
    for kind, found in [*sorted(times.items()), ("all", every)]:
        found = sorted(found)
        shown = (found[len(found) // 2], found[int(len(found) * 0.95)], found[-1])
        print(f"{kind:12} {len(found):6} " + " ".join(f"{1000 * t:8.0f}" for t in shown))


if __name__ == "__main__":
    main()
