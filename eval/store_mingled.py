"""Writers and readers of one store at once, and what is wrong with it in the end."""

from __future__ import annotations

import datetime as dt
import multiprocessing
import random
import sqlite3
import time
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from pathlib import Path

from crisiswire.errors import CrisiswireError
from crisiswire.model import Actor, Article, Attribution, Event, Evidence, Span, When
from crisiswire.storing import EventQuery, Store, open_store

DAY = dt.date(2021, 3, 1)
WRITERS, READERS = 2, 5
NAMES = 40  # articles that each writer saves again and again
EVENTS = 4  # of an article
FRESH = multiprocessing.get_context("forkserver")  # imports once for all, inherits nothing
FRESH.set_forkserver_preload(
    [__name__, "crisiswire.commands.ingest", "crisiswire.pipeline", "crisiswire.reading"]
)
STATES = "Norway Peru Kenya Japan Chad Chile Egypt India Italy Malta Nepal Oman Qatar Spain".split()


@dataclass(frozen=True)
class Toll:
    """What a process did: how often, the slowest in seconds, and what was wrong."""

    done: int
    slowest: float
    wrong: tuple[str, ...]


@dataclass(frozen=True)
class Mingled:
    """What the writers and the readers did, and what was wrong in the end."""

    writers: tuple[Toll, ...]
    readers: tuple[Toll, ...]
    wrong: tuple[str, ...]


def mingled(url: str, seconds: float) -> Mingled:
    """Let two processes write the store at ``url`` and five read it for ``seconds``."""
    open_store(url).close()
    work: list[Callable[..., None]] = [_write] * WRITERS + [_read] * READERS
    pipes, processes = [], []
    for number, task in enumerate(work):
        receiving, sending = FRESH.Pipe(duplex=False)
        process = FRESH.Process(target=task, args=(url, number, seconds, sending))
        process.start()
        sending.close()
        pipes.append(receiving)
        processes.append(process)
    tolls = [_toll(pipe, seconds + 120) for pipe in pipes]
    for process in processes:
        process.join(60)
    with open_store(url) as store:
        wrong = _wrong_at_last(store, url)
    return Mingled(tuple(tolls[:WRITERS]), tuple(tolls[WRITERS:]), tuple(wrong))


def _toll(pipe: Connection, patience: float) -> Toll:
    if not wait([pipe], patience):
        return Toll(0, 0.0, ("no answer",))
    try:
        told: Toll = pipe.recv()
    except EOFError:
        return Toll(0, 0.0, ("ended without an answer",))
    return told


def _work(seconds: float, answer: Connection, once: Callable[[int], list[str]]) -> None:
    """Do it again and again, and answer how that went."""
    done, slowest, wrong = 0, 0.0, []
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        begin = time.monotonic()
        try:
            wrong += once(done)
        except CrisiswireError as error:
            wrong.append(f"{type(error).__name__}: {error}")
        slowest = max(slowest, time.monotonic() - begin)
        done += 1
    answer.send(Toll(done, slowest, tuple(wrong[:5])))


def _write(url: str, number: int, seconds: float, answer: Connection) -> None:
    """Save articles anew, each time of the next edition; some of them belong to both writers."""
    with open_store(url) as store:

        def once(turn: int) -> list[str]:
            name = turn % NAMES
            owner = "both" if name % 4 == 0 else f"writer{number}"
            article, events = edition(f"{owner}-{name}", turn)
            store.save(article, events)
            return []

        _work(seconds, answer, once)


def _read(url: str, number: int, seconds: float, answer: Connection) -> None:
    """Ask for articles with their events: all must be of one edition, and none may vanish."""
    chance = random.Random(number)
    known: set[str] = set()
    with open_store(url, create=False) as store:

        def once(turn: int) -> list[str]:
            if turn % 10 == 0:
                found = store.search("edition", limit=1000).items
                missing = known - {one.article.id for one in found}
                known.update(one.article.id for one in found)
                return [f"{name} vanished" for name in missing]
            if not known:
                return []
            return _mixed(store, chance.choice(sorted(known)))

        _work(seconds, answer, once)


def _mixed(store: Store, name: str) -> list[str]:
    """What is wrong with the events of a document."""
    query = EventQuery(document_id=name, search="edition", text="sent")
    events = [one.event for one in store.events(query)]
    editions = {event.coder for event in events}
    whole = len(events) == EVENTS and len(editions) == 1 and all(e.actors for e in events)
    return [] if whole else [f"{name}: {len(events)} events of editions {sorted(editions)}"]


def edition(name: str, number: int) -> tuple[Article, list[Event]]:
    """An article with its events, all of which say which edition they are of."""
    giver, taker = STATES[number % len(STATES)], STATES[(number + 1) % len(STATES)]
    sentence = f"{giver} sent grain to {taker}."
    text = f"Edition {number}. " + " ".join([sentence] * EVENTS)
    events = [
        Event(
            event_id=f"{name}-{index}",
            document_id=name,
            sentence=index,
            event_type="AID",
            mode=None,
            contexts=("humanitarian",),
            quad_class="material cooperation",
            intensity=7.0,
            cameo="073",
            actors=(Actor(giver, 0, len(giver), giver, giver[:3].upper(), ("GOV",)),),
            recipients=(Actor(taker, 0, len(taker), taker, taker[:3].upper()),),
            date=When(None, DAY, DAY, "article"),
            place=None,
            status="actual",
            attribution=Attribution("outlet"),
            quantities=(),
            evidence=Evidence(sentence, 0, len(sentence), Span("sent", 0, 4)),
            confidence=0.9,
            coder=f"edition {number}",
        )
        for index in range(EVENTS)
    ]
    return Article(text=text, date=DAY, id=name, title="Edition"), events


def _wrong_at_last(store: Store, url: str) -> list[str]:
    names = [article.id for article in store.articles()]
    wrong = [problem for name in names for problem in _mixed(store, name)]
    if len(set(names)) != len(names):
        wrong.append("articles are doubled")
    events = sum(1 for _ in store.events(EventQuery(copies=True)))
    if events != EVENTS * len(names):
        wrong.append("events are doubled or lost")
    if url.startswith("postgresql"):
        return wrong
    return wrong + damage(Path(store.place))


def damage(path: Path) -> list[str]:
    """What SQLite finds wrong with a store and its search indexes."""
    wrong = []
    with closing(sqlite3.connect(path)) as connection:
        told = connection.execute("PRAGMA integrity_check").fetchall()
        wrong += [str(row[0]) for row in told if row[0] != "ok"]
        wrong += [str(row) for row in connection.execute("PRAGMA foreign_key_check")]
        for index in ("event_search", "article_search"):
            # With rank 1 an index is held against the rows that it was made from.
            check = f"INSERT INTO {index}({index}, rank) VALUES ('integrity-check', 1)"
            try:
                connection.execute(check)
            except sqlite3.DatabaseError as error:
                wrong.append(f"{index}: {error}")
    return wrong
